"""How a phone in the room comes in: a short address, a code that is read aloud, and a QR code for both together."""

from typing import Any

import segno

from casework.room import spelled

JOIN = "join"


def door(code: str, home: str, language: str) -> dict[str, Any]:
    """Return what is shown to come in by; *home* is the address of the server's start page, as phones reach it.

    The link says the *language* of the session, so that a phone that follows it need not load its page twice.
    """
    link = f"{home}{JOIN}/{code}/{language}"
    return {"code": spelled(code), "link": link, "address": _short(f"{home}{JOIN}"), "qr": qr(link)}


def qr(text: str) -> dict[str, Any]:
    """Return a QR code as one SVG path on a grid of `size` squares, with the quiet zone that cameras need around it."""
    # Level M still reads where a head in the front row covers a seventh of it.
    made = segno.make(text, error="m", micro=False)
    edge = made.default_border_size
    rows = tuple(made.matrix)
    lines = [_line(tuple(row), at + edge, edge) for at, row in enumerate(rows)]
    return {"size": len(rows) + 2 * edge, "path": "".join(lines)}


def _line(row: tuple[int, ...], at: int, edge: int) -> str:
    starts = [column for column, dark in enumerate(row) if dark and not (column and row[column - 1])]
    ends = [column for column, dark in enumerate(row) if dark and not (column + 1 < len(row) and row[column + 1])]
    strokes = (
        f"M{start + edge} {at}h{end - start + 1}v1H{start + edge}z" for start, end in zip(starts, ends, strict=True)
    )
    return "".join(strokes)


def _short(address: str) -> str:
    return address.removeprefix("http://").removeprefix("https://")
