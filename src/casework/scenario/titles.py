"""How a link finds its heading: without regard to capitals, accents, spaces and punctuation."""

import re
from collections.abc import Container
from unicodedata import combining, normalize

LONGEST_ID = 64


def key(text: str) -> str:
    """Return what is compared: letters and digits alone, or all of it where a title has none."""
    letters = "".join(letter for letter in _plain(text) if letter.isalnum())
    return letters or text.strip().lstrip("#").casefold()


def anchor(text: str) -> str:
    """Return the target that an author types for this heading, such as `#de-lege-kruk`."""
    return "#" + (re.sub(r"[\s`()<>\[\]]+", "-", text.strip()).strip("-").lower() or "scene")


def cell_id(title: str, taken: Container[str], number: int) -> str:
    """Return a lasting id for a cell: made of its title, and not yet taken."""
    ascii_only = _plain(title).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[: LONGEST_ID - 8].strip("-") or f"cel-{number}"
    candidate, count = base, 2
    while candidate in taken:
        candidate, count = f"{base}-{count}", count + 1
    return candidate


def _plain(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter)).casefold()
