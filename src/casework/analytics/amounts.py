"""Official numbers as a language writes them: the number of the row, and no other."""

import re
from decimal import Decimal
from fractions import Fraction

from casework.errors import FiguresInvalid
from casework.figures.table import Figure
from casework.words import Words, mark, number, percentage

# How a source may print a number when it does not print just the number.
PRINTED = (
    (re.compile(r"more than (?P<number>[\d,.]+)"), mark("more than {number}")),
    (re.compile(r"<(?P<number>\d+)"), mark("fewer than {number}")),
    (re.compile(r"(?P<low>[\d,.]+) to (?P<high>[\d,.]+)"), mark("{low} to {high}")),
    (re.compile(r"(?P<number>[\d,.]+)"), "{number}"),
)


def printed(figure: Figure, say: Words) -> str:
    """Return a number as its source prints it, in this language: 1.372, 28,3%, meer dan 95%, 6.300 tot 7.000.

    Raises `FiguresInvalid` for a row that prints no number.
    """
    for pattern, sentence in PRINTED:
        if found := pattern.fullmatch(figure.text):
            numbers = {gap: _amount(text, figure.unit, say.language) for gap, text in found.groupdict().items()}
            return say(sentence, **numbers)
    raise FiguresInvalid(f"{figure.table}.csv", f"line {figure.line}: '{figure.text}' is no number that can be drawn")


def _amount(text: str, unit: str, language: str) -> str:
    value = Decimal(text.replace(",", ""))
    return percentage(Fraction(value) / 100, language) if unit.startswith("percent") else number(int(value), language)
