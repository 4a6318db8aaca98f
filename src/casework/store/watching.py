"""Hearing that something changed in a store, from whatever process: by LISTEN on PostgreSQL, by a version on SQLite."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Engine

from casework.errors import StoreUnusable
from casework.store.address import MEMORY
from casework.store.agenda import CHANNEL
from casework.store.faults import translated

# Asking SQLite for its version costs 3 microseconds; a projector that is a twentieth of a second late looks immediate.
PAUSE = 0.05


class Watch(Protocol):
    """Waits for a change. One thread may wait at a time."""

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something changed since the last time, False after so many seconds without.

        Raises `StoreUnusable` when the database is gone: open another watch then, and read everything once, because
        what changed meanwhile is not told.
        """


@contextmanager
def watching(engine: Engine, address: str) -> Iterator[Watch]:
    """Return a watch over a store, which holds one connection until the end of the block."""
    if engine.dialect.name == "postgresql":
        with translated(address), engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            try:
                yield Listener(connection.connection.driver_connection, address)
            finally:
                # It is of no further use, and a polite goodbye to a server that is gone would fail.
                connection.invalidate()
    elif address == MEMORY:
        # Its one connection cannot be held, and knows of all changes itself.
        yield Poller(lambda: _ask(engine, "SELECT total_changes()"))
    else:
        # A version tells of other connections' changes only, so this one is held and never writes.
        held = engine.raw_connection()
        try:
            yield Poller(lambda: _answer(held, "PRAGMA data_version"))
        finally:
            held.close()


class Poller:
    """Asks for a version again and again."""

    def __init__(self, version: Callable[[], int]) -> None:
        self._version = version
        self._seen = version()

    def wait(self, seconds: float) -> bool:
        """Return whether something changed; see `Watch`."""
        until = time.monotonic() + seconds
        while (now := self._version()) == self._seen:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(PAUSE, left))
        self._seen = now
        return True


class Listener:
    """Waits for PostgreSQL to call."""

    def __init__(self, connection: Any, address: str) -> None:
        self._connection = connection
        self._address = address

    def wait(self, seconds: float) -> bool:
        """Return whether something changed; see `Watch`."""
        from psycopg import Error  # noqa: PLC0415 -- only an organisation with its own database has it

        try:
            is_called = any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
            # Calls that came together are one change: whoever is told reads all of it.
            for _ in self._connection.notifies(timeout=0):
                pass
        except Error as error:
            raise StoreUnusable(self._address, "the connection was lost while waiting for changes") from error
        return is_called


def _ask(engine: Engine, question: str) -> int:
    connection = engine.raw_connection()
    try:
        return _answer(connection, question)
    finally:
        connection.close()


def _answer(connection: Any, question: str) -> int:
    return int(connection.cursor().execute(question).fetchone()[0])
