"""A visitor's side of the line, as its browser speaks it: one for kernels (casework, Voilà) and one for Solara.

Only frames that may matter are read as JSON: what the client itself takes would count as waiting.
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Protocol
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.benchmarks.trouble import Trouble

PATIENCE = 600
LARGEST = 100_000_000
KERNEL = re.compile(r'"kernel(?:Id)?": ?"([^"]+)"')
MODEL = re.compile(r'"model(?:_id)?": ?"([0-9a-f]{32})"')
Message = dict[str, Any]


class Visitor(Protocol):
    """One who has the first view."""

    async def tap(self) -> float:
        """Take a choice on offer, or begin again at an ending; return the seconds until the new view was there."""

    def leave(self) -> None:
        """Close the line."""


@dataclass(slots=True)
class Line:
    """A websocket of Jupyter messages in text frames."""

    socket: WebSocketClientConnection

    async def send(self, kind: str, content: Message) -> str:
        """Send a message, and return its id."""
        name = uuid.uuid4().hex
        header = {"msg_id": name, "msg_type": kind, "username": "", "session": "", "version": "5.3"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.socket.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))
        return name

    async def hear(self, matters: Callable[[str], bool]) -> Message:
        """Return the next message whose text may matter. Raises `Trouble` when the line is closed."""
        while True:
            frame = await self.socket.read_message()
            if frame is None:
                raise Trouble("the websocket was closed")
            if isinstance(frame, str) and matters(frame):
                return json.loads(frame)  # type: ignore[no-any-return]


@dataclass(slots=True)
class Trainee:
    """A visitor of casework or Voilà, with a kernel and the player in it; `place` makes each take other choices."""

    line: Line
    model: str
    view: Message
    place: int

    async def tap(self) -> float:
        """Send what the player's page sends, and wait for the view that answers it."""
        choices, number = self.view["scene"]["choices"], self.view["number"] + 1
        pressed: Message = {"kind": "again"}
        if choices:
            pressed = {
                "kind": "choose",
                "choice": choices[(self.place + number) % len(choices)]["id"],
                "number": number,
            }
        began = time.perf_counter()
        await self.line.send("comm_msg", _to(self.model, {"method": "custom", "content": pressed}))
        self.view = await _view(self.line, self.model)
        seconds = time.perf_counter() - began
        if choices and self.view["number"] != number:
            raise Trouble(f"choice {number} was not taken: {self.view['notice']}")
        return seconds

    def leave(self) -> None:
        """Close the line."""
        self.line.socket.close()


@dataclass(slots=True)
class Guest:
    """A visitor of Solara; `buttons` are the widgets on its page that can be pressed, oldest first."""

    line: Line
    place: int
    buttons: dict[str, None] = field(default_factory=dict)

    async def tap(self) -> float:
        """Press a button, and wait until the server has drawn all that follows."""
        buttons = list(self.buttons)
        self.place += 1
        pressed = buttons[self.place % len(buttons)]
        click = {"method": "custom", "content": {"event": "click", "data": {}}}
        began = time.perf_counter()
        asked = await self.line.send("comm_msg", _to(pressed, click))
        drawn = await self.draw(lambda message: _is_idle(message, asked))
        if not drawn:
            raise Trouble("a button was pressed and nothing was drawn")
        return time.perf_counter() - began

    async def draw(self, is_last: Callable[[Message], bool]) -> int:
        """Keep what the server draws up to this message, and return how many messages drew something."""
        drawn = 0
        while not is_last(message := await self.line.hear(lambda text: True)):
            kind, content = message["header"]["msg_type"], message["content"]
            drawn += kind.startswith("comm_")
            if kind == "comm_open" and content["data"]["state"].get("_model_name") == "BtnModel":
                self.buttons[content["comm_id"]] = None
            elif kind == "comm_close":
                self.buttons.pop(content["comm_id"], None)
        return drawn

    def leave(self) -> None:
        """Close the line."""
        self.line.socket.close()


async def join_kernel(client: AsyncHTTPClient, address: str, place: int) -> Trainee:
    """Return a visitor who has the first view of a player's own kernel. Raises `Trouble` and what the client raises."""
    page = await _fetch(client, address)
    kernel, model = _place(page)
    line = await _line(page, f"/api/kernels/{kernel}/channels")
    await line.send("comm_msg", _to(model, {"method": "request_state"}))
    return Trainee(line, model, await _view(line, model), place)


async def join_page(client: AsyncHTTPClient, address: str, cookie: str) -> Trainee | None:
    """Return a visitor who has the first view of a widget, or nothing for a page without one, once it is there.

    Raises `Trouble` and what the client raises.
    """
    page = await _fetch(client, address, cookie)
    if KERNEL.search(page.body.decode()) is None:
        return None
    kernel, model = _place(page)
    line = await _line(page, f"/api/kernels/{kernel}/channels")
    await line.send("comm_msg", _to(model, {"method": "request_state"}))
    return Trainee(line, model, await _view(line, model), 0)


async def join_solara(client: AsyncHTTPClient, address: str, place: int) -> Guest:
    """Return a visitor for whom Solara has drawn its page. Raises `Trouble` and what the client raises."""
    page = await _fetch(client, address)
    line = await _line(page, f"/jupyter/api/kernels/{uuid.uuid4()}/channels")
    await line.send("kernel_info_request", {})
    await line.hear(lambda text: '"kernel_info_reply"' in text)
    guest, control = Guest(line, place), uuid.uuid4().hex
    await line.send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
    themes = {"path": "/", "dark": False, "themes": {"light": {}, "dark": {}}, "appName": None}
    await line.send("comm_msg", _to(control, {"method": "run", "args": themes}))
    await guest.draw(lambda message: _is_finished(message, control))
    return guest


def state_of(message: Message, model: str) -> Mapping[str, Any]:
    """Return what a message says of the state of this widget; nothing if it is about anything else."""
    if message["header"]["msg_type"] != "comm_msg" or message["content"]["comm_id"] != model:
        return {}
    state: Mapping[str, Any] = message["content"]["data"].get("state", {})
    return state


async def _fetch(client: AsyncHTTPClient, address: str, cookie: str = "") -> HTTPResponse:
    headers = {"Cookie": cookie} if cookie else {}
    return await client.fetch(address, headers=headers, connect_timeout=PATIENCE, request_timeout=PATIENCE)


async def _line(page: HTTPResponse, path: str) -> Line:
    """Open the websocket beside a page, with the page's cookies, and compressed where the server wants that."""
    jar = SimpleCookie()
    for cookie in page.headers.get_list("Set-Cookie"):
        jar.load(cookie)
    cookies = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in jar.items())
    address = f"ws://{urlsplit(page.effective_url).netloc}{path}?session_id={uuid.uuid4().hex}"
    request = HTTPRequest(address, headers={"Cookie": cookies}, connect_timeout=PATIENCE, request_timeout=PATIENCE)
    return Line(await websocket_connect(request, max_message_size=LARGEST, compression_options={}))


async def _view(line: Line, model: str) -> Message:
    while True:
        view = state_of(await line.hear(lambda text: '"view"' in text), model).get("view")
        if view:
            return dict(view)


def _place(page: HTTPResponse) -> tuple[str, str]:
    """Return the ids of the kernel and of the player's widget that stand in a page of casework or Voilà."""
    text = page.body.decode()
    kernel, model = KERNEL.search(text), MODEL.search(text)
    if kernel is None or model is None:
        raise Trouble(f"no player in the page at {page.effective_url}", text[-500:])
    return kernel[1], model[1]


def _to(comm: str, content: Message) -> Message:
    return {"comm_id": comm, "data": content}


def _is_idle(message: Message, asked: str) -> bool:
    is_idle = message["content"].get("execution_state") == "idle"
    return is_idle and message["parent_header"].get("msg_id") == asked


def _is_finished(message: Message, control: str) -> bool:
    content = message["content"]
    return content.get("comm_id") == control and content.get("data", {}).get("method") == "finished"
