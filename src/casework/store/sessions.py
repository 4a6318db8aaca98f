"""Sessions in the store: what the facilitator did, who votes what, bottlenecks. One transaction for each verb.

Uniqueness does the work: an event's number, a ballot's number, an open door's code and a bottleneck's id exist once, so
that a double tap, two windows and two replicas can only ever agree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Insert

from casework.errors import NumberTaken, SessionUnknown
from casework.play.attempt import AttemptId
from casework.play.ballot import Ballot, ParticipantId, standing
from casework.play.bottleneck import Bottleneck, BottleneckId, Weight
from casework.play.survey import Reply
from casework.play.workshop import Act, Event
from casework.store import agenda, replies
from casework.store.engine import writing
from casework.store.faults import translated


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a session besides its events. `begun` and `ended` are ISO times; `ended` is empty while it runs.

    `left_out` are the scenes that are not played tonight, `seats` how many phones there is room for.
    """

    id: str
    code: str
    scenario: str
    version: str
    language: str
    left_out: tuple[str, ...]
    seats: int
    begun: str
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """What is known at the door: the session of each code, and of each caller how many wrong guesses, and when last."""

    cards: Mapping[str, Card]
    guesses: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Solo:
    """An attempt that a participant plays alone, in the period that event `period` opened."""

    period: int
    participant: ParticipantId
    attempt: AttemptId


class Sessions:
    """The sessions of a store; every verb may raise `StoreUnusable`, and `StoreReadOnly` if it writes.

    A verb about a session that is not here raises `SessionUnknown`. Whoever watches the store hears of every change.
    """

    def __init__(self, engine: Engine, address: str) -> None:
        self._address = address
        self._readers = engine
        self._writers = writing(engine)

    def open(self, card: Card) -> bool:
        """Keep a new session; False, and nothing is kept, if its id is here or its code opens another one now."""
        row = {**asdict(card), "left_out": " ".join(card.left_out), "door": card.code}
        with self._transaction(self._writers) as connection:
            return connection.scalar(agenda.OPEN[connection.dialect.name], row) is not None

    def card(self, session_id: str) -> Card | None:
        """Return what is known of this session; nothing if it is not here."""
        with self._transaction(self._readers) as connection:
            row = connection.execute(agenda.CARD, {"of": session_id}).one_or_none()
            return None if row is None else card_of(row)

    def found(self, code: str) -> Card | None:
        """Return the session that this code opens, or the last one that it did; nothing where it never did."""
        return self.door([code], []).cards.get(code)

    def door(self, codes: Iterable[str], callers: Iterable[str]) -> Door:
        """Return what these codes open, and how often these callers guessed a code wrong."""
        with self._transaction(self._readers) as connection:
            cards = map(card_of, connection.execute(agenda.FOUND, {"codes": sorted(set(codes))}))
            rows = connection.execute(agenda.GUESSES, {"them": sorted(set(callers))})
            return Door({card.code: card for card in cards}, {row.caller: (row.misses, row.at) for row in rows})

    def cards(self) -> tuple[Card, ...]:
        """Return all sessions, the oldest first."""
        with self._transaction(self._readers) as connection:
            return tuple(card_of(row) for row in connection.execute(agenda.CARDS))

    def going_on(self) -> tuple[Card, ...]:
        """Return the sessions that have not ended, the newest first."""
        with self._transaction(self._readers) as connection:
            return tuple(card_of(row) for row in connection.execute(agenda.GOING_ON))

    def events(self, session_id: str) -> tuple[Event, ...]:
        """Return what the facilitator did, in order; nothing if the session is not here."""
        with self._transaction(self._readers) as connection:
            return _events(connection, session_id)

    def do(self, session_id: str, event: Event, open_round: int, open_turn: int = 0) -> None:
        """Store the next event, and what is open after it; the same one again is a no-op, whatever its time.

        A round takes votes, a turn replies to the survey; 0 where none is open. The end of a session closes its door
        and burns every hash of a device. Raises `NumberTaken` if another event stands at this number, or its number
        would leave a gap.
        """
        with self._changing(session_id) as (connection, _):
            done = _events(connection, session_id)
            if event.number == len(done) + 1:
                connection.execute(agenda.DO, {"session": session_id, **asdict(event)})
                connection.execute(agenda.SET_OPEN, {"of": session_id, "opened": open_round, "asked": open_turn})
                if event.act is Act.END:
                    self._end(connection, session_id, event.at)
            elif not any(_is_same(event, other) for other in done):
                raise NumberTaken(session_id, event.number)

    def admit(self, session_id: str, participants: Sequence[ParticipantId]) -> tuple[bool, ...]:
        """Let participants in, in their order, in one transaction; one who is in already stays in.

        False for each for whom there is no seat, and for all once the session has ended.
        """
        with self._changing(session_id) as (connection, held):
            inside = set(_are_in(connection, session_id, set(participants)))
            seats = held.seats - (connection.scalar(agenda.JOINED, {"of": session_id}) or 0)
            new = [one for one in dict.fromkeys(participants) if one not in inside][: max(0, seats)]
            if held.ended:
                return (False,) * len(participants)
            rows = [{"session": session_id, "participant": one, "wish": 0} for one in new]
            _insert(connection, agenda.JOIN[connection.dialect.name], rows)
            return tuple(one in inside or one in new for one in participants)

    def is_in(self, session_id: str, participant: ParticipantId) -> bool:
        """Whether a participant came in, in a session that has not ended."""
        with self._transaction(self._readers) as connection:
            return bool(_are_in(connection, session_id, {participant}))

    def joined(self, session_id: str) -> int:
        """Return how many participants came in."""
        with self._transaction(self._readers) as connection:
            return connection.scalar(agenda.JOINED, {"of": session_id}) or 0

    def wish(self, session_id: str, participant: ParticipantId, round_number: int) -> None:
        """Keep that a participant asks for more time in a round."""
        with self._changing(session_id) as (connection, _):
            connection.execute(agenda.WISH, {"of": session_id, "who": participant, "in_round": round_number})

    def wishes(self, session_id: str, round_number: int) -> int:
        """Return how many participants asked for more time in a round."""
        with self._transaction(self._readers) as connection:
            return connection.scalar(agenda.WISHES, {"of": session_id, "in_round": round_number}) or 0

    def cast(self, session_id: str, ballots: Sequence[Ballot]) -> tuple[Ballot | None, ...]:
        """Store ballots, all in one transaction, and return for each the one that now stands at its number.

        None where its round is not open, or who sent it never came in. One that was there first stays: the second
        window of a phone gets back what the first one sent.
        """
        with self._changing(session_id, is_shared=True) as (connection, held):
            asked = {each.participant for each in ballots if each.round == held.round and held.round}
            known = _are_in(connection, session_id, asked)
            sound = [each for each in ballots if each.round == held.round and each.participant in known]
            rows = [{"session": session_id, **asdict(each)} for each in sound]
            _insert(connection, agenda.CAST[connection.dialect.name], rows)
            names = {"of": session_id, "in_round": held.round, "them": sorted(known)}
            cast = (Ballot(*row) for row in connection.execute(agenda.BALLOTS_OF, names))
            stands = {(each.participant, each.number): each for each in cast}
            return tuple(stands[each.participant, each.number] if each in sound else None for each in ballots)

    def ballots(self, session_id: str, rounds: Iterable[int] | None = None) -> Mapping[int, tuple[Ballot, ...]]:
        """Return the ballots of these rounds of a session, or of all, by round."""
        some = {} if rounds is None else {"rounds": sorted(rounds)}
        with self._transaction(self._readers) as connection:
            asked = agenda.BALLOTS if rounds is None else agenda.BALLOTS_IN
            rows = [Ballot(*row) for row in connection.execute(asked, {"of": session_id, **some})]
            return {number: tuple(each) for number, each in groupby(rows, key=lambda ballot: ballot.round)}

    def mine(self, session_id: str, round_number: int, participant: ParticipantId) -> tuple[Ballot, ...]:
        """Return the ballots of one participant in a round, the first one first."""
        with self._transaction(self._readers) as connection:
            names = {"of": session_id, "in_round": round_number, "them": [participant]}
            return tuple(Ballot(*row) for row in connection.execute(agenda.BALLOTS_OF, names))

    def voted(self, session_id: str, round_number: int) -> int:
        """Return how many participants sent a ballot in a round."""
        with self._transaction(self._readers) as connection:
            return connection.scalar(agenda.VOTED, {"of": session_id, "in_round": round_number}) or 0

    def walk(self, session_id: str, solo: Solo) -> None:
        """Keep that a participant plays alone; nothing happens the second time."""
        with self._changing(session_id) as (connection, _):
            connection.execute(agenda.WALK[connection.dialect.name], {"session": session_id, **asdict(solo)})

    def walked(self, session_id: str) -> tuple[Solo, ...]:
        """Return the attempts that participants played alone."""
        with self._transaction(self._readers) as connection:
            return tuple(Solo(*row) for row in connection.execute(agenda.WALKED, {"of": session_id}))

    def hand_in(self, bottleneck: Bottleneck) -> None:
        """Keep a bottleneck; one whose id is here already stays as it is."""
        with self._changing(bottleneck.session) as (connection, _):
            connection.execute(agenda.HAND_IN[connection.dialect.name], asdict(bottleneck))

    def bottlenecks(self, session_id: str) -> tuple[Bottleneck, ...]:
        """Return what was handed in in a session, in order."""
        with self._transaction(self._readers) as connection:
            return tuple(Bottleneck(*row) for row in connection.execute(agenda.BOTTLENECKS, {"of": session_id}))

    def all_bottlenecks(self) -> tuple[Bottleneck, ...]:
        """Return what was handed in in all sessions, in order."""
        with self._transaction(self._readers) as connection:
            return tuple(Bottleneck(*row) for row in connection.execute(agenda.ALL_BOTTLENECKS))

    def merge(self, session_id: str, into: BottleneckId, others: Iterable[BottleneckId]) -> None:
        """Merge bottlenecks into one of the same session, with what was merged into them."""
        names = sorted(set(others) - {into})
        with self._changing(session_id) as (connection, _):
            known = {row.id for row in connection.execute(agenda.BOTTLENECKS, {"of": session_id}) if not row.into}
            if into in known:
                connection.execute(agenda.MERGE, {"of": session_id, "target": into, "them": names, "them_too": names})

    def drop(self, session_id: str, bottleneck: BottleneckId) -> None:
        """Take a bottleneck out for good, as when it names somebody; what was merged into it stands alone again."""
        with self._changing(session_id) as (connection, _):
            for statement in (agenda.PART, agenda.DROP_WEIGHTS, agenda.DROP):
                connection.execute(statement, {"of": session_id, "target": bottleneck})

    def weigh(self, session_id: str, weight: Weight) -> bool:
        """Keep a weight, the first one with its number; False if there is no such bottleneck, or it was merged."""
        with self._changing(session_id) as (connection, _):
            rows = connection.execute(agenda.BOTTLENECKS, {"of": session_id})
            is_standing = any(row.id == weight.bottleneck and not row.into for row in rows)
            if is_standing and _are_in(connection, session_id, {weight.participant}):
                connection.execute(agenda.WEIGH[connection.dialect.name], asdict(weight))
            return is_standing

    def weights(self, session_id: str) -> tuple[Weight, ...]:
        """Return all weights of a session."""
        with self._transaction(self._readers) as connection:
            return tuple(Weight(*row) for row in connection.execute(agenda.WEIGHTS, {"of": session_id}))

    def reply(self, session_id: str, participant: ParticipantId, reply: Reply) -> Reply | None:
        """Store a reply to the survey, and return the one that now stands for this pair and turn.

        None where that turn is not open, or the participant never came in; nothing is kept of who of them replied. One
        that was there first stays.
        """
        with self._changing(session_id, is_shared=True) as (connection, held):
            is_open = reply.turn == held.turn != 0
            if not is_open or not _are_in(connection, session_id, {participant}):
                return None
            return replies.put(connection, session_id, reply)

    def replies(self, session_id: str) -> tuple[Reply, ...]:
        """Return all replies to the survey of a session, skipped ones too."""
        with self._transaction(self._readers) as connection:
            return replies.read(connection, session_id)

    def finished(self, session_id: str, turn: int) -> int:
        """Return how many replied to the survey in a turn, or skipped it."""
        with self._transaction(self._readers) as connection:
            return connection.scalar(agenda.FINISHED, {"of": session_id, "asked": turn}) or 0

    def missed(self, caller: str, at: str, before: str) -> None:
        """Count one more wrong guess of a caller, and forget all who last guessed *before* a time."""
        with self._transaction(self._writers) as connection:
            connection.execute(agenda.OLD_GUESSES, {"before": before})
            connection.execute(agenda.MISSED[connection.dialect.name], {"caller": caller, "misses": 1, "at": at})

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with translated(self._address), engine.begin() as connection:
            yield connection

    @contextmanager
    def _changing(self, session_id: str, *, is_shared: bool = False) -> Iterator[tuple[Connection, Any]]:
        """Hold a session's row for a change, and tell those who watch once it is made."""
        with self._transaction(self._writers) as connection:
            asked = agenda.SHARED if is_shared else agenda.HELD
            held = connection.execute(asked, {"of": session_id}).one_or_none()
            if held is None:
                raise SessionUnknown(session_id)
            yield connection, held
            if connection.dialect.name == "postgresql":
                connection.execute(agenda.NOTIFY, {"of": session_id})

    def _end(self, connection: Connection, session_id: str, at: str) -> None:
        ashes = _burnt(connection, session_id)
        for burn in agenda.BURN:
            connection.execute(burn, {"of": session_id})
        for keep, rows in zip(agenda.ASHES, ashes, strict=True):
            _insert(connection, keep, rows)
        connection.execute(agenda.END, {"of": session_id, "now": at})


def _burnt(connection: Connection, session_id: str) -> tuple[list[dict[str, object]], ...]:
    """Return what is kept of ballots, participants, attempts alone, weights and replies, in rows of nobody.

    Of replies that is more than counts: the two of one person stay a pair, under a number.
    """
    names = {"of": session_id}
    cast = [Ballot(*row) for row in connection.execute(agenda.BALLOTS, names)]
    rounds = sorted({ballot.round for ballot in cast})
    last = [_nobodies(standing(each for each in cast if each.round == number).values()) for number in rounds]
    given = (Weight(*row) for row in connection.execute(agenda.WEIGHTS, names))
    heavy = {(each.bottleneck, each.participant): each for each in given}
    walked = sorted((row.period, row.attempt) for row in connection.execute(agenda.WALKED, names))
    replied = replies.nobodies(replies.read(connection, session_id))
    return (
        [{"session": session_id, **asdict(ballot)} for ballots in last for ballot in ballots],
        [
            {"session": session_id, "participant": str(place), "wish": 0}
            for place in range(connection.scalar(agenda.JOINED, names) or 0)
        ],
        [
            {"session": session_id, "period": period, "participant": str(place), "attempt": attempt}
            for place, (period, attempt) in enumerate(walked)
        ],
        [
            {"bottleneck": bottleneck, "participant": str(place), "number": 1, "weight": weight}
            for place, (bottleneck, weight) in enumerate(sorted((w.bottleneck, w.weight) for w in heavy.values()))
        ],
        [replies.row(session_id, each) for each in replied],
        [row for each in replied for row in replies.rows(session_id, each)],
    )


def _nobodies(ballots: Iterable[Ballot]) -> list[Ballot]:
    # In the order of what was chosen, so that a place says nothing about who voted when.
    ordered = sorted(ballots, key=lambda ballot: (ballot.choice, ballot.is_sure))
    return [Ballot(each.round, str(place), 1, each.choice, each.is_sure) for place, each in enumerate(ordered)]


def card_of(row: Any) -> Card:
    """Return the session in a row of `agenda.CARDS`."""
    return Card(**{**row._mapping, "left_out": tuple(row.left_out.split())})


def _events(connection: Connection, session_id: str) -> tuple[Event, ...]:
    rows = connection.execute(agenda.EVENTS, {"of": session_id})
    return tuple(Event(row.number, Act(row.act), row.subject, row.amount, row.at) for row in rows)


def _is_same(one: Event, other: Event) -> bool:
    return (one.number, one.act, one.subject, one.amount) == (other.number, other.act, other.subject, other.amount)


def _are_in(connection: Connection, session_id: str, them: set[ParticipantId]) -> frozenset[ParticipantId]:
    return frozenset(connection.scalars(agenda.ARE_IN, {"of": session_id, "them": sorted(them)}))


def _insert(connection: Connection, statement: Insert, rows: list[dict[str, object]]) -> None:
    # SQLAlchemy takes an empty list for one row without values.
    if rows:
        connection.execute(statement, rows)
