"""Looking back in a real browser: play on from the last moment, wonder what if, and lay two roads side by side."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from tests.browser import roads, tour
from tests.browser.conftest import Look
from tests.browser.screen import LAPTOP, PHONE, PROJECTOR, Screen, is_focused, tab
from tests.browser.server import Server
from tests.browser.stage import Stage
from tests.browser.waiting import until
from tests.cases import setting

from casework.play.attempt import Attempt, decide, has_ended, offered, replay
from casework.play.debrief import others
from casework.play.moment import outlook
from casework.play.whatif import what_if
from casework.scenario.model import ChoiceId, Ending
from casework.widgets.beside import answer
from casework.widgets.lookback import debrief

NAME = "leo"
CUT = (r"ERR_(INTERNET|CONNECTION|EMPTY_RESPONSE|NETWORK|SOCKET|ADDRESS)\w*", "WebSocket connection")
SIZES = [pytest.param(PHONE["viewport"], id="390x844"), pytest.param(PROJECTOR["viewport"], id="1920x1080")]


@pytest.fixture(scope="module")
def whole_seat(browser: Browser, server: Server) -> Iterator[Stage]:
    with Stage(browser, server, NAME) as one:
        yield one


@pytest.fixture
def seat(whole_seat: Stage) -> Iterator[Stage]:
    """A page of our own: a test may leave it anywhere in the story."""
    whole_seat.reset()
    yield whole_seat
    whole_seat.guard.check()


@pytest.fixture(scope="module")
def harm() -> Attempt:
    """An attempt that ended in harm, though it did not have to."""
    return roads.endings(NAME)[Ending.HARM]


def moment(attempt: Attempt) -> Attempt:
    """Return the attempt as it stood when a conforming ending was last within reach."""
    case = roads.scenario(NAME)
    number = outlook(case, setting(NAME).protocol, attempt).number
    assert number is not None
    return replay(case, "", attempt.decisions[:number])


def road(attempt: Attempt) -> tuple[ChoiceId, ...]:
    return tuple(decision.choice for decision in attempt.decisions)


def door(screen: Screen) -> Locator:
    return screen.page.locator(".turn").get_by_role("button", name=screen.words["from_there"])


def test_from_an_ending_in_harm_the_last_moment_leads_back_into_the_story_and_on(seat: Stage, harm: Attempt) -> None:
    screen, there = seat.screen, moment(harm)
    other = next(choice for choice in offered(roads.scenario(NAME), there) if choice.id not in road(harm))
    further = decide(roads.scenario(NAME), there, other.id)

    seat.show(harm)
    old = screen.attempt
    expect(screen.page.locator(".turn h2")).to_have_text(debrief(screen.case, harm)["moment"]["title"])
    expect(screen.page.locator(".path .turning th")).to_contain_text(screen.words["turned"])
    door(screen).click()
    screen.is_at(there)
    screen.has_focus(screen.title)
    expect(screen.told).to_contain_text(
        screen.case.say("You play on from here. What you played before stays as it was.")
    )
    seat.here = there
    anew = screen.attempt
    screen.page.reload(wait_until="commit")
    screen.ready()
    screen.is_at(there)
    screen.choice(other.id).click()
    screen.tells(further)
    screen.go_on()
    seat.here = further

    assert anew not in {"", old}
    assert screen.attempt == anew
    assert screen.server.road(anew) == road(further)
    assert screen.server.road(old) == road(harm)


def test_pressed_twice_the_door_opens_once(seat: Stage, harm: Attempt) -> None:
    there = moment(harm)
    seat.show(harm)

    door(seat.screen).dblclick()

    seat.screen.is_at(there)
    seat.here = there
    assert seat.screen.server.road(seat.screen.attempt) == road(there)


def test_without_network_the_door_opens_once_it_is_back(look: Look, harm: Attempt) -> None:
    screen, there = look(NAME, LAPTOP, *CUT), moment(harm)
    known = screen.server.put(NAME, harm)
    until(lambda: screen.attempt, "an attempt of the page's own, which ours may then replace")
    screen.page.evaluate("([key, id]) => localStorage.setItem(key, id)", [f"casework:attempt:{NAME}", known])
    screen.page.reload(wait_until="commit")
    screen.ready()
    expect(door(screen)).to_be_visible()

    screen.page.context.set_offline(True)
    expect(screen.alert).to_contain_text(screen.words["offline"])
    door(screen).click()
    expect(screen.page.locator(".path")).to_be_visible()
    screen.page.context.set_offline(False)

    screen.is_at(there)
    assert screen.server.road(screen.attempt) == road(there)
    assert screen.server.road(known) == road(harm)


def rejoining(attempt: Attempt) -> tuple[int, ChoiceId]:
    """Return the last decision for which another choice leads to an ending by way of the later ones."""
    scenario = roads.scenario(NAME)
    rows = [(n, choice.id) for n, row in enumerate(others(scenario, attempt), 1) for choice in row]
    told = {row: what_if(scenario, attempt, *row) for row in rows}
    return max(row for row in rows if told[row].kept and has_ended(scenario, told[row].other))


def ask(screen: Screen, number: int, choice: ChoiceId, press: Any) -> Locator:
    """Open a decision and press another choice; return that choice's button."""
    case = roads.scenario(NAME)
    text = next(one.text for scene in case.scenes for one in scene.choices if one.id == choice)
    decision = screen.page.locator(".wonders > details").filter(has_text=f"{number} · ")
    if decision.get_attribute("open") is None:
        press(decision.locator("summary").first)
    option = decision.locator(".option").filter(has_text=text)
    press(option)
    return option


@pytest.mark.parametrize("viewport", SIZES)
def test_what_if_is_asked_and_answered_by_the_keyboard_alone(seat: Stage, viewport: dict[str, int]) -> None:
    there = roads.longest(NAME)
    number, choice = rejoining(there)
    seat.show(there)
    seat.size(viewport)
    screen = seat.screen
    told = answer(screen.case, there, number, choice)

    option = ask(screen, number, choice, tab)
    card = screen.page.locator(".answer")
    expect(card.locator("> p").filter(has_not=screen.page.locator("button, .tag"))).to_have_text(told["story"])
    expect(option).to_have_attribute("aria-pressed", "true")
    assert is_focused(option)
    expect(screen.page.locator("p[role=status]")).to_have_text(told["announce"])
    expect(card.locator("> .facts > li")).to_have_text([row["text"] + row["note"] for row in told["differs"]])
    expect(card).to_be_in_viewport()
    tab(card.get_by_role("button"))

    seat.here = replay(roads.scenario(NAME), "", there.decisions[: number - 1])
    screen.is_at(seat.here)
    screen.has_focus(screen.title)
    assert screen.server.road(screen.attempt) == road(seat.here)


def test_one_answer_makes_way_for_the_next_and_the_own_road_stays(seat: Stage, harm: Attempt) -> None:
    seat.show(harm)
    screen = seat.screen
    attempt, rows = (
        screen.attempt,
        [(n, row[0].id) for n, row in enumerate(others(roads.scenario(NAME), harm), 1) if row],
    )

    for number, choice in (rows[0], rows[-1]):
        ask(screen, number, choice, Locator.click)
        expect(screen.page.locator(".answer h3")).to_have_text(answer(screen.case, harm, number, choice)["title"])

    expect(screen.page.locator('.option[aria-pressed="true"]')).to_have_count(1)
    screen.looks_back(harm)
    assert (screen.attempt, screen.server.road(attempt)) == (attempt, road(harm))


def test_number_keys_choose_nothing_in_the_look_back(seat: Stage, harm: Attempt) -> None:
    seat.show(harm)

    for key in "123456789":
        seat.page.keyboard.press(key)

    expect(seat.page.locator(".answer")).to_have_count(0)
    assert seat.screen.server.road(seat.screen.attempt) == road(harm)


@pytest.mark.parametrize("viewport", SIZES)
def test_two_roads_are_one_table_with_two_columns_at_every_size(
    seat: Stage, harm: Attempt, viewport: dict[str, int]
) -> None:
    seat.show(harm)
    seat.size(viewport)
    screen = seat.screen
    shown = debrief(screen.case, harm)["colleague"]
    table = screen.page.get_by_role("table").filter(has_text=screen.words["experienced"])

    # On a phone the heads are out of sight, and every cell says whose it is.
    if viewport["width"] > 600:
        expect(table.get_by_role("columnheader")).to_have_text([screen.words["you"], screen.words["experienced"]])
    expect(table.get_by_role("row").filter(has=screen.page.get_by_role("cell"))).to_have_count(len(shown["rows"]) + 1)
    for side, who in (("own", "you"), ("other", "experienced")):
        for row in (row for row in shown["rows"] if row[side] and not row["shared"]):
            cell = table.get_by_role("cell").filter(has_text=f"{screen.words[who]} · {row[side]['number']} · ")
            expect(cell).to_contain_text(row[side]["choice"])


def test_the_look_back_is_in_nobodys_way_with_all_of_it_open(seat: Stage) -> None:
    there = roads.longest(NAME)
    seat.show(there)

    ask(seat.screen, *rejoining(there), Locator.click)
    expect(seat.page.locator(".answer")).to_be_visible()
    seat.page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")

    assert list(tour.everything(seat.page, "what if")) == []


def test_on_paper_stand_the_last_moment_and_both_roads_but_no_questions_to_press(seat: Stage, harm: Attempt) -> None:
    seat.show(harm)
    ask(seat.screen, *rejoining(harm), Locator.click)
    expect(seat.page.locator(".answer")).to_be_visible()

    seat.page.emulate_media(media="print")

    expect(seat.page.locator(".turn h2")).to_be_visible()
    expect(seat.page.locator(".beside tbody tr").last).to_be_visible()
    expect(seat.page.locator(".wonders")).to_be_hidden()
    expect(seat.page.locator(".answer")).to_be_hidden()
    expect(door(seat.screen)).to_be_hidden()


def test_a_road_on_which_nothing_was_lost_has_no_door(seat: Stage) -> None:
    case = setting(NAME)
    there = next(
        attempt
        for attempt in roads.endings(NAME).values()
        if outlook(case.scenario, case.protocol, attempt).is_conforming
    )
    seat.show(there)

    expect(seat.page.locator(".turn h2")).to_have_text(debrief(case, there)["moment"]["title"])
    expect(seat.page.locator("[data-from], .turning")).to_have_count(0)
