"""Vega from our own server: put together once, kept for ever by the browser, and by no other name."""

import gzip
import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from tests.serve.asking import HOST, Answer, Server, serving

from casework.serve.assets import FOR_EVER
from casework.serve.vega import PATIENCE, PATTERN, Bundle, VegaHandler, name

MOST = 350_000  # bytes over the line, for whoever explores a chart


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Bundle()


@pytest.fixture(scope="module")
def server(bundle: Bundle) -> Iterator[Server]:
    with serving([(f"/{PATTERN}", VegaHandler, {"bundle": bundle})]) as one:
        yield one


def asked(server: Server, file: str, taken: str = "gzip") -> Answer:
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/casework/static/{file}", headers={"Accept-Encoding": taken})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def test_all_who_ask_at_once_get_the_same_file_which_is_made_once(server: Server, bundle: Bundle) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = [one.result() for one in [pool.submit(asked, server, name()) for _ in range(3)]]
    making = bundle._making
    again = asked(server, name())

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in (*answers, again)}) == 1
    assert bundle._making is making


def test_it_is_packed_and_kept_for_ever_and_plain_for_who_wants_it_so(server: Server) -> None:
    packed, plain = asked(server, name()), asked(server, name(), "identity")

    assert len(packed.body) < MOST
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Cache-Control"] == FOR_EVER
    assert packed.headers["Content-Type"].startswith("text/javascript")
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_it_is_one_module_that_asks_for_nothing(server: Server) -> None:
    text = asked(server, name(), "identity").body.decode()

    assert re.search(r"export\{\S+ as vegaEmbed\};\s*$", text)
    assert not re.search(r"""(?:^|[;}])import\s*(?:[\w*{]|["'])""", text)


@pytest.mark.parametrize("file", ["vega.000000000000.js", "vega.js"])
def test_by_another_name_there_is_nothing(server: Server, file: str) -> None:
    assert asked(server, file).status == 404
