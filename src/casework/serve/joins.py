"""How long people waited for their case, and what went wrong since the start: numbers and words, never who."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median

LAST_JOINS, LAST_FAILURES = 100, 20


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong: when, and what, in a few words without anything personal."""

    at: datetime
    what: str


@dataclass(slots=True)
class Joins:
    """The last hundred waiting times in seconds, and the last twenty failures; older ones are counted and dropped."""

    clock: Callable[[], datetime] = _now
    began: datetime = field(init=False)
    failed_count: int = field(default=0, init=False)
    _seconds: deque[float] = field(default_factory=lambda: deque(maxlen=LAST_JOINS), init=False)
    _failures: deque[Failure] = field(default_factory=lambda: deque(maxlen=LAST_FAILURES), init=False)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def note(self, seconds: float) -> None:
        """Remember how long somebody waited from asking for a case to seeing it."""
        self._seconds.append(seconds)

    def failed(self, what: str) -> None:
        """Remember that something went wrong, now; *what* is shown as it is, so it may name nobody."""
        self.failed_count += 1
        self._failures.append(Failure(self.clock(), what))

    @property
    def count(self) -> int:
        """Over how many waits the median and the slowest are: a hundred at most."""
        return len(self._seconds)

    @property
    def median(self) -> float | None:
        """The middle of the last waits, in seconds; nothing before the first."""
        return median(self._seconds) if self._seconds else None

    @property
    def slowest(self) -> float | None:
        """The longest of the last waits, in seconds; nothing before the first."""
        return max(self._seconds, default=None)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The last failures, the newest first."""
        return tuple(reversed(self._failures))
