"""A store of a test's own, wherever it is."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from casework.store import Store, open_store


class Opened:
    """What all promises of a store begin with; where it is, whoever inherits says."""

    @pytest.fixture
    def address(self) -> str:
        """Where a new, empty store is."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, address: str) -> Iterator[Store]:
        with closing(open_store(address)) as store:
            yield store
