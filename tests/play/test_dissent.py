"""Disagreement is weighed by what follows, and no measure hangs on the names or the order of the options."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting
from tests.play.strategies import roomy_scenarios
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT

from casework import library
from casework.play.attempt import Attempt, decide, start
from casework.play.ballot import Tally, Votes
from casework.play.dissent import Said, alike, confident, dissent, outcomes, said
from casework.play.feedback import Mark
from casework.scenario.model import Choice, Scenario, Scene

MELDCODE = library.protocol("meldcode")


def renamed(scenario: Scenario, attempt: Attempt) -> tuple[Scenario, Attempt]:
    """Return a scenario in which every choice has another id and the menus run backwards."""

    def scene(old: Scene) -> Scene:
        return replace(old, choices=tuple(choice(each) for each in reversed(old.choices)))

    def choice(old: Choice) -> Choice:
        return replace(old, id=f"x{old.id[::-1]}", text=old.text[::-1])

    return replace(scenario, scenes=tuple(map(scene, scenario.scenes)), version="renamed"), attempt


@given(roomy_scenarios(), st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_other_names_and_another_order_change_no_measure(scenario: Scenario, counts: list[int]) -> None:
    attempt = start(scenario, "a")
    follows = outcomes(scenario, MELDCODE, attempt)
    votes = Tally(tuple(Votes(choice, hands=count) for choice, count in zip(follows, counts, strict=False)))
    other, same = renamed(scenario, attempt)
    other_votes = Tally(tuple(replace(each, choice=f"x{each.choice[::-1]}") for each in reversed(votes.votes)))

    assert dissent(other_votes, outcomes(other, MELDCODE, same)) == dissent(votes, follows)


def test_options_that_lead_to_the_same_state_are_no_disagreement() -> None:
    twin = replace(SAMPLE.scenes[0].choices[1], id="door/twin", text="U luistert goed")
    scene = replace(SAMPLE.scenes[0], choices=(*SAMPLE.scenes[0].choices, twin))
    scenario = replace(SAMPLE, scenes=(scene, *SAMPLE.scenes[1:]))
    votes = Tally((Votes(WAIT), Votes(LISTEN, sure=10), Votes("door/twin", sure=10)))

    found = dissent(votes, outcomes(scenario, MELDCODE, start(scenario, "a")))

    assert (found.entropy, found.weighed, found.apart) == (1.0, 0.0, 0)
    assert alike(votes, outcomes(scenario, MELDCODE, start(scenario, "a"))) == ((LISTEN, "door/twin"),)


def test_another_scene_or_another_state_of_a_rule_is_a_disagreement() -> None:
    attempt = start(SAMPLE, "a")
    votes = Tally((Votes(WAIT, sure=2), Votes(LISTEN, sure=2)))

    assert dissent(votes, outcomes(SAMPLE, MELDCODE, attempt)).apart == Fraction(2, 3)
    kitchen = decide(SAMPLE, attempt, LISTEN)
    assert set(outcomes(SAMPLE, MELDCODE, kitchen)) == {CALL, LEAVE}


def test_nobody_and_one_voter_are_not_apart() -> None:
    follows = outcomes(SAMPLE, MELDCODE, start(SAMPLE, "a"))

    for votes in (Tally((Votes(WAIT), Votes(LISTEN))), Tally((Votes(WAIT, sure=1), Votes(LISTEN)))):
        assert dissent(votes, follows) == dissent(Tally((Votes(WAIT), Votes(LISTEN))), follows)


BROKEN, FINE = Said("b", Mark.BROKEN, ()), Said("a", None, ())


@pytest.mark.parametrize(
    ("votes", "flagged"),
    [
        (Votes("b", sure=12, unsure=1), ("b",)),
        (Votes("b", sure=4, unsure=0), ()),  # fewer than five people
        (Votes("b", sure=6, unsure=7), ()),  # not sure
        (Votes("b", sure=8, unsure=0, hands=4), ("b",)),
        (Votes("b", hands=13), ()),  # hands say nothing of being sure
        (Votes("b", sure=5, unsure=0), ()),  # not many
    ],
)
def test_many_and_sure_and_off_the_rules_is_flagged(votes: Votes, flagged: tuple[str, ...]) -> None:
    assert confident(Tally((Votes("a", sure=21), votes)), (FINE, BROKEN)) == flagged


def test_what_the_protocol_allows_is_never_flagged() -> None:
    assert confident(Tally((Votes("a", sure=30), Votes("b"))), (FINE, BROKEN)) == ()


def test_the_protocol_speaks_of_each_option_on_offer_in_order() -> None:
    milan = setting("milan")
    found = said(milan.scenario, milan.protocol, start(milan.scenario, "a"))

    assert [each.choice for each in found] == [choice.id for choice in milan.scenario.start.choices]
    assert all(each.mark is (each.remarks[0].mark if each.remarks else None) for each in found)
