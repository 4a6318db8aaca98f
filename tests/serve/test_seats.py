"""Seats: nobody overtakes, nobody is kept out for somebody who left, and no seat is lost or given twice."""

from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from casework.serve.seats import CALLED, FEWEST, GONE, MOST, UNKNOWN, Seats, sensible


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def full(clock: Clock, capacity: int = 2) -> Seats:
    """Return a room in which all sit."""
    seats = Seats(capacity, clock)
    assert all(seats.enter(f"seat {number}") for number in range(capacity))
    return seats


def test_a_full_room_lets_nobody_in(clock: Clock) -> None:
    seats = full(clock)

    assert not seats.enter("late")
    assert (seats.taken, seats.free, seats.waiting) == (2, 0, 0)


def test_who_waits_comes_in_by_turns_as_seats_come_free(clock: Clock) -> None:
    seats = full(clock)
    first, second = seats.queue(), seats.queue()
    assert (seats.place(first), seats.place(second)) == (1, 2)

    seats.leave("seat 0")

    assert (seats.place(first), seats.place(second)) == (0, 1)
    assert seats.enter("first", first)
    assert not seats.enter("second", second)


def test_nobody_overtakes_those_who_wait(clock: Clock) -> None:
    seats = full(clock)
    waiting = seats.queue()
    seats.leave("seat 0")

    assert not seats.enter("a newcomer")
    assert seats.enter("the one who waited", waiting)


def test_who_no_longer_asks_has_left_the_line(clock: Clock) -> None:
    seats = full(clock)
    gone, there = seats.queue(), seats.queue()
    clock.now += GONE - 1
    assert seats.place(there) == 2
    clock.now += 2

    assert seats.place(gone) is None
    assert seats.place(there) == 1


def test_a_seat_is_kept_for_who_was_called_and_given_on_if_nobody_comes(clock: Clock) -> None:
    seats = full(clock)
    called, next_one = seats.queue(), seats.queue()
    seats.leave("seat 0")
    assert seats.free == 0
    clock.now += GONE - 1
    assert seats.place(next_one) == 1
    clock.now += CALLED - GONE + 2

    assert seats.place(next_one) == 0
    assert seats.place(called) is None


def test_a_seat_given_back_twice_is_one_seat(clock: Clock) -> None:
    seats = full(clock)

    seats.leave("seat 0")
    seats.leave("seat 0")
    seats.leave("never there")

    assert (seats.taken, seats.free) == (1, 1)


class Door(RuleBasedStateMachine):
    """Whatever people do at the door, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.seats = Seats(3, self.clock)
        self.sitting: list[str] = []
        self.tickets: list[str] = []
        self.names = 0

    @rule()
    def come(self) -> None:
        self.names += 1
        was_line = self.seats.waiting
        if self.seats.enter(f"{self.names}"):
            self.sitting.append(f"{self.names}")
        else:
            assert was_line or not self.seats.free
            self.tickets.append(self.seats.queue())

    @precondition(lambda self: self.tickets)
    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(self.tickets))
        if self.seats.place(ticket) == 0:
            self.names += 1
            assert self.seats.enter(f"{self.names}", ticket)
            self.sitting.append(f"{self.names}")
            self.tickets.remove(ticket)

    @precondition(lambda self: self.sitting)
    @rule(data=st.data())
    def go(self, data: st.DataObject) -> None:
        seat = data.draw(st.sampled_from(self.sitting))
        self.sitting.remove(seat)
        self.seats.leave(seat)

    @rule(seconds=st.floats(0, 30))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def seats_are_neither_lost_nor_given_twice(self) -> None:
        assert self.seats.taken == len(self.sitting) <= self.seats.capacity
        assert 0 <= self.seats.free <= self.seats.capacity - self.seats.taken


TestDoor = Door.TestCase


@pytest.mark.parametrize(
    ("told", "can_fork", "is_counted", "expected"),
    [
        ("MemAvailable: 8388608 kB\n", True, True, (8192 - 600) // 24),
        ("MemAvailable: 8388608 kB\n", True, False, (8192 - 600) // 14),
        ("MemAvailable: 8388608 kB\n", False, True, (8192 - 600) // 90),
        ("MemAvailable: 8388608 kB\n", False, False, (8192 - 600) // 90),
        ("MemAvailable: 102400 kB\n", True, True, FEWEST),
        ("MemAvailable: 999999999 kB\n", True, True, MOST),
        ("MemTotal: 1 kB\n", True, True, UNKNOWN),
    ],
)
def test_the_seats_follow_from_the_memory(
    told: str, can_fork: bool, is_counted: bool, expected: int, tmp_path: Path
) -> None:
    (tmp_path / "meminfo").write_text(told)

    assert sensible(can_fork=can_fork, is_counted=is_counted, proc=tmp_path) == expected


def test_a_system_that_does_not_say_has_the_usual_number(tmp_path: Path) -> None:
    assert sensible(can_fork=True, is_counted=True, proc=tmp_path / "nowhere") == UNKNOWN
