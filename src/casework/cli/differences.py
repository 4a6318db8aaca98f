"""What differs between two protocols, as a table for a terminal or as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from casework.cli.tables import table
from casework.conformance.compare import Difference, compare
from casework.conformance.model import Activity, Consent, Protocol, Questions, Route, Rule, Severity, Text
from casework.conformance.situation import When

KINDS = {
    "scope": Text("reikwijdte", "scope"),
    "activity": Text("activiteit", "activity"),
    "rule": Text("regel", "rule"),
    "route": Text("route", "route"),
    "age": Text("leeftijd", "age"),
}
WEIGHTS = {Severity.NORM: Text("norm", "norm"), Severity.ADVICE: Text("advies", "advice")}
HEAD = Text("wat", "what"), Text("veld", "field")
ABSENT, SAME = Text("niet", "not there"), Text("de rest gelijk", "the rest alike")
ALIKE = Text("Er is geen verschil.", "There is no difference.")


def shown(one: Protocol, other: Protocol, language: str, form: str) -> str:
    """Return the differences, one a row, the first protocol on the left."""
    found = compare(one, other)
    if form == "json":
        return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1, default=str)
    if not found:
        return ALIKE.in_(language)
    head = (*(each.in_(language) for each in HEAD), one.id, other.id)
    return table(head, [_row(each, language) for each in found])


def _row(found: Difference, language: str) -> Sequence[str]:
    named = f"{KINDS[found.kind].in_(language)} {found.id}".strip()
    return (
        named,
        "" if found.field == found.kind else found.field,
        _value(found.one, found.other, language),
        _value(found.other, found.one, language),
    )


def _value(value: object, beside: object, language: str) -> str:
    """Return one side; of a list, only what the other side lacks."""
    if isinstance(value, tuple):
        others = beside if isinstance(beside, tuple) else ()
        return ", ".join(str(each) for each in value if each not in others) or SAME.in_(language)
    shown_as = SHOWN.get(type(value))
    return shown_as(value, language) if shown_as else str(value)


def _when(when: When) -> str:
    asked = {key: words for key, words in asdict(when).items() if words not in ((), None)}
    return "; ".join(
        f"{key}: {', '.join(words) if isinstance(words, tuple) else words}" for key, words in asked.items()
    )


SHOWN: Mapping[type, Callable[[Any, str], str]] = {
    type(None): lambda _, language: ABSENT.in_(language),
    Text: lambda text, language: text.in_(language),
    Questions: lambda questions, language: " ".join(questions.in_(language)),
    Severity: lambda severity, language: WEIGHTS[severity].in_(language),
    Rule: lambda rule, language: f"{WEIGHTS[rule.severity].in_(language)}: {rule.title.in_(language)}",
    Activity: lambda activity, language: activity.labels.in_(language),
    Route: lambda route, language: route.title.in_(language),
    Consent: lambda row, language: row.sharing.in_(language),
    When: lambda when, _: _when(when),
}
