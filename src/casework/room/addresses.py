"""Where phones in a room may reach this machine: its own addresses, and whether something answers there."""

import socket
from contextlib import closing, suppress
from ipaddress import ip_address

# Addresses that are nobody's: a datagram socket that is pointed at one sends nothing, and tells from which address of
# ours it would. Some are kept for documentation, the others stand for the private networks of rooms and houses.
_AIMS = (
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET, "192.168.255.254"),
    (socket.AF_INET, "172.31.255.254"),
    (socket.AF_INET, "10.255.255.254"),
    (socket.AF_INET6, "2001:db8::1"),
    (socket.AF_INET6, "fd00::1"),
)
_ANY_PORT = 9
PATIENCE = 0.3


def addresses() -> tuple[str, ...]:
    """Return this machine's addresses that another device can use, IPv4 first, each once; none without a network.

    Loopback, and addresses that hold on one cable only, are left out: no phone could use them.
    """
    found = [*(_toward(*aim) for aim in _AIMS), *_named()]
    usable = dict.fromkeys(text for text in found if text and is_usable(text))
    return tuple(sorted(usable, key=lambda text: ip_address(text).version))


def is_usable(text: str) -> bool:
    """Return whether an address is one that another device can use."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast)


def answers(host: str, port: int) -> bool:
    """Return whether a server answers at this address and port, as seen from this machine itself."""
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except OSError:
        return False
    return True


def _toward(family: socket.AddressFamily, aim: str) -> str:
    with suppress(OSError), closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
        probe.connect((aim, _ANY_PORT))
        return str(probe.getsockname()[0])
    return ""


def _named() -> list[str]:
    """Return the addresses that go with this machine's own name; on many systems that is only loopback."""
    try:
        rows = socket.getaddrinfo(socket.gethostname(), None, proto=socket.IPPROTO_TCP)
    except OSError:
        return []
    return [str(row[4][0]) for row in rows]
