"""What is told of a cohort: for each part its charts, each with what may not be concluded and with its table.

Every number comes from a table of counts that went through `disclosure.coarse`; nothing else is drawn, told or given
out. So the chart, the table and the file have the same cells, and the same cells hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework.analytics.plots import Block, Line, Piece, Plot, Tone
from casework.play.disclosure import Cell, Cover, coarse, fives
from casework.words import Words, mark, number

Value = str | int
FEWER, NOT_SHOWN = mark("fewer than 5"), mark("not shown")
WHAT, PEOPLE, SHARE = mark("What"), mark("People"), mark("Share")


@dataclass(frozen=True, slots=True)
class Finding:
    """One question as it stands on the page: what is told, the chart if there is one, and its table.

    `caution` says what may not be concluded. The cells of `rows` are words and whole numbers.
    """

    id: str
    title: str
    told: tuple[str, ...]
    caution: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of people that may be shown, of which `total` is the sum, to the nearest five."""

    cells: tuple[Cell, ...]
    total: int

    def share(self, at: int) -> float | None:
        """Return the share of a cell, or nothing where it may not be shown."""
        count = self.cells[at].count
        return None if count is None or not self.total else min(1.0, count / self.total)

    def pieces(self, tones: Sequence[Tone]) -> tuple[Piece, ...]:
        """Return what is drawn of it: nothing where a cell may not be shown."""
        return tuple(Piece(self.share(at) or 0, tone) for at, tone in enumerate(tones))


def table(counts: Sequence[int]) -> Table | None:
    """Return these counts as they may be shown; nothing for fewer than five people."""
    cells = coarse(counts)
    if cells is None:
        return None
    # Rounded each for itself, cells may come to a little more than their rounded sum.
    return Table(cells, max(fives(sum(counts)), sum(cell.count or 0 for cell in cells)))


def few(say: Words, name: str, title: str) -> Finding:
    """Return the finding where too few people are asked for."""
    return Finding(name, title, (say("Fewer than five people. Nothing of this is shown."),), "")


def simple(
    name: str, title: str, told: tuple[str, ...], caution: str, labels: Sequence[str], found: Table, say: Words
) -> Finding:
    """Return a finding of one table, with a line for each of its cells."""
    lines = [line(label, found, at, say) for at, label in enumerate(labels)]
    rows = tuple((label, *cells(found, at, say)) for at, label in enumerate(labels))
    plot = Plot(spoken(lines, say), (Block("", tuple(lines)),))
    return Finding(name, title, told, caution, (say(WHAT), say(PEOPLE), say(SHARE)), rows, plot)


def known_table(counts: Sequence[int]) -> Table:
    """Return the table of counts that are known to be of five people or more; raises `ValueError` otherwise."""
    found = table(counts)
    if found is None:
        raise ValueError(counts)
    return found


def line(label: str, found: Table, at: int, say: Words, tone: Tone = Tone.FIRST) -> Line:
    """Return one cell of a table as a bar."""
    return Line(label, (Piece(found.share(at) or 0, tone),), end(found, at, say))


def cells(found: Table, at: int, say: Words) -> tuple[Value, Value]:
    """Return one cell of a table as people and as a share, each in words where it may not be shown."""
    share = found.share(at)
    return worded(found.cells[at], say), say(NOT_SHOWN) if share is None else percent(share)


def worded(cell: Cell, say: Words) -> Value:
    """Return a count, or why there is none."""
    if cell.count is not None:
        return cell.count
    return say(FEWER if cell.cover is Cover.FEW else NOT_SHOWN)


def end(found: Table, at: int, say: Words) -> str:
    """Return what stands at the end of a bar: people and their share, or why there is none."""
    share, cell = found.share(at), found.cells[at]
    if share is None or cell.count is None:
        return str(worded(cell, say))
    return f"{number(cell.count, say.language)} ({percent(share)})"


def many(parts: Iterable[tuple[str, str]]) -> str:
    """Return what stands at the end of a bar of several pieces, each with its word."""
    return "; ".join(f"{word}: {end}" for word, end in parts)


def spoken(lines: Iterable[Line], say: Words) -> str:
    """Return a chart for who cannot see it."""
    return say("Bar chart. {told}.", told="; ".join(f"{line.label}: {line.end}" for line in lines))


def about(total: int, say: Words) -> str:
    """Return how many people, to the nearest five."""
    return number(fives(total), say.language)


def percent(share: float) -> str:
    """Return a share in whole percents."""
    return f"{round(100 * share)}%"
