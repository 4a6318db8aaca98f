"""No decision that the store took is ever lost: not by a kill, a full disk or a server that goes away."""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.store import workers
from tests.store.places import Opener, opener

from casework.errors import StoreReadOnly, StoreUnusable
from casework.play.attempt import Decision
from casework.store import Record, open_store

RECORD = Record("monday", "leo", "1", "nl", "")


@pytest.fixture
def opened() -> Iterator[Opener]:
    with opener() as opened:
        yield opened


def killed_while_appending(address: str, after: int) -> int:
    """Kill a process at once when it says that number *after* is stored; return the last number it said."""
    command = [sys.executable, workers.__file__, address, "monday"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        numbers = iter(int(line) for line in process.stdout)
        last = next(number for number in numbers if number >= after)
        process.send_signal(signal.SIGKILL)
        return max([last, *numbers])


def test_a_kill_in_the_middle_of_appends_loses_no_decision(tmp_path: Path, opened: Opener) -> None:
    address = str(tmp_path / "casework.sqlite")
    with closing(open_store(address)) as store:
        store.begin(RECORD)

    for _ in range(3):
        before = len(opened(address).decisions("monday"))
        said = killed_while_appending(address, before + 7)

        numbers = [decision.number for decision in opened(address).decisions("monday")]
        assert numbers == list(range(1, len(numbers) + 1))
        # One more may have been stored whose answer was not out yet.
        assert said <= len(numbers) <= said + 1


def test_a_kill_loses_no_decision_on_postgresql(postgres: str, opened: Opener) -> None:
    store = opened(postgres)
    store.begin(RECORD)

    said = killed_while_appending(postgres, 7)

    assert said <= len(store.decisions("monday"))


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond *size*, which SQLite meets as it does a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_refuses_the_decision_and_keeps_the_earlier_ones(tmp_path: Path, opened: Opener) -> None:
    address = str(tmp_path / "casework.sqlite")
    store = opened(address)
    store.begin(RECORD, [Decision(1, "a/b")])
    wal = tmp_path / "casework.sqlite-wal"

    with full_disk(wal.stat().st_size), pytest.raises(StoreUnusable):
        store.append("monday", Decision(2, "b/c"))

    assert opened(address).decisions("monday") == (Decision(1, "a/b"),)
    store.append("monday", Decision(2, "b/c"))
    assert opened(address).decisions("monday") == (Decision(1, "a/b"), Decision(2, "b/c"))


def test_a_server_that_turns_read_only_refuses_and_keeps_the_earlier_ones(postgres: str, opened: Opener) -> None:
    store = opened(postgres)
    store.begin(RECORD, [Decision(1, "a/b")])
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET default_transaction_read_only = on")

    with pytest.raises(StoreReadOnly):
        store.append("monday", Decision(2, "b/c"))

    assert store.decisions("monday") == (Decision(1, "a/b"),)


def test_connections_that_the_server_cut_do_no_harm(postgres: str, opened: Opener) -> None:
    store = opened(postgres)
    store.begin(RECORD)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    store.append("monday", Decision(1, "a/b"))

    assert store.decisions("monday") == (Decision(1, "a/b"),)


def test_a_store_that_was_deleted_is_unusable_and_not_silently_new(tmp_path: Path, opened: Opener) -> None:
    store = opened(str(tmp_path / "casework.sqlite"))
    store.begin(RECORD)
    store.close()
    for file in tmp_path.iterdir():
        file.unlink()

    with pytest.raises(StoreUnusable):
        store.append("monday", Decision(1, "a/b"))
