"""Devices that sleep in the middle of a vote, or whose clock is wrong: the tally is right, and every screen is."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.line import Line
from tests.browser.screen import PHONE, PROJECTOR
from tests.browser.server import HOST, Server
from tests.browser.workshop import Handset, begin, rounds
from tests.room.evening import Evening

from casework import room, session
from casework.play.attempt import offered
from casework.play.workshop import Act
from casework.widgets.phone import HEADINGS
from casework.words import words

NAME = "leo"
LOST = ("WebSocket connection to", "ERR_CONNECTION", "Failed to load resource")
NAP, OFF = 600_000, dt.timedelta(days=2, hours=5)  # milliseconds; a phone from another time
WAKES = "() => document.dispatchEvent(new Event('visibilitychange'))"
FIRST = [choice.id for choice in offered(roads.scenario(NAME), roads.start(NAME))]
say = words("nl")


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    one = Line(server.port)
    yield one
    one.close()


@pytest.fixture
def evening(server: Server) -> Iterator[Evening]:
    """A session in which a question is open, and one phone without a browser has voted."""
    with closing(server.opened()) as store:
        one = begin(server, store, NAME)
        one.press(Act.ASK)
        one.join("early", "late")
        one.vote("early", FIRST[0])
        yield one


def dozing(visit: Visit, options: dict[str, object]) -> Page:
    """Return a page whose clock can be put forward, as it is after a sleep."""
    page = visit(options, *LOST).new_page()
    page.clock.install()
    return page


def sleep(page: Page, line: Line) -> None:
    """Let a device sleep on its line: nothing comes through any more, and nobody says so."""
    line.sever()
    page.clock.fast_forward(NAP)


@pytest.fixture
def phone(visit: Visit, line: Line, evening: Evening) -> Handset:
    """A phone in the room that may sleep."""
    one = Handset(dozing(visit, PHONE), f"http://{HOST}:{line.port}", "nl")
    one.join(evening.card.code)
    return one


def test_a_phone_that_slept_through_the_close_of_a_vote_is_told_so_and_its_vote_counts_once(
    phone: Handset, server: Server, line: Line, evening: Evening
) -> None:
    phone.vote(1)

    sleep(phone.page, line)
    evening.vote("late", FIRST[0])
    evening.press(Act.CLOSE)
    phone.page.evaluate(WAKES)

    phone.sees(say(HEADINGS[evening.workshop.phase]))
    expect(phone.news).to_be_empty()
    assert sorted(choice for _, choice, _ in rounds(server, evening.id)[1]) == sorted([FIRST[0], FIRST[0], FIRST[1]])


def test_a_phone_that_fell_asleep_before_it_sent_its_vote_sends_it_when_it_wakes(
    phone: Handset, server: Server, line: Line, evening: Evening
) -> None:
    phone.choose(1)

    line.sever()
    phone.press(phone.words["send"])
    sleep(phone.page, line)
    phone.page.evaluate(WAKES)

    phone.sees(phone.words["voted"])
    assert sorted(number for _, _, number in rounds(server, evening.id)[1]) == [1, 1]


def test_a_facilitator_whose_laptop_slept_finds_the_votes_that_came_and_goes_on(
    visit: Visit, server: Server, line: Line, evening: Evening
) -> None:
    stage = dozing(visit, PROJECTOR)
    origin = f"http://{HOST}:{line.port}"
    stage.goto(server.link.replace(server.origin, origin))
    notes = stage.context.new_page()
    notes.clock.install()
    for page, name in ((stage, "stage"), (notes, "notes")):
        page.goto(f"{origin}/{name}/{evening.id}")
        expect(page.locator("[data-count=voted]").first).to_have_text("1")

    sleep(stage, line)
    sleep(notes, line)
    evening.vote("late", FIRST[1])
    for page in (stage, notes):
        page.evaluate(WAKES)

    for page in (stage, notes):
        expect(page.locator("[data-count=voted]").first).to_have_text("2")
        expect(page.locator("[role=alert]").first).to_be_empty()
    notes.locator('[data-key="next"]').click()
    expect(stage.locator("div.stage")).to_have_attribute("data-screen", "votes")


@pytest.mark.parametrize("off", [OFF, -OFF])
def test_a_phone_with_a_wrong_clock_shows_the_time_that_is_left_and_votes_in_time(
    visit: Visit, server: Server, evening: Evening, off: dt.timedelta
) -> None:
    page = visit(PHONE).new_page()
    page.clock.install(time=dt.datetime.now(dt.UTC) + off)
    phone = Handset(page, server.origin, "nl")
    phone.join(evening.card.code)

    room.set_clock(evening.store, evening.scenario, evening.id, evening.workshop.number + 1, 240)

    expect(page.get_by_role("timer")).to_contain_text("3:5")
    phone.vote(0)
    assert len(rounds(server, evening.id)[1]) == 2
    assert session.now()[:13] in max(event.at for event in evening.store.sessions.events(evening.id))
