"""Looking back: each decision has its place, each signal its fate, and no rule is praised that was not tested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NAMES, played, prefixes, roads, setting
from tests.play.strategies import scenarios

from casework.play.attempt import Attempt, Decision, decide, keep, offered, replay, start
from casework.play.debrief import find_signal, ledger, look_back, others, walk
from casework.scenario.model import Scenario


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
    attempt = _wander(scenario, data)
    sentences = [s.id for scene in scenario.scenes for paragraph in scene.story for s in paragraph]

    book = ledger(scenario, keep(attempt, data.draw(st.sets(st.sampled_from(sentences)))))

    assert set(book.offered) == set(book.noted) | set(book.acted) | set(book.missed)
    assert not set(book.missed) & (set(book.noted) | set(book.acted))
    assert not {away.signal for away in book.away} & set(book.offered)


def _wander(scenario: Scenario, data: st.DataObject) -> Attempt:
    attempt = start(scenario, "a")
    while (options := offered(scenario, attempt)) and len(attempt.decisions) < 10:
        attempt = decide(scenario, attempt, data.draw(st.sampled_from(options)).id)
    return attempt


@given(st.data(), scenarios())
def test_a_signal_one_choice_away_is_in_the_scene_to_which_that_choice_would_have_led(
    data: st.DataObject, scenario: Scenario
) -> None:
    attempt = _wander(scenario, data)

    for away in ledger(scenario, attempt).away:
        before = replay(scenario, "a", attempt.decisions[: away.number - 1])
        there = decide(scenario, before, away.choice)
        assert there.scene == away.scene
        assert away.signal in {signal.id for signal in scenario.scene(there.scene).signals}
        assert away.signal not in attempt.seen


@given(st.data(), scenarios())
def test_every_signal_of_a_case_was_offered_one_choice_away_or_further_and_never_two_of_these(
    data: st.DataObject, scenario: Scenario
) -> None:
    attempt = _wander(scenario, data)
    book = ledger(scenario, attempt)

    near = [away.signal for away in book.away]
    beside = {
        signal.id for row in others(scenario, attempt) for c in row for signal in scenario.scene(c.target).signals
    }

    assert len(near) == len(set(near))
    assert set(near) == beside - set(book.offered)
    assert set(book.offered) == attempt.seen


@pytest.mark.parametrize("name", NAMES)
def test_the_signals_of_each_road_add_up_and_every_signal_can_be_found(name: str) -> None:
    scenario = setting(name).scenario
    every = {signal.id for scene in scenario.scenes for signal in scene.signals}

    for attempt in prefixes(name):
        book = ledger(scenario, attempt)
        far = every - set(book.offered) - {away.signal for away in book.away}
        assert len(every) == len(book.offered) + len(book.away) + len(far)
        assert len(book.offered) == len({*book.noted, *book.acted}) + len(book.missed)
        assert all(find_signal(scenario, signal) for signal in every)


def test_at_each_decision_all_that_was_on_offer_is_either_made_or_another() -> None:
    scenario, attempt = setting("milan").scenario, played("milan", "kraan", "geen antwoord", "rondje", "thuisblijft")

    rows = others(scenario, attempt)

    assert [len(row) for row in rows] == [2, 2, 2, 1]
    assert [choice.id for choice in rows[3]] == ["het-rondje/het-vel~8365"]


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
