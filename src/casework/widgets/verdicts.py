"""How a rule's verdict reads on screen: the act, never the person; with why, and the source one tap away."""

from collections.abc import Mapping
from typing import Any

from casework.conformance.protocol import Rule
from casework.play.feedback import Mark
from casework.words import Words, mark

MARK_WORDS = {
    Mark.BROKEN: mark("Not followed"),
    Mark.MEND: mark("Can still be mended"),
    Mark.NOW: mark("Still to do"),
    Mark.KEPT: mark("Followed"),
}


def verdict(rule: Rule, marked: Mark, sources: Mapping[str, str], say: Words) -> dict[str, Any]:
    """Return one verdict; `sources` gives the public title of each source id in the reader's language."""
    return {
        "is": marked.value,
        "word": say(MARK_WORDS[marked]),
        "tag": tag(rule, say),
        "title": rule.title.in_(say.language),
        "why": rule.why.in_(say.language),
        "sources": [{"id": source, "title": sources.get(source, source)} for source in rule.source],
    }


def tag(rule: Rule, say: Words) -> str:
    """Return how binding a rule is; only a norm carries the year from which its source asks it."""
    return say("norm since {year}", year=rule.since.year) if rule.severity == "norm" else say("advice")
