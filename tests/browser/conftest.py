"""A real Chromium and a real server, shared where sharing is honest."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from tests import chromium
from tests.browser.guard import Guard
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import HOST, Server
from tests.browser.stage import Stage
from tests.cases import some

PATIENCE = 15_000

Visit = Callable[..., BrowserContext]
Look = Callable[..., Screen]


def launch(playwright: Playwright) -> Browser:
    """Return a Chromium that can reach this machine only; fails with what to install if there is none."""
    program = chromium.find(playwright)
    if program is None:
        pytest.fail(chromium.WANTED, pytrace=False)
    return playwright.chromium.launch(executable_path=program, args=chromium.arguments(HOST))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most tests share: they differ in their attempts."""
    one = Server(tmp_path_factory.mktemp("server"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of Leo alone that a test may kill."""
    one = Server(tmp_path, some(tmp_path / "scenarios", "leo"))
    one.start()
    yield one
    one.stop()


@contextmanager
def guarded(browser: Browser, options: dict[str, Any], forgiven: Iterable[str] = ()) -> Iterator[BrowserContext]:
    """A fresh browser context, in which nothing is remembered yet; at its end its guard speaks."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    guard = Guard(context, forgiven)
    try:
        yield context
    finally:
        context.close()
    guard.check()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open fresh browser contexts; the errors that a test causes on purpose are forgiven."""
    with ExitStack() as contexts:
        yield lambda options=LAPTOP, *forgiven: contexts.enter_context(guarded(browser, options, forgiven))


@pytest.fixture
def look(visit: Visit, server: Server) -> Look:
    """Open a case in a fresh browser, at its cover."""

    def at(name: str, options: dict[str, Any] = LAPTOP, *forgiven: str, of: Server = server) -> Screen:
        screen = Screen(visit(options, *forgiven).new_page(), of, name)
        screen.open()
        return screen

    return at


@pytest.fixture(scope="session")
def whole_stage(browser: Browser, server: Server) -> Iterator[Stage]:
    with Stage(browser, server, "leo") as one:
        yield one


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """Leo, already past the cover, on a page that can be anywhere in the story at once; it shows no emulation yet."""
    whole_stage.reset()
    yield whole_stage
    whole_stage.guard.check()
