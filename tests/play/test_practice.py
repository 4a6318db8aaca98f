"""The time on a practice form: counted from coming there to leaving, and only where clocks were at hand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.samples import CALL, LISTEN, SAMPLE, WAIT

from casework.play.attempt import Attempt, Decision, replay
from casework.play.practice import seconds
from casework.scenario.model import Exercise, Scenario


def practising(*scenes: str) -> Scenario:
    """Return the sample with an exercise in these scenes."""
    marked = (
        replace(scene, exercise=Exercise.REGISTRATION) if scene.id in scenes else scene for scene in SAMPLE.scenes
    )
    return replace(SAMPLE, scenes=tuple(marked))


def played(scenario: Scenario, *times: str) -> Attempt:
    choices = (WAIT, LISTEN, CALL)
    return replay(
        scenario,
        "a",
        [Decision(at, choice, time) for at, (choice, time) in enumerate(zip(choices, times, strict=False), 1)],
    )


MORNING = ("2026-11-25T09:00:00+00:00", "2026-11-25T09:01:30+00:00", "2026-11-25T09:03:00+00:00")


def test_a_form_takes_from_the_choice_that_led_there_to_the_one_that_left_it() -> None:
    scenario = practising("kitchen")

    assert seconds(scenario, played(scenario, *MORNING), Exercise.REGISTRATION) == 90


def test_a_form_in_the_first_scene_has_no_beginning_and_so_no_time() -> None:
    scenario = practising("door", "kitchen")

    assert seconds(scenario, played(scenario, *MORNING), Exercise.REGISTRATION) is None


def test_who_never_came_to_the_form_has_no_time() -> None:
    scenario = practising("kitchen")

    assert seconds(scenario, played(scenario, *MORNING[:2]), Exercise.REGISTRATION) is None


def test_without_a_clock_there_is_no_time() -> None:
    scenario = practising("kitchen")

    assert seconds(scenario, played(scenario, "", "", ""), Exercise.REGISTRATION) is None


@given(st.lists(st.datetimes(), min_size=3, max_size=3))
def test_a_clock_that_was_set_back_gives_no_time_below_nought(times) -> None:
    scenario = practising("kitchen")

    spent = seconds(scenario, played(scenario, *(time.isoformat() for time in times)), Exercise.REGISTRATION)

    assert spent is not None
    assert spent >= 0
