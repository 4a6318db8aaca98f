from pathlib import Path

import pytest

from casework.store import open_store
from tests.benchmarks import insight, many
from tests.benchmarks.insight import Measured

SMALL = Measured(10_000, 0.5, 0.2, 0.1, 0.6, 150, 0.1, 0.2, 100)


def test_the_store_has_as_many_decisions_as_were_asked_for_and_can_be_played_again(tmp_path: Path) -> None:
    address = str(tmp_path / "s.sqlite")

    made = many.fill(address, 500, names=("milan",))

    store = open_store(address)
    assert sum(len(each.decisions) for each in store.played()) == made >= 500
    store.close()


def test_a_small_store_is_measured_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "insight.json"

    assert insight.main(["--sizes", "600", "--json", str(file)]) == 0

    assert "first chart" in capsys.readouterr().out
    assert '"decisions": 6' in file.read_text("utf-8")


def test_what_is_over_a_limit_is_said_and_growth_is_told_against_the_size_before() -> None:
    large = Measured(100_000, 4.0, 0.5, 0.5, 5.0, 300, 2.0, 3.0, 400)

    told = insight.line(large, SMALL)

    assert "over the limit: first" in told
    assert "growth 0.80 of linear" in told
    assert "ratio 2.000" in told
    assert "growth" not in insight.line(SMALL, None)
