"""A store in memory keeps the contract, as long as it is open."""

import pytest
from tests.store.contract import Contract


class TestMemory(Contract):
    @pytest.fixture
    def address(self) -> str:
        return ":memory:"
