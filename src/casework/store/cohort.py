"""What many did, counted in the database: attempts that went alike, first and later attempts, votes of sessions.

Counted is what does not change any more: attempts of months that are over, and those of workshops that have ended. A
count that grew while somebody looked would show by its change what the last one did who played.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Engine,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from casework.play.workshop import Act, Event
from casework.store.agenda import CARDS, ballots, events, sessions, solos
from casework.store.faults import translated
from casework.store.sessions import Card, card_of
from casework.store.tables import attempts, decisions, kept

BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class Alike:
    """Attempts that went alike: the same choices in the same order, and the same sentences kept.

    `month` is when they began, as `2026-03`; `session` the workshop in which they were played, or empty. `is_later`
    says that they were played on from a moment of another attempt at the same version: the same people once more.
    """

    version: str
    language: str
    month: str
    session: str
    is_later: bool
    choices: tuple[str, ...]
    kept: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Pair:
    """People who played a first attempt and then a later one: the choices of both. Each is in it once."""

    version: str
    language: str
    month: str
    session: str
    first: tuple[str, ...]
    later: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Polled:
    """How many voted for a choice in one round of an ended session, sure or not."""

    session: str
    round: int
    choice: str
    is_sure: bool
    count: int


_CASE: BindParameter[str] = bindparam("of", type_=Text)
_RUNNING: BindParameter[str] = bindparam("running", type_=Text)
_MONTH = func.substr(attempts.c.begun, literal_column("1"), literal_column("7"))
_FIRST = attempts.alias("first")
_SOLO = solos.outerjoin(sessions, sessions.c.id == solos.c.session)
_ALONE = func.coalesce(solos.c.session, "")
# What runs may still change. A workshop that has ended has burnt who was who, and stands.
_IS_OVER = case((solos.c.session.is_(None), _MONTH < _RUNNING), else_=sessions.c.ended != "")
# Taken over from an earlier version is still a first attempt; played on from a moment of the same version is not.
_IS_LATER = case(
    (attempts.c.origin == "", literal_column("0")),
    ((_FIRST.c.version != attempts.c.version) & (_FIRST.c.origin == ""), literal_column("0")),
    else_=literal_column("1"),
)
_FROM = attempts.outerjoin(_SOLO, solos.c.attempt == attempts.c.id).outerjoin(_FIRST, _FIRST.c.id == attempts.c.origin)


def _text(dialect: str, column: Column[str], rows: Select[Any]) -> ScalarSelect[str]:
    """Return these rows, in their order, as one text."""
    inner = rows.subquery()
    glue = func.string_agg if dialect == "postgresql" else func.group_concat
    return select(
        glue(inner.c[column.name], literal_column("chr(10)" if dialect == "postgresql" else "char(10)"))
    ).scalar_subquery()


def _road(dialect: str, attempt: ColumnElement[str]) -> ScalarSelect[str]:
    made = select(decisions.c.choice).where(decisions.c.attempt == attempt).order_by(decisions.c.number)
    made = made.correlate(attempt.table)
    return _text(dialect, decisions.c.choice, made)


def _noted(dialect: str) -> ScalarSelect[str]:
    noted = select(kept.c.sentence).where(kept.c.attempt == attempts.c.id).order_by(kept.c.sentence)
    noted = noted.correlate(attempts)
    return _text(dialect, kept.c.sentence, noted)


def _alike(dialect: str) -> Select[Any]:
    one = (
        select(
            attempts.c.version,
            attempts.c.language,
            _MONTH.label("month"),
            _ALONE.label("session"),
            _IS_LATER.label("is_later"),
            _road(dialect, attempts.c.id).label("road"),
            func.coalesce(_noted(dialect), "").label("noted"),
        )
        .select_from(_FROM)
        .where(attempts.c.scenario == _CASE, _IS_OVER)
        .subquery()
    )
    return select(*one.c, func.count()).where(one.c.road.is_not(None)).group_by(*one.c)


def _pairs(dialect: str) -> Select[Any]:
    # Whoever tried again twice is told once, with what came last.
    last = func.max(decisions.c.at)
    made = select(last).where(decisions.c.attempt == attempts.c.id).scalar_subquery()
    turn = func.row_number().over(partition_by=attempts.c.origin, order_by=(made.desc(), attempts.c.id))
    later = (
        select(
            attempts.c.id,
            attempts.c.version,
            attempts.c.language,
            _MONTH.label("month"),
            _ALONE.label("session"),
            attempts.c.origin.label("before"),
            turn.label("turn"),
        )
        .select_from(_FROM)
        .where(
            attempts.c.scenario == _CASE,
            _IS_OVER,
            _FIRST.c.version == attempts.c.version,
            _FIRST.c.origin == "",
        )
        .subquery()
    )
    both = (
        select(
            later.c.version,
            later.c.language,
            later.c.month,
            later.c.session,
            _road(dialect, later.c.before).label("first"),
            _road(dialect, later.c.id).label("later"),
        )
        .where(later.c.turn == literal_column("1"))
        .subquery()
    )
    told = (both.c.first.is_not(None), both.c.later.is_not(None))
    return select(*both.c, func.count()).where(*told).group_by(*both.c)


DIALECTS = ("sqlite", "postgresql")
ALIKE = {dialect: _alike(dialect) for dialect in DIALECTS}
PAIRS = {dialect: _pairs(dialect) for dialect in DIALECTS}
_ENDED = (sessions.c.scenario == _CASE, sessions.c.ended != "")
ENDED_CARDS = CARDS.where(*_ENDED)
EVENTS = (
    select(events.c.session, events.c.number, events.c.act, events.c.subject, events.c.amount, events.c.at)
    .join(sessions, sessions.c.id == events.c.session)
    .where(*_ENDED)
    .order_by(events.c.session, events.c.number)
)
_VOTE = (ballots.c.session, ballots.c.round, ballots.c.choice, ballots.c.is_sure)
# Of an ended session each ballot is one person's, the one that counted.
POLLED = select(*_VOTE, func.count()).join(sessions, sessions.c.id == ballots.c.session).where(*_ENDED).group_by(*_VOTE)
# Only what was begun afresh: what was played on from there is the same people. Whether something was decided is not
# looked at: over a million decisions that takes longer than the rest, and who only kept a sentence began too.
BEGUN = (
    select(attempts.c.scenario, func.count())
    .select_from(attempts.outerjoin(_SOLO, solos.c.attempt == attempts.c.id))
    .where(_IS_OVER, attempts.c.origin == "")
    .group_by(attempts.c.scenario)
)


class Cohort:
    """What many did at the cases of a store; every verb is one transaction and may raise `StoreUnusable`.

    `running` is the month that is not over yet, as `2026-03`.
    """

    def __init__(self, engine: Engine, address: str) -> None:
        self._engine, self._address = engine, address

    def begun(self, running: str) -> dict[str, int]:
        """Return how many attempts were begun afresh at each case, by a choice or by a sentence that was kept."""
        with self._transaction() as connection:
            return {row.scenario: row[1] for row in connection.execute(BEGUN, {"running": running})}

    def alike(self, case_name: str, running: str) -> tuple[Alike, ...]:
        """Return the attempts at a case, those together that went alike."""
        with self._transaction() as connection:
            names = {"of": case_name, "running": running}
            rows = connection.execute(ALIKE[connection.dialect.name], names)
            return tuple(
                Alike(*_group(row), bool(row.is_later), _split(row.road), _split(row.noted), row[-1]) for row in rows
            )

    def pairs(self, case_name: str, running: str) -> tuple[Pair, ...]:
        """Return who played a case and then played on from a moment of it."""
        with self._transaction() as connection:
            names = {"of": case_name, "running": running}
            rows = connection.execute(PAIRS[connection.dialect.name], names)
            return tuple(Pair(*_group(row), _split(row.first), _split(row.later), row[-1]) for row in rows)

    def ended(self, case_name: str) -> tuple[tuple[Card, tuple[Event, ...]], ...]:
        """Return the ended sessions with a case, the oldest first, with what was done in each."""
        with self._transaction() as connection:
            names = {"of": case_name}
            cards = [card_of(row) for row in connection.execute(ENDED_CARDS, names)]
            done: dict[str, list[Event]] = {card.id: [] for card in cards}
            for row in connection.execute(EVENTS, names):
                done[row.session].append(Event(row.number, Act(row.act), row.subject, row.amount, row.at))
            return tuple((card, tuple(done[card.id])) for card in cards)

    def polled(self, case_name: str) -> tuple[Polled, ...]:
        """Return the votes of the ended sessions with a case."""
        with self._transaction() as connection:
            return tuple(Polled(*row) for row in connection.execute(POLLED, {"of": case_name}))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._address), self._engine.begin() as connection:
            yield connection


def _group(row: Any) -> tuple[str, str, str, str]:
    return row.version, row.language, row.month, row.session


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()
