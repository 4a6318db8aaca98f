"""Where to go, for a terminal or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from textwrap import fill

from casework.conformance.model import Consent, Route, Text
from casework.conformance.routing import ALWAYS, READ, SINCE

NONE = Text(
    "Er past geen route. Noem de leeftijd (--age) en wie uitbuit (--relation).",
    "No route fits. Give the age (--age) and who exploits (--relation).",
)
WIDTH = 100


def shown(routes: Sequence[Route], decides: Consent | None, language: str, form: str) -> str:
    """Return the routes in order, each with its ground, and below them who decides at this age."""
    if form == "json":
        found = {"routes": [asdict(each) for each in routes], "consent": asdict(decides) if decides else None}
        return json.dumps(found, ensure_ascii=False, indent=1, default=str)
    lines = [_route(number, each, language) for number, each in enumerate(routes, 1)]
    return "\n\n".join([*(lines or [NONE.in_(language)]), *([_consent(decides, language)] if decides else ())])


def _route(number: int, route: Route, language: str) -> str:
    parts = (route.to.in_(language), f"{route.ground.in_(language)} {_dated(route, language)}")
    return "\n".join([f"{number}. {route.title.in_(language)} ({route.id})", *map(_indented, parts)])


def _consent(row: Consent, language: str) -> str:
    said = " ".join(text.in_(language) for text in (row.sharing, row.signature, row.parents, ALWAYS))
    return "\n".join([f"{row.age}:", _indented(f"{said} {_dated(row, language)}")])


def _dated(found: Route | Consent, language: str) -> str:
    name, day = (SINCE, found.since) if found.since else (READ, found.read)
    return f"[{', '.join(found.source)}; {name.in_(language).format(day=day)}]"


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent="   ", subsequent_indent="   ")
