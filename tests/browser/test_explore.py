"""Exploring a chart: fetched when it is asked for, from here alone, by thumb and by keyboard; the drawing stays."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import guarded
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR
from tests.browser.server import Server

from casework.analytics.bars import Chart
from casework.analytics.trends import answers

VEGA = re.compile(r"/vega\.[0-9a-f]+\.js$")
NARROW = {"viewport": {"width": 320, "height": 640}}


def chart() -> Chart:
    return next(answer.chart for answer in answers("nl") if answer.chart and answer.chart.has_years)


@contextmanager
def opened(browser: Browser, server: Server, options: dict, *forgiven: str) -> Iterator[Page]:
    """The figures in Dutch, in a fresh browser."""
    with guarded(browser, options, forgiven) as context:
        page = context.new_page()
        page.goto(f"{server.origin}/dashboard/trends/nl", timeout=KERNEL)
        yield page


def explore(page: Page) -> None:
    page.get_by_role("button", name="Verken deze grafiek").click()
    expect(page.locator(".explored svg")).to_be_visible(timeout=KERNEL)


def test_vega_is_fetched_once_and_only_by_who_explores(browser: Browser, server: Server) -> None:
    asked: list[str] = []
    with opened(browser, server, LAPTOP) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.reload(timeout=KERNEL)
        expect(page.get_by_role("button", name="Verken deze grafiek")).to_be_visible()
        before = [address for address in asked if VEGA.search(address)]

        explore(page)
        page.get_by_role("button", name="Sluiten", exact=True).first.click()
        expect(page.locator(".explored svg")).to_be_hidden()
        explore(page)

    assert before == []
    assert len([address for address in asked if VEGA.search(address)]) == 1


def test_every_year_is_reached_from_the_keyboard_and_says_its_number(browser: Browser, server: Server) -> None:
    with opened(browser, server, LAPTOP) as page:
        opener = page.get_by_role("button", name="Verken deze grafiek")
        opener.focus()
        page.keyboard.press("Enter")
        slider = page.get_by_role("slider", name="Jaar")
        expect(slider).to_be_visible(timeout=KERNEL)
        page.keyboard.press("Tab")
        expect(slider).to_be_focused()

        for bar in reversed(tuple(chart().bars)):
            expect(page.locator(".explore output")).to_contain_text(f"{bar.label}: {bar.told}.")
            expect(page.locator(".explored svg text").filter(has_text=bar.end)).not_to_have_count(0)
            page.keyboard.press("ArrowLeft")


def test_a_bar_that_is_pressed_says_its_number_and_the_axis_has_dutch_numbers(browser: Browser, server: Server) -> None:
    with opened(browser, server, PHONE) as page:
        explore(page)
        bars = page.locator(".explored svg .mark-rect path")
        first = next(iter(chart().bars))

        bars.first.tap(force=True)

        expect(page.locator(".explore output")).to_contain_text(f"{first.label}: {first.told}.")
        assert "1.000" in page.locator(".explored svg text").all_text_contents()


@pytest.mark.parametrize("options", [PHONE, NARROW, PROJECTOR], ids=["phone", "320", "projector"])
def test_it_fits_its_window_and_is_in_nobodys_way(browser: Browser, server: Server, options: dict) -> None:
    with opened(browser, server, options) as page:
        explore(page)

        assert sideways(page) == []
        assert small(page) == []
        assert barriers(page) == []
        # The drawing stays for whoever was looking at it.
        expect(page.locator("#registered .drawn > svg").locator("visible=true")).to_have_count(1)


def test_where_it_cannot_be_fetched_a_sentence_says_so_and_it_can_be_tried_again(
    browser: Browser, server: Server
) -> None:
    with opened(browser, server, LAPTOP, "Failed to load resource", "net::ERR") as page:
        page.route(VEGA, lambda route: route.abort())
        page.get_by_role("button", name="Verken deze grafiek").click()

        expect(page.get_by_role("alert")).to_contain_text("Dit lukt nu niet")
        expect(page.locator("#registered .drawn > svg").locator("visible=true")).to_have_count(1)


def test_paper_has_no_button_of_it(browser: Browser, server: Server) -> None:
    with opened(browser, server, LAPTOP) as page:
        explore(page)
        page.emulate_media(media="print")

        expect(page.locator(".explore")).to_be_hidden()
