"""A full house: a friendly page that lets people in by turns, and seats that come free by themselves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.screen import PHONE, Screen
from tests.browser.server import Server
from tests.browser.waiting import until
from tests.cases import some

from casework.widgets.vocabulary import vocabulary
from casework.words import words

FULL = "503"  # a browser says so in its console


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Server]:
    """A server with one seat."""
    server = Server(tmp_path, some(tmp_path / "scenarios", "leo", "leo.en"), "--seats", "1")
    server.start()
    yield server
    server.stop()


def arrive(visit: Visit, server: Server, name: str = "leo") -> Page:
    page = visit(PHONE, FULL).new_page()
    page.goto(f"{server.origin}/case/{name}", wait_until="commit")
    return page


def seated(visit: Visit, server: Server) -> Screen:
    screen = Screen(visit(PHONE).new_page(), server, "leo")
    screen.open()
    return screen


@pytest.mark.parametrize(("name", "language"), [("leo", "nl"), ("leo.en", "en")])
def test_who_comes_when_it_is_full_is_told_so_and_goes_in_when_the_seat_is_free(
    small: Server, visit: Visit, name: str, language: str
) -> None:
    first = seated(visit, small)
    say, known = words(language), vocabulary(language, "/en")

    waiting = arrive(visit, small, name)

    expect(waiting.get_by_role("heading", level=1)).to_have_text(known["full_title"])
    expect(waiting.get_by_role("status")).to_have_text(say("You are next."))
    expect(waiting.get_by_role("button", name=known["help"])).to_be_visible()
    assert Axe().run(waiting).violations_count == 0
    first.page.close()
    expect(waiting.locator(".button.large")).to_be_enabled(timeout=30_000)
    until(lambda: len(small.kernels()) == 1, "one kernel for one seat")


def test_two_who_wait_come_in_by_turns_and_nobody_overtakes_them(small: Server, visit: Visit) -> None:
    first = seated(visit, small)
    second, third = arrive(visit, small), arrive(visit, small)
    say = words("nl")
    expect(second.get_by_role("status")).to_have_text(say("You are next."))
    expect(third.get_by_role("status")).to_have_text(
        say.plural("{count} person is before you.", "{count} people are before you.", 1)
    )

    first.page.close()

    expect(second.locator(".button.large")).to_be_enabled(timeout=30_000)
    expect(third.get_by_role("status")).to_have_text(say("You are next."), timeout=30_000)


def test_a_waiting_page_without_network_says_so_and_goes_on_when_it_is_back(small: Server, visit: Visit) -> None:
    seated(visit, small)
    waiting = visit(PHONE, FULL, "ERR_INTERNET_DISCONNECTED").new_page()
    waiting.goto(f"{small.origin}/case/leo", wait_until="load")
    told = waiting.get_by_text(re.compile(re.escape(vocabulary("nl", "")["offline"][:20])))

    waiting.context.set_offline(True)
    expect(told).to_be_visible()
    waiting.context.set_offline(False)

    expect(told).to_be_hidden()
