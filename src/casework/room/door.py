"""The door of a session: its code, who comes in by it, and who only guesses."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casework.conformance.protocol import Protocol
from casework.errors import OmissionUnsound
from casework.play.ballot import ParticipantId
from casework.play.omission import leave_out
from casework.room.times import later, seconds
from casework.scenario.model import Scenario, SceneId
from casework.session import new_id, now
from casework.store import Card, Store

# No vowels, so that no code is a word; no two that look alike from the back row (B and P, D and O, G and C, I and L,
# M and N, Q and O, S and Z, U and V), and no digits.
ALPHABET = "CFHJKLMPRTWXZ"
LENGTH = 6
SEATS = 1000
LONGEST = 12 * 60 * 60  # seconds; a whole day of training
UNKNOWN, SLOW, ENDED, FULL = "unknown", "slow", "ended", "full"

# Thirteen letters give 4.8 million codes. A minute a guess makes that nine years; five slips cost nobody anything.
FREE_MISSES, SLOWEST, FORGOTTEN = 5, 60, 600


@dataclass(frozen=True, slots=True)
class Knock:
    """What a phone sends to come in: a code as it was typed, and its token.

    `caller` is where it calls from, such as its address. The store keeps a hash of it after a wrong code, and forgets
    that with the first wrong code of anybody ten minutes later.
    """

    code: str
    token: str
    caller: str


@dataclass(frozen=True, slots=True)
class Entry:
    """How a phone came in. `notice` is "" and `card` is there where it is in; else why not.

    `language` is that of the session, also of one that is over or full: so a page can say so in it.

    `UNKNOWN`: no session has this code. `SLOW`: too many wrong codes, `wait` seconds before the next. `ENDED`: that
    session is over. `FULL`: no seat is left.
    """

    card: Card | None = None
    participant: ParticipantId = ""
    notice: str = ""
    wait: int = 0
    language: str = ""


def new_code() -> str:
    """Return a code of six letters that cannot be confused."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """Return what a phone keeps to be the same participant when it comes back; the store never sees it."""
    return secrets.token_urlsafe(16)


def plain(text: str) -> str:
    """Return a code as it was meant: capitals, without the spaces and signs that people put between."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)


def spelled(code: str) -> str:
    """Return a code as it is shown: in groups of three letters."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


def open_session(
    store: Store,
    scenario: Scenario,
    protocol: Protocol,
    *,
    left_out: Iterable[SceneId] = (),
    seats: int = SEATS,
    clock: Callable[[], str] = now,
    new_code: Callable[[], str] = new_code,
) -> Card:
    """Return a session that is open from now on; whoever has its id is its facilitator.

    Raises `OmissionUnsound` for scenes that cannot be left out, `KeyError` for one that is none, and `StoreUnusable`.
    """
    omission = leave_out(scenario, protocol, tuple(left_out))
    if not omission.is_sound:
        raise OmissionUnsound(omission.scenes, omission.reasons)
    out = (*omission.scenes, *omission.gone)
    while True:
        # Of millions of codes a few are open at a time: the next one is free.
        card = Card(new_id(), new_code(), scenario.name, scenario.version, scenario.language, out, seats, clock())
        if store.sessions.open(card):
            return card


def going_on(store: Store) -> tuple[Card, ...]:
    """Return the sessions that have not ended, the newest first; raises `StoreUnusable`."""
    return store.sessions.going_on()


def is_tonight(card: Card, *, clock: Callable[[], str] = now) -> bool:
    """Whether a session that has not ended is going on now, and was not forgotten open some evening before."""
    return not card.ended and seconds(card.begun, clock()) < LONGEST


def join(store: Store, knock: Knock, *, clock: Callable[[], str] = now) -> Entry:
    """Return how one phone comes in; see `joins`."""
    return joins(store, (knock,), clock=clock)[0]


def joins(store: Store, knocks: Sequence[Knock], *, clock: Callable[[], str] = now) -> tuple[Entry, ...]:
    """Return how phones come in, in their order; one that was in before is the same participant.

    After five wrong codes from one caller each next one takes longer, a right one too; but not for a phone that was in
    before, as a whole room may call from one address. Raises `StoreUnusable`.
    """
    at = clock()
    who = [_hashed("caller", knock.caller) for knock in knocks]
    door = store.sessions.door((plain(knock.code) for knock in knocks), who)
    guesses = dict(door.guesses)
    entries: list[Entry] = []
    for knock, caller in zip(knocks, who, strict=True):
        wait = _wait(*guesses.get(caller, (0, "")), at)
        card = door.cards.get(plain(knock.code))
        if wait and card and store.sessions.is_in(card.id, known_as(card.id, knock.token)):
            wait = 0
        if not wait and card is None:
            # Counted at once: a hundred guesses that arrive together must not be one.
            guesses[caller] = (_fresh(*guesses.get(caller, (0, "")), at) + 1, at)
            store.sessions.missed(caller, at, before=later(at, -FORGOTTEN))
        entries.append(_entry(card, knock.token, wait))
    return _admitted(store, entries)


def _entry(card: Card | None, token: str, wait: int) -> Entry:
    if wait:
        return Entry(notice=SLOW, wait=wait)
    if card is None:
        return Entry(notice=UNKNOWN)
    if card.ended:
        return Entry(notice=ENDED, language=card.language)
    return Entry(card, known_as(card.id, token), language=card.language)


def _admitted(store: Store, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    inside: set[Entry] = set()
    for card in dict.fromkeys(entry.card for entry in entries if entry.card):
        asked = [entry for entry in entries if entry.card == card]
        admitted = store.sessions.admit(card.id, [entry.participant for entry in asked])
        inside.update(entry for entry, is_in in zip(asked, admitted, strict=True) if is_in)
    return tuple(
        entry if entry.notice or entry in inside else Entry(notice=FULL, language=entry.language) for entry in entries
    )


def known_as(session_id: str, token: str) -> ParticipantId:
    """Return what a session knows a phone as, from which nobody can tell which phone, or in what sessions it was."""
    return _hashed(session_id, token)


def _hashed(purpose: str, text: str) -> str:
    # A phone may send anything, also half a surrogate pair.
    digest = hashlib.sha256(f"{purpose}/{text}".encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def _wait(misses: int, last: str, at: str) -> int:
    if _fresh(misses, last, at) < FREE_MISSES:
        return 0
    asked = min(1 << min(misses - FREE_MISSES, 10), SLOWEST)
    # A clock that was set back must not lock anybody out for a day.
    return max(0, asked - max(0, seconds(last, at)))


def _fresh(misses: int, last: str, at: str) -> int:
    """Return the misses that are not forgotten yet."""
    return misses if last and seconds(last, at) < FORGOTTEN else 0
