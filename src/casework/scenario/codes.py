"""The closed little language of the codes behind a choice. Nothing is evaluated; what is unknown is a remark."""

import re
from dataclasses import dataclass
from functools import lru_cache

from casework.conformance.protocol import Protocol
from casework.scenario import keywords
from casework.scenario.diagnostics import Both, nearest
from casework.scenario.keywords import CODE_WORDS, DONE, IF, MEASURES, NOT, ONCE, SEEN, SIGNAL, find
from casework.scenario.model import AtLeast, Condition, Done, Effect, Measure, Seen

MOST_CHANGE = 5
FORMS = (
    "vertrouwen +1",
    "veiligheid -1",
    "autonomie +1",
    "dagen 7",
    "signaal ID",
    "als gezien ID",
    "als niet gezien ID",
    "als gedaan ACTIVITEIT",
    "als vertrouwen >= 2",
    "eenmalig",
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "≥": " >= "})
_GLUED = re.compile(rf"\b({'|'.join(keywords.words(MEASURES))})([+-]\d)")


@dataclass(frozen=True, slots=True)
class Performs:
    """The choice performs an activity; `name` is as the author typed it."""

    name: str


@dataclass(frozen=True, slots=True)
class ActsOn:
    """The choice acts on a signal."""

    signal: str


@dataclass(frozen=True, slots=True)
class Once:
    """The choice is offered once."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A code that says nothing; `slug` names the remark, and `guess` is what may have been meant."""

    slug: str
    text: str
    guess: str = ""


Meaning = Performs | ActsOn | Effect | Seen | Done | AtLeast | Once | Unreadable


def tidy(text: str) -> str:
    """Return a code with the spaces, signs and small letters of the table; its words stay."""
    text = text.translate(_DASHES).casefold()
    text = re.sub(r"\s*(>=|=>)\s*", " >= ", text)
    text = _GLUED.sub(r"\1 \2", text)
    return " ".join(re.sub(r"([+-])\s+(?=\d)", r"\1", text).split())


def is_name(text: str) -> bool:
    """Whether *text* may be the id of a signal or the name of an activity."""
    return _NAME.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def read_code(text: str) -> Meaning:
    """Return what a code means. Whether its signal or activity exists is for the compiler to say."""
    return _read(text) or Unreadable("unknown-code", text, guess(text))


def spelled(condition: Condition, protocol: Protocol) -> Both:
    """Return a condition as an author types it, in Dutch and in English."""
    match condition:
        case Seen(signal):
            words = ((SEEN.nl, SEEN.en), (signal, signal))
        case Done(activity):
            names = protocol.activity(activity).names
            words = ((DONE.nl, DONE.en), (names.nl, names.en))
        case AtLeast(measure, value):
            keyword = next(each for each in MEASURES if each.id == measure)
            words = ((keyword.nl, keyword.en), (f">= {value}", f">= {value}"))
    opening = ((IF.nl, IF.en),) if condition.wanted else ((IF.nl, IF.en), (NOT.nl, NOT.en))
    dutch, english = zip(*opening, *words, strict=True)
    return Both(" ".join(dutch), " ".join(english))


def _read(text: str) -> Meaning | None:
    words = tidy(text).split(" ")
    match words:
        case [word] if find(word, [ONCE]):
            return Once()
        case [word] if is_name(word) and not find(word, CODE_WORDS):
            return Performs(word)
        case [word, signal] if find(word, [SIGNAL]) and is_name(signal):
            return ActsOn(signal)
        case [word, amount] if find(word, MEASURES):
            return _effect(text, word, amount)
        case [word, *rest] if find(word, [IF]):
            return _condition(text, rest)
    return None


def guess(text: str) -> str:
    """Return a readable code that looks like this one, or nothing."""
    words = tidy(text).split(" ")
    known = keywords.words(CODE_WORDS)
    repaired = " ".join(word if not _is_letters(word) else nearest(word, known) or word for word in words)
    if len(words) == 1:
        return repaired if find(repaired, [ONCE]) and repaired != words[0] else ""
    # The second is for who forgot the first word of a condition.
    candidates = (repaired, f"{IF.nl} {repaired}")
    return next((each for each in candidates if each != tidy(text) and _is_readable(each)), "")


def _is_readable(text: str) -> bool:
    return not isinstance(_read(text), Unreadable | None)


def _is_letters(word: str) -> bool:
    return word.isalpha() and find(word, CODE_WORDS) is None


def _measure(word: str) -> Measure | None:
    keyword = find(word, MEASURES)
    return Measure(keyword.id) if keyword else None


def _effect(text: str, word: str, amount: str) -> Meaning:
    measure = _measure(word)
    is_days = measure is Measure.DAYS
    pattern = r"\+?\d{1,4}" if is_days else r"[+-]\d{1,2}"
    if measure is None or not re.fullmatch(pattern, amount, re.ASCII):
        return Unreadable("bad-number", text, f"{word} 7" if is_days else f"{word} +1")
    if not is_days and abs(int(amount)) > MOST_CHANGE:
        return Unreadable("bad-number", text, f"{word} {amount[0]}{MOST_CHANGE}")
    return Effect(measure, int(amount))


def _condition(text: str, rest: list[str]) -> Meaning | None:
    wanted = not rest or find(rest[0], [NOT]) is None
    match rest if wanted else rest[1:]:
        case [word, signal] if find(word, [SEEN]) and is_name(signal):
            return Seen(signal, wanted)
        case [word, activity] if find(word, [DONE]) and is_name(activity):
            return Done(activity, wanted)
        case [word, ">=", value] if (measure := _measure(word)) is not None:
            if re.fullmatch(r"[+-]?\d{1,4}", value, re.ASCII):
                return AtLeast(measure, int(value), wanted)
            return Unreadable("bad-number", text, f"als {word} >= 2")
    return None
