"""Phones without a browser, which do as the page of a phone does: find a line, vote, send again until it is stored."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine, Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.iostream import IOStream
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, WebSocketError, websocket_connect

AGAIN = 0.3  # seconds before a line is looked for once more
DEAD = 4.0  # seconds after which the page gives up a line that does not come about, and tries another
UNSAVED = 1.0  # seconds before something that could not be stored is sent again
PATIENCE = 60.0
BROKEN = (OSError, WebSocketClosedError, WebSocketError, HTTPClientError)


@dataclass(eq=False)
class Handset:
    """One participant: what they want (the round, and which option), and what they know to be stored."""

    address: str
    token: str
    view: dict[str, Any] = field(default_factory=dict, repr=False)
    socket: WebSocketClientConnection | None = None
    wish: tuple[int, int] | None = None
    stored: tuple[int, int] | None = None
    lost: int = 0
    is_over: bool = False
    streams: list[IOStream] = field(default_factory=list, repr=False)

    async def live(self) -> None:
        """Be there, over one line after the other, until it is over."""
        while not self.is_over:
            with suppress(*BROKEN):
                await self._listen()
            self.hang_up()
            await asyncio.sleep(AGAIN)
        # What says goodbye at this moment would be found open by whatever test comes next.
        for stream in self.streams:
            stream.close()

    def hang_up(self) -> None:
        """End this line; a new one is looked for unless it is over."""
        if self.socket is not None:
            self.socket.close()
        self.socket = None

    async def vote(self, at: int) -> float:
        """Vote in the round that is open, and return after how many seconds the vote is known to be stored."""
        began = time.monotonic()
        self.wish = (self.view["round"], at)
        await self._send()
        while self.stored != self.wish:
            assert time.monotonic() - began < PATIENCE - 5, f"{self} was not answered"
            await asyncio.sleep(0.02)
        return time.monotonic() - began

    async def is_in(self, phase: str) -> None:
        """Return once this phone shows a phase."""
        while self.view.get("phase") != phase or self.socket is None:
            await asyncio.sleep(0.02)

    async def _listen(self) -> None:
        # Nobody vouches for the certificate of a test.
        request = HTTPRequest(self.address, validate_cert=False, connect_timeout=DEAD, request_timeout=DEAD)
        socket = await websocket_connect(request)
        self.streams.append(socket.stream)
        if self.is_over:
            return
        self.socket = socket
        await socket.write_message(json.dumps({"kind": "join", "token": self.token}))
        is_new = True
        while (text := await socket.read_message()) is not None:
            message = json.loads(text)
            if message["kind"] == "view":
                self.view = message["view"]
                if is_new:
                    await self._send()
                is_new = False
            elif message["kind"] == "taken" and message["of"] == "vote":
                await self._hear(message)
        self.lost += 1

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["notice"] == "unsaved":
            await asyncio.sleep(UNSAVED)
            await self._send()
            return
        assert message["notice"] == "", message
        assert self.wish is not None
        if message["round"] == self.wish[0]:
            self.stored = self.wish

    async def _send(self) -> None:
        if self.wish is None or self.stored == self.wish or self.socket is None:
            return
        number, at = self.wish
        vote = {"kind": "vote", "round": number, "number": 1, "choice": self.view["options"][at]["id"], "sure": True}
        with suppress(*BROKEN):
            await self.socket.write_message(json.dumps(vote))


class Crowd:
    """Many phones, on a thread of their own."""

    def __init__(self, origin: str, code: str, count: int) -> None:
        address = f"{origin.replace('http', 'ws')}/room/{code}/line"
        self.phones = [Handset(address, f"phone {number}") for number in range(count)]
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.lives = [self.begin(phone.live()) for phone in self.phones]

    def begin(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        """Let something happen, beside what the test does."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def finish(self, works: Iterable[Coroutine[Any, Any, Any]]) -> list[Any]:
        """Return what comes of all these, which happen at once."""
        begun = [self.begin(each) for each in works]
        try:
            return [work.result(PATIENCE) for work in begun]
        finally:
            # A phone that has ended answers to nothing: why it ended says more than that it is silent.
            assert [life.exception() for life in self.lives if life.done()] == []

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(PATIENCE)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _hang_up(self) -> None:
        # Nobody is cut off while they look for a line: what would come of that belongs to nobody, and stays open.
        for phone in self.phones:
            phone.is_over = True
            phone.hang_up()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
