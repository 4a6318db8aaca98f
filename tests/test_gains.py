"""What a room learned, in sentences and rows that read well and say no more than may be said."""

from fractions import Fraction

import pytest

from casework import items
from casework.gains import gains
from casework.play.disclosure import FEW, HIDDEN, Cell, Cover, Trend
from casework.play.survey import Growth, Known, Learned
from casework.words import decimal, words

SURVEY = items.survey()
NAMES = [each.id for each in SURVEY.questions]


def a_room(**changes: object) -> Learned:
    shown = Cell(Cover.EXACT, 12)
    known = tuple(Known(name, FEW if name == "duty" else shown, shown, Trend.SAME) for name in NAMES)
    felt = tuple((each.id, Growth(Fraction(5, 2), Fraction(7, 2), 0.25, 1.75)) for each in SURVEY.statements)
    score = Growth(Fraction(16, 5), Fraction(5), 0.9, 2.7)
    return Learned(**{"pairs": 20, "known": known, "score": score, "felt": felt, **changes})  # type: ignore[arg-type]


def test_dutch_has_commas_and_a_sign() -> None:
    found = gains(SURVEY, a_room(), words("nl"))

    assert found.pairs == "20 mensen gaven beide keren antwoord."
    assert found.score == (
        "Van de 7 vragen wisten mensen er eerst gemiddeld 3,2, en daarna 5,0. "
        "Het verschil is +1,8; voor groepen als deze is dat met 95% zekerheid +0,9 tot +2,7."
    )
    assert (found.felt[0].first, found.felt[0].second, found.felt[0].change) == ("2,5", "3,5", "+1,0 (+0,2 tot +1,8)")


def test_a_hidden_number_is_told_of_and_explained() -> None:
    found = gains(SURVEY, a_room(), words("en"))

    assert (found.known[0].first, found.known[0].second) == ("fewer than 5", "12")
    assert found.hidden
    cells = tuple(Known(name, Cell(Cover.EXACT, 12), Cell(Cover.EXACT, 12), Trend.SAME) for name in NAMES)
    assert gains(SURVEY, a_room(known=cells), words("en")).hidden == ""
    covered = tuple(Known(name, HIDDEN, HIDDEN, Trend.LESS) for name in NAMES)
    row = gains(SURVEY, a_room(known=covered), words("en")).known[0]
    assert (row.first, row.change) == ("not shown", "fewer people")


def test_where_all_changed_alike_nothing_is_said_of_others() -> None:
    found = gains(SURVEY, a_room(score=Growth(Fraction(3), Fraction(4))), words("en"))

    assert "95%" not in found.score
    assert found.score.endswith("All changed by the same, so this says nothing about other groups.")


def test_a_statement_that_too_few_answered_is_not_shown() -> None:
    felt = tuple((each.id, None) for each in SURVEY.statements)

    assert {row.first for row in gains(SURVEY, a_room(felt=felt), words("en")).felt} == {"not shown"}


def test_under_five_pairs_only_that_is_said_and_what_the_questions_are_not() -> None:
    found = gains(SURVEY, Learned(), words("en"))

    assert found.few == "Fewer than five people answered both times. Nothing of it is shown."
    assert (found.pairs, found.score, found.known, found.felt) == ("", "", (), ())
    assert found.note == SURVEY.note.en


@pytest.mark.parametrize(
    ("value", "dutch", "signed"),
    [(1.75, "1,8", "+1,8"), (-0.04, "0,0", "0,0"), (Fraction(-5, 2), "−2,5", "−2,5"), (0, "0,0", "0,0")],
)
def test_a_number_has_one_decimal_and_nought_has_no_sign(value: float, dutch: str, signed: str) -> None:
    assert decimal(value, "nl") == dutch
    assert decimal(value, "nl", is_signed=True) == signed
