"""Every dashboard runs through papermill and shows something."""

from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from tests import knots
from tests.analytics.tables import change
from tests.benchmarks import many
from tests.browser.waiting import HAS_TIME
from tests.cases import SCENARIOS

from casework.analytics.questions import Topic
from casework.app import MODULE, SHEET, WIDGET
from casework.cards import deck

DASHBOARDS = SCENARIOS.parent / "dashboards"
TABLES = {"cases": "Milan en de pakjes"}


def shown(name: str, folder: Path, **parameters: str) -> list[dict[str, Any]]:
    """Run a dashboard and return what its cells show."""
    target = folder / f"{name}.ipynb"
    source = DASHBOARDS / f"{name}.ipynb"
    papermill.execute_notebook(str(source), str(target), parameters, cwd=str(DASHBOARDS), progress_bar=False)
    executed = nbformat.read(target, as_version=4)
    return [output["data"] for cell in executed.cells for output in cell.get("outputs", []) if "data" in output]


@pytest.mark.parametrize("notebook", sorted(DASHBOARDS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_dashboard_runs_and_its_last_cell_shows_a_table_or_a_screen(notebook: Path, tmp_path: Path) -> None:
    last = shown(notebook.stem, tmp_path)[-1]

    assert "<table" in last.get("text/html", "") or WIDGET in last


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_names_the_cases(name: str, tmp_path: Path) -> None:
    assert TABLES[name] in shown(name, tmp_path)[-1]["text/html"]


def test_the_author_s_page_shows_the_desk_for_the_case_that_is_asked_for(tmp_path: Path) -> None:
    [desk] = shown("author", tmp_path, case="milan.ipynb")

    assert desk[MODULE] == {"module": "desk"}
    assert desk["text/plain"].startswith("milan.ipynb\n1 notebook bekeken")


@pytest.mark.parametrize(
    "parameters",
    [{}, {"language": "en"}, {"language": "xx", "region": "Nergens", "scenarios": "nowhere", "languages": "x"}],
)
def test_the_toolkit_opens_in_any_language_and_for_any_region(tmp_path: Path, parameters: dict[str, str]) -> None:
    [toolkit] = shown("toolkit", tmp_path, **parameters)

    assert toolkit[MODULE] == {"module": "toolkit"}
    assert toolkit["text/plain"] == f"{len(deck.signals())} signals, {len(deck.talks())} conversations; nl, en"


def test_without_a_case_the_author_s_page_shows_the_first_in_the_folder(tmp_path: Path) -> None:
    [desk] = shown("author", tmp_path)

    assert desk["text/plain"].startswith(min(path.name for path in SCENARIOS.glob("*.ipynb")))


@pytest.mark.parametrize(
    ("language", "first"), [("nl", "Hoeveel mensen zijn geregistreerd?"), ("en", "How many people are registered?")]
)
def test_the_figures_speak_the_language_that_is_asked_for(language: str, first: str, tmp_path: Path) -> None:
    found = shown("trends", tmp_path, language=language)

    assert found[0]["text/plain"] == first
    assert len(found) == len(Topic)
    assert all(each[SHEET] == {"name": "charts"} for each in found)
    assert "".join(each["text/html"] for each in found).count("<svg ") == len(Topic) - 1


def test_a_damaged_table_of_figures_stops_the_page_with_its_name_and_line(tmp_path: Path) -> None:
    change(tmp_path, "registered", ",944,944,", ",944,449,")

    with pytest.raises(papermill.PapermillExecutionError) as stop:
        shown("trends", tmp_path, figures=str(tmp_path))

    assert "figures registered.csv cannot be used:\nline 35: 'value_text' is '449'" in str(stop.value)


@pytest.mark.parametrize(("name", "value"), [("SCRIPT_NAME", "/dashboard/trends/en"), ("CASEWORK_LANGUAGE", "en")])
def test_a_served_page_speaks_the_language_of_its_address_or_of_the_house(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert shown("trends", tmp_path, language="nl")[0]["text/plain"] == "How many people are registered?"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_board_of_bottlenecks_opens_over_an_empty_store_and_a_filled_one(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_STORE", str(tmp_path / "empty.db"))
    [empty] = shown("network", tmp_path, language=language, scenarios="nowhere")
    monkeypatch.setenv("CASEWORK_STORE", str(knots.clustered(tmp_path / "filled.db")))

    [filled] = shown("network", tmp_path, language=language)

    assert empty["text/plain"] == "0 bottlenecks, 0 clusters"
    assert filled["text/plain"] == "6 bottlenecks, 1 clusters"
    assert filled[MODULE] == {"module": "network"}


def test_a_store_that_cannot_be_used_stops_the_board_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"This is no database. " * 100)
    monkeypatch.setenv("CASEWORK_STORE", str(letter))

    with pytest.raises(papermill.PapermillExecutionError) as stop:
        shown("network", tmp_path)

    assert stop.value.ename == "StoreUnusable"
    assert "letter.txt" in stop.value.evalue


def test_insight_runs_over_an_empty_store_and_says_that_there_is_nobody(tmp_path: Path) -> None:
    [insight] = shown("insight", tmp_path, store=str(tmp_path / "s.sqlite"), language="en")

    assert insight[MODULE] == {"module": "insight"}
    assert "Fewer than five people" not in insight["text/plain"]
    assert "Which roads did people take?" in insight["text/plain"]


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Welke wegen namen mensen?"), ("en", "Which roads did people take?")]
)
def test_insight_runs_over_a_small_store_in_both_languages(language: str, title: str, tmp_path: Path) -> None:
    many.fill(str(tmp_path / "s.sqlite"), 2000)

    [insight] = shown("insight", tmp_path, store=str(tmp_path / "s.sqlite"), language=language)

    assert WIDGET in insight
    assert title in insight["text/plain"]


@pytest.mark.skipif(not HAS_TIME, reason="it takes minutes; CASEWORK_SLOW=on asks for it")
def test_what_reads_the_store_runs_over_a_million_decisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = str(tmp_path / "s.sqlite")
    many.fill(store, 1_000_000)
    monkeypatch.setenv("CASEWORK_STORE", store)

    for name in ("insight", "network"):
        [shown_last] = shown(name, tmp_path)
        assert WIDGET in shown_last
