"""The tables of sessions, and every statement that is ever put to them."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from casework.store.tables import metadata, once

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("left_out", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("begun", Text, nullable=False),
    Column("ended", Text, nullable=False, server_default=""),
    # The code as long as it opens: of two sessions that are open at once, none can have the same.
    Column("door", Text, unique=True),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("turn", Integer, nullable=False, server_default="0"),
)
events = Table(
    "events",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("number", Integer, CheckConstraint("number > 0", name="number"), primary_key=True),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
participants = Table(
    "participants",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("wish", Integer, nullable=False, server_default="0"),
)
ballots = Table(
    "ballots",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("number", Integer, CheckConstraint("number > 0", name="number"), primary_key=True),
    Column("choice", Text, nullable=False),
    Column("is_sure", Boolean, nullable=False),
)
solos = Table(
    "solos",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("period", Integer, primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("attempt", Text, nullable=False),
)
bottlenecks = Table(
    "bottlenecks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("help", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("into", Text, nullable=False, server_default=""),
    Column("cluster", Text, nullable=False, server_default=""),
)
weights = Table(
    "weights",
    metadata,
    Column("bottleneck", Text, ForeignKey("bottlenecks.id"), primary_key=True),
    Column("participant", Text, primary_key=True),
    Column("number", Integer, CheckConstraint("number > 0", name="number"), primary_key=True),
    Column("weight", Integer, nullable=False),
)
# A row for each reply, also for one without answers: whoever skipped it has finished too.
replies = Table(
    "replies",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("turn", Integer, CheckConstraint("turn > 0", name="turn"), primary_key=True),
    Column("pair", Text, primary_key=True),
)
answers = Table(
    "answers",
    metadata,
    Column("session", Text, primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("pair", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("answer", Text, nullable=False),
    ForeignKeyConstraint(["session", "turn", "pair"], ["replies.session", "replies.turn", "replies.pair"]),
)
guesses = Table(
    "guesses",
    metadata,
    Column("caller", Text, primary_key=True),
    Column("misses", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
_SESSION: BindParameter[str] = bindparam("of", type_=Text)
_ROUND: BindParameter[int] = bindparam("in_round", type_=Integer)
_WHO: BindParameter[str] = bindparam("who", type_=Text)


OPEN = once(sessions, sessions.c.id)
_CARD = select(
    *(sessions.c[name] for name in ("id", "code", "scenario", "version", "language", "left_out", "seats")),
    *(sessions.c[name] for name in ("begun", "ended")),
)
CARD = _CARD.where(sessions.c.id == _SESSION)
CARDS = _CARD.order_by(sessions.c.begun, sessions.c.id)
GOING_ON = _CARD.where(sessions.c.ended == "").order_by(sessions.c.begun.desc(), sessions.c.id)
# Of sessions that had the same code the open one comes last, and where none is open the youngest.
FOUND = _CARD.where(sessions.c.code.in_(bindparam("codes", expanding=True))).order_by(
    sessions.c.ended == "", sessions.c.begun, sessions.c.id
)

# Whoever changes a session holds its row alone; ballots hold it together, so that a thousand of them do not wait for
# each other, but none slips in behind the end of its round.
_OPEN = select(sessions.c.round, sessions.c.turn, sessions.c.ended, sessions.c.seats).where(sessions.c.id == _SESSION)
HELD = _OPEN.with_for_update()
SHARED = _OPEN.with_for_update(read=True)

EVENTS = (
    select(events.c.number, events.c.act, events.c.subject, events.c.amount, events.c.at)
    .where(events.c.session == _SESSION)
    .order_by(events.c.number)
)
DO = insert(events)
SET_OPEN = (
    update(sessions)
    .where(sessions.c.id == _SESSION)
    .values(round=bindparam("opened", type_=Integer), turn=bindparam("asked", type_=Integer))
)
END = (
    update(sessions)
    .where(sessions.c.id == _SESSION)
    .values(ended=bindparam("now", type_=Text), door=None, round=0, turn=0)
)

JOIN = once(participants, participants.c.participant)
ARE_IN = select(participants.c.participant).where(
    participants.c.session == _SESSION, participants.c.participant.in_(bindparam("them", expanding=True))
)
JOINED = select(func.count()).select_from(participants).where(participants.c.session == _SESSION)
WISH = (
    update(participants)
    .where(participants.c.session == _SESSION, participants.c.participant == _WHO)
    .values(wish=_ROUND)
)
WISHES = JOINED.where(participants.c.wish == _ROUND)

CAST = once(ballots)
BALLOTS = (
    select(
        *(ballots.c[name] for name in ("round", "participant", "number", "choice", "is_sure")),
    )
    .where(ballots.c.session == _SESSION)
    .order_by(ballots.c.round, ballots.c.participant, ballots.c.number)
)
BALLOTS_IN = BALLOTS.where(ballots.c.round.in_(bindparam("rounds", expanding=True)))
BALLOTS_OF = BALLOTS.where(ballots.c.round == _ROUND, ballots.c.participant.in_(bindparam("them", expanding=True)))
VOTED = select(func.count(ballots.c.participant.distinct())).where(
    ballots.c.session == _SESSION, ballots.c.round == _ROUND
)

WALK = once(solos)
WALKED = select(solos.c.period, solos.c.participant, solos.c.attempt).where(solos.c.session == _SESSION)

HAND_IN = once(bottlenecks)
_BOTTLENECKS = select(*(bottlenecks.c[name] for name in ("id", "session", "text", "help", "at", "into", "cluster")))
BOTTLENECKS = _BOTTLENECKS.where(bottlenecks.c.session == _SESSION).order_by(bottlenecks.c.at, bottlenecks.c.id)
ALL_BOTTLENECKS = _BOTTLENECKS.order_by(bottlenecks.c.at, bottlenecks.c.id)
_SOME = bottlenecks.c.id.in_(bindparam("them", expanding=True))
# What was merged into one that is merged now goes along, so that there are no chains.
MERGE = (
    update(bottlenecks)
    .where(bottlenecks.c.session == _SESSION, _SOME | bottlenecks.c.into.in_(bindparam("them_too", expanding=True)))
    .values(into=bindparam("target", type_=Text))
)
PART = (
    update(bottlenecks)
    .where(bottlenecks.c.session == _SESSION, bottlenecks.c.into == bindparam("target", type_=Text))
    .values(into="")
)
DROP = delete(bottlenecks).where(bottlenecks.c.session == _SESSION, bottlenecks.c.id == bindparam("target", type_=Text))
_WEIGHTS_HERE = weights.c.bottleneck.in_(select(bottlenecks.c.id).where(bottlenecks.c.session == _SESSION))
DROP_WEIGHTS = delete(weights).where(_WEIGHTS_HERE, weights.c.bottleneck == bindparam("target", type_=Text))
WEIGH = once(weights)
# As long as a room may still be weighing, nobody sees by what changes how one of them weighs.
ENDED_WEIGHTS = (
    select(weights)
    .join(bottlenecks, bottlenecks.c.id == weights.c.bottleneck)
    .join(sessions, sessions.c.id == bottlenecks.c.session)
    .where(sessions.c.ended != "")
    .order_by(*weights.primary_key)
)
WEIGHTS = select(weights).where(_WEIGHTS_HERE).order_by(*weights.primary_key)

REPLY = once(replies, replies.c.pair)
ANSWER = insert(answers)
_REPLIES = (
    select(replies.c.turn, replies.c.pair, answers.c.item, answers.c.answer)
    .join_from(replies, answers, isouter=True)
    .where(replies.c.session == _SESSION)
    .order_by(replies.c.turn, replies.c.pair, answers.c.item)
)
REPLIES = _REPLIES
REPLIED = _REPLIES.where(replies.c.turn == bindparam("asked", type_=Integer), replies.c.pair == _WHO)
FINISHED = (
    select(func.count())
    .select_from(replies)
    .where(replies.c.session == _SESSION, replies.c.turn == bindparam("asked", type_=Integer))
)

# At the end of a session nothing is left that could tell two ballots of one phone from those of two.
BURN = (
    delete(ballots).where(ballots.c.session == _SESSION),
    delete(participants).where(participants.c.session == _SESSION),
    delete(solos).where(solos.c.session == _SESSION),
    delete(weights).where(_WEIGHTS_HERE),
    delete(answers).where(answers.c.session == _SESSION),
    delete(replies).where(replies.c.session == _SESSION),
)
ASHES = (insert(ballots), insert(participants), insert(solos), insert(weights), insert(replies), insert(answers))

GUESSES = select(guesses).where(guesses.c.caller.in_(bindparam("them", expanding=True)))
_MISSED: dict[str, Any] = {"sqlite": sqlite.insert(guesses), "postgresql": postgresql.insert(guesses)}
MISSED = {
    name: statement.on_conflict_do_update(
        index_elements=[guesses.c.caller], set_={"misses": guesses.c.misses + 1, "at": statement.excluded.at}
    )
    for name, statement in _MISSED.items()
}
OLD_GUESSES = delete(guesses).where(guesses.c.at < bindparam("before", type_=Text))

CHANNEL = "casework"
NOTIFY = select(func.pg_notify(CHANNEL, _SESSION))
