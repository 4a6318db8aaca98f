"""What a chart of official figures shows: bars in groups, each bar with the rows behind its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casework.figures.table import Figure


class Tone(StrEnum):
    """What a bar is of: numbers counted, numbers counted in another way, or an estimate with its margin."""

    COUNTED = "counted"
    OTHERWISE = "otherwise"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `end` is what stands at its end, and `told` is its number in the table.

    With `low` and `high` it runs between those two, `figure` is a mark on it, and `start` stands before it. `also` are
    rows that are told beside the bar and not drawn.
    """

    label: str
    figure: Figure
    end: str
    told: str
    tone: Tone = Tone.COUNTED
    low: Figure | None = None
    high: Figure | None = None
    start: str = ""
    also: tuple[Figure, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every row behind this bar, as it is told."""
        return tuple(each for each in (self.figure, self.low, self.high, *self.also) if each is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that may be compared with one another; between groups there is a gap."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its groups, what its numbers count, and in `alt` all of it in a sentence for who cannot see it.

    `has_years` says that its labels are years. `whole` is what a full bar stands for, where a number is a share. `note`
    stands below it and explains what a bar marks with a star.
    """

    groups: tuple[Group, ...]
    counts: str
    alt: str
    has_years: bool = False
    whole: int | None = None
    note: str = ""

    @property
    def bars(self) -> Iterator[Bar]:
        """All bars, group by group."""
        return (bar for group in self.groups for bar in group.bars)
