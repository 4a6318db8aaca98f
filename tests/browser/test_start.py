"""The start page and workshops: what is going on, the way in for phones, and the way out for who leads a group."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import LAPTOP, PHONE
from tests.browser.server import Server
from tests.browser.waiting import until
from tests.browser.workshop import begin
from tests.room.evening import Evening

from casework.play.workshop import Act, Phase
from casework.words import words

FORBIDDEN = "403"


@pytest.fixture(params=["nl", "en"])
def evening(request: pytest.FixtureRequest, server: Server) -> Iterator[Evening]:
    """A session that is open in the store of the server, in either language."""
    with closing(server.opened()) as store:
        one = begin(server, store, "milan" if request.param == "nl" else "milan.en")
        yield one
        if one.workshop.phase is not Phase.ENDED:
            one.press(Act.END)


def shows(page: Page, server: Server, language: str, part: Locator) -> bool:
    """Load the start page; return whether this is on it."""
    page.goto(f"{server.origin}/{language}")
    return part.count() == 1


def test_who_leads_a_group_finds_each_open_workshop_and_signs_out(
    visit: Visit, server: Server, evening: Evening
) -> None:
    language, code = evening.card.language, evening.card.code
    say, page = words(language), visit(LAPTOP, FORBIDDEN).new_page()
    page.goto(server.link)
    row = page.locator("#casework-going-on ~ ul > li").filter(has_text=f"{code[:3]} {code[3:]}")

    # What is going on is looked up every two seconds, for all who ask.
    until(lambda: shows(page, server, language, row), "the open workshop")
    assert barriers(page) == []
    row.get_by_role("link", name=say("Notes")).click()
    expect(page.locator(".notes h1")).to_have_text(evening.scenario.start.title)
    page.get_by_text(say("More"), exact=True).click()
    page.get_by_role("button", name=say("Sign out")).click()

    page.wait_for_url(f"{server.origin}/{language}")
    expect(page.locator("#casework-going-on")).to_have_count(0)
    page.goto(f"{server.origin}/notes/{evening.id}")
    expect(page.locator("#casework-token")).to_be_visible()


def test_whoever_only_plays_is_told_that_a_workshop_is_going_on_and_types_its_code(
    visit: Visit, server: Server, evening: Evening
) -> None:
    language = evening.card.language
    page = visit(PHONE).new_page()
    sentence = words(language)("A workshop is going on now. Are you in the room? Then type the six letters.")
    until(lambda: shows(page, server, language, page.get_by_text(sentence)), sentence)
    text = page.locator("main").inner_text()

    assert evening.card.code[:3] not in text
    assert sideways(page) == []
    assert small(page) == []
    page.locator("#casework-code").fill(f" {evening.card.code.lower()} ")
    page.locator("#casework-code").press("Enter")

    expect(page.locator("main h1")).to_have_text(words(language)("You are in"))


def test_a_phone_that_follows_the_code_loads_its_page_once_in_the_language_of_the_case(
    visit: Visit, server: Server, evening: Evening
) -> None:
    stage = visit(LAPTOP).new_page()
    stage.goto(server.link)
    stage.goto(f"{server.origin}/stage/{evening.id}")
    expect(stage.locator(".door")).to_be_visible()
    link = stage.evaluate("JSON.parse(document.getElementById('casework-page').textContent).door.link")
    page, loaded = visit(PHONE).new_page(), []
    page.on("request", lambda request: loaded.append(request.url) if request.is_navigation_request() else None)

    page.goto(link)

    expect(page.locator("main h1")).to_have_text(words(evening.card.language)("You are in"))
    assert loaded == [link]
    evening.press(Act.END)
    late = visit(PHONE).new_page()
    late.goto(f"{server.origin}/join/{evening.card.code}")
    expect(late.locator("main h1")).to_have_text(words(evening.card.language)("This session is over"))
    assert re.match(evening.card.language, str(late.locator("html").get_attribute("lang")))
