"""What someone asked of the toolkit: a part of it, words to search for, and what decides a route."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from casework.cards.deck import Form, Moment, Setting
from casework.conformance.situation import Age, Circumstance, Danger, Relation, Situation

CITIZEN, GENERAL = "citizen", "meldcode"
LONGEST = 80
Word = TypeVar("Word", bound=StrEnum)


class Part(StrEnum):
    """What the toolkit has."""

    SIGNALS = "signals"
    TALKS = "talks"
    NOW = "now"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was chosen; nothing chosen is None or empty. `cards` are those of a case that was played."""

    part: Part = Part.SIGNALS
    words: str = ""
    setting: Setting | None = None
    form: Form | None = None
    moment: Moment | None = None
    cards: tuple[str, ...] = ()
    has_all: bool = False
    role: str = GENERAL
    region: str = ""
    age: Age | None = None
    relation: Relation | None = None
    danger: Danger = Danger.NOT_NOW
    has_consent: bool = False
    also: frozenset[Circumstance] = frozenset()

    @property
    def protocol(self) -> str:
        """The protocol that speaks for this work; whoever is no professional is answered by the general one."""
        return GENERAL if self.role == CITIZEN else self.role

    @property
    def situation(self) -> Situation:
        """The situation as routes ask for it."""
        own = {Circumstance.CITIZEN} if self.role == CITIZEN else set()
        return Situation(self.age, self.relation, self.danger, self.has_consent, self.also | own)

    @property
    def remembered(self) -> dict[str, Any]:
        """What a tab may keep for when its kernel is gone: nothing that says something about a person."""
        chosen = {name: getattr(self, name) or "" for name in ("setting", "form", "moment")}
        return {"part": self.part, "words": self.words, **chosen, "cards": list(self.cards), "has_all": self.has_all}


def heard(asked: Asked, message: Mapping[str, Any]) -> Asked:
    """Return what is asked after a message; raises `ValueError` or `TypeError` for a word that is on no list."""
    said = {name: READERS[name](value) for name, value in message.items() if name in READERS}
    # Whoever chooses or searches leaves the cards of the case behind.
    if "cards" not in said and not said.keys().isdisjoint({"words", "setting", "form", "has_all"}):
        said["cards"] = ()
    return replace(asked, **said)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value[:LONGEST]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, _each(value)))


def _each(value: object) -> Iterable[object]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return value


def _is_on(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(type(value).__name__)
    return value


def _word(words: type[Word]) -> Callable[[object], Word | None]:
    return lambda value: words(_text(value)) if value != "" else None


READERS: Mapping[str, Callable[[object], Any]] = {
    "part": lambda value: Part(_text(value)),
    "words": _text,
    "setting": _word(Setting),
    "form": _word(Form),
    "moment": _word(Moment),
    "cards": _texts,
    "has_all": _is_on,
    "role": _text,
    "region": _text,
    "age": _word(Age),
    "relation": _word(Relation),
    "danger": lambda value: Danger(_text(value)),
    "has_consent": _is_on,
    "also": lambda value: frozenset(Circumstance(_text(each)) for each in _each(value)),
}
