"""What can still become of a story: for every state, how each rule may stand there, and which may still be kept.

A *node* is a state of the graph together with one state of every rule's automaton: one bit for each rule. Judging rule
by rule is exact and cheap. That several rules can be kept *together* takes a search over nodes, which these bounds
steer past nearly everything that leads nowhere.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from heapq import heappop, heappush
from math import inf

from casework.conformance.model import Protocol
from casework.play.explore import Edge, Graph, Road, explore
from casework.play.rulebook import Rulebook, Stretch, rulebook
from casework.scenario.model import ChoiceId, Ending, Scenario

Node = tuple[int, int]
GOOD = frozenset({Ending.GOOD})
WELL = frozenset({Ending.GOOD, Ending.DEFENSIBLE})
UNHARMED = frozenset({Ending.GOOD, Ending.DEFENSIBLE, Ending.REPAIRED})
START = 0


@dataclass(frozen=True)
class Study:
    """A scenario under a protocol: its graph and its rules."""

    graph: Graph
    rules: Rulebook
    _far: dict[frozenset[int], dict[int, int]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def met(self) -> list[int]:
        """For each state, the states in which each rule may be on arrival, over all roads that lead there."""
        met = [0] * len(self.graph)
        met[START] = self.rules.start
        _spread(met, self.graph.order or range(len(met)), self.graph.edges, cache(self.rules.after))
        return met

    def at(self, ends: frozenset[Ending]) -> tuple[int, ...]:
        """Return the states in which the story has ended in one of these ways."""
        scenes, places = self.graph.scenario.scenes, self.graph.places
        return tuple(state for state in self.graph.ends if scenes[places[state]].ending in ends)

    def hopes(self, goals: Iterable[int], asked: Iterable[Stretch]) -> list[int]:
        """Return for each state the states of each rule from which a road leads to a goal and keeps that rule there.

        Rules that are not *asked* may be in any state at the goal.
        """
        kept = _all_bits(self.rules.stretches)
        for stretch in asked:
            kept &= ~stretch.unkept
        return self.leading(goals, kept)

    def leading(self, goals: Iterable[int], wanted: int) -> list[int]:
        """Return for each state the states of each rule from which a road leads to a goal and to a wanted one there."""
        sets = [0] * len(self.graph)
        for goal in goals:
            sets[goal] = wanted
        back = reversed(self.graph.order or range(len(sets)))
        _spread(sets, back, self.graph.entering, cache(self.rules.before))
        return sets

    def distances(self, goals: frozenset[int]) -> dict[int, int]:
        """Return how many choices each state is away from the nearest goal; states that reach none are left out."""
        if goals in self._far:
            return self._far[goals]
        far = self._far[goals] = dict.fromkeys(goals, 0)
        waiting = deque(goals)
        while waiting:
            here = waiting.popleft()
            for _, origin in self.graph.entering[here]:
                if origin not in far:
                    far[origin] = far[here] + 1
                    waiting.append(origin)
        return far

    def step(self, node: Node) -> Iterator[tuple[ChoiceId, Node]]:
        """Yield the choices on offer in a node, each with the node that it leads to."""
        state, sets = node
        for choice, target in self.graph.edges[state]:
            yield choice, (target, self.rules.after(sets, choice))

    def nodes(self, road: Iterable[ChoiceId]) -> tuple[Node, ...]:
        """Return the nodes along a road, the start included; raises `ChoiceNotOffered`."""
        nodes = [(START, self.rules.start)]
        for choice in road:
            state, sets = nodes[-1]
            nodes.append((self.graph.after(state, choice), self.rules.after(sets, choice)))
        return tuple(nodes)


@lru_cache(maxsize=16)
def study(scenario: Scenario, protocol: Protocol) -> Study:
    """Return a scenario under a protocol, explored once for all questions."""
    return Study(explore(scenario), rulebook(scenario, protocol))


def search(study: Study, origin: Node, hopes: list[int], goals: frozenset[int], lost: set[Node]) -> Road | None:
    """Return a road from a node to a goal on which all rules that *hopes* asks for are kept together, or None.

    Goes into the depth first, and leaves aside a node from which even one rule alone can no longer be kept. Nodes from
    which no such road leads are added to *lost*, so that a next search does not try them again.
    """
    tried: set[Node] = set()
    came: dict[Node, tuple[Node, ChoiceId]] = {}
    waiting = [origin]
    while waiting:
        node = waiting.pop()
        if node in tried or node in lost or node[1] & ~hopes[node[0]]:
            continue
        tried.add(node)
        if node[0] in goals:
            return traced(came, origin, node)
        for choice, after in study.step(node):
            if after not in tried:
                came[after] = (node, choice)
                waiting.append(after)
    lost |= tried
    return None


def shortest(
    study: Study, stretch: Stretch, goals: frozenset[int], wanted: int, leading: list[int] | None = None
) -> Road | None:
    """Return a shortest road to a goal at which a rule stands in one of the *wanted* states; None if there is none.

    Only this rule is watched. Goes on from the node with the fewest choices behind it and ahead of it together, and
    with *leading* (see there) leaves aside what cannot lead there any more.
    """
    far = study.distances(goals)
    turns = {
        choice: turn for choice, turns in study.rules.turns.items() for turn in turns if turn.shift == stretch.shift
    }
    origin = (START, study.rules.start & stretch.mask)
    came: dict[Node, tuple[Node, ChoiceId]] = {}
    depths = {origin: 0}
    waiting = [(far[START], 0, origin)] if START in far else []
    while waiting:
        _, behind, node = heappop(waiting)
        state, sets = node
        depth = -behind
        if depth > depths[node]:
            continue
        if state in goals and sets & wanted:
            return traced(came, origin, node)
        for choice, target in study.graph.edges[state]:
            after = (target, turns[choice].after(sets) if choice in turns else sets)
            if leading is not None and not after[1] & leading[target]:
                continue
            if target in far and depth + 1 < depths.get(after, inf):
                depths[after] = depth + 1
                came[after] = (node, choice)
                heappush(waiting, (depth + 1 + far[target], -depth - 1, after))
    return None


def traced(came: dict[Node, tuple[Node, ChoiceId]], origin: Node, node: Node) -> Road:
    """Return the choices by which a search came from one node to another."""
    road = []
    while node != origin:
        node, choice = came[node]
        road.append(choice)
    return tuple(reversed(road))


def _all_bits(stretches: Iterable[Stretch]) -> int:
    return sum(stretch.mask for stretch in stretches)


def _spread(
    sets: list[int], order: Iterable[int], leads: Sequence[Sequence[Edge]], moved: Callable[[int, ChoiceId], int]
) -> None:
    """Let the sets run along until nothing changes; in an order without circles each state is visited once."""
    waiting = deque(order)
    queued = set(waiting)
    while waiting:
        state = waiting.popleft()
        queued.discard(state)
        for choice, target in leads[state] if sets[state] else ():
            more = moved(sets[state], choice) & ~sets[target]
            if more:
                sets[target] |= more
                if target not in queued:
                    queued.add(target)
                    waiting.append(target)
