"""What if: changing nothing changes nothing, and what is changed parts, goes on and meets as it is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import DUTCH, decided, played, roads, setting
from tests.play.strategies import roomy_scenarios

from casework.app import summarise
from casework.errors import ChoiceNotOffered
from casework.play.attempt import Attempt, decide, has_ended, keep, offered, replay, start
from casework.play.debrief import others
from casework.play.feedback import Mark
from casework.play.whatif import WhatIf, compare, what_if
from casework.scenario.model import Ending, Scenario


def wander(data: st.DataObject, scenario: Scenario) -> Attempt:
    """Return an attempt of up to eight decisions, with some of what was read in its notebook."""
    attempt = start(scenario, "a")
    for number in range(data.draw(st.integers(1, 8))):
        if options := offered(scenario, attempt):
            attempt = decide(scenario, attempt, data.draw(st.sampled_from(options)).id, f"at {number}")
    return keep(attempt, data.draw(st.sets(st.sampled_from(sentences(scenario, attempt)))))


def sentences(scenario: Scenario, attempt: Attempt) -> list[str]:
    scenes = [scenario.scene(scene) for scene in dict.fromkeys(attempt.visited)]
    return [each.id for scene in scenes for paragraph in scene.story for each in paragraph]


def changed(data: st.DataObject, scenario: Scenario) -> WhatIf | None:
    """Return an attempt with one decision changed, where there is a decision that could have been another."""
    attempt = wander(data, scenario)
    rows = [(n, choice.id) for n, row in enumerate(others(scenario, attempt), 1) for choice in row]
    return what_if(scenario, attempt, *data.draw(st.sampled_from(rows))) if rows else None


@given(st.data(), roomy_scenarios())
def test_the_same_choice_again_gives_the_same_attempt(data: st.DataObject, scenario: Scenario) -> None:
    attempt = wander(data, scenario)

    for decision in attempt.decisions:
        same = what_if(scenario, attempt, decision.number, decision.choice)
        assert same == WhatIf(attempt, attempt, None, None, len(attempt.decisions) - decision.number)


@pytest.mark.parametrize("name", DUTCH)
def test_changing_nothing_gives_the_original_back_byte_for_byte(name: str) -> None:
    case = setting(name)

    def written(attempt: Attempt) -> bytes:
        return json.dumps(summarise(case.scenario, case.protocol, attempt), ensure_ascii=False).encode()

    for road in roads(name):
        attempt = replay(case.scenario, "a", decided(road))
        kept = keep(attempt, sentences(case.scenario, attempt)[::2])
        for decision in attempt.decisions:
            same = what_if(case.scenario, kept, decision.number, decision.choice)
            assert written(same.other) == written(kept)
            assert same.other == kept
            assert compare(case.scenario, case.protocol, same.own, same.other).is_empty


@given(st.data(), roomy_scenarios())
def test_the_other_story_can_be_played_and_its_later_decisions_are_some_of_the_own_in_order(
    data: st.DataObject, scenario: Scenario
) -> None:
    told = changed(data, scenario)
    if told is None or told.parts is None:
        return
    own, other, number = told.own.decisions, told.other.decisions, told.parts

    again = replay(scenario, told.other.id, other)

    assert keep(again, told.other.kept) == told.other
    assert other[: number - 1] == own[: number - 1]
    assert other[number - 1].choice != own[number - 1].choice
    later = iter((decision.choice, decision.at) for decision in own[number:])
    assert all((decision.choice, decision.at) in later for decision in other[number:])
    assert told.kept == len(other) - number


@given(st.data(), roomy_scenarios())
def test_the_other_story_stops_only_where_none_of_the_later_decisions_is_left_to_make(
    data: st.DataObject, scenario: Scenario
) -> None:
    told = changed(data, scenario)
    if told is None or told.parts is None:
        return
    used = told.other.decisions[told.parts :]
    last = used[-1].choice if used else None
    left = [decision.choice for decision in told.own.decisions[told.parts :]]

    rest = left[_last_place(left, used) :] if last else left

    assert not {choice.id for choice in offered(scenario, told.other)} & set(rest)


def _last_place(left: list[str], used: tuple[object, ...]) -> int:
    """Return how many of the own decisions were used or passed by when the last of *used* was made again."""
    at = 0
    for decision in used:
        at = left.index(decision.choice, at) + 1  # type: ignore[attr-defined]
    return at


@given(st.data(), roomy_scenarios())
def test_two_stories_meet_in_the_first_scene_that_both_come_to_after_they_part(
    data: st.DataObject, scenario: Scenario
) -> None:
    told = changed(data, scenario)
    if told is None or told.parts is None:
        return
    own, other = told.own.visited[told.parts :], told.other.visited[told.parts :]

    if told.meets is None:
        assert not set(own) & set(other)
        assert told.kept == 0
    else:
        assert told.own.visited[told.meets.own] == told.meets.scene == told.other.visited[told.meets.other]
        assert not set(other[: told.meets.other - told.parts]) & set(own)
        assert told.meets.scene not in own[: told.meets.own - told.parts]


@given(st.data(), roomy_scenarios())
def test_the_notebook_of_the_other_story_holds_what_was_kept_of_the_scenes_that_it_visits(
    data: st.DataObject, scenario: Scenario
) -> None:
    told = changed(data, scenario)
    if told is not None:
        assert told.other.kept == told.own.kept & set(sentences(scenario, told.other))


@given(st.data(), roomy_scenarios(), st.integers(-3, 12), st.text(max_size=4))
def test_what_was_not_on_offer_there_is_refused(
    data: st.DataObject, scenario: Scenario, number: int, choice: str
) -> None:
    attempt = wander(data, scenario)

    with pytest.raises(ChoiceNotOffered):
        what_if(scenario, attempt, number, choice)


def test_a_choice_that_was_closed_at_the_time_is_refused() -> None:
    scenario, attempt = setting("milan").scenario, played("milan", "kraan", "geen antwoord", "rondje")
    walk = replay(scenario, "a", attempt.decisions[:2])
    there = scenario.scene(attempt.scene)
    told = decide(scenario, attempt, "het-rondje/maandag")

    closed = {choice.id for choice in there.choices} - {choice.id for choice in offered(scenario, attempt)}

    assert scenario.scene(walk.scene).id == "in-de-pauze"
    assert closed == {"het-rondje/het-vel~d07f"}
    with pytest.raises(ChoiceNotOffered):
        what_if(scenario, told, 4, *closed)


PROMISE_KEPT = ("kraan", "tegen niemand", "houdt uw woord", "politie over")


def test_honesty_instead_of_a_promise_leads_to_a_place_where_the_later_choices_do_not_fit() -> None:
    scenario, attempt = setting("milan").scenario, played("milan", *PROMISE_KEPT)

    told = what_if(scenario, attempt, 2, "de-kraan/in-de-pauze~1279")

    assert (told.parts, told.meets, told.kept) == (2, None, 0)
    assert told.other.scene == "in-de-pauze"
    assert not has_ended(scenario, told.other)


def test_another_way_to_the_same_monday_meets_there_and_keeps_what_was_chosen_later() -> None:
    case, attempt = setting("milan"), played("milan", "pleister", "laat hem los", "politie over")

    told = what_if(case.scenario, attempt, 1, "het-kamertje/de-lege-kruk~d361")
    differs = compare(case.scenario, case.protocol, told.own, told.other)

    assert told.meets is not None
    assert (told.meets.scene, told.meets.own, told.meets.other) == ("de-lege-kruk", 1, 1)
    assert told.kept == 2
    assert differs.endings == (Ending.HARM, Ending.HARM)
    assert [(shift.rule.id, shift.own, shift.other) for shift in differs.rules] == [
        ("no-waiting", Mark.BROKEN, Mark.KEPT)
    ]


@given(st.data())
def test_what_differs_is_told_from_both_sides_alike(data: st.DataObject) -> None:
    case = setting("milan")
    told = changed(data, case.scenario)
    if told is None:
        return

    there = compare(case.scenario, case.protocol, told.own, told.other)
    back = compare(case.scenario, case.protocol, told.other, told.own)

    assert there.endings == back.endings[::-1]
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert there.outcomes == tuple((measure, other, own) for measure, own, other in back.outcomes)
    assert {(shift.rule.id, shift.own, shift.other) for shift in there.rules} == {
        (shift.rule.id, shift.other, shift.own) for shift in back.rules
    }
    assert there.is_empty == back.is_empty
