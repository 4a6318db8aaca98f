"""Sessions keep their contract on a file, in memory and on PostgreSQL, and old stores get them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from tests.store.cluster import Cluster
from tests.store.gathering import Gathering, LastingGathering, a_card, refuses, voting

from casework.errors import StoreUnusable
from casework.play.attempt import Decision
from casework.play.ballot import Ballot
from casework.play.survey import SECOND, Reply
from casework.play.workshop import Act, Event
from casework.store import Record, open_store


class TestMemory(Gathering):
    @pytest.fixture
    def address(self) -> str:
        return ":memory:"


class TestSqlite(LastingGathering):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "store.db")


@pytest.fixture(scope="module")
def database(postgresql: Cluster) -> str:
    """The name of a database that is up to date."""
    name = postgresql.new()
    open_store(postgresql.address(name)).close()
    return name


class TestPostgresql(LastingGathering):
    @pytest.fixture
    def address(self, postgresql: Cluster, database: str) -> str:
        postgresql.say("TRUNCATE sessions, guesses CASCADE", database=database)
        return postgresql.address(database)


def migrate(address: str, move: Callable[[Config, str], None], revision: str) -> None:
    """Bring a database to a revision."""
    config = Config()
    config.set_main_option("script_location", "casework.store:migrations")
    engine = create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def test_a_store_of_an_older_casework_keeps_its_attempts_and_gets_sessions(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    migrate(f"sqlite:///{file}", command.upgrade, "0001")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO attempts VALUES ('monday', 'leo', '1', 'nl', '')")
        connection.execute("INSERT INTO decisions VALUES ('monday', 1, 'a/b', '')")

    with closing(open_store(str(file))) as store:
        assert store.record("monday") == Record("monday", "leo", "1", "nl", "", "", 0)
        assert store.decisions("monday") == (Decision(1, "a/b"),)
        assert store.sessions.open(a_card())


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_store_of_an_older_casework_keeps_its_sessions_and_gets_replies(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = str(tmp_path / "store.db") if kind == "sqlite" else request.getfixturevalue("postgres")
    url = f"sqlite:///{address}" if kind == "sqlite" else address.replace("postgresql:", "postgresql+psycopg:")
    with closing(open_store(address)) as store:
        voting(store, "s", "p")
        store.sessions.cast("s", [Ballot(1, "p", 1, "a")])
    migrate(url, command.downgrade, "0002")

    with closing(open_store(address)) as store:
        assert store.sessions.ballots("s") == {1: (Ballot(1, "p", 1, "a"),)}
        store.sessions.do("s", Event(2, Act.AGAIN), 0, SECOND)
        assert store.sessions.reply("s", "p", Reply(SECOND, "x")) == Reply(SECOND, "x")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migration_goes_back_and_on_again_and_keeps_the_attempts(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = str(tmp_path / "store.db") if kind == "sqlite" else request.getfixturevalue("postgres")
    url = f"sqlite:///{address}" if kind == "sqlite" else address.replace("postgresql:", "postgresql+psycopg:")
    with closing(open_store(address)) as store:
        store.begin(Record("monday", "leo", "1", "nl", "", "sunday", 2), [Decision(1, "a/b")])
        store.sessions.open(a_card())

    migrate(url, command.downgrade, "0001")

    with closing(open_store(address)) as store:
        assert store.record("monday") == Record("monday", "leo", "1", "nl", "", "", 0)
        assert store.decisions("monday") == (Decision(1, "a/b"),)
        assert store.sessions.cards() == ()


def test_a_watch_says_when_the_server_is_gone_and_a_new_one_hears_again(postgresql: Cluster, postgres: str) -> None:
    with closing(open_store(postgres)) as store:
        voting(store, "s", "p")
        with store.watch() as watch:
            postgresql.stop()
            assert refuses(store)
            with pytest.raises(StoreUnusable):
                watch.wait(5)
        postgresql.start()

        with store.watch() as watch:
            assert store.sessions.cast("s", [Ballot(1, "p", 1, "a")]) != (None,)
            assert watch.wait(5)
