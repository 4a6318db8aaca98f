"""The store itself: one transaction for each verb, and nothing kept in memory."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, Insert

from casework.errors import NumberTaken, StoreUnusable
from casework.play.attempt import AttemptId, Decision
from casework.scenario.model import SentenceId
from casework.store import tables
from casework.store.engine import writing
from casework.store.faults import translated
from casework.store.network import Network
from casework.store.sessions import Sessions
from casework.store.watching import Watch, watching

PAGE_SIZE = 500


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an attempt besides its decisions; `begun` is an ISO time.

    `origin` is the attempt from which its first `taken` decisions were copied, or empty: those were counted there.
    """

    id: AttemptId
    scenario: str
    version: str
    language: str
    begun: str
    origin: AttemptId = ""
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Played:
    """An attempt as the store has it: the record, the decisions in order and the sentences that were kept."""

    record: Record
    decisions: tuple[Decision, ...]
    kept: frozenset[SentenceId]


@dataclass(frozen=True, slots=True)
class Beginnings:
    """How many playings of one version of a case began in a month such as `2026-03`."""

    scenario: str
    version: str
    language: str
    month: str
    count: int


class Store:
    """Attempts in a database, with `sessions` and their `network` beside them.

    `address` is what messages call it, without a password.

    Every verb is one transaction and may raise `StoreUnusable`, or `StoreReadOnly` if it writes; what was stored
    before stands. Threads may share a store. Processes may not: after a fork, the child opens its own, because
    two processes on one connection destroy SQLite's locks and mix up PostgreSQL's answers.
    """

    def __init__(self, engine: Engine, address: str) -> None:
        self.address = address
        self._readers = engine
        self._writers = writing(engine)
        self.sessions = Sessions(engine, address)
        self.network = Network(engine, address)

    def begin(
        self, record: Record, decisions: Iterable[Decision] = (), kept: frozenset[SentenceId] = frozenset()
    ) -> None:
        """Keep a new attempt, with what it takes over from another; nothing happens if its id is there already."""
        with self._transaction(self._writers) as connection:
            is_new = connection.scalar(tables.BEGIN[connection.dialect.name], asdict(record)) is not None
            if is_new:
                _insert(connection, tables.APPEND, [{"attempt": record.id, **asdict(one)} for one in decisions])
                _insert(connection, tables.KEEP, [{"attempt": record.id, "sentence": one} for one in sorted(kept)])

    def record(self, attempt_id: AttemptId) -> Record | None:
        """Return what is known of this attempt; nothing if it is not here."""
        with self._transaction(self._readers) as connection:
            row = connection.execute(tables.ATTEMPT, {"attempt": attempt_id}).one_or_none()
            return None if row is None else Record(*row)

    def append(self, attempt_id: AttemptId, decision: Decision) -> None:
        """Store the next decision. The same one again is a no-op, whatever its time, so a double click is stored once.

        Raises `NumberTaken` if another choice stands at its number, and `StoreUnusable` if the attempt is not
        here or its number would leave a gap: a replay would then follow another path than the trainee did.
        """
        with self._transaction(self._writers) as connection:
            self._hold(connection, attempt_id)
            made = _decisions(connection, attempt_id)
            if not 1 <= decision.number <= len(made) + 1:
                reason = f"attempt {attempt_id} has {len(made)} decisions, number {decision.number} cannot be next"
                raise StoreUnusable(self.address, reason)
            if decision.number == len(made) + 1:
                connection.execute(tables.APPEND, {"attempt": attempt_id, **asdict(decision)})
            elif made[decision.number - 1].choice != decision.choice:
                raise NumberTaken(attempt_id, decision.number)

    def decisions(self, attempt_id: AttemptId) -> tuple[Decision, ...]:
        """Return the decisions of this attempt in order; none if it is not here."""
        with self._transaction(self._readers) as connection:
            return _decisions(connection, attempt_id)

    def keep(self, attempt_id: AttemptId, sentences: frozenset[SentenceId]) -> None:
        """Store exactly these sentences as kept; raises `StoreUnusable` if the attempt is not here."""
        with self._transaction(self._writers) as connection:
            self._hold(connection, attempt_id)
            connection.execute(tables.FORGET, {"attempt": attempt_id})
            _insert(connection, tables.KEEP, [{"attempt": attempt_id, "sentence": one} for one in sorted(sentences)])

    def kept(self, attempt_id: AttemptId) -> frozenset[SentenceId]:
        """Return the sentences that were kept; none if the attempt is not here."""
        with self._transaction(self._readers) as connection:
            return frozenset(connection.scalars(tables.KEPT, {"attempt": attempt_id}))

    def played(self, size: int = PAGE_SIZE) -> Iterator[Played]:
        """Yield every attempt with a decision, in the order of their ids; no more than `size` are held in memory.

        Each page is a transaction of its own: whoever plays meanwhile waits for none, and may or may not be among them.
        """
        page = self._page("", size)
        while page:
            yield from page
            page = self._page(page[-1].record.id, size)

    def attempt(self, attempt_id: AttemptId) -> Played | None:
        """Return one attempt whole; nothing if it is not here."""
        with self._transaction(self._readers) as connection:
            row = connection.execute(tables.ATTEMPT, {"attempt": attempt_id}).one_or_none()
            if row is None:
                return None
            kept = frozenset(connection.scalars(tables.KEPT, {"attempt": attempt_id}))
            return Played(Record(*row), _decisions(connection, attempt_id), kept)

    def beginnings(self) -> tuple[Beginnings, ...]:
        """Return how many playings with a decision began, for each version of a case and each month."""
        with self._transaction(self._readers) as connection:
            return tuple(Beginnings(*row) for row in connection.execute(tables.BEGINNINGS))

    def watch(self) -> AbstractContextManager[Watch]:
        """Return a watch that hears of every change that is made from now on, by whatever process."""
        return watching(self._readers, self.address)

    def close(self) -> None:
        """Let go of every connection."""
        self._readers.dispose()

    def _page(self, after: AttemptId, size: int) -> tuple[Played, ...]:
        with self._transaction(self._readers) as connection:
            records = [Record(*row) for row in connection.execute(tables.PAGE, {"after": after, "size": size})]
            between = {"after": after, "last": records[-1].id if records else after}
            made: dict[AttemptId, list[Decision]] = {}
            for attempt, *decision in connection.execute(tables.PAGE_DECISIONS, between):
                made.setdefault(attempt, []).append(Decision(*decision))
            noted: dict[AttemptId, list[SentenceId]] = {}
            for attempt, sentence in connection.execute(tables.PAGE_KEPT, between):
                noted.setdefault(attempt, []).append(sentence)
        return tuple(Played(each, tuple(made.get(each.id, ())), frozenset(noted.get(each.id, ()))) for each in records)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with translated(self.address), engine.begin() as connection:
            yield connection

    def _hold(self, connection: Connection, attempt_id: AttemptId) -> None:
        if connection.execute(tables.ATTEMPT_HELD, {"attempt": attempt_id}).one_or_none() is None:
            raise StoreUnusable(self.address, f"attempt {attempt_id} is not in it")


def _decisions(connection: Connection, attempt_id: AttemptId) -> tuple[Decision, ...]:
    return tuple(Decision(*row) for row in connection.execute(tables.DECISIONS, {"attempt": attempt_id}))


def _insert(connection: Connection, statement: Insert, rows: list[dict[str, object]]) -> None:
    # SQLAlchemy takes an empty list for one row without values.
    if rows:
        connection.execute(statement, rows)
