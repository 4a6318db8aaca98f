"""The debrief on paper: what a trainee takes home from a workshop."""

import re

from playwright.sync_api import expect
from tests.browser import roads
from tests.browser.stage import Stage

from casework.scenario.model import Ending

NAME = "leo"
MOST_PAGES = 4


def test_the_longest_debrief_is_one_to_four_pages(stage: Stage) -> None:
    stage.show(roads.longest(NAME))

    paper = stage.page.pdf(prefer_css_page_size=True)

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= MOST_PAGES


def test_paper_has_the_path_and_the_rules_and_nothing_that_can_be_pressed(stage: Stage) -> None:
    there = roads.endings(NAME)[Ending.HARM]
    stage.show(there)
    pressable = stage.page.locator("button, select, input, .bar, .exit, .verdict summary")

    stage.page.emulate_media(media="print")
    stage.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")

    expect(stage.page.locator(".path tbody tr:visible")).to_have_count(len(there.decisions))
    assert stage.page.locator(".verdict:visible").count() > 0
    assert [one.evaluate("element => element.outerHTML") for one in pressable.locator("visible=true").all()] == []
    assert stage.page.evaluate(
        "() => [...document.querySelectorAll('.verdict details > p')].every(p => p.offsetHeight)"
    )
    stage.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert stage.page.locator("details[open]").count() == 0
