"""One phone's side: its votes, its wish for more time, its own pace, and what it hands in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework import items
from casework.play.attempt import Attempt, AttemptId, has_ended
from casework.play.ballot import Ballot, standing
from casework.play.bottleneck import HEAVIEST, LIGHTEST, LONGEST, Bottleneck, BottleneckId, Weight
from casework.play.survey import Answers, Reply, is_sound
from casework.play.workshop import Act, Phase
from casework.room.chair import ELSEWHERE, is_weighing, recall, tonight
from casework.room.door import known_as
from casework.scenario.model import ChoiceId, Scenario
from casework.session import now
from casework.store import Record, Solo, Store

LATE, WRONG = "late", "wrong"

# What a phone may count to: a database has an end, and nobody changes a vote so often.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Slip:
    """What a phone sends to vote: its token, the round as it saw it, and the number of this vote of its own, from 1."""

    token: str
    round: int
    number: int
    choice: ChoiceId
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """What became of a vote: the ballot that stands at its number, which is stored by then.

    `notice` is "" where that is the one that was sent, `ELSEWHERE` where another window of the phone was first, and
    `LATE`, without a ballot, where the round is not open or the phone never joined, and `WRONG` for what is no vote.
    """

    ballot: Ballot | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a phone hands in: what stands in the way, and what would help or nothing; `number` counts from 1."""

    token: str
    number: int
    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a bottleneck: `LATE` where none are asked for now, `WRONG` where it is empty or too long."""

    bottleneck: Bottleneck | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Replied:
    """What became of a reply to the survey: the one that stands, stored by then; `notice` is as that of a vote."""

    reply: Reply | None
    notice: str = ""


def vote(store: Store, scenario: Scenario, session_id: str, slip: Slip) -> Cast:
    """Return what became of one vote; see `votes`."""
    return votes(store, scenario, session_id, (slip,))[0]


def votes(store: Store, scenario: Scenario, session_id: str, slips: Sequence[Slip]) -> tuple[Cast, ...]:
    """Return what became of votes of many phones, in their order, all stored in one transaction.

    The same vote again gives the same answer. No time of a phone is read, so a wrong clock does no harm, and what one
    phone sends wrongly is no harm to the others. Raises `SessionUnknown` and `StoreUnusable`.
    """
    known = {choice.id for choice in scenario.choices}
    sent = [_ballot(session_id, slip) if slip.choice in known else None for slip in slips]
    stands = iter(store.sessions.cast(session_id, [each for each in sent if each is not None]))
    return tuple(Cast(None, WRONG) if each is None else _cast(each, next(stands)) for each in sent)


def mine(store: Store, session_id: str, token: str, round_number: int) -> Ballot | None:
    """Return a phone's own vote that counts in a round, for one that comes back; its next vote has one number more."""
    ballots = store.sessions.mine(session_id, round_number, known_as(session_id, token))
    return next(iter(standing(ballots).values()), None)


def ask_for_time(store: Store, session_id: str, token: str, round_number: int) -> None:
    """Store that a phone asks for more time in a round; the facilitator sees how many do."""
    if _is_number(round_number):
        store.sessions.wish(session_id, known_as(session_id, token), round_number)


def alone(
    store: Store, scenario: Scenario, session_id: str, token: str, *, clock: Callable[[], str] = now
) -> AttemptId | None:
    """Return the attempt that a phone plays at its own pace now, the same each time; None outside such a period.

    It goes on from where the room is, or from the start where the room's story has ended. It is played as any other,
    with `session.resume` and `session.choose` and the case as it is tonight.
    """
    workshop = recall(store, scenario, session_id)
    if workshop.phase is not Phase.ALONE:
        return None
    period = max(event.number for event in store.sessions.events(session_id) if event.act is Act.ALONE)
    participant = known_as(session_id, token)
    attempt = known_as(f"{session_id}/{period}", token)
    store.sessions.walk(session_id, Solo(period, participant, attempt))
    _set_out(store, tonight(store, scenario, session_id), workshop.attempt, attempt, clock)
    return attempt


def hand_in(
    store: Store, scenario: Scenario, session_id: str, form: Form, *, clock: Callable[[], str] = now
) -> HandedIn:
    """Return what became of a bottleneck, which is stored by then; the same number again changes nothing."""
    if recall(store, scenario, session_id).phase is not Phase.GATHER or not _is_number(form.number):
        return HandedIn(None, LATE)
    said, wish = clean(form.text), clean(form.help)
    if not said or max(len(said), len(wish)) > LONGEST:
        return HandedIn(None, WRONG)
    found = Bottleneck(known_as(f"{session_id}/{form.number}", form.token), session_id, said, wish, clock())
    store.sessions.hand_in(found)
    return HandedIn(found)


def weigh(
    store: Store, scenario: Scenario, session_id: str, token: str, bottleneck: BottleneckId, number: int, weight: int
) -> bool:
    """Store how heavy a phone finds a bottleneck, from 0 to 3; False where none are weighed now, or it is none."""
    is_sound = _is_number(number) and _is_number(weight, LIGHTEST, HEAVIEST)
    workshop, events = recall(store, scenario, session_id), store.sessions.events(session_id)
    if not is_sound or not is_weighing(workshop, events):
        return False
    return store.sessions.weigh(session_id, Weight(bottleneck, known_as(session_id, token), number, weight))


def reply(store: Store, session_id: str, token: str, turn: int, answers: Answers) -> Replied:
    """Return what became of the answers of a phone, the first time or the second; without any it skips them.

    They are kept under a name that is made from what the phone alone knows, and that is not the one of its votes: the
    two cannot be laid side by side. Raises `SessionUnknown` and `StoreUnusable`.
    """
    if not _is_number(turn) or not is_sound(items.survey(), answers):
        return Replied(None, WRONG)
    sent = Reply(turn, known_as(f"{session_id}/survey", token), answers)
    stands = store.sessions.reply(session_id, known_as(session_id, token), sent)
    if stands is None:
        return Replied(None, LATE)
    return Replied(stands, "" if stands == sent else ELSEWHERE)


def _set_out(store: Store, case: Scenario, room: Attempt, attempt_id: AttemptId, clock: Callable[[], str]) -> None:
    """Let a road of one's own begin with what the room decided, once."""
    if not room.decisions or has_ended(case, room) or store.record(attempt_id) is not None:
        return
    # What the room decided is nobody's own decision: whoever counts a cohort leaves it out, as with any that is copied.
    taken = len(room.decisions)
    begun = Record(attempt_id, case.name, case.version, case.language, clock(), origin=room.id, taken=taken)
    store.begin(begun, room.decisions)


def _ballot(session_id: str, slip: Slip) -> Ballot | None:
    if not _is_number(slip.number) or not _is_number(slip.round):
        return None
    return Ballot(slip.round, known_as(session_id, slip.token), slip.number, slip.choice, bool(slip.is_sure))


def _cast(sent: Ballot, stands: Ballot | None) -> Cast:
    if stands is None:
        return Cast(None, LATE)
    return Cast(stands, "" if stands == sent else ELSEWHERE)


def _is_number(value: int, least: int = 1, most: int = MOST) -> bool:
    # A page may send anything for a number, also True, which Python takes for 1.
    return type(value) is int and least <= value <= most


def clean(text: str) -> str:
    """Return text without control characters and half characters, which a database refuses."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n").strip()
