"""Many kernels share one store."""

from pathlib import Path

import pytest
from tests.store.places import at_once, opener
from tests.store.workers import begin_own, race

from casework.store import Record


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "new folder" / "casework.sqlite")
    address: str = request.getfixturevalue("postgres")
    return address


def test_twenty_processes_open_the_same_new_store_at_once(address: str) -> None:
    names = [f"kernel{number}" for number in range(20)]

    answers = at_once(begin_own, address, names)

    assert answers == ["opened"] * 20
    with opener() as opened:
        store = opened(address)
        assert all(store.record(name) for name in names)


def test_of_four_processes_at_one_number_exactly_one_wins(address: str) -> None:
    with opener() as opened:
        store = opened(address)
        store.begin(Record("contested", "leo", "1", "nl", ""))

        wins = dict(zip("abcd", at_once(race, address, "abcd"), strict=True))

        winners = {number: choice for choice, numbers in wins.items() for number in numbers}
        assert sum(map(len, wins.values())) == 20
        assert {one.number: one.choice for one in store.decisions("contested")} == winners
