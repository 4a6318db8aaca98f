"""Replies to the check of knowledge and confidence: put once, read whole, and burnt down to pairs of nobody."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from casework.play.survey import Answers, PairId, Reply
from casework.store import agenda

Row = dict[str, object]


def put(connection: Connection, session_id: str, reply: Reply) -> Reply:
    """Store a reply, and return the one that now stands for its pair and turn."""
    # Two tabs may both send one: of the second, no answer may join those of the first.
    if connection.scalar(agenda.REPLY[connection.dialect.name], row(session_id, reply)) is None:
        names = {"of": session_id, "asked": reply.turn, "who": reply.pair}
        (stands,) = _whole(connection.execute(agenda.REPLIED, names))
        return stands
    # SQLAlchemy takes an empty list for one row without values.
    if reply.answers:
        connection.execute(agenda.ANSWER, rows(session_id, reply))
    return reply


def read(connection: Connection, session_id: str) -> tuple[Reply, ...]:
    """Return all replies of a session."""
    return _whole(connection.execute(agenda.REPLIES, {"of": session_id}))


def nobodies(replies: Iterable[Reply]) -> list[Reply]:
    """Return replies under numbers in place of names; two of one person keep one number."""
    sent: dict[PairId, list[tuple[int, list[tuple[str, str]]]]] = {}
    for each in replies:
        sent.setdefault(each.pair, []).append((each.turn, sorted(each.answers)))
    # In the order of what was answered, so that a place says nothing about who replied when.
    ordered = enumerate(sorted(sorted(said) for said in sent.values()))
    return [Reply(turn, str(place), frozenset(answers)) for place, said in ordered for turn, answers in said]


def row(session_id: str, reply: Reply) -> Row:
    """Return a reply without its answers."""
    return {"session": session_id, "turn": reply.turn, "pair": reply.pair}


def rows(session_id: str, reply: Reply) -> list[Row]:
    """Return the answers of a reply."""
    return [{**row(session_id, reply), "item": item, "answer": answer} for item, answer in sorted(reply.answers)]


def _whole(rows: Iterable[Any]) -> tuple[Reply, ...]:
    found: dict[tuple[int, PairId], Answers] = {}
    for turn, pair, item, answer in rows:
        # A reply that was skipped comes as one row without an answer.
        said: Answers = frozenset() if item is None else frozenset({(item, answer)})
        found[turn, pair] = found.get((turn, pair), frozenset()) | said
    return tuple(Reply(turn, pair, answers) for (turn, pair), answers in found.items())
