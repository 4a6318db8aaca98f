"""Tables for a terminal: cells wrapped to their column, a line below the head."""

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap

GAP = "  "
WIDEST = 36


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] | None = None) -> str:
    """Return the rows below their head, as lines. Without *widths*, a column fits its longest cell, up to a limit."""
    lines = [head, *rows]
    widths = widths or [min(WIDEST, max(len(line[column]) for line in lines)) for column in range(len(head))]
    ruled = [GAP.join("-" * width for width in widths)]
    return "\n".join([*_row(head, widths), *ruled, *(line for row in rows for line in _row(row, widths))])


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    lines = zip_longest(*wrapped, fillvalue="")
    return [GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in lines]
