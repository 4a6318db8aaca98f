"""Nothing that was chosen is lost, and nothing is chosen twice, whatever happens to page, line, kernel or server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.browser import roads
from tests.browser.conftest import Look, Visit, guarded
from tests.browser.line import Line
from tests.browser.screen import KERNEL, LAPTOP, Screen
from tests.browser.server import HOST, Server, kill
from tests.browser.waiting import until

from casework.play.attempt import Attempt, Decision, decide, offered, replay
from casework.scenario.model import ChoiceId

NAME = "leo"
CUT = (r"ERR_(INTERNET|CONNECTION|EMPTY_RESPONSE|NETWORK|SOCKET|ADDRESS)\w*", "WebSocket connection")
GONE = (*CUT, "status of 404")
FAR = 6


@pytest.fixture(scope="module")
def seat(browser: Browser, server: Server) -> Iterator[Screen]:
    """One trainee, past the cover, who meets with all that can go wrong."""
    with guarded(browser, LAPTOP, GONE) as context:
        screen = Screen(context.new_page(), server, NAME)
        screen.open()
        screen.begin()
        yield screen


@pytest.fixture
def there(seat: Screen) -> Attempt:
    """Where the trainee stands, with choices on offer, on screen as in the store."""
    attempt = stored(seat)
    if len(attempt.decisions) > FAR or len(offered(roads.scenario(NAME), attempt)) < 2:
        seat.start_over()
        attempt = roads.start(NAME)
    seat.is_at(attempt)
    return attempt


def stored(screen: Screen) -> Attempt:
    """Return the attempt on screen as the store has it."""
    made = screen.server.road(screen.attempt) if screen.attempt else ()
    return replay(roads.scenario(NAME), "", [Decision(number, choice) for number, choice in enumerate(made, 1)])


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """A line to the shared server."""
    one = Line(server.port)
    yield one
    one.close()


def first(attempt: Attempt) -> ChoiceId:
    return offered(roads.scenario(NAME), attempt)[0].id


def after(attempt: Attempt) -> Attempt:
    """Return the attempt after the first choice that is on offer."""
    return decide(roads.scenario(NAME), attempt, first(attempt))


def road(attempt: Attempt) -> tuple[ChoiceId, ...]:
    return tuple(decision.choice for decision in attempt.decisions)


def test_reload_back_and_forward_lead_to_where_the_trainee_was_also_before_verder(seat: Screen, there: Attempt) -> None:
    title = roads.scenario(NAME).scene(after(there).scene).title

    seat.choice(first(there)).click()
    seat.tells(after(there))
    seat.page.reload(wait_until="commit")
    seat.ready()
    seat.tells(after(there))
    seat.go_on()
    seat.is_at(after(there))
    seat.page.goto(f"{seat.server.origin}/nl")
    expect(seat.page.locator("[data-resume]")).to_contain_text(title)
    seat.page.go_back(wait_until="commit")
    seat.page.go_forward()
    expect(seat.page.locator("[data-resume]")).to_contain_text(title)
    seat.page.go_back(wait_until="commit")
    seat.ready()

    seat.is_at(after(there))
    assert seat.server.road(seat.attempt) == road(after(there))


def test_a_new_tab_goes_on_and_the_tab_that_lags_makes_no_second_decision_and_is_told(
    seat: Screen, there: Attempt
) -> None:
    leading = Screen(seat.page.context.new_page(), seat.server, NAME)
    other = offered(roads.scenario(NAME), there)[-1].id

    leading.open()
    leading.is_at(there)
    leading.choice(first(there)).click()
    leading.tells(after(there))
    leading.go_on()
    seat.choice(other).click()

    expect(seat.told).to_contain_text(seat.case.say("You went on in another window. This is where you are now."))
    seat.is_at(after(there))
    assert other != first(there)
    assert seat.server.road(seat.attempt) == road(after(there))
    leading.page.close()


def test_a_double_click_is_one_decision(seat: Screen, there: Attempt) -> None:
    seat.choice(first(there)).dblclick()

    seat.tells(after(there))
    seat.go_on()
    seat.is_at(after(there))
    assert seat.server.road(seat.attempt) == road(after(there))


def test_a_phone_without_network_says_so_and_takes_a_choice_once_when_it_is_back(seat: Screen, there: Attempt) -> None:
    seat.page.context.set_offline(True)
    expect(seat.alert).to_contain_text(seat.words["offline"])
    seat.choice(first(there)).click()
    expect(seat.choice(first(there))).to_have_attribute("aria-disabled", "true")
    assert seat.server.road(seat.attempt) == road(there)
    seat.page.context.set_offline(False)

    seat.tells(after(there))
    expect(seat.alert).to_have_count(0)
    assert seat.server.road(seat.attempt) == road(after(there))
    seat.go_on()


def test_a_killed_kernel_is_replaced_and_a_choice_made_meanwhile_is_taken_once(seat: Screen, there: Attempt) -> None:
    mine = seat.kernel
    others = set(seat.server.kernels()) - {mine}

    kill(seat.server.kernels()[mine])
    seat.choice(first(there)).click()

    until(lambda: seat.kernel not in {"", mine}, "another kernel", 60)
    seat.ready()
    seat.tells(after(there))
    assert seat.server.road(seat.attempt) == road(after(there))
    until(lambda: set(seat.server.kernels()) - others == {seat.kernel}, "one kernel for one page")
    seat.go_on()


def test_a_dropped_line_is_told_and_a_choice_made_meanwhile_is_taken_once(
    visit: Visit, server: Server, line: Line
) -> None:
    screen = Screen(visit(LAPTOP, *CUT).new_page(), server, NAME)
    screen.page.goto(f"http://{HOST}:{line.port}/case/{NAME}", wait_until="commit")
    screen.ready()
    screen.begin()
    begun = roads.start(NAME)

    line.cut()
    expect(screen.alert).to_contain_text(screen.words["offline"])
    screen.choice(first(begun)).click()
    expect(screen.choice(first(begun))).to_have_attribute("aria-disabled", "true")
    assert server.road(screen.attempt) == ()
    line.mend()

    screen.tells(after(begun))
    expect(screen.alert).to_have_count(0)
    assert server.road(screen.attempt) == road(after(begun))


def test_a_killed_server_that_returns_goes_on_without_loss_or_double_decisions(look: Look, own_server: Server) -> None:
    begun = roads.start(NAME)
    screen = look(NAME, LAPTOP, *GONE, of=own_server)
    screen.begin()
    screen.choice(first(begun)).click()
    screen.go_on()
    there = after(begun)

    own_server.kill()
    expect(screen.alert).to_contain_text(screen.words["offline"])
    screen.choice(first(there)).click()
    own_server.start()

    expect(screen.card).to_be_visible(timeout=KERNEL)
    screen.tells(after(there))
    screen.go_on()
    screen.is_at(after(there))
    assert own_server.road(screen.attempt) == road(after(there))
