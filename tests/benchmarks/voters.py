"""Phones that come into a session and vote, and the projector that counts them: plain HTTP and websocket clients.

They fetch what a phone fetches, packed as for a browser, wait for their first view, and vote at a moment of their own.
"""

import asyncio
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from casework.play.ballot import Ballot
from tests.benchmarks.trouble import Trouble

ASSET = re.compile(r'(?:href|src)="/(casework/static/[^"]+)"')
PACKED = {"Accept-Encoding": "gzip"}
AT_ONCE = 100  # phones that are loading at one moment; a room's Wi-Fi carries no more
PATIENCE = 120


@dataclass(slots=True)
class Phone:
    """One phone: how long it took to be in and what it fetched for that, and when it voted and was answered.

    `requests` counts its line too; `size` is in bytes over HTTP, as they came, and of text over the line.
    """

    token: str
    socket: WebSocketClientConnection
    waited: float
    requests: int
    size: int
    choice: str = ""
    began: float = 0.0
    taken: float = 0.0

    @property
    def acknowledged(self) -> float:
        """The seconds from its tap to the answer that its vote is stored."""
        return self.taken - self.began


@dataclass(slots=True)
class Stage:
    """The projector: at what moment it showed how many votes."""

    counts: list[tuple[float, int]] = field(default_factory=list)

    def lag(self, moments: Sequence[float]) -> float:
        """Return the longest time from an acknowledged vote to a stage that showed as many. Raises `Trouble`."""
        waits = []
        for number, moment in enumerate(sorted(moments), 1):
            shown = next((at for at, count in self.counts if count >= number), None)
            if shown is None:
                raise Trouble(f"the stage never showed {number} votes; the last was {self.counts[-1:]}")
            waits.append(max(0.0, shown - moment))
        return max(waits)


async def come_in(hosts: Sequence[str], code: str) -> list[Phone]:
    """Let a phone in at each of these hosts, all at once, as far as a room's network carries them."""
    # A browser unpacks what it was sent; here it is weighed first.
    client = AsyncHTTPClient(force_instance=True, max_clients=AT_ONCE, defaults={"decompress_response": False})
    door = asyncio.Semaphore(AT_ONCE)
    began = time.perf_counter()
    try:
        return await asyncio.gather(
            *(_enter(client, door, host, code, str(number), began) for number, host in enumerate(hosts))
        )
    finally:
        client.close()


async def vote(phone: Phone, number: int, within: float) -> None:
    """Vote in a round once it is open, at some moment within so many seconds. Raises `Trouble` unless it is stored."""
    while (view := (await _hear(phone.socket, "view"))["view"])["round"] != number:
        continue
    await asyncio.sleep(random.uniform(0, within))
    phone.choice = random.choice(view["options"])["id"]
    phone.began = time.perf_counter()
    cast = {"kind": "vote", "round": number, "number": 1, "choice": phone.choice, "sure": True}
    await phone.socket.write_message(json.dumps(cast))
    answer = await _hear(phone.socket, "taken")
    phone.taken = time.perf_counter()
    if answer["notice"]:
        raise Trouble(f"a vote was answered with '{answer['notice']}'")


async def hang_up(phones: Sequence[Phone]) -> None:
    """Close the lines, and wait until they are."""
    await asyncio.gather(*(_cut(phone.socket) for phone in phones))


def check(ballots: Sequence[Ballot], tapped: Sequence[str]) -> None:
    """Raise `Trouble` unless each vote that was *tapped* stands in the store once, and no other does."""
    voted = {ballot.participant for ballot in ballots}
    if (len(ballots), len(voted)) != (len(tapped), len(tapped)):
        raise Trouble(f"{len(tapped)} phones voted; the store has {len(ballots)} ballots of {len(voted)}")
    if Counter(ballot.choice for ballot in ballots) != Counter(tapped):
        raise Trouble("the store has other votes than were tapped")


async def watch(host: str, session_id: str, token: str, stage: Stage) -> None:
    """Look at the projector until cancelled; *token* is the facilitator's, without whom nobody sees it."""
    entered = await AsyncHTTPClient().fetch(
        f"http://{host}/enter?token={token}", follow_redirects=False, raise_error=False
    )
    cookie = "; ".join(each.split(";")[0] for each in entered.headers.get_list("Set-Cookie"))
    socket = await websocket_connect(HTTPRequest(f"ws://{host}/stage/{session_id}/line", headers={"Cookie": cookie}))
    try:
        while (text := await socket.read_message()) is not None:
            counts = json.loads(text).get("counts")
            if counts:
                stage.counts.append((time.perf_counter(), counts["voted"]))
    finally:
        await asyncio.shield(_cut(socket))


async def _enter(
    client: AsyncHTTPClient, door: asyncio.Semaphore, host: str, code: str, token: str, began: float
) -> Phone:
    async with door:
        page = await _fetch(client, f"http://{host}/join/{code}")
        text = gzip.decompress(page).decode()
        parts = [await _fetch(client, f"http://{host}/{path}") for path in dict.fromkeys(ASSET.findall(text))]
        socket = await websocket_connect(f"ws://{host}/room/{code}/line")
        await socket.write_message(json.dumps({"kind": "join", "token": token}))
        first = await _hear(socket, "view")
        size = len(page) + sum(map(len, parts)) + len(json.dumps(first, ensure_ascii=False).encode())
        return Phone(token, socket, time.perf_counter() - began, len(parts) + 2, size)


async def _cut(socket: WebSocketClientConnection) -> None:
    socket.close()
    while await socket.read_message() is not None:
        continue


async def _fetch(client: AsyncHTTPClient, address: str) -> bytes:
    return (await client.fetch(address, headers=PACKED, request_timeout=PATIENCE)).body


async def _hear(socket: WebSocketClientConnection, kind: str) -> dict[str, Any]:
    while True:
        text = await socket.read_message()
        if text is None:
            raise Trouble(f"a line was closed before it said '{kind}'")
        message: dict[str, Any] = json.loads(text)
        if message["kind"] == kind:
            return message
        if message["kind"] == "door":
            raise Trouble(f"a phone was not let in: {message['notice']}")
