"""Clusters keep their contract on a file, in memory and on PostgreSQL, and old stores get them."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from tests.store.cluster import Cluster as Server
from tests.store.clustering import MADE, Clustering
from tests.store.gathering import NOON, a_card
from tests.store.test_sessions import migrate

from casework.play.bottleneck import Bottleneck, Weight
from casework.play.network import Move, What
from casework.store import open_store

BEFORE = "0002"


class TestMemory(Clustering):
    @pytest.fixture
    def address(self) -> str:
        return ":memory:"


class TestSqlite(Clustering):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "store.db")


@pytest.fixture(scope="module")
def database(postgresql: Server) -> str:
    """The name of a database that is up to date."""
    name = postgresql.new()
    open_store(postgresql.address(name)).close()
    return name


class TestPostgresql(Clustering):
    @pytest.fixture
    def address(self, postgresql: Server, database: str) -> str:
        postgresql.say("TRUNCATE sessions, clusters CASCADE", database=database)
        return postgresql.address(database)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migration_goes_back_and_on_again_and_keeps_what_was_handed_in(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = str(tmp_path / "store.db") if kind == "sqlite" else request.getfixturevalue("postgres")
    url = f"sqlite:///{address}" if kind == "sqlite" else address.replace("postgresql:", "postgresql+psycopg:")
    with closing(open_store(address)) as store:
        store.sessions.open(a_card())
        store.sessions.hand_in(Bottleneck("n", "s", "text", "help", NOON))
        store.sessions.admit("s", ["p"])
        store.sessions.weigh("s", Weight("n", "p", 1, 3))
        store.network.change(MADE, NOON)
        store.network.change(Move(What.PLACE, "n", "", "a"), NOON)

    migrate(url, command.downgrade, BEFORE)

    with closing(open_store(address)) as store:
        assert store.sessions.all_bottlenecks() == (Bottleneck("n", "s", "text", "help", NOON),)
        assert store.sessions.weights("s") == (Weight("n", "p", 1, 3),)
        assert store.network.clusters() == ()
        assert store.network.change(MADE, NOON)
