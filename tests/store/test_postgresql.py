"""A store on a PostgreSQL server keeps the contract, outlives a restart, and is no burden to the server."""

from contextlib import closing

import psycopg
import pytest
from tests.store.cluster import PASSWORD, Cluster
from tests.store.contract import Lasting

from casework.errors import StoreUnusable
from casework.play.attempt import Decision
from casework.store import Record, open_store
from casework.store.address import parse
from casework.store.engine import QUIET_SECONDS, connect

RECORD = Record("monday", "leo", "1", "nl", "")


@pytest.fixture(scope="module")
def database(postgresql: Cluster) -> str:
    """The name of a database that is up to date."""
    name = postgresql.new()
    open_store(postgresql.address(name)).close()
    return name


class TestPostgresql(Lasting):
    @pytest.fixture
    def address(self, postgresql: Cluster, database: str) -> str:
        # A database is 300 files: one for each test would take longer than the tests.
        postgresql.say("TRUNCATE attempts, decisions, kept", database=database)
        return postgresql.address(database)


def test_a_click_fails_while_the_server_is_down_and_succeeds_after(postgresql: Cluster, postgres: str) -> None:
    with closing(open_store(postgres)) as store:
        store.begin(RECORD, [Decision(1, "a/b")])

        postgresql.stop()
        with pytest.raises(StoreUnusable) as failure:
            store.append("monday", Decision(2, "b/c"))
        postgresql.start()
        store.append("monday", Decision(2, "b/c"))

        assert PASSWORD not in str(failure.value)
        assert store.decisions("monday") == (Decision(1, "a/b"), Decision(2, "b/c"))


def test_stores_that_are_open_but_idle_hold_no_connection(postgres: str) -> None:
    stores = [open_store(postgres) for _ in range(3)]

    with psycopg.connect(postgres) as connection:
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        found = connection.execute(count).fetchone()
    for store in stores:
        store.close()

    assert found == (1,)


def test_a_server_that_keeps_connections_outlives_a_restart_of_the_database(postgresql: Cluster, postgres: str) -> None:
    with closing(open_store(postgres, connections=2)) as store:
        store.begin(RECORD, [Decision(1, "a/b")])
        postgresql.stop()
        with pytest.raises(StoreUnusable):
            store.append("monday", Decision(2, "b/c"))
        postgresql.start()

        store.append("monday", Decision(2, "b/c"))

        assert store.decisions("monday") == (Decision(1, "a/b"), Decision(2, "b/c"))


def test_a_server_that_falls_silent_in_the_middle_of_a_change_holds_nobody_up_for_long(postgres: str) -> None:
    engine = connect(parse(postgres), connections=1)
    with engine.connect() as connection:
        promised = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    engine.dispose()

    assert promised == f"{QUIET_SECONDS}s"


def test_a_table_of_another_program_with_our_name_is_left_alone(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE TABLE attempts (theirs text)")

    with pytest.raises(StoreUnusable, match="already exists"):
        open_store(postgres)

    with psycopg.connect(postgres) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("attempts",)]


def test_a_database_that_does_not_exist_is_unusable(postgresql: Cluster) -> None:
    with pytest.raises(StoreUnusable, match='database "nowhere" does not exist'):
        open_store(postgresql.address("nowhere"))


def test_a_wrong_password_is_refused_and_not_shown(postgresql: Cluster) -> None:
    with pytest.raises(StoreUnusable, match="password authentication failed") as refusal:
        open_store(postgresql.address("postgres", password="n0t/the:right@one"))

    assert "right" not in str(refusal.value)
    assert "right" not in str(refusal.value.__cause__)
