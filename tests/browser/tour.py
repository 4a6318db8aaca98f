"""One walk past every screen of a case, at which everything is measured once; the tests say what must not be found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from tests.browser import roads
from tests.browser.measure import barriers, shape_of, sideways, small
from tests.browser.screen import LAPTOP, PHONE, PROJECTOR
from tests.browser.stage import Stage

from casework.play.feedback import Mark

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
NARROW = {"width": 320, "height": 640}
# Axe reads structure, names and contrast: each size and each light once.
LOOKS = ((PHONE["viewport"], "light"), (PROJECTOR["viewport"], "dark"))
SIZES = {"320": NARROW, "390": PHONE["viewport"], "400 % zoom": ZOOMED, "1280": LAPTOP["viewport"]}
ONE_SIZE = {"320": NARROW}
TWO_SIZES = {"320": NARROW, "1280": LAPTOP["viewport"]}


KINDS = (Mark.KEPT, Mark.MEND, Mark.BROKEN, Mark.NOW)


@dataclass(frozen=True)
class Finding:
    """Something that is wrong on one screen: what was measured, in which look, and what it said."""

    kind: str
    screen: str
    look: str
    said: tuple[str, ...]


Findings = Iterator[Finding]


def walk(stage: Stage) -> Findings:
    """Measure every reachable scene, the debrief after every ending, and the consequence on the way to each."""
    shapes = set[str]()
    for scene, attempt in roads.places(stage.screen.name).items():
        if attempt.decisions:
            stage.tell(attempt)
            yield from fits(stage.page, f"consequence before {scene}", ONE_SIZE)
        stage.show(attempt)
        yield from fits(stage.page, scene, TWO_SIZES)
        # Scenes that are built alike differ in their words, of which axe knows nothing. What is special on a screen is
        # seen in every look below.
        if (shape := shape_of(stage.page)) not in shapes:
            yield from speaks(stage.page, scene, (LOOKS[len(shapes) % len(LOOKS)],))
            shapes.add(shape)
    yield from _special(stage)


def _special(stage: Stage) -> Findings:
    marks = roads.told(stage.screen.name)
    for mark in KINDS:
        stage.tell(marks[mark])
        yield from everything(stage.page, f"consequence {mark}")
    stage.show(roads.start(stage.screen.name))
    stage.screen.button("signal_help").click()
    stage.screen.button("notice").click()
    stage.page.locator(".sentence").first.click()
    yield from everything(stage.page, "noticing")
    stage.screen.button("help").click()
    yield from everything(stage.page, "help")
    stage.page.keyboard.press("Escape")
    stage.screen.button("again").click()
    yield from everything(stage.page, "start over?")
    stage.page.keyboard.press("Escape")
    stage.show(roads.longest(stage.screen.name))
    yield from everything(stage.page, "debrief")


def everything(page: Page, screen: str) -> Findings:
    """Measure all there is to measure on one screen."""
    yield from fits(page, screen)
    yield from speaks(page, screen, LOOKS)


def speaks(page: Page, screen: str, looks: tuple[tuple[dict[str, Any], Any], ...]) -> Findings:
    """Ask axe, in these looks."""
    for viewport, light in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=light)
        yield from _found("axe", screen, f"{viewport['width']} {light}", barriers(page))
    page.emulate_media(color_scheme="null")


def fits(page: Page, screen: str, sizes: dict[str, Any] = SIZES) -> Findings:
    """Look for what sticks out or is too small, in these sizes; each also with large letters and right to left."""
    for size, viewport in sizes.items():
        page.set_viewport_size(viewport)
        yield from _found("sideways", screen, size, sideways(page))
        yield from _found("small", screen, size, small(page))
        for name, value in (("style", "font-size: 200%"), ("dir", "rtl")):
            yield from _found("sideways", screen, f"{size} {value}", _with(page, name, value))


def _with(page: Page, name: str, value: str) -> list[str]:
    page.evaluate("([name, value]) => document.documentElement.setAttribute(name, value)", [name, value])
    found = sideways(page)
    page.evaluate("name => document.documentElement.removeAttribute(name)", name)
    return found


def _found(kind: str, screen: str, look: str, said: list[str]) -> Findings:
    if said:
        yield Finding(kind, screen, look, tuple(said))
