"""Clusters of bottlenecks in the store, over all sessions. One transaction for each verb.

Nothing of an earlier text is kept: a name that slipped into a title is gone once the title is another.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine

from casework.play.bottleneck import Weight
from casework.play.network import GONE, ON, Cluster, Meeting, Move, News, Receiver, Status, What, news
from casework.store import agenda, board
from casework.store.engine import writing
from casework.store.faults import translated

_TIES = (What.STEP, What.RULE, What.RECEIVER)


class Network:
    """The clusters of a store; every verb may raise `StoreUnusable`, and `StoreReadOnly` if it writes."""

    def __init__(self, engine: Engine, address: str) -> None:
        self._address = address
        self._readers = engine
        self._writers = writing(engine)

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all clusters, also those that are gone."""
        with self._transaction(self._readers) as connection:
            tied: dict[tuple[str, str], list[str]] = defaultdict(list)
            for row in connection.execute(board.TIES):
                tied[row.cluster, row.kind].append(row.key)
            told = {of: tuple(map(_news, rows)) for of, rows in groupby(connection.execute(board.NEWS), _of)}
            rows = connection.execute(board.CLUSTERS)
            return tuple(_cluster(row, tied, told.get(row.id, ())) for row in rows)

    def change(self, move: Move, at: str) -> bool:
        """Make a move, at an ISO time; False, and nothing is changed, where it is no longer as it was before the move.

        The same move again is a no-op, so a double click is one move. Raises `ValueError` for what is no news.
        """
        with self._transaction(self._writers) as connection:
            if move.what in _TIES:
                return _tie(connection, move)
            if move.what is What.STATUS:
                return _tell(connection, move)
            if move.what is What.TITLE and not move.before:
                row = {"id": move.of, "begun": at, "title": move.after}
                connection.execute(board.MAKE[connection.dialect.name], row)
            names = {"of": move.of, "was": move.before, "becomes": move.after}
            connection.execute(board.SET[move.what], names)
            return bool(connection.scalar(board.IS[move.what], {"of": move.of}) == move.after)

    def weights(self) -> tuple[Weight, ...]:
        """Return the weights of all sessions that have ended; those of one that runs may still change."""
        with self._transaction(self._readers) as connection:
            return tuple(Weight(*row) for row in connection.execute(agenda.ENDED_WEIGHTS))

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with translated(self._address), engine.begin() as connection:
            yield connection


def _tie(connection: Connection, move: Move) -> bool:
    if connection.execute(board.HELD, {"of": move.of}).one_or_none() is None:
        return False
    if move.after == ON:
        row = {"cluster": move.of, "kind": move.what, "key": move.key}
        connection.execute(board.TIE[connection.dialect.name], row)
    else:
        connection.execute(board.UNTIE, {"of": move.of, "of_kind": move.what, "of_key": move.key})
    return True


def _tell(connection: Connection, move: Move) -> bool:
    if connection.execute(board.HELD, {"of": move.of}).one_or_none() is None:
        return False
    names = {"of": move.of, "at_number": int(move.key)}
    if _told(connection, names) == move.before:
        connection.execute(board.RECALL, names)
        if move.after:
            one = news(move.key, move.after)
            row = {"cluster": move.of, "number": one.number, "status": one.status, "day": one.day}
            connection.execute(board.TELL[connection.dialect.name], {**row, "receiver": one.receiver or ""})
    return _told(connection, names) == move.after


def _told(connection: Connection, names: dict[str, Any]) -> str:
    found = connection.execute(board.TOLD, names).one_or_none()
    return "" if found is None else " ".join(filter(None, found))


def _of(row: Any) -> str:
    return str(row.cluster)


def _news(row: Any) -> News:
    return News(row.number, Status(row.status), row.day, Receiver(row.receiver) if row.receiver else None)


def _cluster(row: Any, tied: dict[tuple[str, str], list[str]], told: tuple[News, ...]) -> Cluster:
    return Cluster(
        id=row.id,
        begun=row.begun,
        title=row.title,
        question=row.question,
        answer=row.answer,
        weight=int(row.weight) if row.weight else None,
        meeting=Meeting(row.meeting) if row.meeting else None,
        minutes=int(row.minutes),
        is_gone=row.gone == GONE,
        steps=tuple(map(int, tied[row.id, What.STEP])),
        rules=tuple(tied[row.id, What.RULE]),
        receivers=tuple(each for each in Receiver if each in tied[row.id, What.RECEIVER]),
        news=told,
    )
