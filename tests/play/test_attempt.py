"""Moves are pure: the same decisions lead to the same attempt, and nothing but a decision on offer is taken."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.play.strategies import scenarios

from casework.errors import ChoiceNotOffered
from casework.play.attempt import Attempt, decide, keep, offered, replay, start, trace
from casework.scenario.model import Scenario


def wander(scenario: Scenario, picks: list[int]) -> list[Attempt]:
    """Return all attempts on one road: at each fork the option that the next number picks."""
    attempts = [start(scenario, "a")]
    for pick in picks:
        options = offered(scenario, attempts[-1])
        if not options:
            break
        attempts.append(decide(scenario, attempts[-1], options[pick % len(options)].id))
    return attempts


picks = st.lists(st.integers(0, 5), max_size=12)


@given(scenarios(), picks)
def test_replaying_a_prefix_gives_the_attempt_as_it_was_then(scenario: Scenario, picks: list[int]) -> None:
    attempts = wander(scenario, picks)

    for length, attempt in enumerate(attempts):
        assert replay(scenario, "a", attempts[-1].decisions[:length]) == attempt


@given(
    scenarios(),
    st.lists(st.text(max_size=4) | st.sampled_from(["s0/0", "s0/1", "s1/0", "s1/1", "s2/0", "end"]), max_size=15),
)
def test_no_sequence_of_clicks_raises_anything_but_choice_not_offered(scenario: Scenario, clicks: list[str]) -> None:
    attempt = start(scenario, "a")
    for click in clicks:
        on_offer = {choice.id for choice in offered(scenario, attempt)}
        if click in on_offer:
            attempt = decide(scenario, attempt, click)
        else:
            with pytest.raises(ChoiceNotOffered) as refusal:
                decide(scenario, attempt, click)
            assert set(refusal.value.offered) == on_offer

    assert len(attempt.decisions) + 1 == len(attempt.visited)


@given(scenarios(), picks)
def test_scales_stay_between_minus_five_and_five_and_days_never_fall(scenario: Scenario, picks: list[int]) -> None:
    attempts = wander(scenario, picks)

    for before, after in itertools.pairwise(attempts):
        assert after.outcomes.days >= before.outcomes.days
        assert all(-5 <= value <= 5 for value in (after.outcomes.trust, after.outcomes.safety, after.outcomes.autonomy))


@given(scenarios(), picks)
def test_the_trace_is_the_activities_of_the_decisions_in_order(scenario: Scenario, picks: list[int]) -> None:
    attempt = wander(scenario, picks)[-1]
    choices = {choice.id: choice for scene in scenario.scenes for choice in scene.choices}

    expected = [activity for decision in attempt.decisions for activity in choices[decision.choice].activities]
    assert list(trace(attempt)) == expected


@given(scenarios(), picks)
def test_a_choice_that_is_offered_once_is_taken_at_most_once(scenario: Scenario, picks: list[int]) -> None:
    attempt = wander(scenario, picks)[-1]
    once = {choice.id for scene in scenario.scenes for choice in scene.choices if choice.once}

    taken = [decision.choice for decision in attempt.decisions if decision.choice in once]
    assert len(taken) == len(set(taken))


@given(scenarios(), picks)
def test_deciding_leaves_the_attempt_before_it_as_it_was(scenario: Scenario, picks: list[int]) -> None:
    attempts = wander(scenario, picks)
    copies = [replace(attempt) for attempt in attempts]

    wander(scenario, picks)

    assert attempts == copies


@given(scenarios(), st.frozensets(st.text(max_size=3)))
def test_keeping_sentences_replaces_the_whole_set(scenario: Scenario, sentences: frozenset[str]) -> None:
    attempt = keep(keep(start(scenario, "a"), {"s0:1"}), sentences)

    assert attempt.kept == sentences
