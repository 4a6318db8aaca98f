"""Nothing of a vote is shown before its reveal, to anybody; after it the room sees it once, from five voters up."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.play.acts import evenings
from tests.play.strategies import roomy_scenarios
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT

from casework import library
from casework.play.ballot import Ballot
from casework.play.disclosure import Cell, Cover, Trend, Word
from casework.play.showing import Ballots, Result, Row, majority, minutes, notes, room
from casework.play.workshop import Act, Event, Workshop, fold
from casework.scenario.model import Scenario

MELDCODE = library.protocol("meldcode")


def cast(round_: int, **counts: int) -> tuple[Ballot, ...]:
    """Return ballots: so many who are sure, for each option by its last word."""
    names = {"wait": WAIT, "listen": LISTEN, "call": CALL, "leave": LEAVE}
    choices = [names[name] for name, count in counts.items() for _ in range(count)]
    return tuple(Ballot(round_, f"p{at}", 1, choice, is_sure=True) for at, choice in enumerate(choices))


def run(*acts: Act | tuple[Any, ...]) -> Workshop:
    rows = [(act,) if isinstance(act, Act) else act for act in acts]
    return fold(SAMPLE, "s", [Event(number, *row) for number, row in enumerate(rows, 1)])


def perhaps_ended(data: st.DataObject, events: list[Event]) -> list[Event]:
    return [*events, Event(len(events) + 1, Act.END)] if data.draw(st.booleans()) else events


def random_ballots(data: st.DataObject, workshop: Workshop, voters: dict[int, int]) -> Ballots:
    return {
        each.number: tuple(
            Ballot(each.number, f"p{one}", 1, data.draw(st.sampled_from(each.options)), data.draw(st.booleans()))
            for one in range(voters[each.number])
        )
        for each in workshop.rounds
    }


@given(st.data(), roomy_scenarios())
def test_before_its_reveal_no_view_depends_on_how_anybody_voted(data: st.DataObject, scenario: Scenario) -> None:
    workshop = fold(scenario, "s", perhaps_ended(data, data.draw(evenings(scenario))))
    voters = {each.number: data.draw(st.integers(0, 9)) for each in workshop.rounds}
    one, two = random_ballots(data, workshop, voters), random_ballots(data, workshop, voters)
    # Rounds that were shown are the same in both; all others were voted in otherwise.
    shown = {each.number for each in workshop.shown}
    other = {number: one[number] if number in shown else two[number] for number in one}

    for view in (room, notes, minutes):
        assert view(scenario, MELDCODE, workshop, one, 9) == view(scenario, MELDCODE, workshop, other, 9)
    assert majority(workshop, one) == majority(workshop, other)


@given(st.data(), roomy_scenarios())
def test_fewer_than_five_voters_are_never_shown(data: st.DataObject, scenario: Scenario) -> None:
    workshop = fold(scenario, "s", perhaps_ended(data, data.draw(evenings(scenario))))
    bare = tuple(replace(each, hands=()) for each in workshop.rounds)
    workshop = replace(workshop, rounds=bare)
    voters = {each.number: data.draw(st.integers(0, 4)) for each in workshop.rounds}
    one, two = random_ballots(data, workshop, voters), random_ballots(data, workshop, voters)

    for view in (room, notes, minutes):
        assert view(scenario, MELDCODE, workshop, one, 9) == view(scenario, MELDCODE, workshop, two, 9)
    assert majority(workshop, one) is None


def test_while_a_vote_is_open_there_is_only_a_count() -> None:
    found = room(SAMPLE, MELDCODE, run(Act.ASK), {1: cast(1, wait=7, listen=2)}, 12)

    assert (found.voted, found.joined, found.results, found.said) == (9, 12, (), ())
    assert (found.round, found.turn, found.options) == (1, 1, (WAIT, LISTEN))


def test_a_reveal_shows_the_votes_and_its_second_stage_what_the_protocol_says() -> None:
    ballots = {1: cast(1, wait=7, listen=2)}
    first = room(SAMPLE, MELDCODE, run(Act.ASK, Act.REVEAL), ballots, 12)
    second = room(SAMPLE, MELDCODE, run(Act.ASK, Act.REVEAL, Act.RULES), ballots, 12)

    assert first.results == (Result(1, 9, (Row(WAIT, 7, Word.MOST), Row(LISTEN, 2, Word.SOME))),)
    assert first.said == ()
    assert [each.choice for each in second.said] == [WAIT, LISTEN]


def test_a_facilitator_who_prefers_words_gets_no_numbers() -> None:
    found = room(SAMPLE, MELDCODE, run(Act.WORDS, Act.ASK, Act.REVEAL), {2: cast(2, wait=7, listen=2)}, 12)

    assert [(row.count, row.word) for row in found.results[0].rows] == [(None, Word.MOST), (None, Word.SOME)]


def test_a_second_reveal_shows_both_votes() -> None:
    ballots = {1: cast(1, wait=7, listen=2), 4: cast(4, wait=2, listen=7)}
    workshop = run(Act.ASK, Act.REVEAL, Act.TALK, Act.ASK, Act.REVEAL)

    assert [each.round for each in room(SAMPLE, MELDCODE, workshop, ballots, 9).results] == [1, 4]
    shift = notes(SAMPLE, MELDCODE, workshop, ballots, 9).shift
    assert shift is not None
    assert (shift.both, shift.moved) == (9, 5)


def test_the_facilitator_alone_sees_notes_roads_wishes_and_how_sure_groups_of_five_were() -> None:
    ballots = {1: (*cast(1, wait=6), Ballot(1, "x", 1, LISTEN), Ballot(1, "y", 1, LISTEN))}
    found = notes(SAMPLE, MELDCODE, run(Act.ASK, Act.REVEAL), ballots, 9, wishes=2)

    assert found.onward == ((WAIT, "door"), (LISTEN, "kitchen"))
    assert (found.wishes, found.leading, found.proposed) == (2, (WAIT,), Act.RULES)
    assert [(each.choice, each.word) for each in found.sureness] == [(WAIT, Word.MOST), (LISTEN, None)]
    assert found.dissent is not None


def test_the_majority_is_known_after_the_reveal_and_not_at_a_tie() -> None:
    assert majority(run(Act.ASK), {1: cast(1, wait=9)}) is None
    assert majority(run(Act.ASK, Act.REVEAL), {1: cast(1, wait=9)}) == WAIT
    assert majority(run(Act.ASK, Act.REVEAL), {1: cast(1, wait=4, listen=4)}) is None
    assert majority(run(), {}) is None


def test_the_minutes_have_the_road_the_votes_with_their_shift_and_the_detours() -> None:
    acts = [Act.ASK, Act.REVEAL, Act.TALK, Act.ASK, Act.REVEAL, (Act.VISIT, WAIT), Act.RETURN, (Act.FOLLOW, LISTEN)]
    ballots = {1: cast(1, wait=12, listen=2), 4: cast(4, wait=7, listen=8)}

    found = minutes(SAMPLE, MELDCODE, run(*acts, Act.ASK, Act.END), ballots, 15)

    assert [stop.choice.id for stop in found.path] == [LISTEN]
    assert [[stop.choice.id for stop in road] for road in found.detours] == [[WAIT]]
    (held,) = found.held
    assert (held.scene, held.followed, held.rounds) == ("door", LISTEN, 2)
    assert [(line.cell.count, line.trend) for line in held.lines] == [(7, Trend.LESS), (8, Trend.MORE)]
    assert found.joined == Cell(Cover.EXACT, 15)


def test_the_minutes_of_an_end_on_the_minority_road_have_the_road_of_the_room() -> None:
    found = minutes(SAMPLE, MELDCODE, run(Act.ASK, Act.REVEAL, (Act.VISIT, LISTEN), Act.END), {}, 3)

    assert found.path == ()
    assert found.joined == Cell(Cover.FEW)
    assert found.held[0].lines == ()


@pytest.mark.parametrize("first", [0, 4])
def test_a_shift_from_a_vote_of_fewer_than_five_is_not_told(first: int) -> None:
    ballots = {1: cast(1, wait=first), 4: cast(4, wait=7, listen=8)}
    acts = [Act.ASK, Act.REVEAL, Act.TALK, Act.ASK, Act.REVEAL]

    assert {line.trend for line in minutes(SAMPLE, MELDCODE, run(*acts, Act.END), ballots, 15).held[0].lines} == {None}
    assert notes(SAMPLE, MELDCODE, run(*acts), ballots, 15).shift is None


@given(st.data(), roomy_scenarios())
def test_no_report_of_a_session_that_goes_on_says_anything_of_its_votes(
    data: st.DataObject, scenario: Scenario
) -> None:
    workshop = fold(scenario, "s", data.draw(evenings(scenario, most=20)))
    ballots = random_ballots(data, workshop, {each.number: 9 for each in workshop.rounds})

    assert minutes(scenario, MELDCODE, workshop, ballots, 9).held == ()


@pytest.mark.parametrize(("phones", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_few_phones_are_not_shown_beside_hands_that_all_have_seen(phones: int, is_shown: bool) -> None:
    workshop = run(Act.ASK, (Act.HANDS, WAIT, 20), Act.REVEAL)
    ballots = {1: cast(1, listen=phones)}

    assert bool(room(SAMPLE, MELDCODE, workshop, ballots, 25).results[0].rows) == is_shown
    assert (majority(workshop, ballots) == WAIT) == is_shown
