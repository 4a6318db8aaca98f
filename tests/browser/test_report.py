"""The report of a session in a real browser: no barrier, no sideways scrolling, and a few sheets of paper."""

import re

import pytest
from playwright.sync_api import Browser
from tests.browser.measure import barriers, sideways
from tests.export.evening import page as written

MOST_PAGES = 6


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(browser: Browser, language: str) -> None:
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(written(language))

        assert barriers(page) == []
        assert sideways(page) == []
        page.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_prints_on_a_few_pages(browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.set_content(written(language))

    paper = page.pdf(prefer_css_page_size=True)

    page.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= MOST_PAGES
