"""A store opens, or says in one sentence why it cannot."""

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests.store.cluster import Cluster
from tests.store.places import Opener, opener

from casework.errors import StoreReadOnly, StoreTooNew, StoreUnusable
from casework.play.attempt import Decision
from casework.store import Record, open_store, ready_store
from casework.store.opening import REVISIONS
from casework.store.tables import REVISION_TABLE, metadata

RECORD = Record("monday", "leo", "1", "nl", "")


@pytest.fixture
def opened() -> Iterator[Opener]:
    with opener() as opened:
        yield opened


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A store with one attempt in it, closed."""
    path = tmp_path / "casework.sqlite"
    with closing(open_store(str(path))) as store:
        store.begin(RECORD)
    return path


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path, opened: Opener) -> None:
    opened(str(tmp_path / "casework.sqlite"))

    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_threads_may_open_new_stores_at_once(tmp_path: Path, opened: Opener) -> None:
    paths = [str(tmp_path / f"{number}.sqlite") for number in range(6)]
    threads = [threading.Thread(target=opened, args=(path,)) for path in paths]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [opened(path).record("monday") for path in paths] == [None] * 6


def test_opening_a_store_that_is_up_to_date_leaves_alembic_alone(stored: Path) -> None:
    program = "import sys; from casework.store import open_store; open_store(sys.argv[1]).close(); print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", program, str(stored)], capture_output=True, text=True, check=True)

    assert "sqlalchemy" in done.stdout.split()
    assert "alembic" not in done.stdout.split()


def test_the_revisions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", "casework.store:migrations")

    newest_first = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]

    assert tuple(reversed(newest_first)) == REVISIONS


def test_the_migrations_make_the_tables_that_the_statements_expect(stored: Path, postgres: str, opened: Opener) -> None:
    opened(postgres)

    for address in (f"sqlite:///{stored}", postgres.replace("postgresql:", "postgresql+psycopg:")):
        engine = create_engine(address)
        with engine.connect() as connection:
            options = {"version_table": REVISION_TABLE, "compare_type": True}
            differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        engine.dispose()
        assert differences == []


def test_a_store_of_a_newer_casework_is_left_alone(stored: Path) -> None:
    with closing(sqlite3.connect(stored)) as connection, connection:
        connection.execute(f"UPDATE {REVISION_TABLE} SET version_num = '9999'")

    with pytest.raises(StoreTooNew) as refusal:
        open_store(str(stored))

    assert refusal.value.revision == "9999"


def test_a_newer_store_on_postgresql_is_left_alone(postgres: str, opened: Opener) -> None:
    opened(postgres)
    with psycopg.connect(postgres) as connection:
        connection.execute(f"UPDATE {REVISION_TABLE} SET version_num = '9999'")

    with pytest.raises(StoreTooNew):
        open_store(postgres)


def test_a_file_that_may_not_be_written_is_read_only(
    open_folder: Path, opened: Opener, nobody: Callable[[], None]
) -> None:
    file = open_folder / "casework.sqlite"
    open_store(str(file)).close()
    file.chmod(0o444)
    open_folder.chmod(0o777)
    nobody()

    with pytest.raises(StoreReadOnly) as refusal:
        open_store(str(file))

    assert refusal.value.address == str(file)


def test_a_file_in_a_folder_that_may_not_be_written_is_read_only(open_folder: Path, nobody: Callable[[], None]) -> None:
    file = open_folder / "casework.sqlite"
    open_store(str(file)).close()
    file.chmod(0o666)
    open_folder.chmod(0o555)
    nobody()

    with pytest.raises(StoreReadOnly):
        open_store(str(file))


@pytest.mark.parametrize("name", ["casework.sqlite", "new/casework.sqlite"])
def test_a_new_store_in_a_folder_that_may_not_be_written_is_read_only(
    open_folder: Path, nobody: Callable[[], None], name: str
) -> None:
    open_folder.chmod(0o555)
    nobody()

    with pytest.raises(StoreReadOnly):
        open_store(str(open_folder / name))


def test_a_store_opened_for_reading_only_is_read_only(stored: Path) -> None:
    with pytest.raises(StoreReadOnly):
        open_store(f"sqlite:///file:{stored}?mode=ro&uri=true")


def test_a_server_that_only_reads_is_read_only(postgres: str) -> None:
    open_store(postgres).close()

    with pytest.raises(StoreReadOnly):
        open_store(f"{postgres}&options=-c%20default_transaction_read_only%3Don")


def test_a_role_without_the_right_to_write_is_read_only(postgresql: Cluster) -> None:
    database = postgresql.new()
    open_store(postgresql.address(database)).close()
    postgresql.say(
        "CREATE ROLE reader LOGIN PASSWORD 'reads'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
        database=database,
    )

    with pytest.raises(StoreReadOnly):
        open_store(postgresql.address(database, "reader", "reads"))


@pytest.mark.parametrize(
    "content", [b"This is no database. " * 100, b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_of_something_else_is_unusable_and_stays_as_it_was(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(content)

    with pytest.raises(StoreUnusable, match="not a database"):
        open_store(str(file))

    assert file.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE history (page TEXT)")

    with pytest.raises(StoreUnusable, match="another program"):
        open_store(str(file))

    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("history",)]


def test_a_folder_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="this is a folder"):
        open_store(str(tmp_path))


def test_a_path_through_a_file_is_unusable(stored: Path) -> None:
    with pytest.raises(StoreUnusable, match="cannot be made here"):
        open_store(str(stored / "casework.sqlite"))


@pytest.mark.parametrize(
    "address", ["postgresql://me:secret@127.0.0.1:1/x", "postgres://me@127.0.0.1:1/x?password=secret"]
)
def test_a_server_that_does_not_answer_is_unusable_and_its_password_stays_hidden(address: str) -> None:
    with pytest.raises(StoreUnusable, match="connection failed") as refusal:
        open_store(address)

    assert refusal.value.address == "postgresql://127.0.0.1:1/x"
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://me:secret@host/x", "speaks"),
        ("postgresql+asyncpg://me:secret@host/x", "speaks"),
        ("postgresql://me:sec@ret@host/x", "%40"),
        ("postgresql://me:5432@sec:ret@host/x", "not an address"),
        ("://secret", "not an address"),
    ],
)
def test_an_address_that_we_do_not_speak_is_unusable_and_its_password_stays_hidden(address: str, reason: str) -> None:
    with pytest.raises(StoreUnusable, match=reason) as refusal:
        open_store(address)

    assert "sec" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreUnusable, match=r"casework\[postgres\]"):
        open_store("postgresql://host/x")


def test_a_store_from_before_goes_on_where_it_was(stored: Path, opened: Opener) -> None:
    opened(str(stored)).append("monday", Decision(1, "a/b"))

    assert opened(str(stored)).decisions("monday") == (Decision(1, "a/b"),)


def test_a_store_that_is_ready_is_opened_once_and_serves_again_after_it_was_closed(tmp_path: Path) -> None:
    address = str(tmp_path / "casework.sqlite")

    with closing(ready_store(address)) as store:
        store.begin(RECORD)

    assert ready_store(address) is store
    assert store.record(RECORD.id) == RECORD
    store.close()


def test_a_store_whose_file_was_replaced_is_opened_anew(tmp_path: Path, stored: Path) -> None:
    place = tmp_path / "place.sqlite"
    with closing(ready_store(str(place))) as first:
        assert first.record(RECORD.id) is None
    place.unlink()
    stored.rename(place)

    with closing(ready_store(str(place))) as second:
        assert second is not first
        assert second.record(RECORD.id) == RECORD


def test_a_store_in_memory_is_a_new_one_each_time() -> None:
    with closing(ready_store(":memory:")) as one, closing(ready_store(":memory:")) as other:
        one.begin(RECORD)

        assert other.record(RECORD.id) is None


def test_a_server_that_somebody_checked_before_may_be_away_when_its_store_is_made_ready() -> None:
    away = "postgresql://127.0.0.1:1/casework"
    with pytest.raises(StoreUnusable):
        ready_store(away)

    with closing(ready_store(away, is_checked=True)) as store, pytest.raises(StoreUnusable):
        store.record(RECORD.id)


def test_a_file_is_looked_at_whoever_checked_it_before(tmp_path: Path) -> None:
    with closing(ready_store(str(tmp_path / "gone.sqlite"), is_checked=True)) as store:
        store.begin(RECORD)

        assert store.record(RECORD.id) == RECORD
