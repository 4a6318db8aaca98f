"""What a phone has to fetch: few bytes in few requests, each file once, and nothing more before the first scene."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.screen import KERNEL, PHONE, Screen
from tests.browser.server import Server

NAME = "leo"
MOST_REQUESTS, MOST_BYTES = 8, 100_000
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}


@dataclass
class Line:
    """What went over the line of one page; of the websocket, its text before it is packed, which is more."""

    paths: list[str] = field(default_factory=list)
    size: int = 0
    packing: str = ""

    def watch(self, page: Page) -> None:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW)
        wire.on("Network.requestWillBeSent", lambda event: self._ask(event["request"]["url"]))
        wire.on("Network.webSocketCreated", lambda event: self._ask(event["url"]))
        wire.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", lambda event: self._add(len(event["response"]["payloadData"])))
        wire.on("Network.webSocketHandshakeResponseReceived", self._shake)

    def _ask(self, address: str) -> None:
        if urlsplit(address).scheme != "data":
            self.paths.append(urlsplit(address).path)

    def _add(self, size: float) -> None:
        self.size += int(size)

    def _shake(self, event: dict[str, Any]) -> None:
        said = {name.lower(): value for name, value in event["response"]["headers"].items()}
        self.packing = said.get("sec-websocket-extensions", "")


def test_the_first_scene_of_a_case_costs_few_bytes_in_few_requests(visit: Visit, server: Server) -> None:
    screen = Screen(visit(PHONE).new_page(), server, NAME)
    line = Line()
    line.watch(screen.page)

    screen.open()
    screen.begin()
    screen.is_at(roads.start(NAME))
    screen.page.wait_for_timeout(500)

    assert len(line.paths) <= MOST_REQUESTS, line.paths
    assert line.size <= MOST_BYTES
    assert "permessage-deflate" in line.packing


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("/nl", ".cases .button"),
        ("/dashboard/toolkit/nl", ".kit"),
        ("/dashboard/trends/nl", ".question"),
        ("/dashboard/cases/nl", ".shown table"),
    ],
)
def test_every_page_is_fetched_in_few_requests_and_its_files_once(
    visit: Visit, server: Server, path: str, drawn: str
) -> None:
    page = visit(PHONE).new_page()
    page.context.request.get(server.link)
    first, second = Line(), Line()
    first.watch(page)
    page.goto(server.origin + path, timeout=KERNEL)
    expect(page.locator(drawn).first).to_be_visible(timeout=KERNEL)
    again = page.context.new_page()
    second.watch(again)
    again.goto(server.origin + path, timeout=KERNEL)
    expect(again.locator(drawn).first).to_be_visible(timeout=KERNEL)

    assert len(first.paths) <= MOST_REQUESTS, first.paths
    statics = [one for one in first.paths if "/static/" in one]
    assert len(statics) == len(set(statics))
    assert second.size < first.size


def test_the_first_scene_does_not_wait_for_the_websocket(visit: Visit, server: Server) -> None:
    page = visit(PHONE).new_page()
    page.route_web_socket("**/channels*", lambda _: None)  # it opens, and nothing is ever heard on it
    screen = Screen(page, server, NAME)

    screen.open()
    screen.begin()

    screen.is_at(roads.start(NAME))
