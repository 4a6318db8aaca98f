"""What a chart of a cohort shows: lines of stacked pieces, small trends over time, or the roads through a case."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a piece is: the first thing told, the second, or what is left; each has its word in the legend."""

    FIRST = "first"
    SECOND = "second"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Piece:
    """A share from 0 to 1, drawn behind those before it."""

    share: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Line:
    """One bar: what it is of, its pieces, and what stands at its end. With `low` and `high` it has an interval."""

    label: str
    pieces: tuple[Piece, ...]
    end: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together under a title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One share over time; a period without a value is left out of the line."""

    title: str
    points: tuple[tuple[str, float | None], ...]
    end: str


@dataclass(frozen=True, slots=True)
class Node:
    """A scene on the map of roads: how many came there, of all, and in which row it stands."""

    id: str
    label: str
    share: float
    row: int


@dataclass(frozen=True, slots=True)
class Link:
    """How many went from one scene to another, as a share of all."""

    start: str
    end: str
    share: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart, and in `alt` all of it in words; `legend` tells the tones that it uses.

    Where there are nodes, a wide drawing shows them as a map, and a narrow one shows the blocks.
    """

    alt: str
    blocks: tuple[Block, ...] = ()
    panels: tuple[Panel, ...] = ()
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    legend: tuple[tuple[Tone, str], ...] = ()
