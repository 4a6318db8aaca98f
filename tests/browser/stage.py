"""One page with one kernel, put into any place of a case: through the store and a lost connection, as in real life."""

import re
from typing import Any, Self

from playwright.sync_api import Browser, expect
from tests.browser import roads
from tests.browser.guard import Guard
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import Server

from casework.play.attempt import Attempt, has_ended

REMEMBER = """([name, attempt]) => {
  localStorage.setItem(`casework:attempt:${name}`, attempt);
  localStorage.setItem(`casework:read:${name}`, "0");
  dispatchEvent(new Event("offline"));
  dispatchEvent(new Event("online"));
}"""
NOBODY = "nobody-knows-this-one"


class Stage:
    """A page on which a test can be anywhere in a case without playing its way there."""

    def __init__(self, browser: Browser, server: Server, name: str) -> None:
        self.context = browser.new_context(**LAPTOP)
        self.guard = Guard(self.context)
        self.page = self.context.new_page()
        self.screen = Screen(self.page, server, name)
        self.screen.open()
        self.screen.begin()
        self.here = roads.start(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self.context.close()

    def reset(self) -> None:
        """Undo what a test did to the page."""
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        self.page.evaluate("for (const name of ['style', 'dir']) document.documentElement.removeAttribute(name)")
        self.page.evaluate("for (const open of document.querySelectorAll('dialog[open]')) open.close()")
        self.size(LAPTOP["viewport"])

    def size(self, viewport: dict[str, Any]) -> None:
        self.page.set_viewport_size(viewport)

    def tell(self, attempt: Attempt) -> None:
        """Show the consequence of an attempt's last decision."""
        self._remember(attempt)
        said = roads.last(self.screen.name, attempt).text
        expect(self.screen.card.locator("> .meta").first).to_have_text(re.compile(re.escape(said)))

    def show(self, attempt: Attempt) -> None:
        """Show the scene in which an attempt stands, or the debrief after its ending."""
        if attempt.decisions:
            self.tell(attempt)
            self.screen.go_on()
        else:
            self._remember(attempt)
        expect(self.screen.title).to_have_text(self.screen.case.scenario.scene(attempt.scene).title)
        if has_ended(self.screen.case.scenario, attempt):
            expect(self.page.locator(".path")).to_be_visible()

    def _remember(self, attempt: Attempt) -> None:
        # Between two attempts that stand at the same place the page has nothing to draw: go by the start.
        if attempt.decisions and _place(attempt) == _place(self.here):
            self._remember(roads.start(self.screen.name))
        name = self.screen.name
        known = self.screen.server.put(name, attempt) if attempt.decisions else NOBODY
        self.page.evaluate(REMEMBER, [name, known])
        if not attempt.decisions:
            expect(self.screen.title).to_have_text(self.screen.case.scenario.start.title)
            expect(self.screen.choices.first).to_be_visible()
        self.here = attempt


def _place(attempt: Attempt) -> tuple[int, str]:
    return len(attempt.decisions), attempt.scene
