"""Many are counted alike on a file, in memory and on PostgreSQL."""

from pathlib import Path

import pytest
from tests.store.cluster import Cluster
from tests.store.counting import Counting


class TestMemory(Counting):
    @pytest.fixture
    def address(self) -> str:
        return ":memory:"


class TestSqlite(Counting):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "store.db")


class TestPostgresql(Counting):
    @pytest.fixture
    def address(self, postgresql: Cluster) -> str:
        return postgresql.address(postgresql.new())
