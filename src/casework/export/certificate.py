"""A certificate of participation: that a case was played to an end, and not by whom or how.

Its code is a digest of the decisions together with the attempt's own id, which only the store and the trainee's device
have. So the code tells nobody which choices were made, not even who tries all roads; and whoever has the store can play
the decisions again and see whether they lead to it.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from html.parser import HTMLParser

from babel.dates import format_date

from casework.errors import AttemptUnfinished, AttemptUnknown
from casework.export.page import render
from casework.export.retold import Cases, Retold, Standing
from casework.scenario.model import Scenario
from casework.store import Played, Store
from casework.words import mark, words

FORM = "casework certificate 1"
META = "casework-certificate"
# Twenty letters hold a hundred bits, and can still be typed from paper.
BYTES, GROUP = 13, 4
LETTERS = 20
CODE = re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){4}")
DAY = 10
SENTENCES = {
    "title": mark("Certificate of participation"),
    "name": mark("Name"),
    "name_why": mark("You fill in the name yourself. It stands on your print only: casework does not keep it."),
    "played": mark("Played this case to an end, and looked back on it:"),
    "role": mark("Role"),
    "duration": mark("Duration"),
    "minutes": mark("minutes"),
    "day": mark("Date"),
    "version": mark("Version"),
    "code": mark("Code"),
    "silent": mark("This certificate does not say which choices were made. There is no mark."),
    "check": mark("Whoever gave the training can check the code with: casework verify {code}"),
    "print": mark("Print this page, or save it as a PDF. This line will not be printed."),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate states: the case, its version and language, the day of the ending (UTC), and the code."""

    case: str
    version: str
    language: str
    day: str
    code: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What a store says of a code: the certificate that belongs to it, and how many attempts could not be replayed."""

    certificate: Certificate | None
    unplayable: int = 0


def certify(attempt: Retold) -> Certificate:
    """Return the certificate of an attempt; raises `AttemptUnfinished` if it has not come to an end."""
    if not attempt.has_ended:
        raise AttemptUnfinished(is_current=attempt.standing is Standing.CURRENT)
    record, decisions = attempt.played.record, attempt.played.decisions
    day = decisions[-1].at[:DAY]
    stated = (record.scenario, record.version, record.language, day)
    sealed = [FORM, record.id, *stated, [decision.choice for decision in decisions], attempt.ending]
    return Certificate(*stated, _code(json.dumps(sealed)))


def issue(store: Store, cases: Cases, attempt: str) -> str:
    """Return the page for an attempt; raises `AttemptUnknown` and `AttemptUnfinished`."""
    played = store.attempt(attempt)
    if played is None:
        raise AttemptUnknown(attempt)
    found = cases.one(played)
    stated = certify(found)
    if found.case is None or found.case.scenario is None:
        raise AttemptUnfinished(is_current=False)
    return page(stated, found.case.scenario)


def page(certificate: Certificate, scenario: Scenario) -> str:
    """Return a certificate as one HTML page that prints on one sheet, loads nothing and sends nothing."""
    say = words(scenario.language)
    told = {key: say(sentence, code=certificate.code) for key, sentence in SENTENCES.items()}
    day = format_date(date.fromisoformat(certificate.day), "long", scenario.language) if certificate.day else ""
    stated = json.dumps(asdict(certificate))
    return render(
        "certificate.html.j2", words=told, scenario=scenario, certificate=certificate, day=day, meta=META, stated=stated
    )


def read(text: str) -> Certificate | None:
    """Return what a page states, or nothing if it is no certificate."""
    reader = _Reader()
    reader.feed(text)
    try:
        stated = json.loads(reader.stated)
        return Certificate(**stated) if all(isinstance(value, str) for value in stated.values()) else None
    except (ValueError, TypeError, AttributeError):
        return None


def is_code(text: str) -> bool:
    """Whether this looks like the code of a certificate."""
    return CODE.fullmatch(text.upper()) is not None


def seek(code: str, played: Iterable[Played], cases: Cases) -> Sought:
    """Play the decisions in a store again until some lead to this code."""
    unplayable = 0
    for attempt in cases.retell(played):
        unplayable += attempt.standing is not Standing.CURRENT
        if attempt.has_ended and (found := certify(attempt)).code == code.upper():
            return Sought(found)
    return Sought(None, unplayable)


def _code(text: str) -> str:
    digits = base64.b32encode(hashlib.sha256(text.encode()).digest()[:BYTES]).decode()[:LETTERS]
    return "-".join(digits[at : at + GROUP] for at in range(0, LETTERS, GROUP))


class _Reader(HTMLParser):
    """Finds the one element of a page that holds what it states."""

    def __init__(self) -> None:
        super().__init__()
        self.stated = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == META:
            self.stated = given.get("content") or ""
