"""Numbers as a language writes them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.analytics.amounts import printed
from casework.errors import FiguresInvalid
from casework.figures.table import Figure, read
from casework.words import words

ONE = read("registered")[0]


def as_printed(text: str, unit: str, language: str) -> str:
    return printed(replace(ONE, text=text, unit=unit), words(language))


@pytest.mark.parametrize(
    ("text", "unit", "dutch", "english"),
    [
        ("944", "persons", "944", "944"),
        ("1,372", "persons", "1.372", "1,372"),
        ("1372", "persons", "1.372", "1,372"),
        ("31.0", "percent of reports", "31%", "31%"),
        ("28.3", "percent of reports", "28,3%", "28.3%"),
        ("more than 95", "percent", "meer dan 95%", "more than 95%"),
        ("<5", "persons", "minder dan 5", "fewer than 5"),
        ("6,300 to 7,000", "persons per year", "6.300 tot 7.000", "6,300 to 7,000"),
    ],
)
def test_a_number_is_written_as_the_language_does(text: str, unit: str, dutch: str, english: str) -> None:
    assert as_printed(text, unit, "nl") == dutch
    assert as_printed(text, unit, "en") == english


@pytest.mark.parametrize("text", ["", "about equal", "one in five", "many"])
def test_words_are_no_number(text: str) -> None:
    with pytest.raises(FiguresInvalid, match="is no number that can be drawn") as refusal:
        as_printed(text, "percent", "nl")

    assert refusal.value.file == "registered.csv"


@given(st.integers(0, 10**9))
def test_no_digit_is_lost_or_made(count: int) -> None:
    for text in (str(count), f"{count:,}"):
        assert as_printed(text, "persons", "nl").replace(".", "") == str(count)
        assert as_printed(text, "persons", "en").replace(",", "") == str(count)


@given(st.integers(0, 1000))
def test_no_tenth_of_a_percent_is_lost(tenths: int) -> None:
    said = as_printed(f"{tenths / 10}", "percent", "nl").removesuffix("%").replace(",", ".")

    assert float(said) == tenths / 10


def every() -> list[Figure]:
    return [each for each in (*read("registered"), *read("reporters")) if each.text]


@pytest.mark.parametrize("figure", every(), ids=lambda one: f"{one.table}-{one.line}")
def test_each_number_of_the_register_and_its_reporters_can_be_written(figure: Figure) -> None:
    assert printed(figure, words("nl"))
