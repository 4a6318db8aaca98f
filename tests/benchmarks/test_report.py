import json
from pathlib import Path

from tests.benchmarks import picture, report
from tests.benchmarks.figures import Rounds

SIZES = (10, 100)
ROUNDS: Rounds = {
    "casework": [{"10.wall": 1.0, "100.wall": 8.0}, {"10.wall": 2.0, "100.wall": 9.0}],
    "voila": [{"10.wall": 4.0}, {"10.wall": 4.0}],
    "solara": [{"10.wall": 2.0, "10.client": 3.0}, {"10.wall": 2.0, "10.client": 5.0}],
}
HALLS: Rounds = {
    "sqlite": [{"30.p99": 300.0, "each.memory": 0.5}],
    "kernels": [{"10.p99": 900.0, "each.memory": 50.0}],
}


def lines() -> list[str]:
    return list(report.table(ROUNDS, SIZES, 2))


def test_a_measure_has_its_median_its_spread_and_its_ratio() -> None:
    voila = next(line for line in lines() if "stock Voilà " in line)

    assert "4.00 (4.00 - 4.00)" in voila
    assert "casework / this 0.3750 (0.2500 - 0.5000)" in voila


def test_what_was_not_measured_is_not_in_the_table() -> None:
    told = "\n".join(lines())

    assert "first load" not in told.partition("  median (least")[0]
    assert told.count("stock Voilà") == 1


def test_how_busy_the_client_is_has_no_ratio() -> None:
    at = next(number for number, line in enumerate(lines()) if "load client takes itself" in line)

    assert "4.0 (3.0 - 5.0)" in lines()[at + 1]
    assert "/ this" not in lines()[at + 1]


def test_all_figures_and_ratios_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "new" / "bench.json"

    report.save(file, {"cores": 2}, ROUNDS, HALLS, [], [], troubles=["round 1, Solara: no"], sizes=SIZES)

    kept = json.loads(file.read_text("utf-8"))
    assert kept["rounds"] == ROUNDS
    assert kept["troubles"] == ["round 1, Solara: no"]
    assert kept["halls"]["rounds"] == HALLS
    assert kept["halls"]["ratios"]["sqlite / kernels"] == {"each.memory": {"middle": 0.01, "least": 0.01, "most": 0.01}}
    assert kept["ratios"]["casework / voila"] == {"10.wall": {"middle": 0.375, "least": 0.25, "most": 0.5}}


def test_the_picture_shows_who_was_measured(tmp_path: Path) -> None:
    file = tmp_path / "bench.svg"

    assert picture.draw(file, ROUNDS, SIZES)

    drawn = file.read_text("utf-8")
    assert "casework serve" in drawn
    assert "Solara" in drawn
    assert "pandas" not in drawn


def test_without_a_room_there_is_no_picture(tmp_path: Path) -> None:
    file = tmp_path / "bench.svg"

    assert not picture.draw(file, {"casework": [{"load.scene": 1.0}]}, SIZES)
    assert not file.exists()
