"""Behind a proxy: what it says of who asks is believed if it is ours, and nothing that a stranger says."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.serve.asking import HOST, Server, asked, serving
from tornado.web import RequestHandler

from casework.serve.proxy import Gate, Origin, told

PROXY, OUTER, PHONE, STRANGER = "10.0.0.2", "10.0.0.3", "203.0.113.7", "198.51.100.9"
HOPS = some.lists(some.sampled_from([PHONE, STRANGER, PROXY, OUTER, "", "nobody", "1.2.3"])).map(", ".join)
SEEN = Origin(PROXY, "http")


@pytest.mark.parametrize(
    ("hops", "address"),
    [
        (PHONE, PHONE),
        (f"{STRANGER}, {PHONE}", PHONE),
        (f"{STRANGER},{PHONE}, {OUTER}", PHONE),
        (f",{PHONE}", PHONE),
        ("2001:db8::7", "2001:db8::7"),
        ("", PROXY),
        (PROXY, PROXY),
        ("nobody", PROXY),
        (f"{PHONE}, unknown", PROXY),
    ],
)
def test_the_last_who_is_no_proxy_of_ours_is_who_asks(hops: str, address: str) -> None:
    assert told(SEEN, {"X-Forwarded-For": hops}, {PROXY, OUTER}) == Origin(address, "http")


@pytest.mark.parametrize(
    ("said", "scheme"),
    [("https", "https"), ("http", "http"), ("https,http", "https"), (",http", "http"), ("ftp", "http")],
)
def test_the_scheme_is_that_of_the_outermost_proxy(said: str, scheme: str) -> None:
    assert told(SEEN, {"X-Forwarded-Proto": said}, {PROXY}).scheme == scheme


@given(HOPS, some.sampled_from(["https", "http", ""]))
def test_a_stranger_says_what_they_like_and_is_seen_as_who_they_are(hops: str, scheme: str) -> None:
    seen = Origin(STRANGER, "http")

    assert told(seen, {"X-Forwarded-For": hops, "X-Forwarded-Proto": scheme}, {PROXY}) == seen


@given(HOPS, HOPS)
def test_what_stands_before_the_last_stranger_changes_nothing(before: str, after: str) -> None:
    said = {"X-Forwarded-For": f"{before}, {STRANGER}"}

    assert told(SEEN, said, {PROXY}) == told(SEEN, {"X-Forwarded-For": f"{after}, {STRANGER}"}, {PROXY})


class Mirror(RequestHandler):
    """Answers with who asks."""

    def get(self) -> None:
        self.finish(f"{self.request.remote_ip} {self.request.protocol}")


@pytest.fixture(params=[(HOST,), ()], ids=["ours", "a stranger's"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[Server, bool]]:
    with serving([("/", Mirror)], lambda application: Gate(application, request.param)) as one:
        yield one, bool(request.param)


def test_every_page_sees_who_asks_on_each_request_anew(server: tuple[Server, bool]) -> None:
    one, is_ours = server
    through = asked(one, "/", {"X-Forwarded-For": PHONE, "X-Forwarded-Proto": "https"})
    direct = asked(one, "/", {})

    assert through.body.decode() == (f"{PHONE} https" if is_ours else f"{HOST} http")
    assert direct.body.decode() == f"{HOST} http"


def test_two_requests_on_one_line_do_not_see_each_others_address(server: tuple[Server, bool]) -> None:
    one, is_ours = server
    ask = "GET / HTTP/1.1\r\nHost: here\r\n{more}\r\n"
    with closing(socket.create_connection((HOST, one.port), 10)) as line:
        said = b""
        for more, end in ((f"X-Forwarded-For: {PHONE}\r\n", b"http"), ("", b"http")):
            line.sendall(ask.format(more=more).encode())
            while not said.endswith(end) or said.count(b"HTTP/1.1 200") < (1 if more else 2):
                said += line.recv(4096)

    assert said.endswith(f"{HOST} http".encode())
    assert (f"{PHONE} http".encode() in said) is is_ours
