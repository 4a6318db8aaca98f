"""The source of a figure as a reader finds it."""

import re

from casework.figures.table import Figure
from casework.words import Words, mark

# Our tables say in English that a newspaper quotes a report; a reader of Dutch gets that word in Dutch.
CITING, AFTER = re.compile(r"\b(citing|quoting) "), mark("quoting")


def cited(figure: Figure, say: Words) -> str:
    """Return the title of the source of a figure, in words of this language where they are ours."""
    return CITING.sub(f"{say(AFTER)} ", figure.source)
