"""What a room learned is about five pairs or more, whatever the order and the names of replies and answers."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.conformance.model import Text
from casework.play.disclosure import LEAST, Cover, Trend
from casework.play.survey import (
    FIRST,
    SECOND,
    UNKNOWN,
    Answers,
    Crossed,
    Growth,
    Option,
    Question,
    Reply,
    Statement,
    Survey,
    chance,
    crossed,
    growth,
    is_sound,
    learned,
    paired,
    quantile,
)

TEXT = Text("nl", "en")


def question(name: str, right: str) -> Question:
    return Question(name, TEXT, TEXT, tuple(Option(each, TEXT) for each in "abc"), right, TEXT, ("S1",))


SURVEY = Survey((question("q1", "a"), question("q2", "b")), (Statement("s1", TEXT),), (TEXT,) * 5, TEXT)
NAMES = tuple(f"p{number}" for number in range(9))
ANSWERS = {"q1": ("a", "b", UNKNOWN), "q2": ("b", "c"), "s1": tuple("12345")}


def sent(turn: int, pair: str, **answers: str) -> Reply:
    return Reply(turn, pair, frozenset(answers.items()))


def both(pair: str, first: dict[str, str], second: dict[str, str]) -> list[Reply]:
    return [sent(FIRST, pair, **first), sent(SECOND, pair, **second)]


@st.composite
def answered(draw: st.DrawFn) -> Answers:
    found = {item: draw(st.sampled_from(["", *given_])) for item, given_ in ANSWERS.items()}
    return frozenset((item, answer) for item, answer in found.items() if answer)


@st.composite
def rooms(draw: st.DrawFn) -> list[Reply]:
    """Return replies of a room: of each person none, one or two."""
    keys = draw(st.sets(st.tuples(st.sampled_from((FIRST, SECOND)), st.sampled_from(NAMES))))
    return [Reply(turn, name, draw(answered())) for turn, name in sorted(keys)]


def counts(replies: Iterable[Reply], item: Question) -> tuple[int, int, int]:
    """Return the pairs, and who of them knew the item at first and later, counted in another way."""
    rows = list(replies)
    by = {(each.turn, each.pair): dict(each.answers) for each in rows if each.answers}
    pairs = [name for turn, name in by if turn == FIRST and (SECOND, name) in by]
    first, second = (sum(by[turn, name].get(item.id) == item.right for name in pairs) for turn in (FIRST, SECOND))
    return len(pairs), first, second


@given(rooms(), st.data())
def test_the_order_and_repetition_of_replies_change_nothing(replies: list[Reply], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(replies))) if replies else []

    assert learned(SURVEY, data.draw(st.permutations([*replies, *again]))) == learned(SURVEY, replies)


@given(rooms(), st.permutations(NAMES))
def test_other_names_of_pairs_change_nothing(replies: list[Reply], names: list[str]) -> None:
    renamed = dict(zip(NAMES, names, strict=True))

    assert learned(SURVEY, [replace(each, pair=renamed[each.pair]) for each in replies]) == learned(SURVEY, replies)


@given(rooms())
def test_other_ids_and_another_order_of_options_change_nothing(replies: list[Reply]) -> None:
    renamed = {option: f"{option}!" for option in "abc"}
    questions = tuple(
        replace(
            each,
            right=renamed[each.right],
            options=tuple(replace(option, id=renamed[option.id]) for option in reversed(each.options)),
        )
        for each in SURVEY.questions
    )
    said = [
        replace(
            each,
            answers=frozenset(
                (item, renamed.get(answer, answer) if item != "s1" else answer) for item, answer in each.answers
            ),
        )
        for each in replies
    ]

    assert learned(replace(SURVEY, questions=questions), said) == learned(SURVEY, replies)


@given(rooms())
def test_nothing_is_said_of_fewer_than_five_pairs(replies: list[Reply]) -> None:
    found = learned(SURVEY, replies)

    pairs, _, _ = counts(replies, SURVEY.questions[0])
    assert found.pairs == (pairs if pairs >= LEAST else 0)
    assert bool(found.known) == bool(found.score) == bool(found.felt) == (pairs >= LEAST)


@given(rooms())
def test_no_count_that_is_shown_is_of_one_to_four_people_or_leaves_so_few(replies: list[Reply]) -> None:
    found = learned(SURVEY, replies)

    for item, known in zip(SURVEY.questions, found.known, strict=False):
        pairs, *right = counts(replies, item)
        for cell, count in zip((known.first, known.second), right, strict=True):
            assert cell.count in (None, count)
            assert cell.cover is not Cover.EXACT or not {count, pairs - count} & {1, 2, 3, 4}


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from((FIRST, SECOND)), rooms())
def test_who_answered_only_once_or_skipped_counts_for_nothing(lone: set[str], turn: int, replies: list[Reply]) -> None:
    other = [sent(turn, f"lone {name}", q1="a") for name in lone] + [Reply(SECOND, f"skips {name}") for name in lone]

    assert learned(SURVEY, [*replies, *other]) == learned(SURVEY, replies)


def test_a_table_counted_by_hand() -> None:
    replies = [each for one in range(7) for each in both(f"g{one}", {"q1": "b", "s1": "2"}, {"q1": "a", "s1": "4"})]
    replies += [each for one in range(5) for each in both(f"k{one}", {"q1": "a", "s1": "3"}, {"q1": "a", "s1": "3"})]

    found = learned(SURVEY, replies)

    assert crossed(SURVEY.questions[0], paired(replies)) == Crossed(kept=5, gained=7, lost=0, never=0)
    first, second = found.known
    assert (found.pairs, first.first.count, first.second.count, first.trend) == (12, 5, 12, Trend.MORE)
    assert (second.first.count, second.second.count, second.trend) == (0, 0, Trend.SAME)
    assert found.score is not None
    assert (found.score.first, found.score.second, found.score.change) == (Fraction(5, 12), 1, Fraction(7, 12))
    ((_, felt),) = found.felt
    assert felt is not None
    assert felt.change == Fraction(14, 12)


def test_a_question_left_open_counts_as_not_known() -> None:
    replies = [each for one in range(6) for each in both(str(one), {"q2": "b"}, {"q1": "a", "q2": "b"})]

    known, _ = learned(SURVEY, replies).known

    assert (known.first.count, known.second.count, known.trend) == (0, 6, Trend.MORE)


def test_a_statement_that_fewer_than_five_answered_both_times_has_no_mean() -> None:
    replies = [each for one in range(6) for each in both(str(one), {"q1": "a"}, {"q1": "a", "s1": "3"})]

    assert learned(SURVEY, replies).felt == (("s1", None),)


@pytest.mark.parametrize(
    ("gained", "lost", "likely"),
    [
        (0, 0, Fraction(1)),
        (1, 0, Fraction(1)),
        (5, 0, Fraction(1, 16)),
        (6, 0, Fraction(1, 32)),
        (0, 6, Fraction(1, 32)),
        (8, 1, Fraction(20, 512)),
        (3, 3, Fraction(1)),
    ],
)
def test_the_exact_test_of_an_uneven_change(gained: int, lost: int, likely: Fraction) -> None:
    assert chance(gained, lost) == likely


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_change_that_is_no_chance_is_of_six_people_or_more(gained: int, lost: int) -> None:
    assert chance(gained, lost) == chance(lost, gained) <= 1
    assert chance(gained, lost) > Fraction(1, 20) or abs(gained - lost) > LEAST


# As every table of Student's t has it, to three places.
@pytest.mark.parametrize(
    ("freedom", "value"), [(4, 2.776), (5, 2.571), (9, 2.262), (14, 2.145), (29, 2.045), (119, 1.980)]
)
def test_the_quantile_is_that_of_the_tables(freedom: int, value: float) -> None:
    assert quantile(freedom) == pytest.approx(value, abs=0.001)


def test_an_interval_computed_by_hand() -> None:
    # Changes 0, 1, 1, 2, 3: mean 1.4, standard deviation the square root of 1.3.
    found = growth([(2, 2), (2, 3), (1, 2), (0, 2), (1, 4)])

    assert found is not None
    assert found.change == Fraction(7, 5)
    reach = 2.7764 * sqrt(1.3 / 5)
    assert (found.low, found.high) == (pytest.approx(1.4 - reach, abs=0.001), pytest.approx(1.4 + reach, abs=0.001))


def test_where_all_changed_alike_there_is_no_interval() -> None:
    assert growth([(1, 2)] * 6) == Growth(Fraction(1), Fraction(2))
    assert growth([(1, 2)] * 4) is None


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=5, max_size=30))
def test_the_interval_holds_the_mean_change_and_hangs_on_no_order(pairs: list[tuple[int, int]]) -> None:
    found = growth(pairs)

    assert found is not None
    assert found.low is None or found.low <= float(found.change) <= (found.high or 0)
    back = growth([(after, before) for before, after in reversed(pairs)])
    assert back is not None
    assert back.change == -found.change
    assert back.low == (None if found.high is None else pytest.approx(-found.high))


@pytest.mark.parametrize(
    ("answers", "is_it"),
    [
        ({("q1", "a"), ("s1", "5")}, True),
        ({("q1", UNKNOWN)}, True),
        (set(), True),
        ({("q1", "x")}, False),
        ({("s1", "6")}, False),
        ({("s1", "0")}, False),
        ({("s1", UNKNOWN)}, False),
        ({("q9", "a")}, False),
        ({("q1", "a"), ("q1", "b")}, False),
    ],
)
def test_answers_are_sound_where_they_can_be_given(answers: set[tuple[str, str]], *, is_it: bool) -> None:
    assert is_sound(SURVEY, frozenset(answers)) is is_it
