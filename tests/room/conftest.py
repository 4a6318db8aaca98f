"""A store in memory, and a workshop in it over the small sample case."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.room.evening import Evening

from casework.store import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture
def evening(store: Store) -> Evening:
    """A session that has just been opened."""
    return Evening.begin(store)
