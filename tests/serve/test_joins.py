"""Waiting times and failures, as the status page shows them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from casework.serve.joins import LAST_FAILURES, LAST_JOINS, Joins
from casework.serve.memory import Memory
from casework.serve.seats import Seats
from casework.serve.status import State, show

START = datetime(2026, 11, 26, 9, tzinfo=UTC)


class Clock:
    """A clock that goes on a minute each time it is read."""

    def __init__(self) -> None:
        self.now = START - timedelta(minutes=1)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def page(joins: Joins, language: str = "nl", memory: Memory | None = None, *reasons: str) -> dict[str, object]:
    return show(State(Seats(40), memory or Memory(), joins, reasons), language, "/")


def rows(shown: dict[str, object]) -> dict[str, str]:
    groups = shown["groups"]
    assert isinstance(groups, list)
    return {name: text for group in groups for name, text in group["rows"]}


def test_before_anybody_joined_there_is_no_time() -> None:
    joins = Joins(Clock())

    assert (joins.count, joins.median, joins.slowest, joins.failures) == (0, None, None, ())
    assert rows(page(joins))["Mensen geteld"] == "nog niemand"


@given(some.lists(some.floats(0, 1000), min_size=1, max_size=250))
def test_the_last_hundred_count(waits: list[float]) -> None:
    joins = Joins()
    for wait in waits:
        joins.note(wait)

    last = sorted(waits[-LAST_JOINS:])

    assert joins.count == len(last)
    assert joins.slowest == last[-1]
    assert joins.median is not None
    assert last[(len(last) - 1) // 2] <= joins.median <= last[len(last) // 2]


def test_failures_are_told_with_their_time_the_newest_first_and_older_ones_are_only_counted() -> None:
    joins = Joins(Clock())
    for number in range(LAST_FAILURES + 3):
        joins.failed(f"500 /case/{number}")

    assert joins.began == START
    assert joins.failed_count == LAST_FAILURES + 3
    assert len(joins.failures) == LAST_FAILURES
    assert joins.failures[0].what == f"500 /case/{LAST_FAILURES + 2}"
    assert joins.failures[0].at - joins.failures[1].at == timedelta(minutes=1)
    assert page(joins)["more"] == "En daarvoor nog 3 keer."
    assert page(joins, "en")["more"] == "And 3 times before that."


def test_seconds_and_megabytes_are_written_as_the_language_writes_them() -> None:
    joins = Joins(Clock())
    joins.note(1.24)
    memory = Memory(server=120 * 2**20, kernels=1536 * 2**20)

    dutch, english = rows(page(joins, "nl", memory)), rows(page(joins, "en", memory))

    assert dutch["Het langst"] == "1,2 seconden"
    assert english["Slowest"] == "1.2 seconds"
    assert dutch["Alle spelers samen"] == "1.536 MB"
    assert english["All players together"] == "1,536 MB"
    assert (dutch["Vrij op deze computer"], english["Free on this machine"]) == ("onbekend", "unknown")


def test_the_page_says_how_many_places_there_are_and_who_waits() -> None:
    seats = Seats(3)
    for name in ("one", "two", "three"):
        seats.enter(name)
    seats.queue()

    dutch, english = (rows(show(State(seats, Memory(), Joins(Clock())), language, "/")) for language in ("nl", "en"))

    assert (dutch["Bezet"], dutch["Vrij"], dutch["In totaal"], dutch["Wachtenden"]) == ("3", "0", "3", "1")
    assert (english["Taken"], english["Free"], english["In all"], english["Waiting"]) == ("3", "0", "3", "1")


def test_what_is_wrong_is_said_in_words() -> None:
    shown = page(Joins(Clock()), "nl", None, "no case can be played")

    assert (shown["is_well"], shown["said"]) == (False, ["Er is geen casus die gespeeld kan worden."])
    assert page(Joins(Clock()))["said"] == ["Mensen kunnen beginnen."]
