"""What a spreadsheet makes of a cell."""

from typing import TypeVar

Value = TypeVar("Value")

# A spreadsheet takes a cell that begins so for a formula, and runs it: an author's sentence must stay a sentence.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Value) -> Value | str:
    """Return a cell that is shown as it stands, and never run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
