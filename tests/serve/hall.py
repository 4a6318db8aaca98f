"""A workshop's server inside a test: its pages and lines on a port of their own, with phones that only talk."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from tests.cases import SCENARIOS
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, create_signed_value
from tornado.websocket import WebSocketClientConnection, websocket_connect

from casework import room
from casework.play.showing import Room
from casework.play.workshop import Act, Event
from casework.serve.application import STATIC, TEMPLATES, workshop
from casework.serve.assets import gather
from casework.serve.dashboards import Role
from casework.serve.hub import Hub, case_setting
from casework.serve.roles import Visitors
from casework.serve.shelf import Shelf
from casework.store import Card

PATIENCE = 10
SECRET = b"a secret of this test"
Message = dict[str, Any]


def happen(evening: Coroutine[Any, Any, None]) -> None:
    """Let this happen, on a thread of its own: a browser of another test may hold this one's loop."""
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, evening).result()


@dataclass
class Phone:
    """A line of which every message is kept, in order."""

    socket: WebSocketClientConnection
    heard: list[Message] = field(default_factory=list)
    is_over: bool = False

    async def hear(self, **wanted: object) -> Message:
        """Return the next message that has these values."""
        while True:
            text = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
            assert text is not None, f"the line was closed; heard so far: {self.heard[-3:]}"
            message: Message = json.loads(text)
            self.heard.append(message)
            if all(message.get(name) == value for name, value in wanted.items()):
                return message

    @property
    def shown(self) -> Any:
        """The last view that was heard."""
        return next(message["view"] for message in reversed(self.heard) if message["kind"] == "view")

    async def hear_phase(self, phase: str) -> Message:
        """Return the next view of this phase."""
        while True:
            message = await self.hear(kind="view")
            shown = message["view"]
            if shown.get("phase", shown.get("room", {}).get("phase")) == phase:
                return message

    async def hear_round(self, number: int) -> Message:
        """Return the next view in which this round is open."""
        while (message := await self.hear(kind="view"))["view"]["round"] != number:
            continue
        return message

    async def say(self, kind: str, **values: object) -> None:
        await self.socket.write_message(json.dumps({"kind": kind, **values}))

    async def ask(self, kind: str, **values: object) -> Message:
        """Say something and return its answer."""
        await self.say(kind, **values)
        return await self.hear(kind="taken", of=kind)

    async def hang_up(self) -> None:
        if self.is_over:
            return
        self.is_over = True
        self.socket.close()
        while await asyncio.wait_for(self.socket.read_message(), PATIENCE) is not None:
            continue


@dataclass
class Hall:
    """The server, with one session of a case in it."""

    hub: Hub
    port: int
    card: Card
    lines: list[Phone] = field(default_factory=list)

    @property
    def cookie(self) -> str:
        """The cookie of who leads the group."""
        signed = create_signed_value(SECRET, f"casework-127-0-0-1-{self.port}", Role.FACILITATOR)
        return f"casework-127-0-0-1-{self.port}={signed.decode()}"

    async def line(self, path: str, *, leads: bool = True) -> Phone:
        headers = {"Cookie": self.cookie} if leads else {}
        request = HTTPRequest(f"ws://127.0.0.1:{self.port}/{path}/line", headers=headers)
        one = Phone(await websocket_connect(request))
        self.lines.append(one)
        return one

    async def phone(self, token: str, code: str = "") -> Phone:
        """Return a phone that asked to come in."""
        one = await self.line(f"room/{code or self.card.code}", leads=False)
        await one.say("join", token=token)
        return one

    async def inside(self, token: str) -> Phone:
        """Return a phone that is in, and has seen its first view."""
        one = await self.phone(token)
        await one.hear(kind="view")
        return one

    async def get(self, path: str) -> HTTPResponse:
        address = f"http://127.0.0.1:{self.port}/{path}"
        return await AsyncHTTPClient().fetch(address, raise_error=False, follow_redirects=False)

    async def post(self, path: str, body: str, *, is_ours: bool = True, leads: bool = True) -> HTTPResponse:
        cookie = f"_xsrf=known; {self.cookie}" if leads else "_xsrf=known"
        headers = {"Cookie": cookie, **({"X-XSRFToken": "known"} if is_ours else {})}
        address = f"http://127.0.0.1:{self.port}/{path}"
        return await AsyncHTTPClient().fetch(address, method="POST", body=body, headers=headers, raise_error=False)

    async def look(self) -> Room:
        """Return what everybody may see now."""
        setting = case_setting(self.hub.shelf, self.card.scenario, self.card.language)
        assert setting is not None
        return await self.hub.run(room.look, self.hub.store, setting.scenario, setting.protocol, self.card.id)

    async def rest(self) -> None:
        """Wait until nobody is listened to any more."""
        for _ in range(100):
            if not self.hub.sessions:
                break
            await asyncio.sleep(0.05)

    async def press(self, act: Act, subject: str = "", amount: int = 0) -> None:
        """Do as the facilitator would on whatever server."""
        await self.hub.run(self._press, act, subject, amount)

    def _press(self, act: Act, subject: str, amount: int) -> None:
        setting = case_setting(self.hub.shelf, self.card.scenario, self.card.language)
        assert setting is not None
        number = room.recall(self.hub.store, setting.scenario, self.card.id).number + 1
        room.do(self.hub.store, setting.scenario, self.card.id, Event(number, act, subject, amount))


@asynccontextmanager
async def served(store: Path | str) -> AsyncIterator[tuple[Hub, int]]:
    """Serve workshops over this store until the end of the block."""
    hub = Hub(Shelf(SCENARIOS), str(store))
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    templates.filters["asset"] = gather(STATIC).address
    handlers = workshop(hub, "nl", lambda pattern: f"/{pattern}")
    house = {"base_url": "/", "cookie_secret": SECRET, "identity_provider": Visitors()}
    server = HTTPServer(Application(handlers, casework_templates=templates, **house))
    listening, port = bind_unused_port()
    server.add_socket(listening)
    try:
        yield hub, port
    finally:
        server.stop()
        await server.close_all_connections()
        hub.close()


@asynccontextmanager
async def hall(store: Path | str, case: str = "leo", language: str = "nl", seats: int = 1000) -> AsyncIterator[Hall]:
    """Serve a session of this case until the end of the block."""
    async with served(store) as (hub, port):
        setting = case_setting(hub.shelf, case, language)
        assert setting is not None
        scenario, protocol = setting.scenario, setting.protocol
        card = await hub.run(lambda: room.open_session(hub.store, scenario, protocol, seats=seats))
        one = Hall(hub, port, card)
        yield one
        for line in one.lines:
            await line.hang_up()


@asynccontextmanager
async def same_store(one: Hall) -> AsyncIterator[Hall]:
    """Serve the same session once more, by another server over the same store."""
    async with served(one.hub.address) as (hub, port):
        other = Hall(hub, port, one.card)
        yield other
        for line in other.lines:
            await line.hang_up()
