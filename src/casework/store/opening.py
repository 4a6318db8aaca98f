"""Opening a store: its folder made, its tables brought up to date, its willingness to be written tested."""

import errno
import threading
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select

from casework.errors import StoreReadOnly, StoreTooNew, StoreUnusable
from casework.store import tables
from casework.store.address import MEMORY, Address, parse
from casework.store.database import Store
from casework.store.engine import connect, writing
from casework.store.faults import translated

# Every revision in `migrations/versions`, oldest first; a store at any other was made by a newer casework.
REVISIONS = ("0001", "0002", "0003", "0004")
HEAD = REVISIONS[-1]

# Alembic keeps its context in module globals: two threads that migrate at once would mix up their databases.
_migrating = threading.Lock()
_ready: dict[str, tuple[tuple[int, int] | None, Store]] = {}
_ADVISORY_LOCK = int.from_bytes(b"casework")


def open_store(address: str, connections: int = 0) -> Store:
    """Return the store at a path or an address, made or brought up to date if need be.

    A program of which there is one, such as a server with a room full of phones, may keep some *connections* to a
    database server open; kernels, of which there are hundreds, keep none.

    ":memory:" is a store that lasts until it is closed. Any number of processes may open the same new store at
    once. Raises `StoreReadOnly` if it cannot be written, `StoreTooNew` if a newer casework made it, and
    `StoreUnusable` for everything else that is in the way.
    """
    place = parse(address)
    if place.file is not None:
        _make_file(place.file, place.shown)
    with ExitStack() as undo, translated(place.shown):
        engine = connect(place, connections)
        undo.callback(engine.dispose)
        _bring_up_to_date(engine, place)
        undo.pop_all()
    return Store(engine, place.shown)


def ready_store(address: str, *, is_checked: bool = False) -> Store:
    """Return this process's own store at an address, opened and brought up to date the first time only.

    With `is_checked` a database server is not asked whether its store is up to date, as somebody did that before: a
    kernel that begins while it is away says so on its page, and finds the place of its trainee when it is back.

    It may be opened before a fork, if it is closed then: closing lets go of connections, which no two processes may
    share, and the next use makes a new one. A file that was replaced in the meantime is opened anew; ":memory:" is a
    new store each time. Raises what `open_store` raises.
    """
    if address in {"", MEMORY}:
        return open_store(address)
    place = parse(address)
    known = _ready.get(address)
    if known is None or known[0] != _which(place.file):
        store = _trusted(place) if is_checked and place.is_server else open_store(address)
        known = _ready[address] = (_which(place.file), store)
    return known[1]


def _trusted(place: Address) -> Store:
    with translated(place.shown):
        return Store(connect(place, 0), place.shown)


def _which(file: Path | None) -> tuple[int, int] | None:
    """Return which file this is, whatever its name; nothing where there is none."""
    try:
        status = file.stat() if file else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None


def _make_file(file: Path, shown: str) -> None:
    if "\0" in shown:
        raise StoreUnusable(repr(shown), "a path has no zero bytes")
    try:
        if file.is_dir():
            raise StoreUnusable(shown, "this is a folder; name a file in it")
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            # For its owner alone: whoever can read an attempt's id can go on with it.
            file.touch(mode=0o600)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise StoreReadOnly(shown) from error
        raise StoreUnusable(shown, f"it cannot be made here ({error.strerror})") from error


def _bring_up_to_date(engine: Engine, place: Address) -> None:
    with engine.begin() as connection:
        revision = _revision(connection, place)
        if revision is None:
            _refuse_a_stranger(connection, place)
    if revision != HEAD:
        _migrate(engine, place)
    with writing(engine).begin() as connection:
        connection.execute(tables.WRITE_NOTHING)


def _revision(connection: Connection, place: Address) -> str | None:
    """Return the revision of a store, nothing for an empty one; raises `StoreTooNew` for one we do not know."""
    if not inspect(connection).has_table(tables.REVISION_TABLE):
        return None
    revision = connection.scalar(tables.REVISION)
    if revision is not None and revision not in REVISIONS:
        raise StoreTooNew(place.shown, revision)
    return revision


def _migrate(engine: Engine, place: Address) -> None:
    with _migrating, writing(engine).begin() as connection:
        _wait_for_other_processes(connection)
        # Somebody else may have migrated while we waited.
        if _revision(connection, place) != HEAD:
            _upgrade(connection)


def _wait_for_other_processes(connection: Connection) -> None:
    # On SQLite, BEGIN IMMEDIATE has locked the file already.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


def _refuse_a_stranger(connection: Connection, place: Address) -> None:
    # A slip in --store must not put our tables into a browser's history. On a server a shared database is usual.
    if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise StoreUnusable(place.shown, "this is a database of another program; name another file")


def _upgrade(connection: Connection) -> None:
    # A lazy import: Alembic takes longer to load than everything else that opens a store,
    # each kernel opens one, and only the first of them ever migrates.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "casework.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
