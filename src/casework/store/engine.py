"""Connections: how SQLite and PostgreSQL are to be opened so that nothing stored is ever lost."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from casework.errors import StoreUnusable
from casework.store.address import Address
from casework.store.tables import REVISION_TABLE

PRAGMAS = (
    # A click waits for another kernel's write instead of failing at once.
    "busy_timeout = 15000",
    # NORMAL would be faster in WAL mode, but a power cut may then undo the last commits, and a decision that
    # was shown as made would be gone (sqlite.org/pragma.html). One flush to disk for each click is cheap.
    "synchronous = FULL",
    # macOS reports a flush as done while the drive still holds it in its own memory.
    "fullfsync = ON",
    # SQLite takes decisions of attempts that do not exist unless every connection says this anew.
    "foreign_keys = ON",
)
WAL_TRIES, WAL_PAUSE = 300, 0.05
# Opening refuses a file of another program; until then it must stay as it is, and the switch to WAL mode lasts.
OURS_OR_NEW = "SELECT count(*) = 0 OR total(name = ?) FROM sqlite_master"
CONNECT_SECONDS = 5
QUIET_SECONDS = 10


def connect(address: Address, connections: int = 0) -> Engine:
    """Return an engine for this address; nothing is opened yet. Raises `StoreUnusable` if its driver is missing.

    It keeps up to so many connections to a server open between transactions.
    """
    try:
        return _postgresql(address, connections) if address.is_server else _sqlite(address)
    except ImportError as error:
        raise StoreUnusable(address.shown, "the driver psycopg is missing; install casework[postgres]") from error


def writing(engine: Engine) -> Engine:
    """Return the same engine, for transactions that write."""
    # A transaction that reads first and writes later fails at once, whatever the timeout,
    # when somebody else wrote in between (SQLITE_BUSY_SNAPSHOT). One that begins as a writer waits its turn.
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def _postgresql(address: Address, connections: int) -> Engine:
    url = address.url
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})
    if connections:
        # Asked first whether it is alive: one that was cut while idle would fail somebody's vote.
        engine = create_engine(url, pool_size=connections, max_overflow=connections, pool_pre_ping=True)
        event.listen(engine, "connect", _promise_to_be_quick)
        return engine
    # No pool: hundreds of kernels that each hold one idle connection would use up the server's
    # max_connections (100), and a connection that was cut while idle would fail somebody's click.
    return create_engine(url, poolclass=NullPool)


def _sqlite(address: Address) -> Engine:
    if address.file is None and not (address.url.database or "").startswith("file:"):
        # Each connection to memory is a new, empty store: so there is one, and threads wait for their turn at it.
        threads = {"check_same_thread": False}
        engine = create_engine(address.url, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=threads)
    else:
        engine = create_engine(address.url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _promise_to_be_quick(connection: Any, _: object) -> None:
    # A machine that loses its power in the middle of a vote never says goodbye: its transaction would hold the session,
    # and every vote on the other servers, for the two hours after which TCP gives up.
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{QUIET_SECONDS}s'")
    connection.commit()


def _prepare(connection: Any, _: object) -> None:
    # The driver's own transactions begin too late, at the first write, and not at all for a migration.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if not any(_is_in_wal_mode(connection) for _ in range(WAL_TRIES)):
        connection.execute("PRAGMA journal_mode = WAL")


def _is_in_wal_mode(connection: Any) -> bool:
    # The switch ignores busy_timeout: without new tries, one in forty of 20 kernels that open a
    # new file at the same moment fails with "database is locked".
    try:
        if connection.execute(OURS_OR_NEW, (REVISION_TABLE,)).fetchone()[0]:
            connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        time.sleep(WAL_PAUSE)
        return False
    return True


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
