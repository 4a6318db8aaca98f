"""Behind a proxy: from where somebody asks, and over which kind of line, as a proxy of ours tells it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.routing import Router
from tornado.web import Application

SCHEMES = {"http", "https"}


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody asks: the address of their device, and `http` or `https`."""

    address: str
    scheme: str


def told(seen: Origin, headers: Mapping[str, str], proxies: Collection[str]) -> Origin:
    """Return from where somebody asks, when the one at the other end of the line is *seen*.

    Only what a proxy of ours says is believed: a phone that named another address with each guess would never be
    slowed down.
    """
    if seen.address not in proxies:
        return seen
    hops = [hop.strip() for hop in headers.get("X-Forwarded-For", "").split(",")]
    # Each proxy adds whom it heard from at the end; what stands before the last stranger, that stranger may have said.
    address = next((hop for hop in reversed(hops) if hop not in proxies), "")
    schemes = headers.get("X-Forwarded-Proto", "").split(",")
    return Origin(
        address if _is_address(address) else seen.address,
        next((scheme.strip() for scheme in schemes if scheme.strip() in SCHEMES), seen.scheme),
    )


class Gate(Router):
    """Hands each request on to the application, with what proxies of ours tell of it."""

    def __init__(self, application: Application, proxies: Collection[str]) -> None:
        self.application, self.proxies = application, frozenset(proxies)

    def find_handler(self, request: HTTPServerRequest, **more: Any) -> HTTPMessageDelegate | None:
        """Return who answers a request."""
        seen = told(Origin(str(request.remote_ip), request.protocol), request.headers, self.proxies)
        request.remote_ip, request.protocol = seen.address, seen.scheme
        return self.application.find_handler(request, **more)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
