"""What a page needs to let somebody explore a chart: every year once, the gap, and each number with who says so."""

from typing import Any

import pytest

from casework.analytics.charts import TONES
from casework.analytics.citing import cited
from casework.analytics.exploring import explored
from casework.analytics.svg import svg
from casework.analytics.trends import answers
from casework.words import LANGUAGES, words

GIVEN = {
    language: next(answer.chart for answer in answers(language) if answer.chart and answer.chart.has_years)
    for language in LANGUAGES
}
EACH = pytest.mark.parametrize("language", LANGUAGES)


def made(language: str) -> dict[str, Any]:
    return explored(GIVEN[language], words(language))


def values(language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made(language)["specification"]["data"]["values"]
    return found


@EACH
def test_every_year_is_there_once_with_its_number_and_each_source(language: str) -> None:
    for told, bar in zip(made(language)["years"], GIVEN[language].bars, strict=True):
        assert told["year"] == bar.label
        assert f"{bar.label}: {bar.told}." in told["told"]
        assert all(cited(figure, words(language)) in told["told"] for figure in bar.figures)


@EACH
def test_what_is_drawn_is_the_row_behind_it(language: str) -> None:
    drawn = [(each["year"], each["number"], each["tone"]) for each in values(language)]

    assert drawn == [(bar.label, float(bar.figure.value or 0), TONES[bar.tone]) for bar in GIVEN[language].bars]


def test_between_two_ways_of_counting_there_is_a_gap() -> None:
    [places] = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in made("nl")["specification"]["layer"]}

    assert places.index("2013") + 2 == places.index("2014")
    assert places[places.index("2013") + 1].strip() == ""


def test_numbers_are_written_as_the_language_does() -> None:
    nl, en = (made(language)["numbers"] for language in ("nl", "en"))

    assert (nl["thousands"], nl["decimal"]) == (".", ",")
    assert (en["thousands"], en["decimal"]) == (",", ".")


def test_vega_takes_it_and_asks_nobody_for_anything() -> None:
    specification = made("nl")["specification"]

    drawn = str(svg({**specification, "width": 700}, "", ""))

    assert drawn.count("<text") >= 15
    assert "url" not in specification["data"]
