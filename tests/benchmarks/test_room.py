from dataclasses import replace

import psutil
import pytest

from tests.benchmarks import room
from tests.benchmarks.kinds import CASEWORK, VOILA, Kind
from tests.benchmarks.servers import running
from tests.benchmarks.trouble import Trouble

# A server that answers 500 to whoever comes for a case, as Voilà does to some of a hundred.
FAILING = """
import http.server
import sys

class Failing(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/" else 500)
        self.end_headers()

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Failing).serve_forever()
"""


def failing(kind: Kind, tries: int) -> Kind:
    return replace(kind, command=("-c", FAILING, "{port}"), tries=tries)


def test_who_is_turned_away_by_casework_has_failed() -> None:
    with running(failing(CASEWORK, CASEWORK.tries), "leo") as server, pytest.raises(Trouble, match="turned away"):
        room.warm(server)

    assert not psutil.pid_exists(server.process.pid)


def test_who_is_turned_away_by_voila_comes_again_and_gives_up_at_last() -> None:
    with running(failing(VOILA, 2), "leo") as server, pytest.raises(Trouble) as trouble:
        room.warm(server)

    assert VOILA.tries > 2
    assert trouble.value.said.count("/voila/render/leo.ipynb") == 2
