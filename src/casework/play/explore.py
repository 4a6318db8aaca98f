"""Statements about all trainees: walk the states that decisions can reach, never the paths.

A state holds only what some condition of the scenario reads (its slice), so the walk grows with the scenario and not
with the number of its roads, which is astronomical.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

from casework.play.attempt import Attempt, decide, has_ended, offered, start
from casework.scenario.model import AtLeast, ChoiceId, Condition, Done, Measure, Scenario, SceneId, Seen

Road = tuple[ChoiceId, ...]
Edge = tuple[ChoiceId, int]


@dataclass(frozen=True)
class Graph:
    """All reachable states: an attempt that stands for each, and the choices that lead from one to the next."""

    scenario: Scenario
    states: tuple[Attempt, ...]
    edges: tuple[tuple[Edge, ...], ...]

    @cached_property
    def scenes(self) -> frozenset[SceneId]:
        """The scenes that can be reached."""
        return frozenset(state.scene for state in self.states)

    @cached_property
    def choices(self) -> frozenset[ChoiceId]:
        """The choices that can be taken."""
        return frozenset(choice for edges in self.edges for choice, _ in edges)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The states in which the story has ended."""
        return tuple(i for i, state in enumerate(self.states) if has_ended(self.scenario, state))

    @cached_property
    def onward(self) -> dict[int, Edge]:
        """From each state that can reach an ending: the first step of a shortest way there."""
        entering = self._entering()
        onward: dict[int, Edge] = {}
        known, waiting = set(self.ends), deque(self.ends)
        while waiting:
            here = waiting.popleft()
            for origin, choice in entering[here]:
                if origin not in known:
                    known.add(origin)
                    onward[origin] = (choice, here)
                    waiting.append(origin)
        return onward

    def _entering(self) -> list[list[tuple[int, ChoiceId]]]:
        entering: list[list[tuple[int, ChoiceId]]] = [[] for _ in self.states]
        for origin, edges in enumerate(self.edges):
            for choice, target in edges:
                entering[target].append((origin, choice))
        return entering


def explore(scenario: Scenario) -> Graph:
    """Return the graph of all states that some list of decisions reaches, the start first, nearest states first."""
    slice_of = _slicer(scenario)
    states = [start(scenario, "")]
    places = {slice_of(states[0]): 0}
    edges: list[tuple[Edge, ...]] = []
    for state in states:  # grows while we walk: that is the queue
        leaving = []
        for choice, after in _moves(scenario, state):
            key = slice_of(after)
            if key not in places:
                places[key] = len(states)
                states.append(after)
            leaving.append((choice, places[key]))
        edges.append(tuple(leaving))
    return Graph(scenario, tuple(states), tuple(edges))


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
    order = _topological(graph)
    if order is None:
        return None
    ways = [0] * len(graph.states)
    for end in graph.ends:
        ways[end] = 1
    for state in reversed(order):
        ways[state] += sum(ways[target] for _, target in graph.edges[state])
    return ways[0]


def _moves(scenario: Scenario, state: Attempt) -> Iterator[tuple[ChoiceId, Attempt]]:
    for choice in offered(scenario, state):
        yield choice.id, decide(scenario, state, choice.id)


def _slicer(scenario: Scenario) -> Callable[[Attempt], Hashable]:
    conditions = [condition for scene in scenario.scenes for choice in scene.choices for condition in choice.conditions]
    signals = frozenset(condition.signal for condition in conditions if isinstance(condition, Seen))
    activities = frozenset(condition.activity for condition in conditions if isinstance(condition, Done))
    once = frozenset(choice.id for scene in scenario.scenes for choice in scene.choices if choice.once)
    caps = _caps(conditions)

    def slice_of(state: Attempt) -> Hashable:
        measures = tuple(min(state.outcomes.value(measure), cap) for measure, cap in caps)
        return state.scene, state.seen & signals, activities.intersection(state.trace), state.taken & once, measures

    return slice_of


def _caps(conditions: list[Condition]) -> tuple[tuple[Measure, int], ...]:
    # Days only add up: without a cap at the highest threshold a circle would never come back to a known state.
    # The scales are bounded by themselves, and may not be capped: they can fall again.
    thresholds: dict[Measure, int] = {}
    for condition in conditions:
        if isinstance(condition, AtLeast):
            cap = condition.value if condition.measure is Measure.DAYS else 5
            thresholds[condition.measure] = max(thresholds.get(condition.measure, cap), cap)
    return tuple(sorted(thresholds.items()))


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


def _topological(graph: Graph) -> list[int] | None:
    entries = [0] * len(graph.states)
    for edges in graph.edges:
        for _, target in edges:
            entries[target] += 1
    ready = [state for state, count in enumerate(entries) if count == 0]
    for state in ready:  # grows while we walk
        for _, target in graph.edges[state]:
            entries[target] -= 1
            if entries[target] == 0:
                ready.append(target)
    return ready if len(ready) == len(graph.states) else None
