"""A chart as SVG, made here: who looks at it needs no script, and nothing is fetched from anywhere."""

import re
from html import escape

import altair as alt

from casework.analytics import easel
from casework.analytics.easel import Specification

VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
OPENING = re.compile(r"<svg [^>]*>")
# Vega gives its parts roles without names; they would be offered to a reader as pictures that nobody describes.
ROLES = re.compile(r' (?:role="graphics-\w+"|aria-roledescription="[^"<>]*")')
BOX = re.compile(r'viewBox="[^"]*"')


def svg(specification: Specification, alternative: str, name: str) -> str:
    """Return a drawing of the class *name*; who cannot see it hears *alternative*, and not its many parts."""
    drawn = easel.draw(specification, VERSION)
    opening = OPENING.search(drawn)
    box = BOX.search(drawn)
    if opening is None or box is None:
        raise ValueError(drawn[:200])
    spoken = f'role="img" aria-label="{escape(alternative)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="{escape(name)}" {spoken} {box[0]}>'
    return head + ROLES.sub("", drawn[opening.end() :])
