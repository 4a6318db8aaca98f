"""Every screen of Leo, at every size and in every light: nothing in the way of anybody."""

import pytest
from playwright.sync_api import expect
from tests.browser import roads, tour
from tests.browser.conftest import Look, Visit
from tests.browser.screen import PHONE
from tests.browser.server import Server
from tests.browser.stage import Stage
from tests.browser.tour import Finding

NAME = "leo"


@pytest.fixture(scope="module")
def findings(whole_stage: Stage) -> tuple[Finding, ...]:
    """What one walk past every screen found."""
    whole_stage.reset()
    return tuple(tour.walk(whole_stage))


def of(kind: str, findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.kind == kind]


def test_axe_finds_nothing_serious_on_any_screen_of_leo(findings: tuple[Finding, ...]) -> None:
    assert of("axe", findings) == []


def test_no_screen_of_leo_scrolls_sideways_when_small_zoomed_large_or_right_to_left(
    findings: tuple[Finding, ...],
) -> None:
    assert of("sideways", findings) == []


def test_all_that_can_be_pressed_in_leo_is_as_large_as_a_thumb(findings: tuple[Finding, ...]) -> None:
    assert of("small", findings) == []


def test_the_walk_saw_every_scene_and_every_kind_of_verdict() -> None:
    assert set(roads.places(NAME)) == {scene.id for scene in roads.scenario(NAME).scenes}
    assert set(tour.KINDS) == set(roads.told(NAME))


@pytest.mark.parametrize("path", ["/nl", "/en", "/case/nowhere"])
def test_the_pages_around_the_cases_are_in_nobodys_way(visit: Visit, server: Server, path: str) -> None:
    page = visit(PHONE | {"is_mobile": False}, "status of 404").new_page()
    page.goto(server.origin + path)

    assert list(tour.everything(page, path)) == []
    page.locator(".bar .button").click()
    assert list(tour.everything(page, f"help on {path}")) == []


def test_the_cover_is_in_nobodys_way(look: Look) -> None:
    screen = look(NAME, PHONE | {"is_mobile": False})

    assert list(tour.everything(screen.page, "cover")) == []


def test_nothing_moves_for_those_who_asked_for_stillness(stage: Stage) -> None:
    running = "() => document.getAnimations().length"
    moves = "element => getComputedStyle(element).animationName"
    there = roads.midway(NAME)

    stage.tell(there)
    assert stage.screen.card.evaluate(moves) == "casework-arrive"
    stage.page.emulate_media(reduced_motion="reduce")
    stage.tell(there)

    assert stage.screen.card.evaluate(moves) == "none"
    assert stage.page.evaluate(running) == 0
    stage.page.locator("summary").first.click()
    assert stage.page.evaluate(running) == 0


def test_choices_have_an_edge_when_the_reader_brings_the_colours(stage: Stage) -> None:
    edge = """element => {
      const style = getComputedStyle(element);
      return [style.borderStyle, parseFloat(style.borderWidth) > 0, style.borderColor !== style.backgroundColor];
    }"""

    stage.page.emulate_media(forced_colors="active")
    stage.show(roads.midway(NAME))

    assert {tuple(choice.evaluate(edge)) for choice in stage.page.locator(".choice").all()} == {("solid", True, True)}


def test_the_way_out_stays_in_sight_at_400_percent_zoom(stage: Stage) -> None:
    stage.show(roads.midway(NAME))
    stage.size(tour.ZOOMED)

    stage.page.mouse.wheel(0, 600)

    expect(stage.page.locator(".exit")).to_be_in_viewport(ratio=1)
