"""What people do: begin, resume, choose, keep and branch. The only floor with a clock and ids.

A view is drawn from what these functions return, and they return only what the store has: a choice that
could not be stored raises `StoreUnusable`, and the screen stays where it was. Nothing is stored for a visitor
who only looks: an attempt enters the store with its first decision or kept sentence.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from casework.errors import NumberTaken
from casework.play import attempt as play
from casework.play.attempt import Attempt, AttemptId, Decision
from casework.scenario.model import ChoiceId, Scenario, SentenceId
from casework.store import Record, Store

CHANGED = "changed"
ELSEWHERE = "elsewhere"

# An id comes back from a browser, where anybody can change it; what cannot be one never reaches the database,
# which would answer a stray zero byte with an error of its own.
_AN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seat:
    """The trainee's side of one attempt; `notice` is "", `CHANGED` or `ELSEWHERE`: what has to be told besides."""

    attempt: Attempt
    notice: str = ""


def now() -> str:
    """Return the time in UTC, as ISO text to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def month() -> str:
    """Return the month in UTC that is not over yet, as `2026-03`."""
    return now()[: len("2026-03")]


def new_id() -> AttemptId:
    """Return an id that nobody can guess: whoever has it can go on with the attempt."""
    # Not the shorter form with dashes: a command takes an id that begins with one for an option.
    return secrets.token_hex(16)


def begin(store: Store, scenario: Scenario, *, new_id: Callable[[], AttemptId] = new_id) -> Attempt:
    """Return a fresh attempt, of which the store knows nothing yet."""
    return resume(store, scenario, "", new_id=new_id).attempt


def is_id(text: str) -> bool:
    """Whether this can be the id of an attempt."""
    return bool(_AN_ID.fullmatch(text))


def resume(
    store: Store,
    scenario: Scenario,
    attempt_id: AttemptId,
    *,
    own: AttemptId = "",
    new_id: Callable[[], AttemptId] = new_id,
) -> Seat:
    """Return the attempt as the store knows it; an id that is unknown, or of another scenario, gives a fresh one.

    *own* is the attempt that is on the page that asks. While nothing of it is stored it keeps its id: under another one
    a first choice that is still on its way would seem to belong to an attempt that is gone, and be dropped.

    If the scenario has changed since, the decisions that can still be made are taken over into an attempt of its
    own, with notice `CHANGED`; the old one stays as it was.
    """
    record = _record(store, attempt_id)
    if record is None and attempt_id == own and is_id(own):
        return Seat(play.start(scenario, own))
    if record is None or record.scenario != scenario.name:
        return Seat(play.start(scenario, new_id()))
    return _recall(store, scenario, record)


def choose(
    store: Store,
    scenario: Scenario,
    attempt_id: AttemptId,
    choice_id: ChoiceId,
    number: int,
    *,
    clock: Callable[[], str] = now,
) -> Seat:
    """Return the attempt after this choice, which is stored by then; a double click changes nothing.

    A number that is not the next one was clicked in a window that lags behind: the attempt comes back as it is
    now, with notice `ELSEWHERE`. Raises `ChoiceNotOffered` for a choice that is not on offer, and `StoreUnusable`.
    """
    seat = _sit(store, scenario, attempt_id)
    made = seat.attempt.decisions
    if seat.notice or _is_repeated(made, choice_id, number):
        return seat
    if number != len(made) + 1:
        return replace(seat, notice=ELSEWHERE)
    after = play.decide(scenario, seat.attempt, choice_id, clock())
    try:
        _append(store, scenario, after)
    except NumberTaken:
        return replace(_sit(store, scenario, attempt_id), notice=ELSEWHERE)
    return Seat(after)


def keep(
    store: Store,
    scenario: Scenario,
    attempt_id: AttemptId,
    sentences: Iterable[SentenceId],
    *,
    clock: Callable[[], str] = now,
) -> Seat:
    """Return the attempt with exactly these sentences kept, as stored; those of scenes never visited are left out.

    Raises `StoreUnusable`.
    """
    seat = _sit(store, scenario, attempt_id)
    after = _keep_known(scenario, seat.attempt, sentences)
    if after.kept != seat.attempt.kept:
        store.begin(_card(scenario, after.id, clock()))
        store.keep(after.id, after.kept)
    return replace(seat, attempt=after)


def branch(store: Store, scenario: Scenario, attempt_id: AttemptId, number: int) -> Seat:
    """Return an attempt of its own that holds the first `number` decisions of this one, which stays as it was.

    What was kept in the scenes so far goes along. The same place of the same attempt gives the same new attempt each
    time; what was played in it since comes back with notice `ELSEWHERE`. A number that leaves no decision to make
    anew, or is none, changes nothing: so a double click plays on from there once. Raises `StoreUnusable`.
    """
    seat = _sit(store, scenario, attempt_id)
    if seat.notice or not _is_behind(number, seat.attempt):
        return seat
    heir = _graft(store, scenario, seat.attempt, number)
    found = _sit(store, scenario, heir.id)
    return replace(found, notice=found.notice or ("" if found.attempt.decisions == heir.decisions else ELSEWHERE))


def _is_behind(number: int, attempt: Attempt) -> bool:
    # A page may send anything for a number, also True, which Python takes for 1.
    return type(number) is int and 0 <= number < len(attempt.decisions)


def _graft(store: Store, scenario: Scenario, attempt: Attempt, number: int) -> Attempt:
    heir = play.replay(scenario, _derived(attempt.id, f"from {number}"), attempt.decisions[:number])
    heir = _keep_known(scenario, heir, attempt.kept)
    if heir.decisions or heir.kept:
        card = _card(scenario, heir.id, attempt.decisions[0].at)
        store.begin(replace(card, origin=attempt.id, taken=number), heir.decisions, heir.kept)
    return heir


def _record(store: Store, attempt_id: AttemptId) -> Record | None:
    return store.record(attempt_id) if is_id(attempt_id) else None


def _card(scenario: Scenario, attempt_id: AttemptId, begun: str) -> Record:
    return Record(attempt_id, scenario.name, scenario.version, scenario.language, begun)


def _sit(store: Store, scenario: Scenario, attempt_id: AttemptId) -> Seat:
    record = _record(store, attempt_id)
    return Seat(play.start(scenario, attempt_id)) if record is None else _recall(store, scenario, record)


def _recall(store: Store, scenario: Scenario, record: Record) -> Seat:
    decisions = store.decisions(record.id)
    attempt = _follow(scenario, record.id, decisions)
    if record.version != scenario.version or len(attempt.decisions) < len(decisions):
        return _take_over(store, scenario, record, attempt)
    return Seat(play.keep(attempt, store.kept(record.id)))


def _follow(scenario: Scenario, attempt_id: AttemptId, decisions: Iterable[Decision]) -> Attempt:
    """Return where the longest series of *decisions* leads that can still be made."""
    attempt = play.start(scenario, attempt_id)
    for decision in decisions:
        if all(choice.id != decision.choice for choice in play.offered(scenario, attempt)):
            break
        attempt = play.decide(scenario, attempt, decision.choice, decision.at)
    return attempt


def _take_over(store: Store, scenario: Scenario, record: Record, attempt: Attempt) -> Seat:
    heir = replace(attempt, id=_derived(record.id, scenario.version))
    heir = _keep_known(scenario, heir, store.kept(record.id))
    if heir.decisions or heir.kept:
        card = replace(_card(scenario, heir.id, record.begun), origin=record.id, taken=len(heir.decisions))
        store.begin(card, heir.decisions, heir.kept)
    return replace(_sit(store, scenario, heir.id), notice=CHANGED)


def _derived(attempt_id: AttemptId, purpose: str) -> AttemptId:
    # Always the same one: a page that asks for the old id again, because it was reloaded
    # or open twice, finds what was played since, not yet another copy.
    return hashlib.sha256(f"{attempt_id}/{purpose}".encode()).hexdigest()[:32]


def _is_repeated(made: tuple[Decision, ...], choice_id: ChoiceId, number: int) -> bool:
    return bool(made) and (made[-1].number, made[-1].choice) == (number, choice_id)


def _append(store: Store, scenario: Scenario, after: Attempt) -> None:
    last = after.decisions[-1]
    if last.number == 1:
        store.begin(_card(scenario, after.id, last.at))
    store.append(after.id, last)


def _keep_known(scenario: Scenario, attempt: Attempt, sentences: Iterable[SentenceId]) -> Attempt:
    return play.keep(attempt, play.sentences_met(scenario, attempt).intersection(sentences))
