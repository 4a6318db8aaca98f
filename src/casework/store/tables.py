"""The tables, and every statement that is ever put to them."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

# A table name of our own: an organisation may keep other programs, with other migrations, in the same database.
REVISION_TABLE = "casework_revision"

# SQLite cannot change a constraint that has no name, so a later migration could not either.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("begun", Text, nullable=False),
    # Decisions that were copied from another attempt are the same people's: whoever counts a cohort leaves out as many.
    Column("from", Text, nullable=False, server_default="", key="origin"),
    Column("taken", Integer, nullable=False, server_default="0"),
)
decisions = Table(
    "decisions",
    metadata,
    Column("attempt", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("number", Integer, CheckConstraint("number > 0", name="number"), primary_key=True),
    Column("choice", Text, nullable=False),
    Column("at", Text, nullable=False),
)
kept = Table(
    "kept",
    metadata,
    Column("attempt", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("sentence", Text, primary_key=True),
)
revisions = Table(REVISION_TABLE, MetaData(), Column("version_num", Text, nullable=False))


def once(table: Table, *returned: Column[Any]) -> dict[str, Any]:
    """Return, for each kind of database, an insertion that does nothing, and gives back no row, the second time."""
    inserts: dict[str, Any] = {"sqlite": sqlite.insert(table), "postgresql": postgresql.insert(table)}
    once = {name: statement.on_conflict_do_nothing() for name, statement in inserts.items()}
    return {name: statement.returning(*returned) if returned else statement for name, statement in once.items()}


_ATTEMPT: BindParameter[str] = bindparam("attempt", type_=Text)
_AFTER: BindParameter[str] = bindparam("after", type_=Text)
_LAST: BindParameter[str] = bindparam("last", type_=Text)
_SIZE: BindParameter[int] = bindparam("size", type_=Integer)

REVISION = select(revisions.c.version_num)

# Takes a connection's right to write for a test: read-only files, folders, roles and servers all refuse it.
WRITE_NOTHING = insert(decisions).from_select(list(decisions.c), select(decisions).where(false()))

ATTEMPT = select(attempts).where(attempts.c.id == _ATTEMPT)

# Whoever holds the attempt's row writes alone. Without it two tabs on PostgreSQL could both find
# number 3 free; SQLite has no such clause, there BEGIN IMMEDIATE does the same for the whole file.
ATTEMPT_HELD = ATTEMPT.with_for_update()

# Two tabs may both make the first choice of an attempt; the second beginning is not an error, and gives back no row.
BEGIN = once(attempts, attempts.c.id)

DECISIONS = (
    select(decisions.c.number, decisions.c.choice, decisions.c.at)
    .where(decisions.c.attempt == _ATTEMPT)
    .order_by(decisions.c.number)
)
APPEND = insert(decisions)

KEPT = select(kept.c.sentence).where(kept.c.attempt == _ATTEMPT)
FORGET = delete(kept).where(kept.c.attempt == _ATTEMPT)
KEEP = insert(kept)

# A page of attempts in which something was decided. By id and not by time: the order must not tell who began when.
_HAS_DECIDED = exists().where(decisions.c.attempt == attempts.c.id)
PAGE = select(attempts).where(attempts.c.id > _AFTER, _HAS_DECIDED).order_by(attempts.c.id).limit(_SIZE)
PAGE_DECISIONS = (
    select(decisions)
    .where(decisions.c.attempt > _AFTER, decisions.c.attempt <= _LAST)
    .order_by(decisions.c.attempt, decisions.c.number)
)
PAGE_KEPT = select(kept).where(kept.c.attempt > _AFTER, kept.c.attempt <= _LAST)

# What was copied from an attempt of the same version, as when somebody plays on from a moment in the look back, is no
# playing of its own. Counted once, a group is never called larger than it is; and a room that begins in one second is
# not called smaller.
# The numbers stand in the text: PostgreSQL takes two places with parameters for two different expressions.
_MONTH = func.substr(attempts.c.begun, literal_column("1"), literal_column("7"))
_PLAYED = (attempts.c.scenario, attempts.c.version, attempts.c.language, _MONTH)
_BEFORE = attempts.alias("before")
_IS_COPIED = exists().where(_BEFORE.c.id == attempts.c.origin, _BEFORE.c.version == attempts.c.version)
BEGINNINGS = select(*_PLAYED, func.count()).where(_HAS_DECIDED, ~_IS_COPIED).group_by(*_PLAYED)
