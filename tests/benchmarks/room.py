"""A room that opens a case at the same moment: how long each waits for the first view, and what that costs the server.

The visitors are plain HTTP and websocket clients, which load no scripts or styles: it is the server that is measured.
"""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, WebSocketError, websocket_connect

from tests.benchmarks.servers import Server, Usage
from tests.benchmarks.trouble import Trouble

PATIENCE = 300
SETTLE = 1.0
KERNEL = re.compile(r'"kernel(?:Id)?": ?"([^"]+)"')
MODEL = re.compile(r'"model(?:_id)?": ?"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True)
class Visitor:
    """One who has the first view, and how many seconds that took."""

    seconds: float
    socket: WebSocketClientConnection


def warm(server: Server) -> None:
    """Let one visitor in before anything is measured, as a facilitator does who looks whether it works."""
    asyncio.run(_fill(server, 1))


def fill(server: Server, joiners: int) -> dict[str, float]:
    """Return the figures of a room that arrives at once. Raises `Trouble` if a visitor gets no view."""
    return asyncio.run(_fill(server, joiners))


async def _fill(server: Server, joiners: int) -> dict[str, float]:
    client = AsyncHTTPClient(force_instance=True, max_clients=joiners)
    before, began = server.usage(), time.perf_counter()
    try:
        visits = (_visit(client, server.address) for _ in range(joiners))
        visitors = await asyncio.wait_for(asyncio.gather(*visits), PATIENCE)
        wall = time.perf_counter() - began
        # The last ones have just begun to breathe: memory and CPU count once they have settled.
        await asyncio.sleep(SETTLE)
        cost = _cost(server, before, joiners)
    except TimeoutError as error:
        raise Trouble(f"not all of {joiners} visitors had a view within {PATIENCE} s", server.said()) from error
    except (HTTPError, WebSocketError, OSError) as error:
        raise Trouble(f"a visitor was turned away: {error}", server.said()) from error
    finally:
        client.close()
    for visitor in visitors:
        visitor.socket.close()
    return {"wall": wall, **_waits(visitors), **cost}


async def _visit(client: AsyncHTTPClient, address: str) -> Visitor:
    began = time.perf_counter()
    page = await client.fetch(address, connect_timeout=PATIENCE, request_timeout=PATIENCE)
    kernel, model = _place(page)
    socket = await websocket_connect(_channels(page, address, kernel), max_message_size=100_000_000)
    await socket.write_message(_request_state(model))
    while not _has_view(await socket.read_message(), model):
        continue
    return Visitor(time.perf_counter() - began, socket)


def _place(page: HTTPResponse) -> tuple[str, str]:
    """Return the ids of the kernel and of the player's widget that stand in a page of either server."""
    text = page.body.decode()
    kernel, model = KERNEL.search(text), MODEL.search(text)
    if kernel is None or model is None:
        raise Trouble(f"no player in the page at {page.effective_url}", text[-500:])
    return kernel[1], model[1]


def _channels(page: HTTPResponse, address: str, kernel: str) -> HTTPRequest:
    cookies = "; ".join(cookie.split(";")[0] for cookie in page.headers.get_list("Set-Cookie"))
    path = f"ws://{urlsplit(address).netloc}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
    return HTTPRequest(path, headers={"Cookie": cookies}, connect_timeout=PATIENCE, request_timeout=PATIENCE)


def _request_state(model: str) -> str:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "comm_msg", "username": "", "session": "", "version": "5.3"}
    content = {"comm_id": model, "data": {"method": "request_state"}}
    message: dict[str, Any] = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return json.dumps({**message, "channel": "shell", "buffers": []})


def _has_view(frame: str | bytes | None, model: str) -> bool:
    if frame is None:
        raise Trouble("the kernel's websocket was closed before there was a view")
    if isinstance(frame, bytes):
        return False
    message = json.loads(frame)
    is_ours = message["header"]["msg_type"] == "comm_msg" and message["content"]["comm_id"] == model
    return is_ours and bool(message["content"]["data"].get("state", {}).get("view"))


def _waits(visitors: Sequence[Visitor]) -> dict[str, float]:
    seconds = [visitor.seconds for visitor in visitors]
    return {"median": median(seconds), "longest": max(seconds)}


def _cost(server: Server, before: Usage, joiners: int) -> dict[str, float]:
    now = server.usage()
    return {
        "memory": now.memory_since(before) / joiners / 1e6,
        "server": now.memory.get(server.process.pid, 0) / 1e6,
        "cpu": now.cpu_since(before),
    }
