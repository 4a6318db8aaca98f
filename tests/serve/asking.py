"""Handlers of ours behind a real port, on a thread of their own, and questions to them."""

import asyncio
import http.client
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application

HOST = "127.0.0.1"
Gate = Callable[[Application], Any]


@dataclass(frozen=True)
class Server:
    """Where the handlers listen."""

    port: int


@dataclass(frozen=True)
class Answer:
    """What came back: exactly what was on the line."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@contextmanager
def serving(handlers: Sequence[Any], gate: Gate = lambda one: one, **settings: Any) -> Iterator[Server]:
    """Serve these handlers, behind a gate if there is one, until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listen() -> HTTPServer:
        made = Application(handlers, compress_response=True, log_function=lambda _: None, **settings)
        server = HTTPServer(gate(made))
        server.listen(0, HOST)
        return server

    async def close() -> None:
        server.stop()
        await server.close_all_connections()

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield Server(next(iter(server._sockets.values())).getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def asked(server: Server, path: str, headers: Mapping[str, str]) -> Answer:
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=10)) as connection:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
