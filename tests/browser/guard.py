"""What no test may cause unnoticed: a request to another host, an error in the console, an exception in the page."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket
from tests.browser.server import HOST

LOCAL_SCHEMES = {"data", "about", "blob"}


class Guard:
    """Watches one browser context from its first page on.

    Errors that match one of `forgiven` may pass: a test that cuts a line makes the browser say so in its console.
    """

    def __init__(self, context: BrowserContext, forgiven: Iterable[str] = ()) -> None:
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        self.forgiven = tuple(forgiven)
        context.on("request", self._asked)
        context.on("page", self._opened)
        context.on("console", self._said)
        context.on("weberror", self._failed)

    def check(self) -> None:
        """Raise `AssertionError` if anything happened that may not."""
        assert self.hosts <= {HOST}
        assert [error for error in self.errors if not any(re.search(one, error) for one in self.forgiven)] == []

    def _asked(self, request: Request) -> None:
        self._note(request.url)

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        self._note(socket.url)

    def _note(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in LOCAL_SCHEMES:
            self.hosts.add(parts.hostname or address)

    def _said(self, message: ConsoleMessage) -> None:
        # Playwright's own scripts are evaluated in the page; the policy of the page has a word to say on that.
        if message.type in {"error", "warning"} and "'script-src' was not explicitly set" not in message.text:
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def _failed(self, error: WebError) -> None:
        self.errors.append(str(error.error))
