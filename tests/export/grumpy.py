"""A record store that answers as a test tells it to, for what no real one does on demand."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Told = tuple[int, dict[str, str]]
Behave = Callable[[list[dict[str, Any]]], Told]


@contextmanager
def grumpy(behave: Behave) -> Iterator[str]:
    """Give the address of an endpoint that answers each batch with what *behave* returns: a status and headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            batch = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers = behave(batch)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/xapi/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
