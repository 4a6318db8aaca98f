"""The cards as data: whole, in two languages, with sources that exist, and in plain words."""

import re
from collections.abc import Iterable
from functools import cache

import pytest
from tests.cases import NAMES, SCENARIOS

from casework import library
from casework.cards import deck
from casework.cards.deck import Form, Moment, Setting, SignalCard, TalkCard
from casework.conformance.model import Text
from casework.scenario.model import Scenario
from casework.scenario.reading import Reading, measure, sentences

SIGNALS, TALKS = deck.signals(), deck.talks()
CARDS = (*SIGNALS, *TALKS)
LONGEST, EASY = 20, 70
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
BARE = re.compile(r"\b(LVB|OMM|Wmo|AVG|slachtoffer|dader|prostitu\w*)\b", re.IGNORECASE)


def told(card: SignalCard | TalkCard) -> tuple[Text, ...]:
    """Return every text of a card."""
    return (card.text, card.also) if isinstance(card, SignalCard) else (card.do, card.avoid, card.why, card.say)


def reading(cards: Iterable[SignalCard | TalkCard], language: str) -> Reading:
    return measure((text.in_(language) for card in cards for text in told(card)), language)


@cache
def shipped(name: str) -> Scenario:
    """Return a case that comes with casework, compiled and not proved."""
    found = library.open_case(SCENARIOS / f"{name}.ipynb", is_checked=True)
    assert found.scenario, found.diagnostics
    return found.scenario


def test_a_card_has_an_id_of_its_own() -> None:
    ids = [card.id for card in CARDS]

    assert len(set(ids)) == len(ids)
    assert all(SLUG.fullmatch(each) for each in ids)


def test_no_two_signals_say_the_same() -> None:
    for language in ("nl", "en"):
        texts = [card.text.in_(language) for card in SIGNALS]

        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_is_whole_in_both_languages(card: SignalCard | TalkCard) -> None:
    for text in told(card):
        assert text.nl.strip()
        assert text.en.strip()
        assert text.nl != text.en
        assert text.nl[-1] in ".?!"
        assert text.en[-1] in ".?!"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_has_sources_that_exist_or_comes_from_practice(card: SignalCard | TalkCard) -> None:
    assert card.is_practice is not bool(card.sources)
    assert set(card.sources) <= set(library.sources())
    assert len(set(card.sources)) == len(card.sources)


@pytest.mark.parametrize("card", SIGNALS, ids=lambda card: card.id)
def test_a_signal_has_a_form_and_a_place_in_the_order_of_the_lists(card: SignalCard) -> None:
    assert card.forms
    assert card.settings
    assert list(card.forms) == sorted(set(card.forms), key=list(Form).index)
    assert list(card.settings) == sorted(set(card.settings), key=list(Setting).index)
    assert Form.ANY not in card.forms or card.forms == (Form.ANY,)


def test_every_form_place_and_moment_has_a_name_and_cards() -> None:
    assert set(deck.FORMS) == set(Form) == {form for card in SIGNALS for form in card.forms}
    assert set(deck.SETTINGS) == set(Setting) == {setting for card in SIGNALS for setting in card.settings}
    assert set(deck.MOMENTS) == set(Moment) == {card.moment for card in TALKS}


def test_talks_come_in_the_order_of_a_talk() -> None:
    moments = [list(Moment).index(card.moment) for card in TALKS]

    assert moments == sorted(moments)


def test_the_rule_for_all_lists_has_its_source() -> None:
    assert deck.rule().sources == ("S44",)
    assert "bewijst niets" in deck.rule().text.nl
    assert "proves nothing" in deck.rule().text.en


@pytest.mark.parametrize("cards", [SIGNALS, TALKS], ids=["signals", "talks"])
def test_the_dutch_texts_are_easy_to_read(cards: tuple[SignalCard | TalkCard, ...]) -> None:
    found = reading(cards, "nl")

    assert found.score is not None
    assert found.score >= EASY
    assert 5 <= found.mean <= 11


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_no_sentence_is_too_long_and_no_word_labels_a_person(card: SignalCard | TalkCard) -> None:
    for text in told(card):
        assert max(len(one.split()) for one in sentences(text.nl)) <= LONGEST
    if isinstance(card, SignalCard):
        assert not BARE.search(" ".join(text.nl for text in told(card)))


@pytest.mark.parametrize("name", NAMES)
def test_every_signal_of_a_case_that_comes_with_casework_is_on_a_card(name: str) -> None:
    case = shipped(name)
    signals = {f"{case.name}/{signal.id}" for scene in case.scenes for signal in scene.signals}

    on_cards = {each for card in SIGNALS for each in card.cases if each.startswith(f"{case.name}/")}
    assert signals
    assert on_cards == signals


@pytest.mark.parametrize("name", NAMES)
def test_a_case_that_comes_with_casework_has_its_form_and_place(name: str) -> None:
    assert shipped(name).name in {place.case for place in deck.places()}


def test_a_card_names_only_cases_that_come_with_casework() -> None:
    named = {each.split("/")[0] for card in SIGNALS for each in card.cases}

    assert named <= set(NAMES)
    assert {place.case for place in deck.places()} <= set(NAMES)


def test_a_case_plays_in_one_place_that_is_told_once() -> None:
    cases = [place.case for place in deck.places()]

    assert len(set(cases)) == len(cases)
    assert all(place.forms and place.settings and Form.ANY not in place.forms for place in deck.places())


def test_the_signal_of_a_case_leads_to_its_cards() -> None:
    found = deck.by_signal(SIGNALS)["leo/cabine"]

    assert {card.id for card in found} == {"lives-at-work", "belongings-in-vehicle", "weekly-rest-in-cab"}
