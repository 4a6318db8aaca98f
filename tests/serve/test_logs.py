"""The log: one object for each line if asked, and nothing that leads to somebody in either form."""

import json
import logging
import sys
import uuid
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.serve.logs import Lines, Plain, Style, configured, discreet
from casework.session import new_id

LEADS_TO_SOMEBODY = [
    "404 GET /case/leo?token=abc&x=1 (10.0.0.17) 1.41ms",
    "Connecting to kernel 1b6a5b7e-4f0e-4f5c-9d4b-0a0f6f6f2a11.",
    "uri='/cmi5/milan?endpoint=https://x&fetch=y', remote_ip='fe80::1:2:3:4'",
    "2001:db8:85a3:0:0:8a2e:370:7334 came",
    "192.168.1.5",
    "http://[fe80::1]:8866/ was asked by fe80::2",
    "::ffff:10.0.0.17",
    "GET /seat/AbCdEf-123_x/nl 200",
    "1B6A5B7E4F0E4F5C9D4B0A0F6F6F2A11",
]
SECRETS = ("abc", "10.0.0.17", "4f0e", "fetch", "fe80", "2001", "192.168", "1B6A", "AbCdEf")


def record(message: str, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("casework.requests", logging.WARNING, __file__, 1, message, (), None)
    made.__dict__.update(more)
    return made


@pytest.mark.parametrize("text", LEADS_TO_SOMEBODY)
@pytest.mark.parametrize("formatter", [Plain("%(message)s"), Lines()])
def test_no_address_id_or_query_is_written(text: str, formatter: logging.Formatter) -> None:
    written = formatter.format(record(text))

    assert not [secret for secret in SECRETS if secret in written]
    assert "…" in written


@given(some.uuids(), some.ip_addresses())
def test_whatever_the_id_or_the_address_it_stays_out(one: uuid.UUID, address: IPv4Address | IPv6Address) -> None:
    text = discreet(f"kernel {one}, {one.hex} of {address} died")

    assert str(one) not in text
    assert one.hex not in text
    assert str(address) not in text or address.is_loopback or address.is_unspecified


def test_the_id_of_an_attempt_is_hidden_and_words_are_not() -> None:
    ids = [new_id() for _ in range(200)]

    left = [one for one in ids if discreet(f"attempt {one} went on") != "attempt … went on"]

    # A few in a hundred thousand have no digit; they are never logged, this is the second net.
    assert len(left) < 20
    assert (
        discreet("KernelWebsocketHandler 12:30:45 1.2.3 127.0.0.1") == "KernelWebsocketHandler 12:30:45 1.2.3 127.0.0.1"
    )


def test_a_line_for_programs_is_one_object_with_the_request() -> None:
    request = {"method": "GET", "place": "/nl", "status": 200, "milliseconds": 3}

    said = json.loads(Lines().format(record("GET /nl 200", request=request)))

    assert said.pop("time").endswith("+00:00")
    assert said == {"level": "warning", "part": "casework.requests", "said": "GET /nl 200", **request}


def test_an_error_brings_its_trace_in_the_same_line() -> None:
    trouble = ValueError("of 10.0.0.17")

    written = Lines().format(record("it broke", exc_info=(ValueError, trouble, None)))

    assert "\n" not in written
    assert "ValueError: of …" in json.loads(written)["trace"]


@pytest.mark.parametrize("style", list(Style))
def test_the_configuration_names_a_formatter_that_exists(style: Style) -> None:
    module, _, name = configured(style)["formatters"]["console"]["class"].rpartition(".")

    assert hasattr(sys.modules[module], name)
