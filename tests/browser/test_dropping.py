"""A line that drops and returns: the page tells it, is back within three seconds, and no tap is lost or made twice."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import Browser, expect
from tests.browser import roads
from tests.browser.conftest import guarded
from tests.browser.line import Line
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import HOST, Server
from tests.browser.waiting import until
from tests.serve.forking.kernels import template

from casework.play.attempt import Attempt, Decision, decide, offered, replay
from casework.scenario.model import ChoiceId

NAME = "leo"
CUT = (r"ERR_(INTERNET|CONNECTION|EMPTY_RESPONSE|INCOMPLETE|NETWORK|SOCKET|ADDRESS|TIMED)\w*", "WebSocket connection")
BACK = 3.0  # seconds from the return of the network
SHORT, LONG = 5.0, 100.0  # seconds of silence
DEAF = 12_000  # ms: a page that hears nothing for ten seconds while it is on its way is loaded once more
NOTICED = 20_000  # ms: a line that is dead without saying so is found out after eight to eleven seconds


@pytest.fixture(scope="module")
def line(server: Server) -> Iterator[Line]:
    one = Line(server.port)
    yield one
    one.close()


@pytest.fixture(scope="module")
def seat(browser: Browser, server: Server, line: Line) -> Iterator[Screen]:
    """A trainee behind a line that drops, past the cover; the page's clock can be put forward."""
    with guarded(browser, LAPTOP, CUT) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"http://{HOST}:{line.port}/case/{NAME}", wait_until="commit")
        screen = Screen(page, server, NAME)
        screen.ready()
        screen.begin()
        yield screen


@pytest.fixture
def there(seat: Screen, line: Line) -> Attempt:
    """Where the trainee stands, with choices on offer."""
    line.mend()
    expect(seat.alert).to_have_count(0)
    if seat.card.is_visible():
        seat.go_on()
    attempt = stored(seat)
    if len(offered(roads.scenario(NAME), attempt)) < 2:
        seat.start_over()
        attempt = roads.start(NAME)
    seat.is_at(attempt)
    return attempt


def stored(screen: Screen) -> Attempt:
    made = screen.server.road(screen.attempt) if screen.attempt else ()
    return replay(roads.scenario(NAME), "", [Decision(number, choice) for number, choice in enumerate(made, 1)])


def back() -> float:
    """Return how soon a page is back; a machine with more to do than it has cores takes longer for everything."""
    return BACK * (max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0)


def first(attempt: Attempt) -> ChoiceId:
    return offered(roads.scenario(NAME), attempt)[0].id


def after(attempt: Attempt) -> Attempt:
    return decide(roads.scenario(NAME), attempt, first(attempt))


def seconds(screen: Screen, attempt: Attempt) -> float:
    """Return how long it takes from now until the consequence of a choice is on screen."""
    begun = time.monotonic()
    until(screen.card.is_visible, "the consequence is on screen", 30)
    taken = time.monotonic() - begun
    screen.tells(attempt)
    return taken


def made(screen: Screen) -> tuple[ChoiceId, ...]:
    return screen.server.road(screen.attempt)


def road(attempt: Attempt) -> tuple[ChoiceId, ...]:
    return tuple(decision.choice for decision in attempt.decisions)


def test_after_five_seconds_without_a_line_the_page_is_back_within_three(
    seat: Screen, line: Line, there: Attempt
) -> None:
    line.cut()
    expect(seat.alert).to_contain_text(seat.words["offline"])
    seat.choice(first(there)).click()
    seat.page.wait_for_timeout(SHORT * 1000)
    assert made(seat) == road(there)
    line.mend()

    assert seconds(seat, after(there)) < back()
    expect(seat.alert).to_have_count(0)
    assert made(seat) == road(after(there))
    seat.go_on()


def test_a_tap_into_a_line_that_swallows_everything_for_five_seconds_is_made_once(
    seat: Screen, line: Line, there: Attempt
) -> None:
    line.hold()
    seat.choice(first(there)).click()
    expect(seat.page.locator(".news [role=status]")).to_contain_text(seat.words["slow"])
    seat.page.wait_for_timeout(SHORT * 1000)
    line.mend()

    assert seconds(seat, after(there)) < back()
    assert made(seat) == road(after(there))
    seat.go_on()


def test_a_line_that_swallows_everything_is_found_out_and_told(seat: Screen, line: Line, there: Attempt) -> None:
    line.hold()
    expect(seat.alert).to_contain_text(seat.words["offline"], timeout=NOTICED)
    seat.choice(first(there)).click()
    line.mend()

    assert seconds(seat, after(there)) < back()
    expect(seat.alert).to_have_count(0)
    assert made(seat) == road(after(there))
    seat.go_on()


def test_after_a_hundred_seconds_without_a_line_the_page_is_back_within_three(
    seat: Screen, line: Line, there: Attempt
) -> None:
    line.cut()
    expect(seat.alert).to_contain_text(seat.words["offline"])
    seat.choice(first(there)).click()
    for _ in range(20):
        seat.page.clock.run_for(LONG * 1000 / 20)
    expect(seat.alert).to_contain_text(seat.words["offline"])
    line.mend()

    assert seconds(seat, after(there)) < back()
    expect(seat.alert).to_have_count(0)
    assert made(seat) == road(after(there))
    seat.go_on()


def test_a_device_that_slept_on_a_dead_line_is_back_within_three_seconds_of_waking(
    seat: Screen, line: Line, there: Attempt
) -> None:
    kept = len(line.writers)
    line.sever()
    seat.page.clock.fast_forward(LONG * 1000)
    seat.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    seat.choice(first(there)).click()

    assert kept
    assert seconds(seat, after(there)) < back()
    assert made(seat) == road(after(there))
    seat.go_on()


def test_a_page_that_was_cut_before_its_story_had_begun_begins_anew(
    server: Server, line: Line, browser: Browser
) -> None:
    line.mend()
    with guarded(browser, LAPTOP, CUT) as context:
        screen = Screen(context.new_page(), server, NAME)
        screen.page.clock.install()
        with held(template(server.process.pid)):
            screen.page.goto(f"http://{HOST}:{line.port}/case/{NAME}", wait_until="commit")
            expect(screen.title).to_be_visible()
            # A page whose scripts have come opens its help.
            screen.page.locator("header [data-open]").click()
            expect(screen.page.locator("dialog[open]")).to_be_visible()
            line.cut()
            screen.page.clock.run_for(DEAF)
        screen.page.clock.run_for(DEAF)
        assert screen.kernel == ""

        line.mend()
        screen.page.clock.run_for(DEAF)

        screen.ready()
        screen.begin()


@contextmanager
def held(process: psutil.Process | None) -> Iterator[None]:
    """Hold up a process: none of its children comes to be."""
    if process is not None:
        process.suspend()
    yield
    if process is not None:
        process.resume()
