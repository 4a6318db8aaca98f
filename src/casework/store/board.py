"""The tables of the clusters, and every statement that is ever put to them.

A statement that changes something says what it takes to be there: whoever comes second changes nothing.
"""

from collections.abc import Mapping

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    select,
    update,
)

from casework.play.network import USUAL_MINUTES, What
from casework.store.agenda import bottlenecks
from casework.store.tables import metadata, once

clusters = Table(
    "clusters",
    metadata,
    Column("id", Text, primary_key=True),
    Column("begun", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("question", Text, nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
    Column("weight", Text, nullable=False, server_default=""),
    Column("meeting", Text, nullable=False, server_default=""),
    Column("minutes", Text, nullable=False, server_default=str(USUAL_MINUTES)),
    Column("gone", Text, nullable=False, server_default=""),
)
ties = Table(
    "ties",
    metadata,
    Column("cluster", Text, ForeignKey("clusters.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
)
news = Table(
    "news",
    metadata,
    Column("cluster", Text, ForeignKey("clusters.id"), primary_key=True),
    Column("number", Integer, CheckConstraint("number > 0", name="number"), primary_key=True),
    Column("status", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("receiver", Text, nullable=False, server_default=""),
)
_OF: BindParameter[str] = bindparam("of", type_=Text)
_BEFORE: BindParameter[str] = bindparam("was", type_=Text)
_AFTER: BindParameter[str] = bindparam("becomes", type_=Text)
_KIND: BindParameter[str] = bindparam("of_kind", type_=Text)
_KEY: BindParameter[str] = bindparam("of_key", type_=Text)
_NUMBER: BindParameter[int] = bindparam("at_number", type_=Integer)

CLUSTERS = select(clusters)
TIES = select(ties).order_by(ties.c.cluster, ties.c.kind, ties.c.key)
NEWS = select(news).order_by(news.c.cluster, news.c.number)

MAKE = once(clusters)
# The texts of a cluster stand in columns of one name; the one in which a bottleneck lies stands with the bottleneck.
TEXTS = (What.TITLE, What.QUESTION, What.ANSWER, What.WEIGHT, What.MEETING, What.MINUTES, What.GONE)
SET: Mapping[What, Update] = {
    **{
        what: update(clusters).where(clusters.c.id == _OF, clusters.c[what] == _BEFORE).values({what.value: _AFTER})
        for what in TEXTS
    },
    What.PLACE: update(bottlenecks)
    .where(bottlenecks.c.id == _OF, bottlenecks.c.cluster == _BEFORE)
    .values(cluster=_AFTER),
}
IS = {
    **{what: select(clusters.c[what]).where(clusters.c.id == _OF) for what in TEXTS},
    What.PLACE: select(bottlenecks.c.cluster).where(bottlenecks.c.id == _OF),
}

# Whoever ties something to a cluster, or tells news of it, holds its row: then nobody else does at the same moment.
HELD = select(clusters.c.id).where(clusters.c.id == _OF).with_for_update()
TIE = once(ties)
UNTIE = delete(ties).where(ties.c.cluster == _OF, ties.c.kind == _KIND, ties.c.key == _KEY)
TELL = once(news)
TOLD = select(news.c.status, news.c.day, news.c.receiver).where(news.c.cluster == _OF, news.c.number == _NUMBER)
RECALL = delete(news).where(news.c.cluster == _OF, news.c.number == _NUMBER)
