"""The first cell: what it says of the case, and what it should say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.scenario.diagnostics import Both, Nearest, Remark, remark
from casework.scenario.drafts import Draft
from casework.scenario.keywords import CASE_FACTS, FEEDBACK, FICTION, LANGUAGES, REQUIRED, find, words

EXAMPLES = {
    "language": Both("- **Taal:** nl", "- **Language:** en"),
    "protocol": Both("- **Protocol:** meldcode", "- **Protocol:** meldcode"),
    "role": Both("- **Rol:** verpleegkundige", "- **Role:** nurse"),
    "minutes": Both("- **Duur:** 25 minuten", "- **Duration:** 25 minutes"),
    "content": Both("- **Inhoud:** uitbuiting, bedreiging", "- **Content:** exploitation, threats"),
}
_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})(?![\d.,]\d|\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cover:
    """The facts of the first cell, read."""

    language: str = "nl"
    protocol: str = ""
    role: str = ""
    person: str = ""
    minutes: int = 0
    content: str = ""
    sources: tuple[str, ...] = ()
    feedback_afterwards: bool = False


def cover(case: Draft) -> Cover:
    """Return what the first cell says; what it leaves out stays at its default."""
    feedback = find(_text(case, "feedback"), FEEDBACK)
    return Cover(
        language=_text(case, "language").casefold() or "nl",
        protocol=_text(case, "protocol").strip("` "),
        role=_text(case, "role"),
        person=_text(case, "person"),
        minutes=_minutes(_text(case, "minutes")),
        content=_text(case, "content"),
        sources=tuple(part.strip() for part in re.split(r"[,;]", _text(case, "sources")) if part.strip()),
        feedback_afterwards=feedback is not None and feedback.id == "afterwards",
    )


def check_cover(case: Draft) -> Iterator[Remark]:
    """Yield what is missing or unreadable in the first cell."""
    for each in CASE_FACTS:
        if each.id in REQUIRED and case.fact(each.id) is None:
            yield remark("missing-fact", case.cell, word=Both(each.nl, each.en), example=EXAMPLES[each.id])
    yield from _check_words(case)
    if not any(word in _introduction(case) for word in FICTION):
        yield remark("no-fiction-notice", case.cell)


def _check_words(case: Draft) -> Iterator[Remark]:
    language, minutes, feedback = case.fact("language"), case.fact("minutes"), case.fact("feedback")
    if language and language.text and language.text.casefold() not in LANGUAGES:
        yield remark("unknown-language", case.cell, language.line, text=language.text)
    if minutes and minutes.text and not _minutes(minutes.text):
        yield remark("bad-number", case.cell, minutes.line, text=minutes.text, right="25 minuten")
    if feedback and feedback.text and not find(feedback.text, FEEDBACK):
        near = Nearest(feedback.text, words(FEEDBACK))
        yield remark("unknown-feedback", case.cell, feedback.line, text=feedback.text, near=near)


def _introduction(case: Draft) -> str:
    runs = (run.text for paragraph in case.sheet.story for written in paragraph for run in written.runs)
    return "".join(runs).casefold()


def _text(case: Draft, keyword: str) -> str:
    fact = case.fact(keyword)
    if fact is None:
        return ""
    return fact.text or " ".join(fact.codes)


def _minutes(text: str) -> int:
    found = _NUMBER.search(text)
    return int(found[1]) if found else 0
