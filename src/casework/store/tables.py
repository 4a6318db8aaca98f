"""The tables, and every statement that is ever put to them."""

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
    false,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

# A table name of our own: an organisation may keep other programs, with other migrations, in the same database.
REVISION_TABLE = "casework_revision"

# SQLite cannot change a constraint that has no name, so a later migration could not either.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
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

_ATTEMPT: BindParameter[str] = bindparam("attempt", type_=Text)

REVISION = select(revisions.c.version_num)

# Takes a connection's right to write for a test: read-only files, folders, roles and servers all refuse it.
WRITE_NOTHING = insert(decisions).from_select(list(decisions.c), select(decisions).where(false()))

ATTEMPT = select(attempts).where(attempts.c.id == _ATTEMPT)

# Whoever holds the attempt's row writes alone. Without it two tabs on PostgreSQL could both find
# number 3 free; SQLite has no such clause, there BEGIN IMMEDIATE does the same for the whole file.
ATTEMPT_HELD = ATTEMPT.with_for_update()

# Two tabs may both make the first choice of an attempt; the second beginning is not an error, and gives back no row.
BEGIN = {
    "sqlite": sqlite.insert(attempts).on_conflict_do_nothing().returning(attempts.c.id),
    "postgresql": postgresql.insert(attempts).on_conflict_do_nothing().returning(attempts.c.id),
}

DECISIONS = (
    select(decisions.c.number, decisions.c.choice, decisions.c.at)
    .where(decisions.c.attempt == _ATTEMPT)
    .order_by(decisions.c.number)
)
APPEND = insert(decisions)

KEPT = select(kept.c.sentence).where(kept.c.attempt == _ATTEMPT)
FORGET = delete(kept).where(kept.c.attempt == _ATTEMPT)
KEEP = insert(kept)
