"""The first load of a case in a real Chromium with an empty cache: bytes, requests, and the time to the first scene."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from tests import chromium
from tests.benchmarks.kinds import HOST
from tests.benchmarks.trouble import Trouble

PATIENCE = 300_000
QUIET = 15_000
# A hotel's access point that a room shares: bytes in a second each way, and milliseconds for each round trip.
HOTEL = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}

# Looks at every frame, in the page's own time: Playwright looks every half second while it waits to press something.
WATCH = """(() => {
  const marks = (window.caseworkMarks = {});
  const pressed = new WeakSet();
  const shown = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  const mark = (name) => (marks[name] ??= performance.now() / 1000);
  const look = () => {
    if (shown(".cover h1, .cover h2")) mark("cover");
    const begin = shown(".cover .button.large:enabled");
    if (begin && !pressed.has(begin)) {
      mark("begin");
      pressed.add(begin);
      begin.click();
    }
    if (shown("button.choice")) mark("scene");
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


@dataclass
class Traffic:
    """What came over the line until it was quiet; the websockets' share is the text in it, before compression."""

    requests: int = 0
    strangers: int = 0
    body: int = 0
    frames: int = 0

    def watch(self, page: Page, conditions: Mapping[str, Any] | None) -> None:
        """Count from now on, over a line of these conditions; without any it is as fast as this machine."""
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        if conditions:
            line.send("Network.emulateNetworkConditions", dict(conditions))
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.webSocketCreated", self._asked_socket)
        line.on("Network.loadingFinished", self._loaded)
        line.on("Network.webSocketFrameReceived", self._heard)

    def _asked(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in {"http", "https"}:
            self.requests += address.hostname == HOST
            self.strangers += address.hostname != HOST

    def _asked_socket(self, _event: dict[str, Any]) -> None:
        self.requests += 1

    def _loaded(self, event: dict[str, Any]) -> None:
        self.body += int(event["encodedDataLength"])

    def _heard(self, event: dict[str, Any]) -> None:
        self.frames += len(event["response"]["payloadData"].encode())


def first_load(address: str, conditions: Mapping[str, Any] | None = None) -> dict[str, float]:
    """Return the figures of one first load over a line of these conditions. Raises `Trouble` if no scene appears."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            return _load(browser, address, conditions)
        except Error as error:
            raise Trouble(f"{address} did not come to its first scene: {error.message.splitlines()[0]}") from error
        finally:
            browser.close()


def version() -> str:
    """Return which Chromium measures. Raises `Trouble` if there is none."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            return browser.version
        finally:
            browser.close()


def launch(playwright: Playwright) -> Browser:
    """Return a Chromium that reaches this machine only. Raises `Trouble` if there is none."""
    program = chromium.find(playwright)
    if program is None:
        raise Trouble(chromium.WANTED)
    try:
        return playwright.chromium.launch(executable_path=program, args=chromium.arguments(HOST))
    except Error as error:
        raise Trouble(f"{program} does not start: {error.message.splitlines()[0]}") from error


def _load(browser: Browser, address: str, conditions: Mapping[str, Any] | None) -> dict[str, float]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(WATCH)
    traffic = Traffic()
    traffic.watch(page, conditions)
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    page.locator("button.choice").first.wait_for(timeout=PATIENCE)
    with suppress(Error):  # a page that never rests has its traffic counted so far
        page.wait_for_load_state("networkidle", timeout=QUIET)
    marks: dict[str, float] = page.evaluate("() => window.caseworkMarks")
    return {
        "requests": traffic.requests,
        "strangers": traffic.strangers,
        "bytes": (traffic.body + traffic.frames) / 1000,
        "body": traffic.body / 1000,
        "frames": traffic.frames / 1000,
        # Not every page has a cover and something to begin.
        **{name: marks[name] for name in ("cover", "begin", "scene") if name in marks},
    }
