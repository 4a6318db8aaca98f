"""Where phones may reach this machine."""

import socket
from contextlib import closing

import pytest

from casework.room.addresses import addresses, answers, is_usable


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "::1", "169.254.3.4", "fe80::1", "0.0.0.0", "224.0.0.1", "fe80::1%2", "x"]
)
def test_an_address_that_no_phone_could_use_is_not_offered(text: str) -> None:
    assert not is_usable(text)


@pytest.mark.parametrize("text", ["192.168.1.7", "10.0.0.4", "172.20.10.2", "fd00::7", "2001:db8::7"])
def test_an_address_in_a_network_is_offered(text: str) -> None:
    assert is_usable(text)


def test_this_machine_s_addresses_are_its_own_and_each_stands_once() -> None:
    found = addresses()

    assert len(set(found)) == len(found)
    for host in found:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with closing(socket.socket(family)) as server:
            server.bind((host, 0))


def test_a_server_that_listens_answers_and_one_that_does_not_is_told_apart() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        assert answers("127.0.0.1", port)
    assert not answers("127.0.0.1", port)
