"""What the server and the template process say to each other: one JSON text in one packet, each way."""

import json
from dataclasses import asdict, dataclass

LARGEST = 1 << 20
READY = b"ready"
GO = b"go"


@dataclass(frozen=True, slots=True)
class Request:
    """A kernel that is wanted: its connection file, the folder in which it works, and its environment."""

    file: str
    folder: str
    environment: dict[str, str]


def pack(request: Request) -> bytes:
    """Return a request as a packet."""
    return json.dumps(asdict(request)).encode()


def unpack(packet: bytes) -> Request:
    """Return the request in a packet."""
    return Request(**json.loads(packet))
