import json
from pathlib import Path

from tests.benchmarks import dashboards
from tests.benchmarks.figures import Figures
from tests.benchmarks.kinds import ROOT

OURS: list[Figures] = [
    {"trends.bytes": 60.0, "trends.requests": 7, "trends.join": 0.3, "case.join": 0.2},
    {"trends.bytes": 60.0, "trends.requests": 7, "trends.join": 0.5, "case.join": 0.2},
]
STOCK: list[Figures] = [
    {"trends.bytes": 6000.0, "trends.requests": 70},
    {"trends.bytes": 3000.0, "trends.requests": 70},
]


def line(said: str) -> str:
    [found] = [each for each in dashboards.lines(OURS, STOCK) if each.strip().startswith("trends") and said in each]
    return found


def test_every_dashboard_but_the_desk_is_measured_and_the_start_page_too() -> None:
    there = {path.stem for path in (ROOT / "dashboards").glob("*.ipynb")}

    assert {page.name for page in dashboards.pages()} == (there - {"author"}) | {"catalogue"}


def test_a_page_s_weight_has_its_ratio_to_that_of_stock_voila() -> None:
    assert "60.0 (60.0 - 60.0) kB; stock Voilà 4500.0 (3000.0 - 6000.0); ratio 0.015 (0.010 - 0.020)" in line("kB")
    assert "limit" not in line("kB")


def test_a_warm_join_has_its_ratio_to_that_of_a_case_in_the_same_round_and_says_what_is_too_long() -> None:
    # Half of 1.5 and 2.5 is the limit itself.
    assert line("warm join").endswith("ratio 2.000 (1.500 - 2.500) of a case")
    OURS.append({"trends.join": 0.9, "case.join": 0.2})
    assert "over the limit of 2" in line("warm join")
    OURS.pop()


def test_every_figure_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "new" / "dashboards.json"

    dashboards.save(file, OURS, STOCK)

    assert json.loads(file.read_text("utf-8")) == {"casework": OURS, "voila": STOCK}
