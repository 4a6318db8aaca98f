"""A translation measured along roads: how many of all roads can be played in it from start to end.

That so many sentences are translated says little: one missing scene near the start may leave no road whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from casework.play.edits import aligned
from casework.play.explore import Road, explore
from casework.play.fold import Folded, fold
from casework.play.walk import Roads, Walk, walk
from casework.scenario.model import ChoiceId, Scenario, SceneId


class Lack(StrEnum):
    """Why a road cannot be played on in the translation."""

    MISSING = "missing"
    STALE = "stale"
    CHOICE = "choice"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Break:
    """The scene of the original at which a trainee would come to a halt first, and why."""

    scene: SceneId
    lack: Lack


@dataclass(frozen=True, slots=True)
class Broken:
    """The roads that come to a halt at one place; together with those that are whole they are all roads."""

    at: Break
    roads: Roads[ChoiceId]


@dataclass(frozen=True, slots=True)
class Translation:
    """All roads of the original, those that are whole in the translation, and where the others come to a halt.

    A number of roads is None where they are without number, as roads can run in circles.
    """

    roads: int | None
    whole: Roads[ChoiceId]
    broken: tuple[Broken, ...]

    @property
    def share(self) -> Fraction | None:
        """Which part of the roads is whole, from 0 to 1; None where there are no roads, or no end to them."""
        if not self.roads or self.whole.count is None:
            return None
        return Fraction(self.whole.count, self.roads)

    @property
    def example(self) -> Road | None:
        """A shortest road that is not whole."""
        return min((each.roads.shortest for each in self.broken if each.roads.shortest), key=len, default=None)


# A state of the original, the state of the translation beside it, and where the road came to a halt.
Node = tuple[int, int | None, Break | None]


def measure(original: Scenario, edition: Scenario | None, lacking: Mapping[SceneId, Lack]) -> Translation:
    """Return how far a translation goes along the roads of its original.

    `lacking` names the scenes of the original that the translation has not, or has of an older text. Where it does not
    compile yet there is no *edition* to walk, and only those scenes count.
    """
    beside = fold(explore(edition)) if edition else None
    track = _Track(fold(explore(original)), beside, _names(original, edition), lacking)
    found = walk(track.start(), track.leaving)
    ends = frozenset(state for state in range(len(track.original.edges)) if track.original.ending(state))
    return Translation(
        roads=found.roads(lambda node: node[0] in ends).count,
        whole=found.roads(lambda node: node[0] in ends and node[2] is None),
        broken=tuple(_broken(found, ends)),
    )


@dataclass(frozen=True, slots=True)
class _Track:
    """The original with its translation beside it; `names` gives for a choice of the one that of the other."""

    original: Folded
    edition: Folded | None
    names: Mapping[ChoiceId, ChoiceId]
    lacking: Mapping[SceneId, Lack]

    def start(self) -> Node:
        """Return where every road starts."""
        return self._arrived(self.original.start, self.edition.start if self.edition else None)

    def leaving(self, node: Node) -> Iterator[tuple[ChoiceId, Node]]:
        """Yield every choice of the original; one that the translation does not offer here is where it halts."""
        state, beside, halted = node
        offered = dict(self.edition.edges[beside]) if self.edition and beside is not None else {}
        for choice, target in self.original.edges[state]:
            if halted:
                yield choice, (target, None, halted)
            elif not self.edition:
                yield choice, self._arrived(target, None)
            elif self.names.get(choice) in offered:
                yield choice, self._arrived(target, offered[self.names[choice]])
            else:
                yield choice, (target, None, self._halt(state, target))

    def _arrived(self, state: int, beside: int | None) -> Node:
        scene = self.original.scene(state)
        if scene in self.lacking:
            return state, None, Break(scene, self.lacking[scene])
        if self.edition and beside is not None and not self._ends_alike(state, beside):
            return state, None, Break(scene, Lack.ENDING)
        return state, beside, None

    def _halt(self, state: int, target: int) -> Break:
        # A choice is lacking because its scene is: the scene is what has to be translated.
        scene = self.original.scene(target)
        return (
            Break(scene, self.lacking[scene])
            if scene in self.lacking
            else Break(self.original.scene(state), Lack.CHOICE)
        )

    def _ends_alike(self, state: int, beside: int) -> bool:
        return self.edition is not None and self.original.ending(state) == self.edition.ending(beside)


def _names(original: Scenario, edition: Scenario | None) -> Mapping[ChoiceId, ChoiceId]:
    return {was: choice for choice, was in aligned(original, edition).items()} if edition else {}


def _broken(found: Walk[Node, ChoiceId], ends: frozenset[int]) -> Iterator[Broken]:
    for at in dict.fromkeys(node[2] for node in found.nodes if node[2]):
        roads = found.roads(lambda node, at=at: node[0] in ends and node[2] == at)  # type: ignore[misc]
        if roads:
            yield Broken(at, roads)
