"""Wrong tries: after a few of them, whoever guesses must wait, and longer each time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

FREE = 5  # tries that cost nothing: people mistype
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0  # seconds
FORGOTTEN = 600.0  # seconds without a try
MOST = 1000


@dataclass(frozen=True, slots=True)
class Past:
    """How often somebody was wrong, and when that was the last time."""

    wrong: int
    at: float


@dataclass(slots=True)
class Tries:
    """Who was wrong how often, in memory alone.

    People are told apart by their address, of which only Python's own hash is held: it differs from start to start.
    Behind a proxy that passes no addresses on all count as one.
    """

    clock: Callable[[], float] = time.monotonic
    _past: dict[int, Past] = field(default_factory=dict)

    def wait(self, address: str) -> float:
        """Return for how many seconds nothing from this address is looked at; 0 when it may try."""
        past = self._past.get(hash(address))
        return max(0.0, past.at + pause(past.wrong) - self.clock()) if past else 0.0

    def failed(self, address: str) -> None:
        """Count a wrong try."""
        now = self.clock()
        fresh = {who: past for who, past in self._past.items() if now - past.at < FORGOTTEN}
        before = fresh.pop(hash(address), Past(0, now))
        # A flood from many addresses must not fill the memory; the oldest give way.
        kept = list(fresh.items())[-(MOST - 1) :]
        self._past = {**dict(kept), hash(address): Past(before.wrong + 1, now)}

    def passed(self, address: str) -> None:
        """Forget the wrong tries of who was right in the end."""
        self._past.pop(hash(address), None)


def pause(wrong: int) -> float:
    """Return how many seconds one waits after so many wrong tries."""
    # The exponent is kept small: after a long night of guessing the power would be too large for a float.
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(wrong - FREE, 30)) if wrong >= FREE else 0.0
