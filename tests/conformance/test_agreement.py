"""The automata and the definition in words agree: on every rule of every shipped protocol, over random traces."""

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.conftest import NAMES, read_shipped
from tests.conformance.definition import said_in_words

from casework.conformance import Protocol, Rule, Truth, judge
from casework.conformance.shortest import shortest

SHIPPED = read_shipped()
RULES = [pytest.param(SHIPPED[name], rule, id=f"{name}-{rule.id}") for name in NAMES for rule in SHIPPED[name].rules]
# 1,500 for each of the eight protocols, and 150 more for each that hypothesis chooses: 13,200 traces, and for each
# trace every rule of the protocol.
TRACES, CHOSEN, LONGEST = 1_500, 150, 40


def test_more_than_ten_thousand_random_traces_are_judged_twice() -> None:
    assert len(NAMES) * (TRACES + CHOSEN) == 13_200


@pytest.mark.parametrize("name", NAMES)
def test_on_random_traces_the_two_evaluations_agree(name: str) -> None:
    protocol = SHIPPED[name]
    judged = 0

    for trace in _random_traces(protocol):
        assert _disagreements(protocol, trace) == [], trace
        judged += 1

    assert judged == TRACES


@pytest.mark.parametrize("name", NAMES)
def test_random_traces_keep_and_break_every_rule(name: str) -> None:
    protocol = SHIPPED[name]
    said = {(rule.id, said_in_words(rule, trace)[0]) for trace in _random_traces(protocol) for rule in protocol.rules}

    assert said == {(rule.id, is_kept) for rule in protocol.rules for is_kept in (True, False)}


@pytest.mark.parametrize("name", NAMES)
@given(choice=st.data())
@settings(max_examples=CHOSEN, deadline=None)
def test_on_chosen_traces_the_two_evaluations_agree(name: str, choice: st.DataObject) -> None:
    protocol = SHIPPED[name]
    activities = st.sampled_from([activity.id for activity in protocol.activities])

    trace = choice.draw(st.lists(activities, max_size=LONGEST))

    assert _disagreements(protocol, trace) == []


@pytest.mark.parametrize(("protocol", "rule"), RULES)
def test_the_shortest_traces_of_a_rule_keep_and_break_it_in_both_evaluations(protocol: Protocol, rule: Rule) -> None:
    pair = shortest(rule)

    assert said_in_words(rule, pair.kept)[0]
    assert not said_in_words(rule, pair.broken)[0]
    assert judge(protocol, pair.kept).verdict(rule.id).truth is Truth.SATISFIED
    assert judge(protocol, pair.broken).verdict(rule.id).truth is Truth.VIOLATED


def _disagreements(protocol: Protocol, trace: Sequence[str]) -> list[str]:
    verdicts = judge(protocol, trace).verdicts
    return [
        verdict.rule.id
        for verdict in verdicts
        if (verdict.truth is Truth.SATISFIED, verdict.at) != said_in_words(verdict.rule, trace)
    ]


def _random_traces(protocol: Protocol) -> Iterator[tuple[str, ...]]:
    """Yield the same traces at every run, half of them of what two rules look at, so that each rule gets work."""
    chance = random.Random(protocol.id)
    every = [activity.id for activity in protocol.activities]
    for number in range(TRACES):
        looked_at = [each for rule in chance.sample(protocol.rules, 2) for each in rule.mentioned]
        from_these = looked_at if number % 2 else every
        yield tuple(chance.choices(from_these, k=chance.randint(0, LONGEST if from_these is every else 6)))
