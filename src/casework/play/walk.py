"""A walk over anything that leads on by steps: every node once, every road counted, none listed."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)
Step = TypeVar("Step")
Leaving = Callable[[Node], Iterable[tuple[Step, Node]]]


@dataclass(frozen=True, slots=True)
class Roads(Generic[Step]):
    """Some of the roads: how many, None where they are without number, and a shortest of them if there is one."""

    count: int | None
    shortest: tuple[Step, ...] | None

    def __bool__(self) -> bool:
        return self.shortest is not None


@dataclass(frozen=True, slots=True)
class Walk(Generic[Node, Step]):
    """The nodes that can be reached, the nearest first; the steps on, how each was first met, and the roads to it.

    A number of roads is exact, and None where a circle lies on the way: then there is no end to them.
    """

    nodes: tuple[Node, ...]
    steps: tuple[tuple[tuple[Step, int], ...], ...]
    came: tuple[tuple[int, Step] | None, ...]
    ways: tuple[int | None, ...]

    def roads(self, is_meant: Callable[[Node], bool]) -> Roads[Step]:
        """Return the roads that lead to the nodes meant; each must be one at which a road can stop."""
        meant = [place for place, node in enumerate(self.nodes) if is_meant(node)]
        return Roads(total(self.ways[place] for place in meant), self._road(meant[0]) if meant else None)

    def _road(self, place: int) -> tuple[Step, ...]:
        return tuple(reversed(tuple(self._back(place))))

    def _back(self, place: int) -> Iterator[Step]:
        while (came := self.came[place]) is not None:
            place, step = came
            yield step


def walk(start: Node, leaving: Leaving[Node, Step]) -> Walk[Node, Step]:
    """Return the walk from *start*; two steps from one node to another are two roads."""
    nodes, places = [start], {start: 0}
    came: list[tuple[int, Step] | None] = [None]
    steps: list[tuple[tuple[Step, int], ...]] = []
    for place, node in enumerate(nodes):  # grows while we walk: that is the queue
        onward = []
        for step, after in leaving(node):
            target = places.setdefault(after, len(nodes))
            if target == len(nodes):
                nodes.append(after)
                came.append((place, step))
            onward.append((step, target))
        steps.append(tuple(onward))
    return Walk(tuple(nodes), tuple(steps), tuple(came), _ways(steps))


def total(counts: Iterable[int | None]) -> int | None:
    """Return the sum of numbers of roads; None as soon as one of them is without number."""
    summed = 0
    for count in counts:
        if count is None:
            return None
        summed += count
    return summed


def _ways(steps: list[tuple[tuple[Step, int], ...]]) -> tuple[int | None, ...]:
    # A node that waits for ever for one in front of it lies on a circle or behind one.
    entries = [0] * len(steps)
    for onward in steps:
        for _, target in onward:
            entries[target] += 1
    sums = [1, *[0] * (len(steps) - 1)]
    ways: list[int | None] = [None] * len(steps)
    ready = [] if entries[0] else [0]
    for place in ready:  # grows while we walk
        ways[place] = sums[place]
        for _, target in steps[place]:
            sums[target] += sums[place]
            entries[target] -= 1
            if entries[target] == 0:
                ready.append(target)
    return tuple(ways)
