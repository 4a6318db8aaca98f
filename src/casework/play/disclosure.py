"""What may be shown of a count of people, so that no cell is a person, alone or by difference.

In the room a vote is shown once, at its reveal, from five voters up. In reports and later views a cell of one to four
is "fewer than 5". Whoever knows the total could subtract the other cells, so one more is hidden with it; where a small
cell could then still be worked out, no cell of the table is shown at all. Where the same people can be counted again
with a few more or less, what is left is also rounded to fives: two such counts never differ by a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST = 5


class Cover(StrEnum):
    """How a cell is shown: as it is, as fewer than five, or not at all."""

    EXACT = "exact"
    FEW = "few"
    HIDDEN = "hidden"


class Word(StrEnum):
    """A share of the room in words."""

    MOST = "most"
    SOME = "some"
    FEW = "few"
    NONE = "none"


class Trend(StrEnum):
    """How a cell moved between two rounds; what moved by fewer than five people did not move."""

    MORE = "more"
    LESS = "less"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Cell:
    """One count as a report may show it; `count` is None where it is covered."""

    cover: Cover
    count: int | None = None


FEW, HIDDEN = Cell(Cover.FEW), Cell(Cover.HIDDEN)


def is_enough(voters: int) -> bool:
    """Whether so many people may be shown as a group."""
    return voters >= LEAST


def protect(counts: Sequence[int]) -> tuple[Cell, ...] | None:
    """Return the cells of a table whose total is known, as a report may show them; None for fewer than five people.

    Whoever reads it may know these rules too: what is hidden hangs only on what is shown, never on what is hidden.
    """
    if not is_enough(sum(counts)):
        return None
    small = [place for place, count in enumerate(counts) if 0 < count < LEAST]
    if not small:
        return tuple(Cell(Cover.EXACT, count) for count in counts)
    large = [place for place, count in enumerate(counts) if count >= LEAST]
    # The smallest of the others goes with them: that costs the reader least.
    behind = min(large, key=lambda place: counts[place], default=None)
    if _is_even(counts) or _is_pinned(counts, small, behind):
        return (HIDDEN,) * len(counts)
    return tuple(_cell(count, is_hidden=place == behind) for place, count in enumerate(counts))


def coarse(counts: Sequence[int]) -> tuple[Cell, ...] | None:
    """Return the cells of a table that can be had for many groups of people, each group within others.

    Whoever lays two such tables side by side could subtract one from the other. So what `protect` leaves is rounded to
    the nearest five: the difference then is nought or five and more, and true to within four.
    """
    cells = protect(counts)
    return None if cells is None else tuple(Cell(cell.cover, _rounded(cell.count)) for cell in cells)


def fives(count: int) -> int:
    """Return a count to the nearest five."""
    return (count + LEAST // 2) // LEAST * LEAST


def protect_secret(secret: Sequence[int], seen: Sequence[int]) -> tuple[Cell, ...] | None:
    """Return the cells of a table in which to each *secret* count one is added that everybody has *seen*.

    Whoever has seen that subtracts it, so what is hidden hangs on the secret part alone.
    """
    cells = protect(secret if any(secret) else seen)
    if cells is None or not (any(secret) and any(seen)):
        return cells
    told = [_beside(cell, more) for cell, more in zip(cells, seen, strict=True)]
    large = [place for place, cell in enumerate(told) if (cell.count or 0) >= LEAST]
    if FEW in told and HIDDEN not in told and large:
        told[min(large, key=lambda place: told[place].count or 0)] = HIDDEN
    return tuple(told)


def in_words(counts: Sequence[int]) -> tuple[Word, ...]:
    """Return each cell as a share of the room in words: more than half, a fifth or more, less, nobody."""
    total = sum(counts)
    return tuple(_word(count, total) for count in counts)


def trends(before: Sequence[int], after: Sequence[int]) -> tuple[Trend, ...]:
    """Return how each cell moved between two rounds, without the number."""
    return tuple(_trend(new - old) for old, new in zip(before, after, strict=True))


def _rounded(count: int | None) -> int | None:
    return None if count is None else fives(count)


def _is_even(counts: Sequence[int]) -> bool:
    # With these totals all cells could be one small number, and a table that is hidden for that alone would say so.
    return sum(counts) in (len(counts), (LEAST - 1) * len(counts))


def _is_pinned(counts: Sequence[int], small: Sequence[int], behind: int | None) -> bool:
    """Whether the total and the cells that are shown leave a small cell, or all small cells together, one value."""
    left = sum(counts[place] for place in small) + (0 if behind is None else counts[behind])
    lowest, highest = (0, 0) if behind is None else (LEAST, _highest(counts, behind, left))
    others = len(small) - 1
    one = (max(1, left - highest - (LEAST - 1) * others), min(LEAST - 1, left - lowest - others))
    all_ = (max(len(small), left - highest), min((LEAST - 1) * len(small), left - lowest))
    return one[0] == one[1] or (all_[0] == all_[1] and not is_enough(all_[0]))


def _highest(counts: Sequence[int], behind: int, left: int) -> int:
    # It is the smallest of the large ones, and the first of those, so the others bound it from above.
    others = ((place, count) for place, count in enumerate(counts) if count >= LEAST and place != behind)
    return min((count - (place < behind) for place, count in others), default=left)


def _beside(cell: Cell, seen: int) -> Cell:
    if cell.count is None:
        return HIDDEN if seen else cell
    return _cell(cell.count + seen, is_hidden=False)


def _cell(count: int, *, is_hidden: bool) -> Cell:
    if is_hidden:
        return HIDDEN
    return FEW if 0 < count < LEAST else Cell(Cover.EXACT, count)


def _word(count: int, total: int) -> Word:
    if not count:
        return Word.NONE
    if 2 * count > total:
        return Word.MOST
    return Word.SOME if 5 * count >= total else Word.FEW


def _trend(change: int) -> Trend:
    if abs(change) < LEAST:
        return Trend.SAME
    return Trend.MORE if change > 0 else Trend.LESS
