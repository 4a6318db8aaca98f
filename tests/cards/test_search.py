"""Finding cards: by place, form, moment and words, whatever their capitals and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cards import deck, search
from casework.cards.deck import Form, Moment, Setting, SignalCard
from casework.conformance.model import Text
from casework.words import Words, words

SIGNALS, TALKS = deck.signals(), deck.talks()
languages = st.sampled_from(["nl", "en"]).map(words)


def found(say: Words, typed: str = "", setting: Setting | None = None, form: Form | None = None) -> list[SignalCard]:
    return list(search.signals(SIGNALS, say.text, setting=setting, form=form, words=typed))


@given(st.sampled_from(SIGNALS), languages, st.data())
def test_a_card_is_found_by_any_of_its_words_in_any_order_and_shouted(
    card: SignalCard, say: Words, data: st.DataObject
) -> None:
    own = " ".join(map(say.text, card.texts)).split()
    typed = data.draw(st.lists(st.sampled_from(own), max_size=3))

    assert card in found(say, " ".join(typed).upper())


@given(st.text(max_size=12), languages)
def test_whatever_is_typed_finds_only_cards_that_have_it_and_more_words_never_find_more(typed: str, say: Words) -> None:
    cards = found(say, typed)

    assert set(found(say, f"{typed} e")) <= set(cards)
    assert all(search.has(typed, *map(say.text, card.texts)) for card in cards)


@pytest.mark.parametrize(
    ("typed", "text"), [("reëel", "reeel"), ("ELEVE", "élève"), ("  ", "x"), ("straße", "strasse")]
)
def test_accents_and_capitals_do_not_matter(typed: str, text: str) -> None:
    assert search.has(typed, text)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("setting", Setting)
def test_a_choice_gives_the_cards_of_that_place_and_form_and_those_of_every_form_behind_them(
    setting: Setting, form: Form
) -> None:
    cards = found(words("nl"), setting=setting, form=form)

    assert set(cards) == {c for c in SIGNALS if setting in c.settings and {form, Form.ANY} & set(c.forms)}
    assert [form in card.forms for card in cards] == sorted((form in card.forms for card in cards), reverse=True)


@pytest.mark.parametrize("moment", Moment)
def test_a_moment_gives_its_cards(moment: Moment) -> None:
    cards = search.talks(TALKS, words("nl").text, moment=moment, words="")

    assert list(cards) == [card for card in TALKS if card.moment is moment]


def test_nothing_asked_is_everything_and_an_empty_deck_stays_empty() -> None:
    assert found(words("nl")) == list(SIGNALS)
    assert search.signals((), str, setting=None, form=None, words="") == ()
    assert search.talks((), Text("", "").in_, moment=None, words="x") == ()
