"""What is told and drawn of the official figures is what the tables say, number for number, in both languages."""

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from tests.analytics.tables import BUNDLED, change, copy

from casework import library
from casework.analytics.bars import Bar, Chart
from casework.analytics.questions import QUESTIONS, Topic
from casework.analytics.trends import BREAK, TWICE, Answer, answers
from casework.errors import FiguresInvalid
from casework.figures.table import Figure
from casework.words import LANGUAGES

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
ANSWERS = {language: answers(language) for language in LANGUAGES}
EVERY = [(language, answer) for language in LANGUAGES for answer in ANSWERS[language]]
BARS = [
    (language, answer.topic, bar) for language, answer in EVERY if answer.chart is not None for bar in answer.chart.bars
]


def row(figure: Figure) -> dict[str, str]:
    """Read a row again, by nothing but the place where it stands."""
    with (BUNDLED / f"{figure.table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[figure.line - 2]


def written(figure: Figure, language: str) -> set[str]:
    """Return the numbers of a row as its language writes them, made here from the text of the source."""
    texts = NUMBER.findall(row(figure)["value_text"])
    plain = [re.sub(r"\.0$", "", text) for text in texts]
    grouped = [f"{int(text):,}" if text.isdecimal() else text for text in plain]
    return {text.translate(str.maketrans(",.", ".,")) if language == "nl" else text for text in grouped}


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def allowed(answer: Answer, language: str) -> set[str]:
    """Return every number that may stand in an answer: those of its rows, and their years."""
    figures = [figure for bar in bars(answer.chart) for figure in bar.figures]
    years = {year for figure in figures for year in figure.year.split("-")}
    return {number for figure in figures for number in written(figure, language)} | years


def bars(chart: Chart | None) -> Iterable[Bar]:
    return chart.bars if chart else ()


@pytest.mark.parametrize(("language", "topic", "bar"), BARS, ids=lambda one: getattr(one, "label", str(one)))
def test_a_drawn_number_is_that_of_its_row(language: str, topic: Topic, bar: Bar) -> None:
    for figure in (bar.figure, bar.low, bar.high):
        if figure is None:
            continue
        found = row(figure)
        assert figure.value == Decimal(found["value"])
        assert (found["preferred"], found["confirmed"], found["geo"]) == ("true", "true", "NL")
        assert written(figure, language) <= numbers(f"{bar.label} {bar.start} {bar.end}")


@pytest.mark.parametrize(("language", "topic", "bar"), BARS, ids=lambda one: getattr(one, "label", str(one)))
def test_beside_a_bar_stands_no_number_but_that_of_its_rows(language: str, topic: Topic, bar: Bar) -> None:
    own = {number for figure in bar.figures for number in written(figure, language)}

    assert numbers(bar.start) | numbers(bar.end) | numbers(bar.told) <= own


@pytest.mark.parametrize(("language", "answer"), EVERY, ids=lambda one: getattr(one, "topic", one))
def test_a_number_in_the_text_is_that_of_a_row_that_is_drawn(language: str, answer: Answer) -> None:
    said = [*answer.told, answer.caution, answer.chart.note if answer.chart else ""]
    # An agreement of 2022 and a meeting of 2017 are told with the sources that say so.
    dated = (
        {"2022"} if answer.topic is Topic.MUNICIPALITIES else {"2017"} if answer.topic is Topic.INDICATION else set()
    )

    assert {number for text in said for number in numbers(text)} <= allowed(answer, language) | dated


def test_what_is_told_beside_a_bar_was_seen_in_its_source() -> None:
    told = [figure for _, _, bar in BARS for figure in bar.also]

    assert told
    assert all(row(figure)["confirmed"] == "true" for figure in told)


def test_every_preferred_year_of_the_register_is_drawn_once_and_in_order() -> None:
    with (BUNDLED / "registered.csv").open(encoding="utf-8", newline="") as file:
        wanted = [one["year"] for one in csv.DictReader(file) if one["preferred"] == "true"]

    chart = ANSWERS["nl"][0].chart
    assert [bar.label for bar in bars(chart)] == wanted == [str(year) for year in range(2010, 2025)]


def test_between_two_ways_of_counting_there_is_a_gap() -> None:
    chart = ANSWERS["nl"][0].chart

    assert chart is not None
    early, late = chart.groups
    assert {int(bar.label) < BREAK for bar in early.bars} == {True}
    assert {int(bar.label) < BREAK for bar in late.bars} == {False}
    assert {bar.tone for bar in early.bars} & {bar.tone for bar in late.bars} == set()


def test_years_with_two_official_numbers_have_a_star_and_both_are_told() -> None:
    chart = ANSWERS["nl"][0].chart

    assert chart is not None
    assert tuple(bar.label for bar in bars(chart) if bar.end.endswith("*")) == TWICE
    assert chart.note.startswith("*")
    assert {"1.334", "984"} <= numbers(chart.note)


def test_an_estimate_is_drawn_as_a_margin_with_its_own_years_beside_the_register_of_the_same() -> None:
    chart = ANSWERS["nl"][1].chart

    assert chart is not None
    for group in chart.groups:
        estimate, *counted = group.bars
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low.value < estimate.figure.value < estimate.high.value  # type: ignore[operator]
        assert {figure.series for figure in estimate.figures} == {estimate.figure.series}
        assert [bar.figure.year for bar in counted] == estimate.figure.year.split("-")


@pytest.mark.parametrize(("language", "answer"), EVERY, ids=lambda one: getattr(one, "topic", one))
def test_what_may_not_be_concluded_is_one_sentence(language: str, answer: Answer) -> None:
    assert re.fullmatch(r"[^.?!]+\.", answer.caution)


@pytest.mark.parametrize(("dutch", "english"), list(zip(*ANSWERS.values(), strict=True)), ids=lambda one: one.topic)
def test_an_answer_is_whole_in_both_languages(dutch: Answer, english: Answer) -> None:
    assert dutch.topic is english.topic
    for one, other in zip(
        (dutch.title, dutch.caution, *dutch.told), (english.title, english.caution, *english.told), strict=True
    ):
        assert one
        assert one != other
    if dutch.chart and english.chart:
        assert dutch.chart.counts != english.chart.counts
        assert dutch.chart.alt != english.chart.alt
        pairs = zip(dutch.chart.bars, english.chart.bars, strict=True)
        assert all(one.label != other.label for one, other in pairs if not one.label.isdecimal())


def test_every_question_is_answered_and_its_sources_exist() -> None:
    assert [question.topic for question in QUESTIONS] == list(Topic) == [answer.topic for answer in ANSWERS["nl"]]
    assert {source for question in QUESTIONS for source in question.sources} <= set(library.sources())
    assert [answer.topic for answer in ANSWERS["nl"] if answer.chart is None] == [Topic.INDICATION]


def test_a_new_year_in_a_folder_of_ones_own_is_drawn(tmp_path: Path) -> None:
    file = copy(tmp_path) / "registered.csv"
    last = file.read_text("utf-8").splitlines()[-1]
    with file.open("a", encoding="utf-8") as more:
        more.write(last.replace("2024,NL", "2025,NL").replace("944,944", "1001,1001") + "\n")

    found = answers("nl", tmp_path)[0]

    assert found.told[0].endswith("In 2025 waren dat 1.001 mensen.")
    assert list(bars(found.chart))[-1].end == "1.001"


def test_a_table_with_one_way_of_counting_has_no_empty_group(tmp_path: Path) -> None:
    file = copy(tmp_path) / "registered.csv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("201") or line >= "2014"]
    file.write_text("\n".join(lines), "utf-8")

    chart = answers("nl", tmp_path)[0].chart

    assert chart is not None
    assert [group.title for group in chart.groups] == ["Vanaf 2014: smallere telling"]


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (
            "registered",
            "2019,NL,Nationaal",
            "2009,NL,Nationaal",
            "it has 0 rows with year '2019'; right is 1",
        ),
        (
            "estimates",
            '"total, upper bound",,7500,7500',
            '"total, top",,7500,7500',
            "category 'total, upper bound'; right",
        ),
        (
            "reporters",
            ",percent of reports,",
            ",percent,",
            "it has 0 rows with series 'CoMensha', unit 'percent of reports'; right are 1",
        ),
        (
            "care",
            "municipalities with no idea",
            "municipalities without an idea",
            "it has 0 rows with category",
        ),
        ("care", ",95,more than 95,", ",95,nearly all,", "line 8: 'nearly all' is no number that can be drawn"),
        ("care", ",50,50,percent,true", ",50,51,percent,true", "line 5: 'value_text' is '51'"),
    ],
)
def test_a_table_that_lacks_what_is_told_is_refused_by_name(
    name: str, old: str, new: str, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(FiguresInvalid, match=re.escape(complaint)) as refusal:
        answers("nl", change(tmp_path, name, old, new))

    assert refusal.value.file == f"{name}.csv"
