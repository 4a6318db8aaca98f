"""Trainees without a browser: each loads a page, speaks to its kernel as our page does, chooses, and says farewell."""

import json
import re
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 120
MOST = 200
KERNEL = re.compile(r'"kernel": ?"([0-9a-f-]{36})"')
MODEL = re.compile(r'"model": ?"([0-9a-f]{32})"')
COOKIE = re.compile(r"_xsrf=([^;]+)")


@asynccontextmanager
async def visiting(name: str) -> AsyncIterator[Callable[[str], "Guest"]]:
    """Let guests come to a case, at the origin that each is given; at the end all lines are closed."""
    client = AsyncHTTPClient(force_instance=True, max_clients=MOST)
    guests: list[Guest] = []

    def guest(origin: str) -> Guest:
        guests.append(Guest(client, origin, name))
        return guests[-1]

    try:
        yield guest
    finally:
        for one in guests:
            await one.close()
        client.close()


class Guest:
    """One trainee: where the case is, and what this device remembers of it."""

    kernel: str
    view: dict[str, Any]
    _socket: WebSocketClientConnection | None = None

    def __init__(self, client: AsyncHTTPClient, origin: str, name: str) -> None:
        self.client, self.origin, self.name = client, origin, name
        self.attempt = ""
        self.road: list[str] = []
        # A page keeps its name over all its lines, and so finds what it was sent while it was away.
        self.session = uuid.uuid4().hex
        self.heard: list[str] = []

    async def arrive(self) -> None:
        """Load the page, and go on where this device left off."""
        page = await self.client.fetch(f"{self.origin}/case/{self.name}", request_timeout=PATIENCE)
        text = page.body.decode()
        kernel, model = KERNEL.search(text), MODEL.search(text)
        assert kernel, text[-500:]
        assert model, text[-500:]
        self.kernel, self.model = kernel[1], model[1]
        cookies = page.headers.get_list("Set-Cookie")
        self.token = next(found[1] for cookie in cookies if (found := COOKIE.match(cookie)))
        await self.connect()

    async def connect(self) -> None:
        """Open a line to the kernel, and ask for the place that this device remembers."""
        address = f"{self.origin.replace('http', 'ws')}/api/kernels/{self.kernel}/channels?session_id={self.session}"
        headers = {"Cookie": f"_xsrf={self.token}"}
        self._socket = await websocket_connect(HTTPRequest(address, headers=headers, request_timeout=PATIENCE))
        await self._say({"method": "request_state"})
        await self._see()
        await self._press({"kind": "open", "attempt": self.attempt})

    async def choose(self) -> None:
        """Make the first choice on offer."""
        choice = self.view["scene"]["choices"][0]["id"]
        await self._press({"kind": "choose", "choice": choice, "number": self.view["number"] + 1})
        self.attempt = self.view["attempt"]
        self.road.append(choice)

    async def leave(self) -> None:
        """Close the tab, which says farewell."""
        body = urlencode({"_xsrf": self.token})
        headers = {"Cookie": f"_xsrf={self.token}", "Content-Type": "application/x-www-form-urlencoded"}
        address = f"{self.origin}/voila/api/shutdown/{self.kernel}"
        answer = await self.client.fetch(address, method="POST", body=body, headers=headers, request_timeout=PATIENCE)
        assert answer.code == 204
        await self.close()

    async def close(self) -> None:
        """Close the line, if there is one."""
        if self._socket is not None:
            self._socket.close()
            await self.is_cut_off()

    async def is_cut_off(self) -> None:
        """Return once the line is broken."""
        while self._socket is not None:
            if await self._socket.read_message() is None:
                self._socket.close()
                self._socket = None

    async def _press(self, content: dict[str, Any]) -> None:
        await self._say({"method": "custom", "content": content})
        await self._see()

    async def _say(self, data: dict[str, Any]) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "comm_msg", "username": "", "session": "", "version": "5.3"}
        content = {"comm_id": self.model, "data": data}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        assert self._socket is not None
        await self._socket.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))

    async def _see(self) -> None:
        while True:
            assert self._socket is not None
            frame = await self._socket.read_message()
            assert frame is not None, "the line was cut"
            message = json.loads(frame)
            self.heard.append(message["header"]["msg_type"])
            state = message["content"].get("data", {}).get("state", {}) if _is_view(message, self.model) else {}
            if "view" in state:
                self.view = state["view"]
                return


def _is_view(message: dict[str, Any], model: str) -> bool:
    return bool(message["header"]["msg_type"] == "comm_msg" and message["content"]["comm_id"] == model)
