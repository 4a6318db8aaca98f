"""Statements to a learning record store, until it has them all; what it did not take waits for the next time.

The decisions stay where they are, so nothing can be lost here. A store that is down is asked again, later and later. A
statement whose answer was lost on the way is sent again under the same id, and a record store keeps each id once.
"""

import base64
import http.client
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import SplitResult, urlsplit

from casework.errors import RecordStoreRefuses, RecordStoreSilent
from casework.export.statements import Statement
from casework.ledger import Ledger

VERSION = "1.0.3"
BATCH = 50
ANSWER_SECONDS = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
TAKEN, CONFLICT, TOO_LARGE = (200, 204), 409, 413
LATER = (408, 425, 429)
CONNECTIONS: Mapping[str, type[http.client.HTTPConnection]] = {
    "http": http.client.HTTPConnection,
    "https": http.client.HTTPSConnection,
}
MOST_SAID = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What a record store answered; `pause` is how many seconds it asks us to stay away, where it does."""

    status: int
    text: str
    pause: float | None = None

    @property
    def is_trouble(self) -> bool:
        """Whether the same request may well succeed later."""
        return self.status >= 500 or self.status in LATER


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A record store: its address, which ends in a slash, and what goes into the `Authorization` header."""

    address: str
    authorization: str = ""

    def post(self, statements: Sequence[Statement]) -> Answer:
        """Send these in one request. Raises `OSError` or `HTTPException` where no answer came."""
        headers = {"Content-Type": "application/json", "X-Experience-API-Version": VERSION}
        if self.authorization:
            headers["Authorization"] = self.authorization
        return ask("POST", f"{self.address}statements", headers, json.dumps(list(statements)).encode())


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long to go on asking a store that does not answer, in seconds, and how to wait."""

    patience: float
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many statements a record store took now, and how many it had already."""

    now: int = 0
    before: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(self.now + other.now, self.before + other.before)


def ask(method: str, address: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    """Send one request and return its answer. Raises `OSError` or `HTTPException` where none came.

    No redirect is followed: it would carry the password, and statements about people, to another host.
    """
    place = urlsplit(address)
    connection = _connection(place)
    try:
        connection.request(method, _path(place), body, dict(headers))
        found = connection.getresponse()
        return Answer(found.status, found.read().decode("utf-8", "replace"), _seconds(found.getheader("Retry-After")))
    finally:
        connection.close()


def basic(user_and_password: str) -> str:
    """Return the `Authorization` header for `user:password`."""
    return f"Basic {base64.b64encode(user_and_password.encode()).decode('ascii')}" if user_and_password else ""


def deliver(statements: Iterable[Statement], endpoint: Endpoint, ledger: Ledger, rhythm: Rhythm) -> Delivered:
    """Send what a record store does not have yet, and note in the ledger what it took.

    Raises `RecordStoreSilent` when it stayed away longer than our patience, and `RecordStoreRefuses` for an answer that
    will be the same next time. What was taken until then stays noted.
    """
    total, rest = Delivered(), iter(statements)
    while batch := list(islice(rest, BATCH)):
        unsent = ledger.open_ones(endpoint.address, [each["id"] for each in batch])
        total += Delivered(before=len(batch) - len(unsent))
        for part in _sent([each for each in batch if each["id"] in unsent], endpoint, rhythm):
            ledger.take(endpoint.address, part.ids)
            total += part.count
    return total


@dataclass(frozen=True, slots=True)
class _Part:
    ids: tuple[str, ...]
    count: Delivered


def _sent(batch: list[Statement], endpoint: Endpoint, rhythm: Rhythm) -> Iterator[_Part]:
    if not batch:
        return
    answer = _patiently(batch, endpoint, rhythm)
    ids = tuple(each["id"] for each in batch)
    if answer.status in TAKEN:
        yield _Part(ids, Delivered(now=len(ids)))
    elif answer.status == CONFLICT and len(batch) == 1:
        # It has this id, from before our case was changed or gone. What it has was true then.
        yield _Part(ids, Delivered(before=1))
    elif answer.status in (CONFLICT, TOO_LARGE) and len(batch) > 1:
        # A record store takes a batch whole or not at all: one statement that it has must not keep out the others.
        middle = len(batch) // 2
        yield from _sent(batch[:middle], endpoint, rhythm)
        yield from _sent(batch[middle:], endpoint, rhythm)
    else:
        raise RecordStoreRefuses(endpoint.address, answer.status, answer.text[:MOST_SAID])


def _patiently(batch: list[Statement], endpoint: Endpoint, rhythm: Rhythm) -> Answer:
    waited, pause = 0.0, FIRST_PAUSE
    while True:
        trouble: object
        try:
            answer = endpoint.post(batch)
        except (OSError, http.client.HTTPException) as error:
            trouble, asked = error, None
        else:
            if not answer.is_trouble:
                return answer
            trouble, asked = f"status {answer.status}", answer.pause
        if waited >= rhythm.patience:
            raise RecordStoreSilent(endpoint.address, str(trouble) or type(trouble).__name__)
        now = min(max(asked or pause, pause), rhythm.patience - waited)
        rhythm.sleep(now)
        waited, pause = waited + now, min(pause * 2, LONGEST_PAUSE)


def _connection(place: SplitResult) -> http.client.HTTPConnection:
    return CONNECTIONS[place.scheme](place.hostname or "", place.port, timeout=ANSWER_SECONDS)


def _path(place: SplitResult) -> str:
    return f"{place.path}?{place.query}" if place.query else place.path


def _seconds(text: str | None) -> float | None:
    # It may also be a date; then our own pause will do.
    return float(text) if text is not None and text.isdecimal() else None
