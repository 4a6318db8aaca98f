"""Looking back: each decision has its place, each signal its fate, and no rule is praised that was not tested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NAMES, played, roads, setting

from casework.play.attempt import Attempt, Decision, decide, keep, offered, replay, start
from casework.play.debrief import ledger, look_back, walk


@pytest.mark.parametrize("name", NAMES)
def test_every_road_of_the_cover_can_be_looked_back_on(name: str) -> None:
    case = setting(name)

    for road in roads(name):
        attempt = replay(case.scenario, "a", [Decision(number, choice) for number, choice in enumerate(road, start=1)])
        back = look_back(case.scenario, case.protocol, attempt)
        assert [stop.choice.id for stop in back.path] == list(road)
        assert all(judged.stop is None or 1 <= judged.stop <= len(road) for judged in back.rules)


@given(st.data())
def test_signals_offered_are_those_noted_acted_on_or_missed(data: st.DataObject) -> None:
    scenario = setting("milan").scenario
    attempt = _wander(scenario.name, data)
    sentences = [s.id for scene in scenario.scenes for paragraph in scene.story for s in paragraph]

    book = ledger(scenario, keep(attempt, data.draw(st.sets(st.sampled_from(sentences)))))

    assert set(book.offered) == set(book.noted) | set(book.acted) | set(book.missed)
    assert not set(book.missed) & (set(book.noted) | set(book.acted))


def _wander(name: str, data: st.DataObject) -> Attempt:
    scenario = setting(name).scenario
    attempt = start(scenario, "a")
    while options := offered(scenario, attempt):
        attempt = decide(scenario, attempt, data.draw(st.sampled_from(options)).id)
    return attempt


def test_a_kept_sentence_counts_as_a_signal_only_if_it_carries_one() -> None:
    scenario = setting("milan").scenario
    sentences = [sentence for paragraph in scenario.start.story for sentence in paragraph]
    signal = next(sentence for sentence in sentences if sentence.signals)
    plain = next(sentence for sentence in sentences if not sentence.signals)

    book = ledger(scenario, keep(start(scenario, "a"), {signal.id, plain.id}))

    assert book.noted == signal.signals
    assert book.harmless == (plain,)


def test_a_promise_taken_back_is_shown_as_mended_on_the_path() -> None:
    attempt = played("milan", "kraan", "tegen niemand", "belofte had ik niet mogen doen")
    case = setting("milan")

    promise = walk(case.scenario, case.protocol, attempt)[1]

    assert [(step, mark.value) for step, mark in promise.marks] == [(3, "kept")]


def test_a_rule_that_was_never_put_to_the_test_is_not_praised() -> None:
    case = setting("milan")

    rules = {judged.rule.id for judged in look_back(case.scenario, case.protocol, played("milan", "kraan")).rules}

    assert "comensha-with-consent" not in rules
    assert "promise-corrected" not in rules
