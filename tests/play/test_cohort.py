"""A road that many took is told as the single attempt would be, and nothing is made up where it cannot be followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import DUTCH, prefixes, setting
from tests.samples import CALL, LISTEN, SAMPLE, WAIT, WOUND_SENTENCE

from casework.play.attempt import has_ended, keep
from casework.play.cohort import chart, follow, noted, rules, steps
from casework.play.debrief import ledger, look_back
from casework.play.feedback import step_of


@pytest.mark.parametrize("name", DUTCH)
def test_a_road_is_told_as_the_attempt_itself_is(name: str) -> None:
    case = setting(name)
    drawn = chart(case.scenario)

    for attempt in prefixes(name):
        road = follow(drawn, [decision.choice for decision in attempt.decisions])
        assert road is not None
        assert (road.scenes, road.trace, road.last) == (attempt.visited, attempt.trace, attempt.scene)
        assert (frozenset(road.met), road.acted) == (attempt.seen, attempt.acted)
        assert road.is_over == has_ended(case.scenario, attempt)
        told = {(judged.rule.id, judged.mark) for judged in look_back(case.scenario, case.protocol, attempt).rules}
        assert set(rules(case.protocol, road.trace)) == told
        assert steps(case.protocol, road.trace) == {
            step for activity in attempt.trace if (step := step_of(case.protocol, activity))
        }


@given(st.data())
def test_signals_that_nobody_noted_or_acted_on_are_those_of_the_debrief(data: st.DataObject) -> None:
    attempt = data.draw(st.sampled_from(prefixes("milan")))
    scenario = setting("milan").scenario
    sentences = [one.id for scene in scenario.scenes for one in scene.sentences]
    kept = data.draw(st.sets(st.sampled_from(sentences)))
    drawn = chart(scenario)

    road = follow(drawn, [decision.choice for decision in attempt.decisions])

    assert road is not None
    missed = [signal for signal in road.met if signal not in road.acted | noted(drawn, kept)]
    met = {one.id for scene in set(attempt.visited) for one in scenario.scene(scene).sentences}
    assert set(missed) == set(ledger(scenario, keep(attempt, kept & met)).missed)


@pytest.mark.parametrize("choices", [[CALL], [LISTEN, LISTEN], ["nowhere"], [LISTEN, CALL, LISTEN], [""]])
def test_choices_that_make_no_road_are_told_as_none(choices: list[str]) -> None:
    assert follow(chart(SAMPLE), choices) is None


def test_of_a_scene_that_was_come_by_twice_the_first_choice_counts() -> None:
    road = follow(chart(SAMPLE), [WAIT, LISTEN])

    assert road is not None
    assert dict(road.first_choices) == {"door": WAIT}


def test_a_sentence_that_the_case_does_not_have_carries_no_signal() -> None:
    assert noted(chart(SAMPLE), [WOUND_SENTENCE, "elsewhere"]) == {"wound"}
