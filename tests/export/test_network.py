"""The report of all workshops says what stands in the way, to whom it goes and what is behind it, on two pages."""

import re
from contextlib import closing
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from tests import knots
from tests.cases import SCENARIOS, setting

from casework import library
from casework.cli import main
from casework.export.network import Gathered, report, write
from casework.play.bottleneck import Bottleneck, Weighed
from casework.play.network import Cluster, Note, board
from casework.room import network
from casework.store import Store, open_store

LANGUAGES = ("nl", "en")
TODAY = date(2026, 3, 6)


@cache
def page(language: str = "nl") -> str:
    """Return the report of three workshops, in Dutch or English."""
    with closing(open_store(":memory:")) as store:
        fill(store)
        cases = (library.open_case(SCENARIOS / "milan.ipynb", is_checked=True),)
        return write(store, cases, library.source_titles(language), language, TODAY)


def fill(store: Store) -> None:
    for day, name in enumerate(knots.WORKSHOPS, 1):
        knots.workshop(store, name, day)
    knots.playing(store)
    for move in knots.moves():
        store.network.change(move, "2026-03-05T09:00:00+00:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    # The one address in it is an empty one: without it a browser would ask the server for an icon.
    text = page(language).replace('<link rel="icon" href="data:,">', "")

    assert not re.search(r"(?:src|href|url|@import)\s*[=(]", text)
    assert "<script" not in text
    assert f'<html lang="{language}">' in text


def test_the_clusters_their_status_the_agenda_and_the_figures_are_in_it() -> None:
    text = unescape(page())

    for said in (
        "Wie is waar in de regio?",
        "Wie houdt in onze regio bij wie de zorgcoördinator is?",
        "Wat zou helpen: Een lijst met functies per regio; Een kaart met de routes",
        "Heel zwaar",
        "uit 2 bijeenkomsten",
        "teksten: minder dan 5",
        "Doorgegeven · Gemeente · 5 maart 2026",
        "Voor 2022 is afgesproken dat zorgcoördinatie geborgd is. (S61, S75)",
        "Bij geen van deze meldt u een slachtoffer.",
        "1 maart 2026 – 3 maart 2026",
        "4 teksten in geen cluster",
        "Volgend overleg",
        "0–10",
        setting("milan").protocol.rule("consulted").title.nl,
        "volgden hem niet meteen",
        "S75 · CoMensha: project gemeenten",
        "Dit is oefenen met een verzonnen verhaal.",
    ):
        assert said in text, said


def test_dutch_and_english_have_the_same_parts() -> None:
    shapes = [re.findall(r"<(?:h[1-3]|tr|td|section)\b", page(language)) for language in LANGUAGES]

    assert shapes[0] == shapes[1]


def test_no_text_that_was_handed_in_is_quoted_but_what_would_help() -> None:
    text = unescape(page())

    for said in knots.WORKSHOPS["milan"]:
        assert said[0] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_people_or_texts_is_under_five(language: str) -> None:
    said = re.findall(r"(\d+) (?:van de|of) (\d+)", page(language))

    assert said
    assert all(int(count) == 0 or int(count) >= 5 for pair in said for count in pair)


def test_a_rule_that_belongs_to_a_cluster_comes_before_one_that_is_broken_more_often() -> None:
    figures = page().split('id="figures"')[1]
    rows = re.findall(r'<th scope="row">([^<]*)<small>.*?</td><td>([^<]*)</td></tr>', figures)

    assert rows
    assert [bool(bundles) for _, bundles in rows] == sorted((bool(bundles) for _, bundles in rows), reverse=True)


def test_text_never_becomes_markup() -> None:
    note = Note(Weighed(Bottleneck("n", "s", "t", "<i>x</i>", cluster="a"), (), None), "milan", "2026-01-01")
    found = board([Cluster("a", "1", "<b>wie</b>", question="<script>", answer="&")], [note])

    text = report(Gathered(found, (), {}, TODAY), "nl")

    assert "<b>wie</b>" not in text
    assert "<script" not in text
    assert "&lt;i&gt;x&lt;/i&gt;" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_gives_a_report_that_says_so(language: str) -> None:
    with closing(open_store(":memory:")) as store:
        text = write(store, (), {}, language, TODAY)

    assert {"nl": "Er zijn nog geen clusters.", "en": "There are no clusters yet."}[language] in text
    assert {"nl": "Er staat niets op.", "en": "Nothing is on it."}[language] in text
    assert {"nl": "Vanaf vijf keer staat het hier.", "en": "From five on, it stands here."}[language] in text


def test_what_does_not_fit_on_two_sheets_is_counted() -> None:
    many = [Cluster(f"c{number}", str(number), "w" * 119, question="x " * 149) for number in range(30)]

    text = report(Gathered(board(many, ()), (), {}, TODAY), "nl")

    shown = len(re.findall(r'<th scope="row">', text))
    assert 1 < shown < 30
    assert f"En nog {30 - shown}." in text


def test_the_command_writes_the_report_and_says_what_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, written = knots.clustered(tmp_path / "store.db"), tmp_path / "report.html"
    command = ["export", "network", "--store", str(store), "--scenarios", str(SCENARIOS)]

    assert main([*command, "-o", str(written), "--lang", "en"]) == 0
    assert "Passed on · Municipality · March 5, 2026" in written.read_text("utf-8")
    assert main([*command[:4], "--scenarios", str(tmp_path / "nowhere")]) == 0
    assert "Wie is waar in de regio?" in capsys.readouterr().out
    assert main(["export", "network", "--store", str(tmp_path / "none.db")]) == 2
    assert main([*command, "-o", str(tmp_path / "no folder" / "report.html")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_a_note_in_no_cluster_is_counted_and_not_told() -> None:
    with closing(open_store(":memory:")) as store:
        knots.workshop(store, "leo")
        found = network.look(store)

    text = unescape(report(Gathered(found, (), {}, TODAY), "nl"))

    assert "2 teksten in geen cluster" in text
    assert knots.WORKSHOPS["leo"][0][0] not in text
