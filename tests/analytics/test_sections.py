"""A question as HTML: what it does not show, its table and its sources, in a reader's own language."""

import re
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from tests.analytics.tables import change

from casework.analytics.charts import PHONE, WIDE
from casework.analytics.sections import MOST, Section, sections
from casework.analytics.trends import Answer, answers
from casework.words import LANGUAGES

EVERY = [(language, answer) for language in LANGUAGES for answer in answers(language)]
PAIRS = pytest.mark.parametrize(("language", "answer"), EVERY, ids=lambda one: getattr(one, "title", one))


@cache
def shown(language: str) -> tuple[Section, ...]:
    """Return all questions as they are shown; to draw them takes seconds, also to whoever only collects tests."""
    return sections(language, (PHONE, WIDE))


@pytest.fixture
def section(language: str, answer: Answer) -> Section:
    return of(language, answer)


def of(language: str, answer: Answer) -> Section:
    """Return an answer as it is shown."""
    return shown(language)[answers(language).index(answer)]


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', html)
    return [[unescape(cell) for cell in row] for row in rows]


@PAIRS
def test_behind_each_chart_stands_a_table_with_the_same_numbers(answer, section) -> None:
    expected = [[bar.label, bar.told] for bar in answer.chart.bars] if answer.chart else []

    assert [row[:2] for row in cells(section.html)] == expected


@PAIRS
def test_each_row_of_a_table_names_sources_of_the_list(answer, section) -> None:
    listed = re.findall(r"<li>(.*?)</li>", section.html)

    assert listed
    for _, _, places in cells(section.html):
        assert all(1 <= int(place) <= len(listed) for place in places.split(", "))


@PAIRS
def test_the_source_of_each_drawn_number_is_linked(answer, section) -> None:
    addresses = {unescape(each) for each in re.findall(r'<a href="([^"]+)" rel="noreferrer">', section.html)}
    drawn = {figure.address for bar in (answer.chart.bars if answer.chart else ()) for figure in bar.figures}

    assert addresses == drawn


@PAIRS
def test_what_is_told_and_what_may_not_be_concluded_is_on_the_page(answer, section) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", section.html))

    for sentence in (answer.title, *answer.told, answer.caution):
        assert sentence in text


def test_a_chart_comes_in_each_size_that_is_asked_for_and_no_other() -> None:
    both = shown("nl")[0].html
    (one, *_) = sections("nl", (WIDE,))

    assert re.findall(r'<svg [^>]*class="(\w+)"', both) == ["narrow", "broad"]
    assert re.findall(r'<svg [^>]*class="(\w+)"', one.html) == ["broad"]


def test_a_long_list_of_sources_is_folded_and_a_short_one_is_not() -> None:
    for language, answer in EVERY:
        html = of(language, answer).html
        listed = len(re.findall(r"<li>", html))
        folded = re.search(r"<summary>\w+ \((\d+)\)</summary>", html)

        assert bool(folded) is (listed > MOST), answer.topic


def test_no_id_stands_twice_on_the_page() -> None:
    ids = re.findall(r'\bid="([^"]+)"', "".join(section.html for section in shown("nl")))

    assert ids
    assert len(ids) == len(set(ids))


def test_a_word_of_our_tables_is_said_in_the_reader_s_language() -> None:
    dutch, english = ("".join(section.html for section in shown(language)) for language in LANGUAGES)

    assert not re.search(r"\b(citing|quoting)\b", dutch)
    assert "quoting Slachtoffermonitor 2013-2017" in english


def test_text_of_a_table_never_becomes_markup(tmp_path: Path) -> None:
    folder = change(tmp_path, "care", "Tiende Rapportage Mensenhandel", "<img src=x onerror=alert(1)>")

    html = "".join(section.html for section in sections("nl", (PHONE,), folder))

    assert "<img" not in html
    assert "&lt;img" in html


def test_only_who_looks_at_figures_pays_for_the_drawing() -> None:
    code = "import casework.app, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {"altair", "vl_convert", "pandas"} & set(loaded)


def test_figures_are_drawn_without_pandas() -> None:
    code = "import casework.analytics.sections, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "altair" in loaded
    assert "pandas" not in loaded
