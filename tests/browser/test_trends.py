"""The official figures on a phone, a projector and paper: to be read by everyone, and nothing from elsewhere."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import tour
from tests.browser.conftest import guarded
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR
from tests.browser.server import Server
from tests.browser.waiting import until

from casework.analytics.questions import Topic
from casework.analytics.trends import answers

MOST_PAGES = 4
SIZES = {"phone": (PHONE["viewport"], "narrow", 13), "projector": (PROJECTOR["viewport"], "broad", 24)}
# Letters are drawn in the drawing's own pixels; on the page they are as large as the drawing is stretched.
LETTERS = """svg => {
  const stretched = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const sizes = [...svg.querySelectorAll("text")].map((one) => parseFloat(getComputedStyle(one).fontSize));
  return Math.min(...sizes) * stretched;
}"""
# What sticks out of its card cannot be read on paper, and lies over other text on a phone.
OUTSIDE = """svg => {
  const card = svg.closest(".drawn").getBoundingClientRect();
  const sticks = ({ left, right, top, bottom }) =>
    left < card.left || right > card.right || top < card.top || bottom > card.bottom;
  const texts = [...svg.querySelectorAll("text")].filter((one) => sticks(one.getBoundingClientRect()));
  return texts.map((one) => one.textContent);
}"""
# Two texts that lie over each other are two texts that nobody can read.
OVER = """svg => {
  const texts = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
  const isBeside = (one, other) => one.left > other.right - 1 || other.left > one.right - 1;
  const isBelow = (one, other) => one.top > other.bottom - 5 || other.top > one.bottom - 5;
  const pairs = texts.flatMap((one, at) => texts.slice(at + 1).map((other) => [one, other]));
  const bad = pairs.filter(([[, one], [, other]]) => !isBeside(one, other) && !isBelow(one, other));
  return bad.map(([[one], [other]]) => `${one} / ${other}`);
}"""


@pytest.fixture(scope="module")
def figures(browser: Browser, server: Server) -> Iterator[Page]:
    """The page in Dutch, opened once; its guard speaks after the last test."""
    with guarded(browser, LAPTOP) as context:
        page = context.new_page()
        show(page, server, "nl")
        yield page


@pytest.fixture
def page(figures: Page) -> Iterator[Page]:
    yield figures
    figures.set_viewport_size(LAPTOP["viewport"])
    figures.emulate_media(media="null", color_scheme="null", forced_colors="null")


def show(page: Page, server: Server, language: str) -> None:
    page.goto(f"{server.origin}/dashboard/trends/{language}", wait_until="load", timeout=KERNEL)
    expect(page.locator(".question")).to_have_count(len(Topic), timeout=KERNEL)


def test_each_question_of_the_page_is_answered_in_its_order(page: Page) -> None:
    assert page.locator(".question h2").all_inner_texts() == [answer.title for answer in answers("nl")]
    expect(page).to_have_title("Wat de cijfers zeggen · casework")
    expect(page.locator("h1")).to_contain_text("Wat de cijfers zeggen")


@pytest.mark.parametrize("name", SIZES)
def test_one_drawing_of_each_chart_is_seen_and_can_be_read(page: Page, name: str) -> None:
    viewport, drawing, least = SIZES[name]
    page.set_viewport_size(viewport)

    seen = page.locator(".drawn svg").locator("visible=true")
    expect(seen).to_have_count(len(Topic) - 1)
    for one in seen.all():
        assert drawing in (one.get_attribute("class") or "")
        assert one.evaluate(LETTERS) >= least
        assert one.evaluate(OUTSIDE) == []
        assert one.evaluate(OVER) == []


def test_a_chart_fits_the_projector_with_its_title(page: Page) -> None:
    page.set_viewport_size(PROJECTOR["viewport"])

    for card in page.locator(".drawn").all():
        box = card.bounding_box()
        assert box is not None
        assert box["height"] <= PROJECTOR["viewport"]["height"] - 80


def test_all_that_stands_beside_a_chart_can_be_read_from_the_last_row(page: Page) -> None:
    page.set_viewport_size(PROJECTOR["viewport"])
    size = "element => parseFloat(getComputedStyle(element).fontSize)"

    texts = page.locator(".question :is(p, li, td, th, h3, summary, figcaption)").locator("visible=true")

    assert min(text.evaluate(size) for text in texts.all()) >= 18


def test_nothing_on_the_page_is_in_anybodys_way(page: Page) -> None:
    for folded in page.locator(".question details summary").all():
        folded.click()

    assert list(tour.everything(page, "trends")) == []
    page.locator(".bar .button").click()
    assert list(tour.everything(page, "help on trends")) == []
    page.keyboard.press("Escape")


def test_a_table_opens_from_the_keyboard(page: Page) -> None:
    folded = page.locator("#reporters details").first
    is_open = folded.evaluate("element => element.open")

    folded.locator("summary").focus()
    page.keyboard.press("Enter")

    assert folded.evaluate("element => element.open") is not is_open


def test_paper_has_every_chart_table_and_source(page: Page) -> None:
    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= MOST_PAGES
    expect(page.locator(".drawn .broad").locator("visible=true")).to_have_count(len(Topic) - 1)
    expect(page.locator(".question table").locator("visible=true")).to_have_count(len(Topic) - 1)
    expect(page.locator(".question .origins").locator("visible=true")).to_have_count(len(Topic))
    pressable = page.locator("button, select, .bar, .exit, .screen").locator("visible=true")
    assert [one.evaluate("element => element.outerHTML") for one in pressable.all()] == []
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def test_bars_keep_a_colour_when_the_reader_brings_the_colours(page: Page) -> None:
    fills = """() => [...document.querySelectorAll(".drawn .broad path[fill^='var(--counted']")]
      .map((one) => getComputedStyle(one).fill)"""
    page.emulate_media(forced_colors="active")

    found = page.evaluate(fills)

    assert found
    assert set(found) != {"none"}


def test_the_page_can_be_had_in_english_and_back(browser: Browser, server: Server) -> None:
    with guarded(browser, PHONE) as context:
        page = context.new_page()
        show(page, server, "nl")

        page.get_by_role("link", name="This page in English").tap()

        expect(page.locator(".question")).to_have_count(len(Topic), timeout=KERNEL)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.locator(".question h2").all_inner_texts() == [answer.title for answer in answers("en")]
        assert "Wat de cijfers zeggen" not in page.content()
        expect(page.get_by_role("link", name="Deze pagina in het Nederlands")).to_be_visible()


def test_a_page_that_only_shows_keeps_no_kernel(server: Server) -> None:
    before = set(server.kernels())

    answer = server.get("/dashboard/trends/nl")

    assert answer.status == 200
    assert "spent" not in answer.body
    until(lambda: set(server.kernels()) <= before, "the kernel of the figures is gone")
