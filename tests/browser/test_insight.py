"""Insight on a phone, a projector and paper: for who leads a group, by thumb and by keyboard, and nobody else's."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.benchmarks import many
from tests.browser import tour
from tests.browser.conftest import Visit
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR, is_focused
from tests.browser.server import Server
from tests.browser.test_trends import LETTERS, OUTSIDE
from tests.cases import boards, some

from casework.analytics.insight import Part

MOST_PAGES = 6
Open = Callable[..., Page]


def alone(folder: Path) -> Server:
    """Return a server whose only dashboard is this one."""
    cases, pages = some(folder / "scenarios", "ana", "milan", "milan.en"), boards(folder / "dashboards", "insight")
    return Server(folder, cases, "--dashboards", str(pages))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on whose store many have played."""
    one = alone(tmp_path_factory.mktemp("insight"))
    many.fill(str(one.store), 12_000, seed=3, names=("milan", "ana"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A server on whose store nobody has played."""
    one = alone(tmp_path)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def insight(visit: Visit, crowded: Server) -> Open:
    """Open insight in a fresh browser of who leads a group."""

    def at(options: dict[str, Any] = LAPTOP, language: str = "nl", of: Server = crowded) -> Page:
        page = visit(options).new_page()
        page.set_default_navigation_timeout(KERNEL)
        page.goto(of.link)
        page.goto(f"{of.origin}/dashboard/insight/{language}")
        ready(page)
        return page

    return at


def ready(page: Page) -> None:
    page.locator(".insight[data-ready]:not([data-waits])").wait_for(timeout=KERNEL)


def go(page: Page, part: str) -> None:
    page.locator(f'.insight [data-key="part-{part}"]').click()
    expect(page.locator(f'.insight [data-key="part-{part}"]')).to_have_attribute("aria-current", "true", timeout=KERNEL)
    ready(page)


def test_a_trainee_is_asked_for_the_token_and_sees_nothing(visit: Visit, crowded: Server) -> None:
    page = visit(PHONE, "403").new_page()

    page.goto(f"{crowded.origin}/dashboard/insight/nl")

    expect(page.locator('input[name="token"]')).to_be_visible()
    assert "Wegen" not in page.content()
    page.goto(f"{crowded.origin}/nl")
    expect(page.get_by_role("link", name="Wat groepen leren")).to_have_count(0)


def test_the_catalogue_of_who_leads_has_it(visit: Visit, crowded: Server) -> None:
    page = visit(LAPTOP).new_page()
    page.goto(crowded.link)
    page.goto(f"{crowded.origin}/nl")

    page.get_by_role("link", name="Wat groepen leren").click(timeout=KERNEL)

    ready(page)
    expect(page.get_by_role("heading", name="Welke wegen namen mensen?")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_part_is_in_anybodys_way(insight: Open, language: str) -> None:
    page = insight(PHONE | {"is_mobile": False}, language)
    found = []
    for part in Part:
        go(page, part)
        # Nobody in this crowd was asked what they know: that part has a sentence, and no table.
        if part is not Part.KNOWLEDGE:
            page.locator(".question details summary").first.click()
        # The same parts in other words: in the second language for their length, at the smallest size.
        walk = tour.everything(page, part) if language == "nl" else tour.fits(page, f"{part} en", tour.ONE_SIZE)
        found.extend(walk)

    assert found == []


@pytest.mark.parametrize(("options", "least"), [(PHONE, 12.5), (PROJECTOR, 20)])
def test_letters_in_charts_can_be_read_and_none_sticks_out(
    insight: Open, options: dict[str, Any], least: float
) -> None:
    page = insight(options)
    for part in Part:
        go(page, part)
        for chart in page.locator(".drawn svg:visible").all():
            assert chart.evaluate(LETTERS) >= least
            assert chart.evaluate(OUTSIDE) == []


def test_the_keyboard_alone_chooses_a_case_a_part_and_a_month(insight: Open) -> None:
    page = insight()
    part = page.locator('[data-key="part-choices"]')

    part.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat kozen mensen?")).to_be_visible(timeout=KERNEL)
    assert is_focused(part)
    since = page.get_by_label("Vanaf")
    before = page.locator(".question").inner_text()
    since.focus()
    page.keyboard.press("End")
    expect(page.locator(".question")).not_to_have_text(before, timeout=KERNEL)
    ready(page)
    assert is_focused(since)


def test_a_workshop_can_be_ticked_and_is_remembered(insight: Open) -> None:
    page = insight(PHONE)
    go(page, "votes")
    page.get_by_text("Welke bijeenkomsten?").first.tap()
    one = page.locator(".insight fieldset input").nth(1)
    one.check()
    ready(page)
    page.reload()
    ready(page)

    expect(page.locator('[data-key="part-votes"]')).to_have_attribute("aria-current", "true", timeout=KERNEL)
    expect(page.locator(".insight fieldset input").nth(1)).to_be_checked()


def test_a_table_comes_out_as_a_file_with_the_cells_of_the_screen(insight: Open) -> None:
    page = insight()
    go(page, "steps")
    page.locator(".question details summary").nth(1).click()

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar als tabel (CSV)").locator("visible=true").click()

    text = Path(waiting.value.path()).read_text("utf-8-sig")
    table = list(csv.reader(text.splitlines()))
    shown = page.locator(".question").nth(1).locator("tbody tr")
    assert waiting.value.suggested_filename == f"casework-{page.get_by_label('Welke casus?').input_value()}-rules.csv"
    assert len(table) == shown.count() + 1
    plain = [[cell.replace(".", "") for cell in row.locator("th, td").all_inner_texts()] for row in shown.all()]
    assert [[cell.replace(".", "") for cell in row] for row in table[1:]] == plain


def test_paper_has_the_chart_and_its_table_and_nothing_to_press(insight: Open) -> None:
    page = insight()
    go(page, "signals")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(page.locator(".question table").first).to_be_visible()
    expect(page.locator(".drawn svg:visible")).not_to_have_count(0)
    pressable = page.locator("button, input, .bar, .exit, .screen").locator("visible=true")
    assert [one.evaluate("element => element.outerHTML") for one in pressable.all()] == []
    paper = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= MOST_PAGES


def test_a_chart_that_fits_no_sheet_leaves_its_place_to_its_table(insight: Open) -> None:
    page = insight()
    go(page, "choices")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(page.locator(".drawn svg:visible")).to_have_count(0)
    expect(page.locator(".question table")).to_be_visible()


def test_an_empty_store_says_in_words_that_there_is_nothing_yet(empty: Server, insight: Open) -> None:
    page = insight(PHONE, "en", empty)

    expect(page.get_by_text(re.compile("^Fewer than five people"))).not_to_have_count(0)
    expect(page.locator(".drawn")).to_have_count(0)
