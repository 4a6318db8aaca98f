"""A graph folded: states from which the same roads lead on, through the same scenes, become one.

What a state remembers often no longer matters, as each condition ahead will be met or failed in any case. Folding
finds that out by looking at the roads and not at the conditions, so it is exact. A case of 112,402 states folded to
1,658, and comparing two versions of it went from 71 seconds to 2.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from casework.play.explore import Edge, Graph
from casework.scenario.model import Ending, Scenario, SceneId


@dataclass(frozen=True, slots=True)
class Folded:
    """The states of a graph without doubles: the one that play starts in, and for each its scene's place and edges."""

    scenario: Scenario
    start: int
    places: tuple[int, ...]
    edges: tuple[tuple[Edge, ...], ...]

    def scene(self, state: int) -> SceneId:
        """Return the scene in which a state stands."""
        return self.scenario.scenes[self.places[state]].id

    def ending(self, state: int) -> Ending | None:
        """Return how the story has ended in a state."""
        return self.scenario.scenes[self.places[state]].ending


def fold(graph: Graph) -> Folded:
    """Return the graph with states joined that have the same future."""
    names = _from_the_ends(graph, graph.order) if graph.order is not None else _until_quiet(graph)
    first = {name: state for state, name in reversed(tuple(enumerate(names)))}
    kept = [first[name] for name in range(len(first))]
    return Folded(
        graph.scenario,
        names[0],
        tuple(graph.places[state] for state in kept),
        tuple(tuple((choice, names[target]) for choice, target in graph.edges[state]) for state in kept),
    )


def _from_the_ends(graph: Graph, order: Sequence[int]) -> list[int]:
    """Return a name for each state, equal where the future is: what follows a state is named before it."""
    known: dict[Hashable, int] = {}
    names = [0] * len(order)
    for state in reversed(order):
        future = tuple((choice, names[target]) for choice, target in graph.edges[state])
        names[state] = known.setdefault((graph.places[state], future), len(known))
    return names


def _until_quiet(graph: Graph) -> list[int]:
    """Return such names where roads run in circles: all alike at first, then told apart until nothing changes."""
    names, count = list(graph.places), 0
    while True:
        known: dict[Hashable, int] = {}
        names = [
            known.setdefault((names[state], tuple((choice, names[target]) for choice, target in edges)), len(known))
            for state, edges in enumerate(graph.edges)
        ]
        if len(known) == count:
            return names
        count = len(known)
