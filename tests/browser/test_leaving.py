"""Leaving: at once, for now, or for good."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Look, Visit
from tests.browser.screen import LAPTOP, PHONE, Screen
from tests.browser.server import Server
from tests.browser.stage import Stage
from tests.browser.waiting import until

from casework.play.attempt import offered
from casework.widgets.vocabulary import vocabulary

NAME = "leo"
ALL_KEYS = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def press_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_replaces_the_page_and_its_line_in_the_history(look: Look, way: str) -> None:
    screen = look(NAME)
    page = screen.page
    screen.begin()
    mine = screen.kernel

    if way == "button":
        page.locator(".exit").click()
    else:
        press_shift(page)
    page.wait_for_url("**/en")
    visited = page.evaluate("() => history.length")
    page.go_back()

    assert visited == 2  # the empty page with which a tab begins, and the neutral one
    assert page.url == "about:blank"
    # Kernels of pages that other tests have just closed may end at the same time.
    until(lambda: mine not in screen.server.kernels(), "its kernel is gone")


@pytest.mark.parametrize("path", ["/nl", f"/case/{NAME}"])
def test_leaving_works_without_script(visit: Visit, server: Server, path: str) -> None:
    page = visit(LAPTOP | {"java_script_enabled": False}).new_page()
    page.goto(server.origin + path)

    page.locator(".exit").click()

    assert page.url == f"{server.origin}/en"


def test_closing_the_tab_frees_its_kernel(look: Look, server: Server) -> None:
    screen = look(NAME, PHONE)
    mine = screen.kernel
    assert mine in server.kernels()

    screen.page.close()

    until(lambda: mine not in server.kernels(), "its kernel is gone")


def test_start_over_asks_once_and_a_no_changes_nothing(stage: Stage) -> None:
    there, screen = roads.midway(NAME), stage.screen
    dialog = screen.page.get_by_role("dialog")
    stage.show(there)
    first = screen.attempt

    screen.button("again").click()
    expect(dialog).to_contain_text(screen.words["again_what"])
    dialog.get_by_role("button", name=screen.words["again_not"]).click()
    expect(dialog).to_have_count(0)
    screen.is_at(there)
    screen.has_focus(screen.button("again"))
    screen.start_over()
    screen.is_at(roads.start(NAME))
    screen.choice(there.decisions[0].choice).click()
    expect(screen.card).to_be_visible()

    assert screen.attempt not in {"", first}
    assert len(screen.server.road(first)) == len(there.decisions)
    assert screen.server.road(screen.attempt) == (there.decisions[0].choice,)


def test_a_device_that_forgets_begins_anew(look: Look) -> None:
    screen = look(NAME)
    screen.begin()
    screen.choice(offered(roads.scenario(NAME), roads.start(NAME))[0].id).click()
    screen.go_on()
    first = screen.attempt

    screen.button("forget").click()
    expect(screen.page.locator("#casework-cases")).to_be_visible()

    assert screen.page.evaluate(ALL_KEYS) == []
    expect(screen.page.locator("[data-resume]")).to_be_hidden()
    screen.open()
    expect(screen.button("begin")).to_be_visible()
    screen.begin()
    screen.is_at(roads.start(NAME))
    assert screen.attempt != first


def test_one_case_can_be_forgotten_from_the_catalogue(visit: Visit, server: Server) -> None:
    screen = Screen(visit().new_page(), server, NAME)
    screen.page.goto(f"{server.origin}/nl")
    remembered: dict[str, Any] = {f"casework:{key}:{NAME}": "1" for key in ("attempt", "read")}
    remembered |= {f"casework:language:{NAME}": "nl", f"casework:place:{NAME}": "De balie", "casework:theme": "dark"}
    screen.page.evaluate(
        "all => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value))", remembered
    )
    screen.page.reload()
    expect(screen.page.locator("[data-resume]")).to_contain_text("De balie")

    screen.page.locator("[data-resume] [data-forget-case]:visible").click()

    expect(screen.page.locator("[data-resume]")).to_be_hidden()
    assert screen.page.evaluate(ALL_KEYS) == ["casework:theme"]


@pytest.mark.parametrize(("path", "language"), [("/", "nl"), ("/nl", "nl"), ("/en", "en"), ("/case/nowhere", "nl")])
def test_a_page_says_its_language_and_its_title_names_no_subject(
    visit: Visit, server: Server, path: str, language: str
) -> None:
    page = visit(LAPTOP, "status of 404").new_page()
    page.goto(server.origin + path)

    assert page.locator("html").get_attribute("lang") == language
    assert page.title() == f"{vocabulary(language)['cases']} · casework"


def test_no_title_of_a_case_or_scene_names_the_subject() -> None:
    subject = ("mensenhandel", "uitbuiting", "slachtoffer", "meldcode", "seks", "traffick", "victim", "exploit")
    scenario = roads.scenario(NAME)

    titles = [scenario.title, *(scene.title for scene in scenario.scenes)]

    assert [title for title in titles if any(word in title.lower() for word in subject)] == []
