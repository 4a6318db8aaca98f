"""Cards against cases: what is offered, what is acted on, and what is left."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting

from casework.cards import deck
from casework.cards.deck import Form, Place, Setting, SignalCard
from casework.cards.matrix import Matrix, Use, matrix
from casework.scenario.model import Choice, Scenario, Scene, Signal

BARE = deck.signals()[0]


def a_card(card_id: str, *cases: str) -> SignalCard:
    return replace(BARE, id=card_id, cases=cases)


def a_case(name: str, offered: tuple[str, ...], acted: tuple[str, ...] = (), language: str = "nl") -> Scenario:
    signals = tuple(Signal(each, each) for each in offered)
    scene = Scene("start", "Start", (), (Choice("start/a", "Ga", "end", (), acts_on=acted),), signals)
    return replace(setting("leo").scenario, name=name, language=language, scenes=(scene, Scene("end", "Einde", ())))


CARDS = (a_card("coat", "sam/jas"), a_card("phone", "sam/telefoon", "bo/belt"), a_card("nothing"))
PLACES = (Place("sam", (Form.LABOUR,), (Setting.SCHOOL, Setting.HEALTH_CARE)),)


def cells(found: Matrix) -> dict[tuple[str, str], Use | None]:
    pairs = ((row.card.id, zip(found.cases, row.uses, strict=True)) for row in found.rows)
    return {(card, case): use for card, uses in pairs for case, use in uses}


def test_a_signal_is_offered_by_a_scene_and_acted_on_by_a_choice() -> None:
    found = matrix(CARDS, [a_case("sam", ("jas", "telefoon"), ("telefoon",)), a_case("bo", ("belt",))])

    assert found.cases == ("sam", "bo")
    assert cells(found) == {
        ("coat", "sam"): Use.OFFERED,
        ("coat", "bo"): None,
        ("phone", "sam"): Use.ACTED_ON,
        ("phone", "bo"): Use.OFFERED,
        ("nothing", "sam"): None,
        ("nothing", "bo"): None,
    }
    assert [card.id for card in found.uncovered] == ["nothing"]


def test_a_card_with_two_signals_of_a_case_counts_the_one_that_is_acted_on() -> None:
    cards = (a_card("phone", "sam/belt", "sam/telefoon"),)

    for acted in ("belt", "telefoon"):
        found = matrix(cards, [a_case("sam", ("belt", "telefoon"), (acted,))])

        assert found.rows[0].uses == (Use.ACTED_ON,)


def test_a_case_whose_name_begins_like_another_is_not_that_other() -> None:
    found = matrix((a_card("coat", "sam/jas"),), [a_case("sa", ("jas",)), a_case("sam", ("jas",))])

    assert found.rows[0].uses == (None, Use.OFFERED)
    assert found.unmapped == ("sa/jas",)


def test_a_signal_on_no_card_is_named() -> None:
    assert matrix(CARDS, [a_case("sam", ("jas", "pet"))]).unmapped == ("sam/pet",)


def test_a_case_in_two_languages_is_one_case() -> None:
    found = matrix(CARDS, [a_case("sam", ("jas",), language="en"), a_case("sam", ("jas",))])

    assert found.cases == ("sam",)


def test_form_and_place_are_told_and_not_counted_from_signals() -> None:
    found = matrix(CARDS, [a_case("sam", ("jas",)), a_case("bo", ("belt",))], PLACES)

    assert found.at(Form.LABOUR, Setting.SCHOOL) == ("sam",)
    assert found.at(Form.SEXUAL, Setting.SCHOOL) == ()
    assert set(found.forms) == set(Form) - {Form.ANY, Form.LABOUR}
    assert set(found.settings) == set(Setting) - {Setting.SCHOOL, Setting.HEALTH_CARE}
    assert [place.case if place else None for place in found.plays] == ["sam", None]


def test_without_cases_everything_is_left() -> None:
    found = matrix(deck.signals(), (), deck.places())

    assert found.uncovered == deck.signals()
    assert set(found.forms) == set(Form) - {Form.ANY}
    assert found.settings == tuple(Setting)


def test_leo_covers_exactly_the_cards_that_name_it() -> None:
    found = matrix(deck.signals(), [setting("leo").scenario], deck.places())

    covered = {row.card.id for row in found.rows if row.is_covered}
    assert covered == {card.id for card in deck.signals() if any(each.startswith("leo/") for each in card.cases)}
    assert found.unmapped == ()
    assert found.at(Form.LABOUR, Setting.SOCIAL_WORK) == ("leo",)


names = st.sampled_from(["a", "b", "c", "d", "e"])
marks = st.frozensets(names, max_size=5)


@given(st.dictionaries(names, st.tuples(marks, marks), max_size=4), st.lists(marks, max_size=4))
def test_every_signal_is_on_a_card_or_named_as_left_out(
    cases: dict[str, tuple[frozenset[str], frozenset[str]]], cards: list[frozenset[str]]
) -> None:
    written = [a_case(name, tuple(sorted(offered)), tuple(acted)) for name, (offered, acted) in cases.items()]
    made = tuple(
        a_card(f"card-{at}", *(f"{case}/{each}" for each in on for case in cases)) for at, on in enumerate(cards)
    )

    found = matrix(made, written)

    signals = {f"{name}/{each}" for name, (offered, _) in cases.items() for each in offered}
    on_cards = {each for card in made for each in card.cases}
    assert set(found.unmapped) == signals - on_cards
    for row in found.rows:
        for name, use in zip(found.cases, row.uses, strict=True):
            offered, acted = cases[name]
            mine = {each for each in offered if f"{name}/{each}" in row.card.cases}
            assert (use is None) == (not mine)
            assert (use is Use.ACTED_ON) == bool(mine & acted)
