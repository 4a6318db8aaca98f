"""The cards as data: a signal and an innocent reason for it; a moment of a talk, what to do, what not, and why."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from casework.conformance.model import Text


class Form(StrEnum):
    """What someone is exploited for; `ANY` where a list of signals keeps no form apart."""

    SEXUAL = "sexual"
    LABOUR = "labour"
    CRIMINAL = "criminal"
    BEGGING = "begging"
    ORGANS = "organs"
    ANY = "any"


class Setting(StrEnum):
    """Where a professional works who is likely to meet a signal."""

    YOUTH_CARE = "youth-care"
    SCHOOL = "school"
    HEALTH_CARE = "health-care"
    RECEPTION = "reception"
    SOCIAL_WORK = "social-work"
    MUNICIPALITY = "municipality"


class Moment(StrEnum):
    """When in a conversation a card is of use, in the order of a talk; the last two are about whom one talks with."""

    BEFORE = "before"
    OPENING = "opening"
    NEEDS = "needs"
    LIMITS = "limits"
    INTERPRETER = "interpreter"
    DANGER = "danger"
    INFORMATION = "information"
    CHOICES = "choices"
    CLOSING = "closing"
    AFTERWARDS = "afterwards"
    MINORS = "minors"
    DISABILITY = "disability"


PRACTICE = Text("Uit de praktijk, zonder bron", "From practice, without a source")
FORMS: Mapping[Form, Text] = {
    Form.SEXUAL: Text("Seksuele uitbuiting", "Sexual exploitation"),
    Form.LABOUR: Text("Uitbuiting op het werk", "Labour exploitation"),
    Form.CRIMINAL: Text("Criminele uitbuiting", "Criminal exploitation"),
    Form.BEGGING: Text("Gedwongen bedelen", "Forced begging"),
    Form.ORGANS: Text("Gedwongen afstaan van een orgaan", "Forced removal of an organ"),
    Form.ANY: Text("Bij elke vorm", "With every form"),
}
SETTINGS: Mapping[Setting, Text] = {
    Setting.YOUTH_CARE: Text("Jeugdhulp", "Youth care"),
    Setting.SCHOOL: Text("School", "School"),
    Setting.HEALTH_CARE: Text("Zorg", "Health care"),
    Setting.RECEPTION: Text("Opvang van asielzoekers", "Reception of asylum seekers"),
    Setting.SOCIAL_WORK: Text("Sociaal werk", "Social work"),
    Setting.MUNICIPALITY: Text("Gemeente", "Municipality"),
}
MOMENTS: Mapping[Moment, Text] = {
    Moment.BEFORE: Text("Voor het gesprek", "Before the talk"),
    Moment.OPENING: Text("Het begin", "The opening"),
    Moment.NEEDS: Text("Wat nu nodig is", "What is needed now"),
    Moment.LIMITS: Text("Wat u wel en niet voor u houdt", "What you can and cannot keep to yourself"),
    Moment.INTERPRETER: Text("Met een tolk", "With an interpreter"),
    Moment.DANGER: Text("Hoe iemand zelf het gevaar ziet", "How someone sees the danger"),
    Moment.INFORMATION: Text("Uitleg geven", "Giving information"),
    Moment.CHOICES: Text("Kiezen", "Choices"),
    Moment.CLOSING: Text("Het einde", "The closing"),
    Moment.AFTERWARDS: Text("Na het gesprek", "After the talk"),
    Moment.MINORS: Text("Met een minderjarige", "With a minor"),
    Moment.DISABILITY: Text("Met een licht verstandelijke beperking", "With a mild intellectual disability"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for every list of signals, with its source."""

    text: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalCard:
    """One signal: what is seen or heard, and one innocent reason for it.

    `cases` names the signals of cases that are this one, as `leo/munten`. A card has sources, or comes from practice.
    """

    id: str
    forms: tuple[Form, ...]
    settings: tuple[Setting, ...]
    text: Text
    also: Text
    sources: tuple[str, ...] = ()
    is_practice: bool = False
    cases: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that the card says."""
        return self.text, self.also


@dataclass(frozen=True, slots=True)
class TalkCard:
    """One moment of a talk: what helps, what harms, why, and how a professional might say it."""

    id: str
    moment: Moment
    do: Text
    avoid: Text
    why: Text
    say: Text
    sources: tuple[str, ...] = ()
    is_practice: bool = False

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that the card says."""
        return self.do, self.avoid, self.why, self.say


@dataclass(frozen=True, slots=True)
class Place:
    """What a case is about, and where it plays; both are said, never counted from its signals."""

    case: str
    forms: tuple[Form, ...]
    settings: tuple[Setting, ...]


@cache
def rule() -> Rule:
    """Return the rule for all signals (S44): it belongs beside every list of them."""
    row = _file("signals")["rule"]
    return Rule(Text(**row["text"]), tuple(row["sources"]))


@cache
def signals() -> tuple[SignalCard, ...]:
    """Return all signal cards, in the order of the file."""
    return tuple(_signal(row) for row in _file("signals")["signals"])


@cache
def talks() -> tuple[TalkCard, ...]:
    """Return all conversation cards, in the order of a talk."""
    found = (_talk(row) for row in _file("talks")["talks"])
    return tuple(sorted(found, key=lambda card: tuple(Moment).index(card.moment)))


@cache
def places() -> tuple[Place, ...]:
    """Return where the cases that come with casework play, and what they are about."""
    return tuple(Place(row["case"], _forms(row), _settings(row)) for row in _file("signals")["places"])


def by_signal(cards: Iterable[SignalCard]) -> Mapping[str, tuple[SignalCard, ...]]:
    """Return the cards of each signal of a case, by the case and the signal, as `leo/munten`."""
    found: dict[str, tuple[SignalCard, ...]] = {}
    for card in cards:
        for each in card.cases:
            found[each] = (*found.get(each, ()), card)
    return found


def _signal(row: Mapping[str, Any]) -> SignalCard:
    return SignalCard(
        id=row["id"],
        forms=_forms(row),
        settings=_settings(row),
        text=Text(**row["text"]),
        also=Text(**row["also"]),
        sources=tuple(row.get("sources", ())),
        is_practice=row.get("practice", False),
        cases=tuple(row.get("cases", ())),
    )


def _talk(row: Mapping[str, Any]) -> TalkCard:
    return TalkCard(
        id=row["id"],
        moment=Moment(row["moment"]),
        do=Text(**row["do"]),
        avoid=Text(**row["avoid"]),
        why=Text(**row["why"]),
        say=Text(**row["say"]),
        sources=tuple(row.get("sources", ())),
        is_practice=row.get("practice", False),
    )


def _forms(row: Mapping[str, Any]) -> tuple[Form, ...]:
    return tuple(Form(each) for each in row["forms"])


def _settings(row: Mapping[str, Any]) -> tuple[Setting, ...]:
    return tuple(Setting(each) for each in row["settings"])


@cache
def _file(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resources.files("casework.cards").joinpath(f"{name}.toml").read_text("utf-8"))
