"""The author's desk on casework's own page: from saving a fault to seeing and mending it, by mouse and by keyboard."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import tour
from tests.browser.conftest import Visit
from tests.browser.screen import KERNEL, LAPTOP, PHONE, is_focused
from tests.browser.server import Server
from tests.cases import SCENARIOS, setting

from casework import notebook
from casework.words import words

FAULTY, SOUND = "(#de-kruin)", "(#de-kraan)"
MILAN = setting("milan")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of cases that tests may spoil."""
    folder = tmp_path_factory.mktemp("desk") / "scenarios"
    shutil.copytree(SCENARIOS, folder)
    return folder


@pytest.fixture(scope="module")
def desk_server(place: Path) -> Iterator[Server]:
    one = Server(place.parent, place, "--desk")
    one.start()
    yield one
    one.stop()


@pytest.fixture
def milan(place: Path) -> Path:
    """Milan, as it came."""
    return Path(shutil.copy(SCENARIOS / "milan.ipynb", place))


@pytest.fixture
def desk(visit: Visit, desk_server: Server, milan: Path) -> Open:
    """Open the desk in a fresh browser, and pick Milan."""

    def at(options: dict[str, Any] = LAPTOP) -> Page:
        page = visit(options).new_page()
        page.goto(desk_server.link)
        page.goto(f"{desk_server.origin}/dashboard/author")
        page.locator(".desk .title").wait_for(timeout=KERNEL)
        page.get_by_label("Welke casus?").select_option("milan.ipynb")
        expect(page.locator(".desk .title")).to_have_text(MILAN.scenario.title)
        return page

    return at


def place_of(path: Path, text: str) -> tuple[int, int]:
    """Return the cell and line of the first place where a notebook holds this text, both from 1."""
    source = notebook.read(path).source
    assert source is not None
    lines = ((c, n, line) for c, cell in enumerate(source.cells, 1) for n, line in enumerate(cell.text.split("\n"), 1))
    return next((c, n) for c, n, line in lines if text in line)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def finding(page: Page) -> Locator:
    return page.locator('.findings > li[data-slug="broken-link"]')


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=words("nl")(name), exact=True)


def scene(page: Page, name: str) -> Locator:
    return page.locator(f'a.scene[data-scene="{name}"]')


def test_an_author_saves_a_fault_sees_it_at_its_line_mends_it_and_sees_it_go(desk: Open, milan: Path) -> None:
    page = desk()
    expect(finding(page)).to_have_count(0)

    change(milan, SOUND, FAULTY)
    cell, line = place_of(milan, FAULTY)
    expect(finding(page)).to_contain_text(f"cel {cell}, regel {line}")
    expect(finding(page).locator("dd").nth(0)).to_contain_text(FAULTY)
    expect(finding(page).locator("dd").nth(1)).to_contain_text(SOUND)
    expect(scene(page, "het-kamertje")).to_have_attribute("aria-label", re.compile("1 opmerking$"))
    expect(page.locator(".way.loose")).to_have_count(1)

    button(page, "Use this line").click()
    expect(finding(page)).to_have_count(0)
    expect(page.locator(".way.loose")).to_have_count(0)
    assert FAULTY not in milan.read_text(encoding="utf-8")


def test_a_finding_is_played_up_to_where_it_shows(desk: Open, milan: Path) -> None:
    page = desk()
    document = json.loads(milan.read_text(encoding="utf-8"))
    promise = next(cell for cell in document["cells"] if cell["id"] == "de-belofte")
    promise["source"] = re.sub(r"\]\((#[^)]*)\)", r"](\1) `als vertrouwen >= 5`", "".join(promise["source"]))
    milan.write_text(json.dumps(document), encoding="utf-8")

    stuck = page.locator('.findings > li[data-slug="stuck"]')
    stuck.locator("summary").click()
    expect(stuck.locator(".told-road > li").last).to_have_text("De belofte")
    expect(stuck.locator(".decisions")).to_contain_text('decisions = ["het-kamertje/')
    stuck.get_by_role("button", name=words("nl")("Play up to here")).click()

    expect(page.locator(".guest h1")).to_have_text("De belofte")
    expect(page.locator(".guest .choice")).to_have_count(0)


def test_a_notebook_that_vanishes_is_a_remark_and_one_that_returns_is_a_case_again(desk: Open, milan: Path) -> None:
    page = desk()
    away = milan.rename(milan.with_suffix(".away"))

    expect(page.locator('.findings > li[data-slug="cannot-read"]')).to_be_visible()
    expect(page.locator(".chart")).to_have_count(0)
    away.rename(milan)
    expect(page.locator(".chart")).to_be_visible()
    expect(page.locator('.findings > li[data-slug="cannot-read"]')).to_have_count(0)


def test_a_scene_is_found_opened_and_played_with_the_keyboard_alone(desk: Open) -> None:
    page = desk()
    page.locator(".chart").focus()

    page.keyboard.press("Tab")
    assert is_focused(scene(page, "het-kamertje"))
    page.keyboard.press("ArrowRight")
    target = page.locator("a.scene:focus").get_attribute("data-scene")
    assert target in {choice.target for choice in MILAN.scenario.start.choices}
    page.keyboard.press("ArrowLeft")
    assert is_focused(scene(page, "het-kamertje"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    title = MILAN.scenario.scene(target or "").title
    assert is_focused(page.get_by_role("heading", name=title, exact=True))
    for _ in range(10):
        page.keyboard.press("Tab")
        if is_focused(button(page, "Play from here")):
            break
    page.keyboard.press("Enter")

    expect(page.locator(".guest h1")).to_have_text(title)
    assert is_focused(page.get_by_role("heading", name=words("nl")("Trying out"), exact=True))


def test_up_and_down_stay_in_a_column_of_the_map(desk: Open) -> None:
    page = desk()
    column = page.locator('a.scene[data-column="2"]')
    column.first.focus()

    page.keyboard.press("ArrowDown")

    assert is_focused(column.nth(1))
    page.keyboard.press("ArrowUp")
    assert is_focused(column.nth(0))


def test_trying_out_leaves_the_place_of_a_trainee_on_this_device_alone(desk: Open) -> None:
    page = desk()
    kept = {"casework:attempt:milan": "mine", "casework:read:milan": "3", "casework:place:milan": "De kraan"}
    stored = "() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('casework:')))"
    page.evaluate("kept => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value))", kept)

    scene(page, "de-kraan").click()
    button(page, "Play from here").click()
    page.locator(".guest .choice").first.click()
    page.locator(".guest section.card:has(> .story)").wait_for()
    during = page.evaluate(stored)
    button(page, "Stop trying out").click()
    expect(page.locator(".guest")).to_have_count(0)

    assert kept.items() <= during.items()
    assert page.evaluate(stored) == kept
    assert is_focused(button(page, "Play from here"))


def test_the_player_on_the_desk_goes_on_to_an_ending(desk: Open) -> None:
    page = desk()
    scene(page, "maandag").click()
    button(page, "Play from here").click()

    page.locator(".guest .choice").last.click()
    page.locator(".guest").get_by_role("button", name="Verder").click()

    expect(page.locator(".guest .path")).to_be_visible()
    assert page.title().startswith("Maken en nakijken")


def test_a_rule_s_road_is_played_from_the_table(desk: Open) -> None:
    page = desk()
    page.locator("[data-part='figures'] details summary").last.click()

    button(page, "Play a road that breaks it").first.click()

    expect(page.locator(".guest .path")).to_be_visible()


def test_the_desk_speaks_english_when_asked(desk: Open, milan: Path) -> None:
    page = desk()
    change(milan, SOUND, FAULTY)

    page.get_by_label("Taal van dit bureau").select_option("en")

    cell, line = place_of(milan, FAULTY)
    expect(finding(page)).to_contain_text(f"cell {cell}, line {line}")
    expect(page.get_by_role("button", name="Use this line")).to_be_visible()
    expect(page.get_by_label("Language of this desk")).to_have_value("en")


def test_nothing_on_the_desk_is_in_anybodys_way(desk: Open, milan: Path) -> None:
    page = desk(PHONE | {"is_mobile": False})
    scene(page, "de-kraan").click()
    assert list(tour.everything(page, "map")) == []
    for folded in page.locator(".desk details > summary").all():
        folded.click()
    assert list(tour.everything(page, "all unfolded")) == []
    button(page, "Play from here").click()
    page.locator(".guest h1").wait_for()
    assert list(tour.everything(page, "trying out")) == []

    change(milan, SOUND, FAULTY)
    finding(page).wait_for()

    assert list(tour.everything(page, "faulty")) == []
