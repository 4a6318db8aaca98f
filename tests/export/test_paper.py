"""A case on paper has the same roads as on screen, and names all that an expert must look at."""

import re
import tomllib
from functools import cache
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
from markupsafe import escape
from tests.cases import NAMES, SCENARIOS, setting

from casework import library, review
from casework.cli import main
from casework.export.paper import Shown, paper
from casework.play.paragraphs import book


@cache
def page(name: str) -> str:
    """Return a case as it is printed."""
    found = setting(name)
    language = found.scenario.language
    points = review.touched(found.scenario, found.protocol, review.points())
    addresses = {entry.id: entry.address for entry in library.sources().values()}
    shown = Shown(library.source_titles(language), addresses, found.pictures, points)
    return paper(found.scenario, found.protocol, shown)


class Links(HTMLParser):
    """Collects where each numbered paragraph of a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.here = ""
        self.leads: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section" and re.fullmatch(r"n\d+", given.get("id") or ""):
            self.here = str(given["id"])
            self.leads[self.here] = []
        if tag == "a" and self.here:
            self.leads[self.here].append(str(given["href"]).removeprefix("#"))


@pytest.mark.parametrize("name", NAMES)
def test_each_number_stands_once_and_the_first_is_the_start(name: str) -> None:
    numbered = book(setting(name).scenario)

    assert [each.number for each in numbered.paragraphs] == list(range(1, len(numbered.paragraphs) + 1))
    assert numbered.paragraphs[0].scene is setting(name).scenario.start
    assert len(numbered.scenes) + len(numbered.choices) == len(numbered.paragraphs)


@pytest.mark.parametrize("name", NAMES)
def test_the_paragraphs_lead_where_the_choices_lead(name: str) -> None:
    scenario = setting(name).scenario
    numbered = book(scenario)
    links = Links()
    links.feed(page(name))

    for scene in scenario.scenes:
        expected = [f"n{numbered.choices[choice.id]}" for choice in scene.choices]
        assert links.leads[f"n{numbered.scenes[scene.id]}"] == expected
    for scene in scenario.scenes:
        for choice in scene.choices:
            onward = re.search(
                rf'id="n{numbered.choices[choice.id]}".*?class="onward">→ \D*(\d+)<', page(name), re.DOTALL
            )
            assert onward is not None
            assert int(onward[1]) == numbered.scenes[choice.target]


@pytest.mark.parametrize("name", NAMES)
def test_a_condition_names_the_numbers_that_must_have_been_read(name: str) -> None:
    scenario = setting(name).scenario
    text = page(name)

    conditional = [choice for scene in scenario.scenes for choice in scene.choices if choice.conditions or choice.once]

    assert conditional
    assert text.count({"nl": "(alleen als ", "en": "(only if "}[scenario.language]) == 2 * len(conditional)


@pytest.mark.parametrize("name", NAMES)
def test_every_scene_note_signal_source_and_open_point_is_on_paper(name: str) -> None:
    found = setting(name)
    text = page(name)

    for scene in found.scenario.scenes:
        assert text.count(escape(scene.title)) >= 2
        for signal in scene.signals:
            assert escape(signal.text) in text
    for source in found.scenario.sources:
        assert f'<th scope="row">{source}</th>' in text
    for point in review.touched(found.scenario, found.protocol, review.points()):
        assert f"({point.id})" in text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_loads_nothing_and_runs_nothing(name: str) -> None:
    text = page(name)

    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    assert "<script" not in text


def test_a_case_touches_the_points_of_its_own_protocol_and_acts_and_not_those_of_others() -> None:
    found = setting("leo")

    touched = {point.id for point in review.touched(found.scenario, found.protocol, review.points())}

    assert {"posted-workers", "reflection-period", "regional-route"} <= touched
    assert not {"coa-signals", "young-people-parents"} & touched


def test_open_points_name_only_protocols_sources_and_acts_that_exist() -> None:
    shelf = library.Protocols()
    acts = {activity.id for one in shelf.values() for activity in one.activities}
    rows = tomllib.loads(resources.files("casework").joinpath("review.toml").read_text("utf-8"))["points"]

    assert len({row["id"] for row in rows}) == len(rows)
    for point in review.points():
        assert set(point.protocols) <= set(shelf)
        assert set(point.sources) <= set(library.sources())
        assert set(point.activities) <= acts


def test_the_command_writes_the_page_and_says_what_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "milan.html"
    milan = str(SCENARIOS / "milan.ipynb")

    assert main(["export", "paper", milan, "-o", str(written)]) == 0
    assert written.read_text("utf-8") == page("milan")
    assert main(["export", "paper", milan, "-o", str(tmp_path / "no" / "folder.html")]) == 2
    assert main(["export", "paper", str(tmp_path / "none.ipynb")]) == 2
    assert "does not exist" in capsys.readouterr().err
