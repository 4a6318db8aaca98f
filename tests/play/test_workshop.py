"""A workshop is folded from what the facilitator did, whatever the order of the acts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.play.acts import evenings, wild
from tests.play.strategies import roomy_scenarios
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT

from casework.errors import ActRefused
from casework.play.acts import options
from casework.play.attempt import has_ended, start
from casework.play.workshop import SWITCHES, Act, Event, Phase, Workshop, allowed, begin, check, fold, proposed
from casework.scenario.model import Scenario


def run(*acts: Act | tuple[Act, str] | tuple[Act, str, int], scenario: Scenario = SAMPLE) -> Workshop:
    """Return the workshop after these acts, each of which must be possible."""
    rows = [(act,) if isinstance(act, Act) else act for act in acts]
    found = fold(scenario, "s", [Event(number, *row) for number, row in enumerate(rows, 1)])
    assert found.lost == 0
    return found


def test_a_workshop_begins_by_reading_the_first_scene() -> None:
    found = begin(SAMPLE, "s")

    assert found == Workshop(start(SAMPLE, "s"))
    assert (found.phase, found.open_round, found.here) == (Phase.READ, 0, ())


def test_a_vote_opens_closes_is_shown_in_two_stages_and_is_held_again() -> None:
    evening = [Act.ASK, Act.CLOSE, Act.REVEAL, Act.RULES, Act.TALK, Act.ASK, Act.REVEAL]
    phases = [run(*evening[:length]).phase for length in range(1, 8)]

    assert [phase.value for phase in phases] == ["vote", "closed", "votes", "rules", "talk", "vote", "votes"]
    found = run(*evening)
    assert [(each.number, each.is_shown) for each in found.here] == [(1, True), (6, True)]
    assert run(*evening[:6]).open_round == 6
    assert found.open_round == 0


def test_a_first_vote_that_stayed_closed_is_shown_beside_the_second() -> None:
    found = run(Act.ASK, Act.CLOSE, Act.TALK, Act.ASK, Act.REVEAL)

    assert [each.is_shown for each in found.here] == [True, True]


def test_the_room_follows_any_option_and_the_next_scene_has_votes_of_its_own() -> None:
    found = run(Act.ASK, Act.REVEAL, (Act.FOLLOW, LISTEN))

    assert (found.attempt.scene, found.phase, found.here) == ("kitchen", Phase.READ, ())
    assert [each.scene for each in found.shown] == ["door"]


def test_a_scene_that_is_visited_twice_has_separate_votes() -> None:
    found = run(Act.ASK, Act.REVEAL, (Act.FOLLOW, LISTEN))
    again = run((Act.FOLLOW, WAIT), scenario=SAMPLE)

    assert found.stop == 3
    assert again.attempt.scene == "door"
    assert again.stop == 1


def test_the_minority_road_is_two_scenes_long_and_leads_back() -> None:
    away = run(Act.ASK, Act.REVEAL, (Act.VISIT, LISTEN))
    spent = run(Act.ASK, Act.REVEAL, (Act.VISIT, LISTEN), (Act.FOLLOW, LEAVE))

    assert (away.left, spent.left) == (1, 0)
    assert Act.FOLLOW in allowed(SAMPLE, away)
    assert Act.FOLLOW not in allowed(SAMPLE, spent)
    assert proposed(SAMPLE, spent) is Act.RETURN
    back = run(Act.ASK, Act.REVEAL, (Act.VISIT, LISTEN), (Act.FOLLOW, LEAVE), Act.RETURN)
    assert back.attempt == start(SAMPLE, "s")
    assert [each.scene for each in back.detours] == ["harm"]


@given(st.data(), roomy_scenarios())
def test_return_from_the_minority_road_restores_the_state_at_the_vote(data: st.DataObject, scenario: Scenario) -> None:
    events = data.draw(evenings(scenario))
    home = fold(scenario, "s", events)
    if Act.VISIT not in allowed(scenario, home):
        return
    number = len(events) + 1
    events.append(Event(number, Act.VISIT, data.draw(st.sampled_from(home.here[-1].options))))
    away = fold(scenario, "s", events)
    if Act.FOLLOW in allowed(scenario, away):
        events.append(Event(number + 1, Act.FOLLOW, data.draw(st.sampled_from(options(scenario, away)))))
    events.append(Event(len(events) + 1, Act.RETURN, home.deadline))

    back = fold(scenario, "s", events)

    assert back.attempt.outcomes.days == home.attempt.outcomes.days
    # What happened meanwhile is known, and can be undone; all else is as it was, the clock too.
    assert replace(back, number=home.number, detours=home.detours, is_undoable=home.is_undoable) == home


@given(st.data(), roomy_scenarios())
def test_undo_takes_the_last_step_back_and_leaves_the_switches(data: st.DataObject, scenario: Scenario) -> None:
    events = data.draw(evenings(scenario))
    before = fold(scenario, "s", events)
    number = len(events) + 1
    steps = [
        act
        for act in allowed(scenario, before)
        if act not in SWITCHES and act not in (Act.UNDO, Act.FOLLOW, Act.VISIT, Act.REVEAL, Act.ASK, Act.END)
    ]
    if not steps:
        return

    after = fold(
        scenario, "s", [*events, Event(number, data.draw(st.sampled_from(steps))), Event(number + 1, Act.UNDO)]
    )

    assert replace(after, number=before.number, deadline=before.deadline) == before


@given(st.data(), roomy_scenarios())
def test_a_round_that_was_shown_is_never_open_again(data: st.DataObject, scenario: Scenario) -> None:
    events = data.draw(evenings(scenario, most=20))

    for length in range(len(events) + 1):
        found = fold(scenario, "s", events[:length])
        assert found.open_round not in found.sealed
        assert {each.number for each in found.shown} <= found.sealed


def test_undo_of_a_reveal_does_not_open_the_vote_again() -> None:
    found = run(Act.ASK, Act.REVEAL, Act.UNDO)

    assert (found.phase, found.open_round) == (Phase.CLOSED, 0)
    assert Act.HANDS not in allowed(SAMPLE, found)
    assert run(Act.ASK, Act.CLOSE, Act.UNDO).open_round == 1


def test_undo_of_a_question_drops_its_round_and_the_next_has_another_number() -> None:
    found = run(Act.ASK, Act.UNDO, Act.ASK)

    assert [each.number for each in found.rounds] == [3]


def test_a_reset_drops_all_rounds_of_the_question_and_no_others() -> None:
    found = run(Act.ASK, Act.REVEAL, (Act.FOLLOW, LISTEN), Act.ASK, Act.REVEAL, Act.TALK, Act.ASK, Act.RESET)

    assert [each.scene for each in found.rounds] == ["door"]
    assert (found.phase, found.here) == (Phase.READ, ())


def test_hands_are_counted_anew_and_outlive_an_undo() -> None:
    found = run(Act.ASK, (Act.HANDS, WAIT, 3), (Act.HANDS, LISTEN, 4), (Act.HANDS, WAIT, 2), Act.CLOSE, Act.UNDO)

    assert found.here[0].hands == ((WAIT, 2), (LISTEN, 4))
    for event in (Event(9, Act.HANDS, WAIT, -1), Event(9, Act.HANDS, CALL, 1)):
        with pytest.raises(ActRefused):
            check(SAMPLE, found, event)


def test_a_pause_a_blank_screen_words_and_a_clock_are_switches() -> None:
    found = run(Act.PAUSE, Act.BLANK, Act.WORDS, (Act.TIME, "12:00"), Act.ASK)

    assert (found.is_paused, found.is_blank, found.in_words, found.deadline) == (True, True, True, "")
    late = run((Act.TIME, "12:00"), Act.PAUSE, (Act.RESUME, "12:07"), Act.BLANK, Act.LIGHT)
    assert (late.is_paused, late.is_blank, late.deadline, late.is_undoable) == (False, False, "12:07", False)


def test_a_time_that_is_up_closes_nothing() -> None:
    assert run(Act.ASK, (Act.TIME, "2020-01-01T00:00:00+00:00")).open_round == 1


def test_own_pace_and_the_end_of_an_evening() -> None:
    assert run(Act.ALONE, Act.COMPARE, Act.READ).phase is Phase.READ
    assert run(Act.GATHER, Act.WEIGH, Act.END).phase is Phase.ENDED
    assert allowed(SAMPLE, run(Act.END)) == ()


def test_one_button_leads_through_the_evening() -> None:
    events: list[Event] = []
    taken = []
    for number in range(1, 40):
        workshop = fold(SAMPLE, "s", events)
        act = proposed(SAMPLE, workshop)
        taken.append(act)
        if workshop.phase is Phase.ENDED:
            break
        subject = "" if act else {"door": LISTEN, "kitchen": CALL}[workshop.attempt.scene]
        events.append(Event(number, act or Act.FOLLOW, subject))

    scene = ["ask", "reveal", "rules", "talk", "ask", "reveal", "rules", None]
    assert taken == ["read", *scene, *scene, "gather", "weigh", "end", None]


def test_where_there_is_nothing_to_choose_there_is_no_vote() -> None:
    assert Act.ASK not in allowed(SAMPLE, run((Act.FOLLOW, LISTEN), (Act.FOLLOW, CALL)))
    assert has_ended(SAMPLE, run((Act.FOLLOW, LISTEN), (Act.FOLLOW, CALL)).attempt)


@given(st.lists(wild, max_size=25), roomy_scenarios())
def test_whatever_is_asked_for_what_is_not_possible_changes_nothing_and_is_counted(
    events: list[Event], scenario: Scenario
) -> None:
    numbered = [replace(event, number=number) for number, event in enumerate(events, 1)]

    found = fold(scenario, "s", numbered)

    assert found.number == len(numbered)
    before = begin(scenario, "s")
    lost = 0
    for number, event in enumerate(numbered, 1):
        after = fold(scenario, "s", numbered[:number])
        try:
            check(scenario, before, event)
        except ActRefused:
            lost += 1
            assert replace(after, number=before.number, lost=before.lost) == before
        before = after
    assert found.lost == lost


def test_a_refusal_names_what_is_possible() -> None:
    with pytest.raises(
        ActRefused, match=r"'follow' of 'x' is not possible in phase 'vote'; possible: close"
    ) as refusal:
        check(SAMPLE, run(Act.ASK), Event(2, Act.FOLLOW, "x"))

    assert refusal.value.allowed[0] == "close"


def test_people_come_in_at_the_door_until_reading_or_anything_else_begins_the_story() -> None:
    door = fold(SAMPLE, "s", [])

    assert door.is_at_door
    assert Act.READ in allowed(SAMPLE, door)
    for act in (Act.READ, Act.ASK, Act.GATHER):
        assert not fold(SAMPLE, "s", [Event(1, act)]).is_at_door
    assert fold(SAMPLE, "s", [Event(1, Act.READ), Event(2, Act.UNDO)]).is_at_door
    assert fold(SAMPLE, "s", [Event(1, Act.BLANK), Event(2, Act.LIGHT)]).is_at_door


def test_reading_is_no_act_where_the_room_reads() -> None:
    assert Act.READ not in allowed(SAMPLE, fold(SAMPLE, "s", [Event(1, Act.READ)]))


ASKED = (Act.SURVEY, Act.READ, Act.GATHER, Act.AGAIN)


def test_knowledge_is_asked_at_the_door_and_again_at_the_end() -> None:
    turns = [run(*ASKED[:length]).open_turn for length in range(5)]

    assert turns == [0, 1, 0, 0, 2]
    assert run(*ASKED[:1]).is_at_door
    assert run(*ASKED[:3]).has_survey
    assert run(*ASKED, Act.ANSWERS).open_turn == 0


def test_it_can_be_switched_on_only_at_the_door_and_only_then_is_it_asked_again() -> None:
    assert Act.SURVEY in allowed(SAMPLE, begin(SAMPLE, "s"))
    for acts in ((Act.SURVEY,), (Act.READ,), (Act.ASK,), (Act.GATHER,)):
        assert Act.SURVEY not in allowed(SAMPLE, run(*acts))
        assert Act.AGAIN not in allowed(SAMPLE, run(*acts))


def test_the_big_button_asks_again_before_the_end_where_it_was_asked_before() -> None:
    evening = (Act.READ, Act.GATHER, Act.WEIGH)

    assert proposed(SAMPLE, run(*evening)) is Act.END
    assert proposed(SAMPLE, run(Act.SURVEY)) is Act.READ
    asked = (Act.SURVEY, *evening)
    assert proposed(SAMPLE, run(*asked)) is Act.AGAIN
    assert proposed(SAMPLE, run(*asked, Act.AGAIN)) is Act.ANSWERS
    assert proposed(SAMPLE, run(*asked, Act.AGAIN, Act.ANSWERS)) is Act.END


def test_once_the_answers_were_shown_nobody_replies_any_more_whatever_is_undone() -> None:
    told = (*ASKED, Act.ANSWERS)

    for undone in range(4):
        found = run(*told, *[Act.UNDO] * undone)
        assert found.open_turn != 2
        assert Act.AGAIN not in allowed(SAMPLE, found)
    assert run(*told, Act.UNDO).phase is Phase.GATHER
    twice = (Act.SURVEY, Act.READ, Act.AGAIN, Act.GATHER, Act.AGAIN, Act.ANSWERS)
    assert run(*twice, Act.UNDO, Act.UNDO).phase is Phase.ANSWERS
