"""What stands in the way, brought together over many workshops: clusters, to whom each goes, and what came of it.

A change is a move: one thing, as it was and as it is to be. Two people may work at the same time: a move whose first
half no longer holds changes nothing, and turned round it undoes itself, but never what somebody else did since.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from casework.play.bottleneck import HEAVIEST, LIGHTEST, Weighed

ClusterId = str
LONGEST_TITLE, LONGEST_TEXT = 120, 300
LONGEST_KEY = 80
MINUTES = (5, 10, 15, 20, 30, 45, 60)
USUAL_MINUTES = 10
STEPS = (1, 2, 3, 4, 5)
MOST_NEWS = 99
ON, GONE = "on", "gone"
EARLIEST = date(2000, 1, 1)

# Nine digits are a telephone number, however they are grouped; a year, a day or a count has fewer.
_CONTACT = re.compile(r"(?:\d[ ().+/-]{0,2}){9,}|\S@\S")


class Receiver(StrEnum):
    """To whom a cluster may go; what each of them is stands in sources Z5 (SOM, Taskforce), Z1 and S75."""

    SOM = "som"
    TASKFORCE = "taskforce"
    ASSOCIATION = "association"
    MUNICIPALITY = "municipality"


class Status(StrEnum):
    """How far a cluster has come."""

    NEW = "new"
    PASSED_ON = "passed-on"
    ANSWERED = "answered"
    SOLVED = "solved"


class Meeting(StrEnum):
    """Where a cluster is to be talked about."""

    NEXT = "next"
    THEME = "theme"


class What(StrEnum):
    """What a move changes: where a bottleneck lies, or something of a cluster."""

    PLACE = "place"
    TITLE = "title"
    QUESTION = "question"
    ANSWER = "answer"
    WEIGHT = "weight"
    MEETING = "meeting"
    MINUTES = "minutes"
    GONE = "gone"
    STEP = "step"
    RULE = "rule"
    RECEIVER = "receiver"
    STATUS = "status"


class Fault(StrEnum):
    """Why a move cannot be made, whatever the others do."""

    EMPTY = "empty"
    LONG = "long"
    CONTACT = "contact"
    DAY = "day"
    RECEIVER = "receiver"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing `of` a bottleneck or cluster, as it was and as it is to be; "" is nothing.

    `key` says which step, rule or receiver, or the number of the news, where a cluster may have several.
    """

    what: What
    of: str
    before: str
    after: str
    key: str = ""

    @property
    def back(self) -> "Move":
        """The move that undoes this one; a cluster that was made goes again, because none is without a title."""
        if self.what is What.TITLE and not self.before:
            return Move(What.GONE, self.of, "", GONE)
        return Move(self.what, self.of, self.after, self.before, self.key)


@dataclass(frozen=True, slots=True)
class News:
    """What became of a cluster on a day, an ISO date; `receiver` is who it came from or went to, or None."""

    number: int
    status: Status
    day: str
    receiver: Receiver | None = None

    @property
    def text(self) -> str:
        """It as a move has it."""
        return f"{self.status} {self.day} {self.receiver or ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Bottlenecks that are one: what they are called, what is asked and answered, and what they hang together with.

    `begun` is an ISO time, `weight` runs from 0 to 3 or is None, `minutes` is how long the talk about it may take.
    """

    id: ClusterId
    begun: str
    title: str
    question: str = ""
    answer: str = ""
    weight: int | None = None
    meeting: Meeting | None = None
    minutes: int = USUAL_MINUTES
    is_gone: bool = False
    steps: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    news: tuple[News, ...] = ()

    @property
    def last(self) -> News | None:
        """What happened last, by its day; None where nothing happened yet."""
        return max(self.news, key=lambda each: (each.day, each.number), default=None)

    @property
    def status(self) -> Status:
        """How far it has come: what happened last says it."""
        return self.last.status if self.last else Status.NEW


@dataclass(frozen=True, slots=True)
class Note:
    """A bottleneck as a workshop left it, with the name of the case that was played there, and its day, an ISO date."""

    weighed: Weighed
    case: str
    day: str

    @property
    def id(self) -> str:
        """The bottleneck's id."""
        return self.weighed.bottleneck.id

    @property
    def count(self) -> int:
        """How many texts it stands for."""
        return 1 + len(self.weighed.merged)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A cluster with its notes. `mean` is the mean of what the rooms that may be shown found it to weigh, or None."""

    cluster: Cluster
    notes: tuple[Note, ...]
    mean: Fraction | None

    @property
    def workshops(self) -> int:
        """In how many workshops it was handed in."""
        return len({note.weighed.bottleneck.session for note in self.notes})

    @property
    def texts(self) -> int:
        """How many texts were handed in about it."""
        return sum(note.count for note in self.notes)


@dataclass(frozen=True, slots=True)
class Board:
    """All bundles, in the order in which they were made, and the notes that lie in none, in the order of their days."""

    bundles: tuple[Bundle, ...] = ()
    loose: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes."""
        return (*(note for bundle in self.bundles for note in bundle.notes), *self.loose)


@dataclass(frozen=True, slots=True)
class Slot:
    """A bundle on an agenda; `begins` counts minutes from the beginning of the meeting."""

    bundle: Bundle
    begins: int


def board(clusters: Iterable[Cluster], notes: Iterable[Note]) -> Board:
    """Return the board; a note whose cluster is gone or unknown is loose."""
    kept = sorted((each for each in clusters if not each.is_gone), key=lambda each: (each.begun, each.id))
    within: dict[ClusterId, list[Note]] = {each.id: [] for each in kept}
    loose: list[Note] = []
    for note in sorted(notes, key=lambda each: (each.day, each.id)):
        within.get(note.weighed.bottleneck.cluster, loose).append(note)
    return Board(tuple(_bundle(each, within[each.id]) for each in kept), tuple(loose))


def heaviest(bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
    """Return the heaviest first: by the weight that was given to the cluster, then by what the rooms said."""
    return tuple(sorted(bundles, key=_heaviness))


def agenda(board: Board, meeting: Meeting) -> tuple[Slot, ...]:
    """Return what is on the agenda of a meeting, the heaviest first."""
    chosen = heaviest(bundle for bundle in board.bundles if bundle.cluster.meeting is meeting)
    begins = accumulate((bundle.cluster.minutes for bundle in chosen), initial=0)
    return tuple(map(Slot, chosen, begins))


def headline(text: str) -> str:
    """Return what a cluster may be called that begins with this text: no more words than a title has room for."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    short = line[: LONGEST_TITLE - 1]
    return f"{short.rsplit(' ', 1)[0]}…"


def has_contact(text: str) -> bool:
    """Whether a text seems to hold a telephone number or an address for mail. Names nobody can tell by rule."""
    return _CONTACT.search(text) is not None


def news(number: str, text: str) -> News:
    """Return what stands in a move about the status; raises `ValueError` for what is none."""
    status, day, receiver = [*text.split(" "), ""][:3]
    return News(
        int(number), Status(status), date.fromisoformat(day).isoformat(), Receiver(receiver) if receiver else None
    )


def fault(move: Move, today: date) -> Fault | None:
    """Return why this move cannot be made; None where nothing is wrong with it."""
    if max(len(move.of), len(move.key)) > LONGEST_KEY or not move.of:
        return Fault.UNKNOWN
    return _FAULTS[move.what](move, today)


def _bundle(cluster: Cluster, notes: Iterable[Note]) -> Bundle:
    own = tuple(notes)
    means = [note.weighed.mean for note in own if note.weighed.mean is not None]
    return Bundle(cluster, own, sum(means, Fraction()) / len(means) if means else None)


def _heaviness(bundle: Bundle) -> tuple[object, ...]:
    weight, mean = bundle.cluster.weight, bundle.mean
    return (weight is None, -(weight or 0), mean is None, -(mean or 0), bundle.cluster.begun, bundle.cluster.id)


def _text(longest: int, *, may_be_empty: bool) -> Callable[[Move, date], Fault | None]:
    def found(move: Move, _today: date) -> Fault | None:
        if not may_be_empty and not move.after.strip():
            return Fault.EMPTY
        if len(move.after) > longest:
            return Fault.LONG
        return Fault.CONTACT if has_contact(move.after) else None

    return found


def _one_of(*values: str) -> Callable[[Move, date], Fault | None]:
    return lambda move, _today: None if move.after in values else Fault.UNKNOWN


def _tie(*keys: str) -> Callable[[Move, date], Fault | None]:
    return lambda move, _today: None if move.after in {"", ON} and (move.key in keys or not keys) else Fault.UNKNOWN


def _status(move: Move, today: date) -> Fault | None:
    if not move.key.isdecimal() or not 1 <= int(move.key) <= MOST_NEWS:
        return Fault.UNKNOWN
    if not move.after:
        return None
    try:
        found = news(move.key, move.after)
    except ValueError:
        return Fault.DAY
    if found.text != move.after or found.status is Status.NEW:
        return Fault.UNKNOWN
    # A day begins earlier here than where the clock of the server stands.
    if not EARLIEST <= date.fromisoformat(found.day) <= today + timedelta(days=1):
        return Fault.DAY
    return Fault.RECEIVER if found.status is Status.PASSED_ON and found.receiver is None else None


_FAULTS: Mapping[What, Callable[[Move, date], Fault | None]] = {
    What.PLACE: lambda move, _today: None if len(move.after) <= LONGEST_KEY else Fault.UNKNOWN,
    What.TITLE: _text(LONGEST_TITLE, may_be_empty=False),
    What.QUESTION: _text(LONGEST_TEXT, may_be_empty=True),
    What.ANSWER: _text(LONGEST_TEXT, may_be_empty=True),
    What.WEIGHT: _one_of("", *map(str, range(LIGHTEST, HEAVIEST + 1))),
    What.MEETING: _one_of("", *Meeting),
    What.MINUTES: _one_of(*map(str, MINUTES)),
    What.GONE: _one_of("", GONE),
    What.STEP: _tie(*map(str, STEPS)),
    What.RULE: _tie(),
    What.RECEIVER: _tie(*Receiver),
    What.STATUS: _status,
}
