"""Statements about all trainees: walk the states that decisions can reach, never the paths.

A state holds only what a choice further on may still read (see `machine`), so the walk grows with the scenario and not
with the number of its roads, which is astronomical.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from casework.errors import ChoiceNotOffered
from casework.play.machine import Machine, Move, machine
from casework.scenario.model import Choice, ChoiceId, Scenario, Scene, SceneId

Road = tuple[ChoiceId, ...]
Edge = tuple[ChoiceId, int]


@dataclass(frozen=True)
class Graph:
    """All reachable states, the start first and the nearest first, and the choices that lead from one to the next.

    `places` gives each state's scene by its place in the scenario, `codes` all else that may still matter there, and
    `came` the state and the choice through which it was first met.
    """

    scenario: Scenario
    machine: Machine
    places: tuple[int, ...]
    codes: tuple[int, ...]
    edges: tuple[tuple[Edge, ...], ...]
    came: tuple[Edge, ...]

    def __len__(self) -> int:
        return len(self.places)

    def scene(self, state: int) -> SceneId:
        """Return the scene in which a state stands."""
        return self.scenario.scenes[self.places[state]].id

    def road(self, state: int) -> Road:
        """Return a shortest road from the start to this state."""
        road = []
        while state:
            choice, state = self.came[state]
            road.append(choice)
        return tuple(reversed(road))

    def after(self, state: int, choice: ChoiceId) -> int:
        """Return the state to which a choice leads; raises `ChoiceNotOffered`."""
        for name, target in self.edges[state]:
            if name == choice:
                return target
        raise ChoiceNotOffered(choice, self.scene(state), tuple(name for name, _ in self.edges[state]))

    def along(self, road: Iterable[ChoiceId]) -> tuple[int, ...]:
        """Return the states along a road, the start included; raises `ChoiceNotOffered`."""
        states = [0]
        for choice in road:
            states.append(self.after(states[-1], choice))
        return tuple(states)

    @cached_property
    def scenes(self) -> frozenset[SceneId]:
        """The scenes that can be reached."""
        return frozenset(self.standing)

    @cached_property
    def choices(self) -> frozenset[ChoiceId]:
        """The choices that can be taken."""
        return frozenset(self.offering)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The states in which the story has ended."""
        ended = [scene.ending is not None for scene in self.scenario.scenes]
        return tuple(state for state, place in enumerate(self.places) if ended[place])

    @cached_property
    def standing(self) -> dict[SceneId, list[int]]:
        """The states in each scene that can be reached, the nearest first."""
        standing: dict[int, list[int]] = {}
        for state, place in enumerate(self.places):
            standing.setdefault(place, []).append(state)
        return {self.scenario.scenes[place].id: states for place, states in standing.items()}

    @cached_property
    def offering(self) -> dict[ChoiceId, int]:
        """The nearest state in which each choice that can be taken is on offer."""
        offering: dict[ChoiceId, int] = {}
        for state, edges in enumerate(self.edges):
            for choice, _ in edges:
                offering.setdefault(choice, state)
        return offering

    @cached_property
    def entering(self) -> list[list[Edge]]:
        """For each state, the choices that lead there, each with the state that it comes from."""
        entering: list[list[Edge]] = [[] for _ in self.places]
        for origin, edges in enumerate(self.edges):
            for choice, target in edges:
                entering[target].append((choice, origin))
        return entering

    @cached_property
    def onward(self) -> dict[int, Edge]:
        """From each state that can reach an ending: the first step of a shortest way there."""
        onward: dict[int, Edge] = {}
        known, waiting = set(self.ends), deque(self.ends)
        while waiting:
            here = waiting.popleft()
            for choice, origin in self.entering[here]:
                if origin not in known:
                    known.add(origin)
                    onward[origin] = (choice, here)
                    waiting.append(origin)
        return onward

    @cached_property
    def order(self) -> tuple[int, ...] | None:
        """The states in an order in which every choice leads on; None where roads can run in circles."""
        entries = [0] * len(self)
        for edges in self.edges:
            for _, target in edges:
                entries[target] += 1
        ready = [state for state, count in enumerate(entries) if count == 0]
        for state in ready:  # grows while we walk
            for _, target in self.edges[state]:
                entries[target] -= 1
                if entries[target] == 0:
                    ready.append(target)
        return tuple(ready) if len(ready) == len(self) else None


def explore(scenario: Scenario) -> Graph:
    """Return the graph of all states that some list of decisions reaches, the start first, nearest states first."""
    ready = machine(scenario)
    count = len(scenario.scenes)
    keys = [ready.start * count]
    known = {keys[0]: 0}
    came: list[Edge] = [("", 0)]
    edges: list[tuple[Edge, ...]] = []
    menus: dict[int, tuple[Move, ...]] = {}
    for state, key in enumerate(keys):  # grows while we walk: that is the queue
        code, place = divmod(key, count)
        # Many states of a scene read alike; what is on offer is worked out once for all of them.
        read = (code & ready.reads[place]) * count + place
        if read not in menus:
            menus[read] = tuple(move for move in ready.moves[place] if move.is_open(code))
        leaving = []
        for move in menus[read]:
            after = move.after(code) * count + move.target
            target = known.setdefault(after, len(keys))
            if target == len(keys):
                keys.append(after)
                came.append((move.choice, state))
            leaving.append((move.choice, target))
        edges.append(tuple(leaving))
    places = tuple(key % count for key in keys)
    return Graph(scenario, ready, places, tuple(key // count for key in keys), tuple(edges), tuple(came))


def legs(scenario: Scenario, road: Iterable[ChoiceId]) -> tuple[tuple[Scene, Choice], ...]:
    """Return a road as its author would tell it: each scene, and what is chosen there; raises `KeyError`."""
    written = {choice.id: (scene, choice) for scene in scenario.scenes for choice in scene.choices}
    return tuple(written[choice] for choice in road)


def cover(graph: Graph) -> tuple[Road, ...]:
    """Return a small set of roads that together take every reachable choice, each on to an ending where one is left.

    Greedy: each road goes to the nearest choice that none has taken, again and again, until none is ahead.
    """
    left = set(graph.choices)
    roads = []
    while left:
        roads.append(_longest_of_new(graph, left))
    return tuple(roads)


def count_roads(graph: Graph) -> int | None:
    """Return the exact number of distinct roads from the start to an ending; None where roads can run in circles."""
    if graph.order is None:
        return None
    ways = [0] * len(graph)
    for end in graph.ends:
        ways[end] = 1
    for state in reversed(graph.order):
        ways[state] += sum(ways[target] for _, target in graph.edges[state])
    return ways[0]


def _longest_of_new(graph: Graph, left: set[ChoiceId]) -> Road:
    road: list[ChoiceId] = []
    here = 0
    while stretch := _to_nearest(graph, here, left):
        road.extend(choice for choice, _ in stretch)
        left.difference_update(road)
        here = stretch[-1][1]
    while here in graph.onward:
        choice, here = graph.onward[here]
        road.append(choice)
        left.discard(choice)
    return tuple(road)


def _to_nearest(graph: Graph, origin: int, wanted: set[ChoiceId]) -> list[Edge]:
    came: dict[int, tuple[int, Edge]] = {}
    known, waiting = {origin}, deque([origin])
    while waiting:
        here = waiting.popleft()
        for edge in graph.edges[here]:
            if edge[0] in wanted:
                return [*_stretch(came, origin, here), edge]
            if edge[1] not in known:
                known.add(edge[1])
                came[edge[1]] = (here, edge)
                waiting.append(edge[1])
    return []


def _stretch(came: dict[int, tuple[int, Edge]], origin: int, here: int) -> list[Edge]:
    stretch = []
    while here != origin:
        here, edge = came[here]
        stretch.append(edge)
    return stretch[::-1]
