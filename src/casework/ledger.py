"""What learning record stores have taken already, the key for other names of attempts, and launches under way.

The decisions themselves are in the store and stay there; this is a small file beside it. Losing it loses no decision:
everything is sent once more, under another key, as if others had played.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from casework.errors import LedgerUnusable

PATIENCE = 15.0
SCHEMA = """
    CREATE TABLE IF NOT EXISTS keys (key BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS launches (session TEXT PRIMARY KEY, said TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS taken (endpoint TEXT, id TEXT, PRIMARY KEY (endpoint, id)) WITHOUT ROWID;
"""
LAUNCH = "INSERT OR IGNORE INTO launches (session, said) VALUES (?, ?)"
LAUNCHES = "SELECT said FROM launches ORDER BY rowid"
FORGET = "DELETE FROM launches WHERE session = ?"
KEY = "SELECT key FROM keys ORDER BY rowid LIMIT 1"
NEW_KEY = "INSERT INTO keys (key) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM keys)"
TAKE = "INSERT OR IGNORE INTO taken (endpoint, id) VALUES (?, ?)"
IS_TAKEN = "SELECT 1 FROM taken WHERE endpoint = ? AND id = ?"


class Ledger:
    """The ids of the statements that each record store took; make one with `open_ledger`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    @property
    def key(self) -> bytes:
        """The key of this ledger, drawn when it was made: with it the same attempt is called the same each time."""
        with self._guarded() as connection:
            return bytes(connection.execute(KEY).fetchone()[0])

    def open_ones(self, endpoint: str, ids: Sequence[str]) -> frozenset[str]:
        """Return those of these ids that this record store has not taken yet."""
        with self._guarded() as connection:
            return frozenset(one for one in ids if connection.execute(IS_TAKEN, (endpoint, one)).fetchone() is None)

    def take(self, endpoint: str, ids: Iterable[str]) -> None:
        """Note that this record store has taken these."""
        with self._guarded() as connection, connection:
            connection.executemany(TAKE, [(endpoint, one) for one in ids])

    def launch(self, session: str, said: str) -> None:
        """Keep what must be known of a session until it is over: who plays stands in it, and a token."""
        with self._guarded() as connection, connection:
            connection.execute(LAUNCH, (session, said))

    def launches(self) -> tuple[str, ...]:
        """Return what is known of the sessions that are not over, the oldest first."""
        with self._guarded() as connection:
            return tuple(row[0] for row in connection.execute(LAUNCHES).fetchall())

    def forget(self, session: str) -> None:
        """Forget a session that is over."""
        with self._guarded() as connection, connection:
            connection.execute(FORGET, (session,))

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise LedgerUnusable(str(self._path), str(error)) from error


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open a ledger, made if need be, and close it; raises `LedgerUnusable`."""
    try:
        if not path.exists():
            # For its owner alone: with the key, an attempt in a record store leads back to one in the store.
            path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=PATIENCE)
    except (OSError, sqlite3.Error) as error:
        raise LedgerUnusable(str(path), str(error)) from error
    with closing(connection):
        ledger = Ledger(connection, path)
        with ledger._guarded(), connection:
            # What is forgotten is overwritten: SQLite would leave it in the file until that room is needed.
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(SCHEMA)
            connection.execute(NEW_KEY, (secrets.token_bytes(32),))
        yield ledger
