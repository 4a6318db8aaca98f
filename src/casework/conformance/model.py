"""What a protocol says, once it is sound: activities, rules and routes in two languages, with sources and dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from casework.conformance.situation import Age, When
from casework.errors import ActivityUnknown


class Kind(StrEnum):
    """How authors find an activity in a list; no verdict hangs on it."""

    WORK = "work"
    WAIVED = "waived"
    FINDING = "finding"
    REPAIR = "repair"
    WRONG = "wrong"


class Severity(StrEnum):
    """A norm is what a source demands; everything else, however sensible, is advice."""

    NORM = "norm"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Text:
    """One text for a reader's screen, in Dutch and in English."""

    nl: str
    en: str

    def in_(self, language: str) -> str:
        """Return the text in this language; in Dutch where there is no other."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Questions:
    """Open questions for the debrief, in Dutch and in English."""

    nl: tuple[str, ...]
    en: tuple[str, ...]

    def in_(self, language: str) -> tuple[str, ...]:
        """Return the questions in this language; in Dutch where there are no others."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Activity:
    """What a choice does in the professional's work. `names` are typed by authors, `labels` are read by trainees."""

    id: str
    step: int | None
    kind: Kind
    names: Text
    labels: Text
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One Declare template over activities, asked since a day by a source. Lists of activities read as *one of*."""

    id: str
    template: str
    severity: Severity
    since: date
    source: tuple[str, ...]
    title: Text
    why: Text
    questions: Questions
    any_of: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Every activity that this rule looks at."""
        return (*self.any_of, *self.first, *self.then, *self.unless)


@dataclass(frozen=True, slots=True)
class Route:
    """Where to go in the situations of `when`, and on what ground.

    `since` is the day from which the ground holds; of an undated page it is not known, and `read` is the day on which
    what it says was entered here. One of the two is there.
    """

    id: str
    title: Text
    when: When
    to: Text
    ground: Text
    source: tuple[str, ...]
    since: date | None = None
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Who decides at an age: on sharing, on the signature for CoMensha, and what parents are told. Dated as a route."""

    age: Age
    sharing: Text
    signature: Text
    parents: Text
    source: tuple[str, ...]
    since: date | None = None
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """The Meldcode for one profession, with all that it takes from its parent. Norms come first, then advice."""

    id: str
    scope: Text
    activities: tuple[Activity, ...]
    rules: tuple[Rule, ...]
    extends: str = ""
    routes: tuple[Route, ...] = ()
    consent: tuple[Consent, ...] = ()

    # Protocols are keys of a cache. Hashing every sentence in them would cost more than judging a trace does.
    def __hash__(self) -> int:
        return hash(self.id)

    def activity(self, name: str) -> Activity:
        """Return the activity with this id or this Dutch or English name; raises `ActivityUnknown` if there is none."""
        named = _named(self)
        if name in named:
            return named[name]
        raise ActivityUnknown(name, self.names)

    def has_activity(self, name: str) -> bool:
        """Whether an activity has this id or this Dutch or English name."""
        return name in _named(self)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that an author may type, Dutch and English."""
        return tuple(_named(self))

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with this id; raises `KeyError` if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@lru_cache(maxsize=64)
def _named(protocol: Protocol) -> dict[str, Activity]:
    """Return every activity by every name that it has; of two with one name the first."""
    named: dict[str, Activity] = {}
    for activity in protocol.activities:
        for name in (activity.id, activity.names.nl, activity.names.en):
            named.setdefault(name, activity)
    return named
