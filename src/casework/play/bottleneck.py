"""What stands in people's way in practice (*knelpunten*), as handed in, merged and weighed by a room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from casework.play.ballot import ParticipantId
from casework.play.disclosure import is_enough

BottleneckId = str
LIGHTEST, HEAVIEST = 0, 3
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """One of them: what stands in the way and what would help; `into` is the one that it was merged into, or empty.

    `cluster` is where it lies among those of all workshops, or empty. Nothing in it says who handed it in.
    """

    id: BottleneckId
    session: str
    text: str
    help: str
    at: str = ""
    into: BottleneckId = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """How heavy one participant finds it, from 0 to 3; the highest `number` counts, as with ballots."""

    bottleneck: BottleneckId
    participant: ParticipantId
    number: int
    weight: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """A bottleneck with those merged into it, and the mean weight; None where fewer than five weighed it."""

    bottleneck: Bottleneck
    merged: tuple[Bottleneck, ...]
    mean: Fraction | None


def weigh(bottlenecks: Iterable[Bottleneck], weights: Iterable[Weight]) -> tuple[Weighed, ...]:
    """Return the bottlenecks that stand, the heaviest first, then those that nobody may see weighed, as handed in."""
    rows = tuple(bottlenecks)
    means = _means(weights)
    standing = [each for each in rows if not each.into]
    found = [Weighed(each, tuple(one for one in rows if one.into == each.id), means.get(each.id)) for each in standing]
    return tuple(sorted(found, key=lambda each: (each.mean is None, -(each.mean or 0))))


def _means(weights: Iterable[Weight]) -> Mapping[BottleneckId, Fraction]:
    last: dict[tuple[BottleneckId, ParticipantId], Weight] = {}
    for each in weights:
        key = (each.bottleneck, each.participant)
        last[key] = max(last.get(key, each), each)
    by_one: dict[BottleneckId, list[int]] = {}
    for each in last.values():
        by_one.setdefault(each.bottleneck, []).append(each.weight)
    return {one: Fraction(sum(given), len(given)) for one, given in by_one.items() if is_enough(len(given))}
