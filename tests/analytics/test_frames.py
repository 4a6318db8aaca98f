"""Cases as a table."""

import shutil
from pathlib import Path

from tests.cases import NAMES, SCENARIOS, setting

from casework.analytics import frames
from casework.analytics.frames import COLUMNS, cases, labelled


def test_each_case_is_a_row_with_its_sizes() -> None:
    frame = cases(SCENARIOS).set_index("case")

    assert len(frame) == len(NAMES)
    for name in NAMES:
        scenario = setting(name).scenario
        row = frame.loc[scenario.title]
        assert row["scenes"] == len(scenario.scenes)
        assert row["choices"] == sum(len(scene.choices) for scene in scenario.scenes)
        assert row["errors"] == 0


def test_a_case_that_cannot_be_played_has_its_errors_and_no_sizes(tmp_path: Path) -> None:
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8")
    (tmp_path / "milan.ipynb").write_text(text.replace("(#de-kraan)", "(#nergens)"), encoding="utf-8")
    shutil.copy(SCENARIOS / "kamertje.svg", tmp_path)

    row = cases(tmp_path).iloc[0]

    assert row["case"] == "milan.ipynb"
    assert row["errors"] >= 1
    assert row.isna()["scenes"]


def test_cases_are_read_again_when_a_file_of_theirs_changed_and_only_then(tmp_path: Path) -> None:
    notebook = tmp_path / "milan.ipynb"
    shutil.copy(SCENARIOS / "milan.ipynb", tmp_path)
    without = cases(tmp_path)
    read = frames._rows.cache_info().misses

    again = cases(tmp_path)
    (tmp_path / "meldcode.toml").write_text("id = ", "utf-8")
    spoilt = cases(tmp_path)
    (tmp_path / "meldcode.toml").unlink()
    notebook.write_text(notebook.read_text("utf-8").replace("Milan en de pakjes", "Milan en de post"), "utf-8")

    assert again.equals(without)
    assert frames._rows.cache_info().misses == read + 1
    assert without["errors"].iloc[0] == 0 < spoilt["errors"].iloc[0]
    assert cases(tmp_path)["case"].iloc[0] == "Milan en de post"


def test_the_number_of_roads_keeps_every_digit() -> None:
    frame = cases(SCENARIOS).set_index("case")

    assert frame.loc["Milan en de pakjes", "roads"] == "340"


def test_headings_come_in_both_languages() -> None:
    shown = labelled(cases(SCENARIOS))

    assert list(shown.index) == [name for column, name in COLUMNS.items() if column != "case"]
    assert list(shown.columns) == [setting(name).scenario.title for name in NAMES]
