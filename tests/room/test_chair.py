"""What the facilitator does is stored before any screen changes, once, whatever the clickers and windows."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.room.evening import MELDCODE, Evening
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT, edited

from casework import room
from casework.errors import ActRefused, SessionUnknown
from casework.play.attempt import start
from casework.play.showing import minutes
from casework.play.workshop import Act, Event, Phase
from casework.room import CHANGED, ELSEWHERE, UNDECIDED, Turn
from casework.room.times import later
from casework.store import Store, open_store

BUSY = {"door__kitchen": 4, "door__door": 3}


def test_an_act_is_stored_with_its_time_when_it_comes_back(evening: Evening) -> None:
    turn = evening.press(Act.ASK)

    assert turn.workshop.phase is Phase.VOTE
    assert evening.store.sessions.events(evening.id) == (Event(1, Act.ASK, at=evening.clock.at),)
    assert evening.workshop == turn.workshop


def test_a_clicker_that_is_pressed_twice_acts_once(evening: Evening) -> None:
    first = evening.press(Act.ASK, number=1)

    assert evening.press(Act.ASK, number=1) == first == Turn(evening.workshop)


def test_of_two_windows_the_second_is_shown_what_the_first_did(evening: Evening) -> None:
    evening.press(Act.ASK, number=1)

    assert evening.press(Act.BLANK, number=1) == Turn(evening.workshop, ELSEWHERE)
    assert evening.press(Act.CLOSE, number=7) == Turn(evening.workshop, ELSEWHERE)
    assert not evening.workshop.is_blank


def test_what_is_not_possible_is_refused_and_not_stored(evening: Evening) -> None:
    with pytest.raises(ActRefused):
        evening.press(Act.CLOSE)
    with pytest.raises(ActRefused):
        evening.press(Act.FOLLOW, CALL)

    assert evening.store.sessions.events(evening.id) == ()


@pytest.mark.parametrize(
    "verb",
    [
        lambda store: room.recall(store, SAMPLE, "x"),
        lambda store: room.do(store, SAMPLE, "x", Event(1, Act.ASK)),
        lambda store: room.look(store, SAMPLE, MELDCODE, "x"),
        lambda store: room.notes(store, SAMPLE, MELDCODE, "x"),
        lambda store: room.minutes(store, SAMPLE, MELDCODE, "x"),
    ],
)
def test_a_session_that_is_not_here_is_unknown(store: Store, verb: object) -> None:
    with pytest.raises(SessionUnknown, match="session 'x' is not in the store"):
        verb(store)  # type: ignore[operator]


def test_the_room_follows_the_majority_once(evening: Evening) -> None:
    evening.press(Act.ASK)
    evening.fill(**BUSY)
    evening.press(Act.REVEAL)

    turn = room.follow_majority(evening.store, SAMPLE, evening.id, 3, clock=evening.clock)
    again = room.follow_majority(evening.store, SAMPLE, evening.id, 3, clock=evening.clock)

    assert turn.workshop.attempt.scene == "kitchen"
    assert again == turn


def test_before_the_reveal_at_a_tie_and_under_five_nobody_leads(evening: Evening) -> None:
    evening.press(Act.ASK)
    evening.fill(door__kitchen=3, door__door=1)
    follow = lambda: room.follow_majority(evening.store, SAMPLE, evening.id, evening.workshop.number + 1).notice  # noqa: E731

    assert follow() == UNDECIDED
    evening.press(Act.REVEAL)
    assert follow() == UNDECIDED
    evening.press(Act.RESET)
    evening.press(Act.ASK)
    evening.fill(door__kitchen=3, door__door=3)
    evening.press(Act.REVEAL)
    assert follow() == UNDECIDED
    assert evening.workshop.attempt.scene == "door"


def test_the_minority_road_is_played_for_two_scenes_and_the_room_is_back_at_its_vote(evening: Evening) -> None:
    evening.press(Act.ASK)
    evening.fill(**BUSY)
    evening.press(Act.REVEAL)
    before, seen = evening.workshop, evening.look()

    evening.press(Act.VISIT, LISTEN)
    evening.press(Act.FOLLOW, LEAVE)
    away = evening.look()
    turn = evening.press(Act.RETURN)

    assert (away.scene, away.is_away, away.results) == ("harm", True, ())
    assert replace(turn.workshop, number=before.number, detours=()) == before
    assert replace(evening.look(), number=seen.number) == seen


@settings(max_examples=20, deadline=None)
@given(st.integers(30, 600), st.lists(st.tuples(st.sampled_from(["pause", "resume", "wait"]), st.integers(0, 300))))
def test_back_from_the_minority_road_the_clock_has_as_much_time_as_when_the_room_left(
    length: int, meanwhile: list[tuple[str, int]]
) -> None:
    with closing(open_store(":memory:")) as store:
        evening = Evening.begin(store)
        clock = evening.clock
        evening.press(Act.ASK)
        evening.press(Act.REVEAL)
        room.set_clock(store, SAMPLE, evening.id, 3, length, clock=clock)
        clock.at = later(clock.at, 20)
        evening.press(Act.VISIT, LISTEN)
        for verb, wait in meanwhile:
            clock.at = later(clock.at, wait)
            number, is_paused = evening.workshop.number + 1, evening.workshop.is_paused
            if verb == "pause" and not is_paused:
                evening.press(Act.PAUSE)
            if verb == "resume" and is_paused:
                room.resume(store, SAMPLE, evening.id, number, clock=clock)

        number = evening.workshop.number + 1
        back = room.come_back(store, SAMPLE, evening.id, number, clock=clock)

        assert room.come_back(store, SAMPLE, evening.id, number, clock=clock) == back
        if back.workshop.is_paused:
            clock.at = later(clock.at, 100)
            room.resume(store, SAMPLE, evening.id, number + 1, clock=clock)
        assert room.remaining(evening.workshop, clock=clock) == length - 20


def test_a_clock_that_stood_still_when_the_room_left_has_as_much_time_when_it_is_back(evening: Evening) -> None:
    store, clock = evening.store, evening.clock
    evening.press(Act.ASK)
    evening.press(Act.REVEAL)
    room.set_clock(store, SAMPLE, evening.id, 3, 90, clock=clock)
    evening.press(Act.PAUSE)
    clock.at = later(clock.at, 500)
    evening.press(Act.VISIT, LISTEN)
    room.resume(store, SAMPLE, evening.id, 6, clock=clock)
    evening.press(Act.PAUSE)
    room.resume(store, SAMPLE, evening.id, 8, clock=clock)

    room.come_back(store, SAMPLE, evening.id, 9, clock=clock)

    assert room.remaining(evening.workshop, clock=clock) == 90


def test_a_clock_is_set_extended_and_stands_still_in_a_pause(evening: Evening) -> None:
    evening.press(Act.ASK)
    store, clock, session_id = evening.store, evening.clock, evening.id
    left = lambda: room.remaining(evening.workshop, clock=clock)  # noqa: E731
    assert left() is None

    room.set_clock(store, SAMPLE, session_id, 2, 90, clock=clock)
    clock.at = "2026-01-05T12:01:00+00:00"
    assert left() == 30
    evening.press(Act.PAUSE)
    clock.at = "2026-01-05T13:00:00+00:00"
    assert left() is None
    room.resume(store, SAMPLE, session_id, 4, clock=clock)
    assert left() == 30
    room.extend(store, SAMPLE, session_id, 5, 60, clock=clock)
    assert left() == 90
    clock.at = "2026-01-05T15:00:00+00:00"
    assert left() == 0
    assert evening.workshop.phase is Phase.VOTE
    room.extend(store, SAMPLE, session_id, 6, 60, clock=clock)
    assert left() == 60


def test_a_minute_more_pressed_twice_is_one_minute(evening: Evening) -> None:
    for _ in range(2):
        room.extend(evening.store, SAMPLE, evening.id, 1, 60, clock=evening.clock)
        evening.clock.at = "2026-01-05T12:00:01+00:00"

    assert room.remaining(evening.workshop, clock=evening.clock) == 59


def test_a_case_that_its_author_changed_goes_on_as_far_as_it_can(evening: Evening) -> None:
    for act, subject in ((Act.ASK, ""), (Act.REVEAL, ""), (Act.FOLLOW, LISTEN), (Act.FOLLOW, LEAVE)):
        evening.press(act, subject)

    evening.scenario = edited(SAMPLE, version="2", without=LEAVE)

    assert (evening.workshop.attempt.scene, evening.workshop.lost) == ("kitchen", 1)
    assert evening.press(Act.FOLLOW, CALL).notice == CHANGED
    assert evening.workshop.attempt.scene == "good"


def test_a_facilitator_who_comes_back_finds_the_room_as_it_was(evening: Evening) -> None:
    evening.press(Act.ASK)
    evening.fill(**BUSY)
    evening.press(Act.REVEAL)
    evening.press(Act.RULES)

    assert room.recall(evening.store, SAMPLE, evening.id) == evening.workshop
    assert evening.look().results[0].voters == 7
    assert [each.choice for each in evening.notes().room.said] == [WAIT, LISTEN]


def test_after_the_end_nothing_can_be_done_and_the_minutes_are_the_same(evening: Evening) -> None:
    evening.press(Act.ASK)
    evening.fill(door__kitchen=9, door__door=5)
    evening.press(Act.REVEAL)
    evening.press(Act.FOLLOW, LISTEN)
    before = evening.minutes()
    ballots = evening.store.sessions.ballots(evening.id)

    evening.press(Act.END)

    told = evening.minutes()
    assert replace(told, held=()) == before
    assert told == minutes(SAMPLE, MELDCODE, evening.workshop, ballots, 14)
    assert [line.cell.count for line in told.held[0].lines] == [5, 9]
    with pytest.raises(ActRefused):
        evening.press(Act.READ)
    assert evening.workshop.attempt.id == start(SAMPLE, evening.id).id
