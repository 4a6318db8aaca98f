"""Pictures of every kind of screen, to look at: `python -m tests.browser.shots FOLDER`."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser import roads
from tests.browser.conftest import launch
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR, Screen
from tests.browser.server import Server
from tests.browser.stage import Stage

from casework.play.feedback import Mark
from casework.scenario.model import Ending

NAME = "leo"
SIZES = tuple(device["viewport"] for device in (PHONE, LAPTOP, PROJECTOR))
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


def screens(stage: Stage) -> dict[str, Callable[[], None]]:
    """Return how to come to each screen behind the cover."""
    marks, ends = roads.told(NAME), roads.endings(NAME)

    def notice() -> None:
        stage.show(roads.midway(NAME))
        stage.screen.button("notice").click()
        stage.page.locator(".sentence").nth(2).click()

    return {
        "scene": lambda: stage.show(roads.start(NAME)),
        "consequence-kept": lambda: stage.tell(marks[Mark.KEPT]),
        "consequence-mend": lambda: stage.tell(marks[Mark.MEND]),
        "consequence-broken": lambda: stage.tell(marks[Mark.BROKEN]),
        "noticing": notice,
        "debrief": lambda: stage.show(ends[Ending.REPAIRED]),
        "debrief-harm": lambda: stage.show(ends[Ending.HARM]),
    }


def shoot(page: Page, folder: Path, name: str) -> None:
    """Take a picture of the window as it stands, and one of the whole page, in every size and look."""
    for size in SIZES:
        page.set_viewport_size(size)
        for look, media in LOOKS.items():
            page.emulate_media(**({"color_scheme": "null", "forced_colors": "null"} | media))
            page.screenshot(path=folder / f"{name}-{size['width']}-{look}.png", animations="disabled")
            page.screenshot(
                path=folder / f"{name}-{size['width']}-{look}-whole.png", full_page=True, animations="disabled"
            )


def take(browser: Browser, server: Server, folder: Path) -> None:
    """Take all pictures."""
    page = browser.new_page()
    page.goto(f"{server.origin}/nl")
    shoot(page, folder, "catalogue")
    page.goto(f"{server.origin}/case/nergens")
    shoot(page, folder, "sorry")
    page.goto(f"{server.origin}/status/nl")
    shoot(page, folder, "enter")
    page.goto(server.link)
    page.goto(f"{server.origin}/status/nl")
    shoot(page, folder, "status")
    screen = Screen(page, server, NAME)
    screen.open()
    screen.button("begin").wait_for(timeout=KERNEL)
    shoot(page, folder, "cover")
    page.close()
    with Stage(browser, server, NAME) as stage:
        for name, go in screens(stage).items():
            go()
            shoot(stage.page, folder, name)
        stage.reset()
        (folder / "debrief.pdf").write_bytes(stage.page.pdf(prefer_css_page_size=True))


def main(folder: Path) -> None:
    """Start a server, take the pictures, stop the server."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        server = Server(Path(place))
        server.start()
        browser = launch(playwright)
        take(browser, server, folder)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
