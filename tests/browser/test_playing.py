"""A case from its cover to its ending, as trainees play it: with a thumb, a mouse, or the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Locator
from tests.browser import roads
from tests.browser.conftest import Look
from tests.browser.screen import PHONE, PROJECTOR, Hand, Screen, click, tab, tap

from casework.play.attempt import Attempt, decide, start
from casework.scenario.model import Ending


def press_number(target: Locator) -> None:
    """Choose with the number key that stands before the choice."""
    target.page.keyboard.press(target.locator("kbd").inner_text())


def play(screen: Screen, there: Attempt, hands: tuple[Hand, ...]) -> None:
    """Make every decision that led *there*, each with the next hand, and hold each screen against the engine."""
    scenario = screen.case.scenario
    attempt = start(scenario, "")
    for decision in there.decisions:
        press = hands[decision.number % len(hands)]
        screen.is_at(attempt)
        press(screen.choice(decision.choice))
        attempt = decide(scenario, attempt, decision.choice)
        screen.tells(attempt)
        screen.has_focus(screen.card.get_by_role("heading", level=2))
        screen.go_on(hands[0])
        screen.has_focus(screen.title)
    screen.looks_back(attempt)


@pytest.mark.parametrize(
    ("device", "hands"),
    [
        pytest.param(PHONE, (tap,), id="390x844 by thumb"),
        pytest.param(PROJECTOR, (click,), id="1920x1080 by mouse"),
        pytest.param(PROJECTOR, (tab, press_number), id="1920x1080 by keyboard"),
        pytest.param({"viewport": PHONE["viewport"]}, (tab, press_number), id="390x844 by keyboard"),
    ],
)
def test_leo_goes_from_start_to_two_different_endings(
    look: Look, device: dict[str, Any], hands: tuple[Hand, ...]
) -> None:
    ends = roads.endings("leo")
    screen = look("leo", device)

    screen.begin(hands[0])
    play(screen, ends[Ending.GOOD], hands)
    first = screen.attempt
    screen.start_over(hands[0])
    screen.has_focus(screen.title)
    play(screen, ends[Ending.HARM], hands)

    assert screen.server.road(first) == tuple(one.choice for one in ends[Ending.GOOD].decisions)
    assert screen.server.road(screen.attempt) == tuple(one.choice for one in ends[Ending.HARM].decisions)
