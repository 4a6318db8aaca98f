"""Seats: how many may play at once on this machine, who waits for one, and who comes in next."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from casework.serve import memory

UNCOUNTED, FORKED, SPAWNED = 14, 24, 90  # MB that a visitor takes: forked uncounted, forked, and started anew
SERVER = 600  # MB for all else
FEWEST, MOST, UNKNOWN = 4, 1_000, 40
GONE = 20.0  # seconds without asking after which somebody has left the line
CALLED = 20.0  # seconds to come in once it is one's turn
MB = 1024 * 1024


class Seats:
    """The seats of one server. A ticket says who waits; it names nobody, and is gone with its owner."""

    def __init__(self, capacity: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.capacity = capacity
        self._clock = clock
        self._held: set[str] = set()
        self._line: OrderedDict[str, float] = OrderedDict()
        self._called: dict[str, float] = {}

    @property
    def taken(self) -> int:
        """How many sit."""
        return len(self._held)

    @property
    def free(self) -> int:
        """How many seats are for whoever comes next; those who were called have theirs."""
        return max(0, self.capacity - len(self._held) - len(self._called))

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    def enter(self, seat: str, ticket: str = "") -> bool:
        """Take a seat under this name, if one is free and nobody was earlier, or if it was this ticket's turn."""
        self._tidy()
        if self._called.pop(ticket, None) is None and (self._line or not self.free):
            return False
        self._held.add(seat)
        return True

    def leave(self, seat: str) -> None:
        """Give a seat back; a name that has none changes nothing."""
        self._held.discard(seat)
        self._tidy()

    def queue(self) -> str:
        """Return a new ticket, at the end of the line."""
        ticket = secrets.token_urlsafe(9)
        self._line[ticket] = self._clock()
        self._tidy()
        return ticket

    def place(self, ticket: str) -> int | None:
        """Return how many are before this ticket, 0 once it is its turn, counting itself: 1 is next; none if unknown.

        Who does not ask for a while has left.
        """
        self._tidy()
        if ticket in self._line:
            self._line[ticket] = self._clock()
        if ticket in self._called:
            self._called[ticket] = self._clock()
            return 0
        return list(self._line).index(ticket) + 1 if ticket in self._line else None

    def _tidy(self) -> None:
        now = self._clock()
        for waiting, patience in ((self._line, GONE), (self._called, CALLED)):
            for ticket in [ticket for ticket, seen in waiting.items() if now - seen > patience]:
                del waiting[ticket]
        while self._line and self.free:
            ticket, _ = self._line.popitem(last=False)
            self._called[ticket] = now


def sensible(*, can_fork: bool, is_counted: bool, proc: Path = memory.PROC) -> int:
    """Return how many seats the free memory of this machine carries.

    `is_counted` tells whether forked kernels count references to what they share, and so copy it.
    """
    free = memory.free(proc)
    if free is None:
        return UNKNOWN
    forked = FORKED if is_counted else UNCOUNTED
    return max(FEWEST, min(MOST, (free // MB - SERVER) // (forked if can_fork else SPAWNED)))
