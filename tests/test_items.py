"""The items of the check rest on sources, and do not give away which answer is right."""

from collections import Counter

import pytest

from casework import library
from casework.conformance.model import Text
from casework.items import survey
from casework.play.survey import UNKNOWN, Question, Survey, is_sound

LANGUAGES = ("nl", "en")
LONGEST = 230
ABSOLUTE = ("altijd", "nooit", "always", "never", "alle bovenstaande", "all of the above")


@pytest.fixture(scope="module")
def items() -> Survey:
    return survey()


def texts(items: Survey) -> list[Text]:
    asked = [
        text
        for each in items.questions
        for text in (each.title, each.text, each.reason, *(one.text for one in each.options))
    ]
    return [*asked, *(each.text for each in items.statements), *items.scale, items.note]


def right(question: Question) -> int:
    """Return the place of the right option."""
    return [each.id for each in question.options].index(question.right)


def test_every_question_has_sources_that_are_listed(items: Survey) -> None:
    known = set(library.sources())

    assert all(each.sources and set(each.sources) <= known for each in items.questions)


def test_every_question_has_three_wrong_answers_beside_the_right_one(items: Survey) -> None:
    for each in items.questions:
        names = [option.id for option in each.options]
        assert len(set(names)) == len(names) == 4
        assert names.count(each.right) == 1
        assert UNKNOWN not in names


def test_all_is_said_in_both_languages_and_in_few_words(items: Survey) -> None:
    for text in texts(items):
        assert text.nl
        assert text.en
        assert text.nl != text.en
        assert max(len(text.nl), len(text.en)) <= LONGEST


def test_there_are_seven_questions_three_statements_and_five_steps_under_different_names(items: Survey) -> None:
    names = [each.id for each in (*items.questions, *items.statements)]

    assert (len(items.questions), len(items.statements), len(items.scale)) == (7, 3, 5)
    assert len(set(names)) == len(names)


def test_neither_place_nor_length_tells_which_answer_is_right(items: Survey) -> None:
    places = Counter(right(each) for each in items.questions)
    assert len(places) == 4
    assert max(places.values()) <= 2
    for language in LANGUAGES:
        longest = sum(
            max(each.options, key=lambda one: len(one.text.in_(language))).id == each.right for each in items.questions
        )
        assert longest <= len(items.questions) // 2
        for each in items.questions:
            lengths = [len(option.text.in_(language)) for option in each.options]
            assert max(lengths) <= 2.2 * min(lengths)


def test_no_answer_says_always_or_never(items: Survey) -> None:
    said = [
        option.text.in_(language).lower()
        for each in items.questions
        for option in each.options
        for language in LANGUAGES
    ]

    assert not [text for text in said if any(word in text for word in ABSOLUTE)]


def test_what_is_right_can_be_answered(items: Survey) -> None:
    assert is_sound(items, frozenset((each.id, each.right) for each in items.questions))


def test_the_file_says_that_it_is_no_validated_instrument(items: Survey) -> None:
    assert "geen gevalideerde toets" in items.note.nl
    assert "no validated test" in items.note.en
