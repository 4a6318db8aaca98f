"""Which topics protocols cover, as a table for a terminal or as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from casework.cli.tables import WIDEST, table
from casework.conformance.coverage import TOPICS, Cell, Grade, coverage
from casework.conformance.model import Protocol, Text

NARROWEST = 9
TOPIC = Text("onderwerp", "topic")
NAMES = {
    Grade.NORM: Text("norm", "norm"),
    Grade.ADVICE: Text("advies", "advice"),
    Grade.NAMED: Text("genoemd", "named"),
    Grade.LACKING: Text("ontbreekt", "lacking"),
}
LEGEND = Text(
    "norm: een regel eist het · advies: een regel raadt het aan · genoemd: er is een activiteit, maar geen regel"
    " · ontbreekt: het komt niet voor",
    "norm: a rule demands it · advice: a rule recommends it · named: there is an activity but no rule"
    " · lacking: it does not occur",
)


def shown(protocols: Sequence[Protocol], language: str, form: str) -> str:
    """Return topics as rows and protocols as columns."""
    covered = [coverage(protocol) for protocol in protocols]
    if form == "json":
        found = [_as_json(*pair) for pair in zip(protocols, covered, strict=True)]
        return json.dumps(found, ensure_ascii=False, indent=1)
    head = (TOPIC.in_(language), *(protocol.id for protocol in protocols))
    rows = [
        (topic.label.in_(language), *(NAMES[cells[place].grade].in_(language) for cells in covered))
        for place, topic in enumerate(TOPICS)
    ]
    return f"{_fitted(head, rows)}\n\n{LEGEND.in_(language)}"


def _fitted(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    # Ids break at their hyphens, so that eight of them fit beside each other.
    widths = [max(NARROWEST, *(len(part) + 1 for part in cell.split("-"))) for cell in head[1:]]
    return table(head, rows, [WIDEST, *widths])


def _as_json(protocol: Protocol, cells: Sequence[Cell]) -> dict[str, Any]:
    return {
        "protocol": protocol.id,
        "topics": {cell.topic.id: {"grade": cell.grade.value, "rules": list(cell.rules)} for cell in cells},
    }
