"""A notebook as a dashboard reads it: text in the reader's language, and between it what the code cells show."""

from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

from casework.scenario.cells import Source
from casework.serve.dashboards import is_spoken


@dataclass(frozen=True, slots=True)
class Part:
    """One cell: the HTML of its text, or its code."""

    html: str = ""
    code: str = ""


def parts(source: Source, language: str) -> tuple[Part, ...]:
    """Return the cells of a dashboard that are meant for readers of this language, in order."""
    read = {"markdown": lambda text: Part(html=rendered(text)), "code": lambda text: Part(code=text)}
    told = (cell for cell in source.cells if cell.kind == "code" or is_spoken(cell, language))
    return tuple(read[cell.kind](cell.text) for cell in told if cell.kind in read)


def before_code(told: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the texts that come before any code: they can be read while the rest is being made."""
    first = next((number for number, part in enumerate(told) if part.code), len(told))
    return told[:first]


def rendered(text: str) -> str:
    """Return Markdown as HTML."""
    return str(_markdown().render(text))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
