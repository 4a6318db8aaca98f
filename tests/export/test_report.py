"""The report of a session says what a room did and asked itself, in one page, and no number in it is a person."""

import re
from contextlib import closing
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from markupsafe import escape
from tests.cases import SCENARIOS, setting
from tests.export.evening import HELP, PEOPLE, page, play

from casework import items, room
from casework.cli import main
from casework.export import gathering
from casework.export.report import Gathered, report
from casework.play.workshop import Act, Event
from casework.room import Knock
from casework.store import open_store

LANGUAGES = ("nl", "en")


def cells(text: str) -> list[str]:
    """Return the counts in the tables of votes."""
    votes = re.search(r'<section aria-labelledby="votes">(.*?)</section>', text, re.DOTALL)
    assert votes
    return re.findall(r"</th><td>([^<]*)</td>", votes[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    # The one address in it is an empty one: without it a browser would ask the server for an icon.
    text = page(language).replace('<link rel="icon" href="data:,">', "")

    assert not re.search(r"(?:src|href|url|@import)\s*[=(]", text)
    assert "<script" not in page(language)
    assert f'<html lang="{language}">' in page(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_road_the_votes_the_rules_and_the_questions_are_in_it(language: str) -> None:
    text = page(language)
    case = setting("milan" if language == "nl" else "milan.en")

    assert text.count('<ol class="road">') == 2
    assert {"nl": "<dd>5 januari 2026</dd>", "en": "<dd>January 5, 2026</dd>"}[language] in text
    assert escape(case.scenario.start.title) in text
    assert any(escape(rule.title.in_(language)) in text for rule in case.protocol.rules)
    assert any(escape(each) in text for rule in case.protocol.rules for each in rule.questions.in_(language))
    assert {"nl": "meer dan eerst", "en": "more than at first"}[language] in text
    assert {"nl": "minder dan eerst", "en": "fewer than at first"}[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_count_of_a_vote_is_under_five(language: str) -> None:
    found = cells(page(language))

    numbers = [int(cell) for cell in found if cell.isdigit()]
    assert numbers
    assert not [number for number in numbers if 0 < number < 5]
    assert any({"nl": "minder dan 5", "en": "fewer than 5"}[language] == cell for cell in found)
    assert len(PEOPLE) == 34


def test_dutch_and_english_say_the_same() -> None:
    counts = [re.findall(r">(\d+)</td>", page(language)) for language in LANGUAGES]

    assert counts[0] == counts[1] != []
    shapes = [re.findall(r"<(?:h[1-3]|tr|li|section)\b", page(language)) for language in LANGUAGES]
    assert shapes[0] == shapes[1]


def test_what_was_handed_in_is_text_and_what_would_help_is_a_step_once() -> None:
    text = page()

    assert "Wie belt er &lt;b&gt;eerst&lt;/b&gt;?" in text
    assert "Ook ingeleverd: Geen tijd" in text
    assert "Gewicht: 2,0 van 3" in unescape(text)
    assert text.count(f"<tr><td>{HELP}</td>") == 1


def test_a_session_in_which_nothing_happened_has_a_report_too() -> None:
    case = setting("milan")
    with closing(open_store(":memory:")) as store:
        card = room.open_session(store, case.scenario, case.protocol)
        minutes = room.minutes(store, case.scenario, case.protocol, card.id)

    text = report(case.scenario, case.protocol, Gathered(date(2026, 1, 5), minutes, (), {}, ("de-gang", "no scene")))

    for said in ("De zaal bleef in de eerste scène.", "Er is geen stemming getoond.", "Er is niets ingeleverd."):
        assert said in text
    assert "<dd>minder dan 5</dd>" in text
    assert "<dt>Die dag overgeslagen</dt><dd>De gang</dd>" in text


def test_the_command_writes_the_report_and_says_what_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, written = str(tmp_path / "store.db"), tmp_path / "report.html"
    with closing(open_store(store)) as opened:
        code = play(opened)
    milan = str(SCENARIOS / "milan.en.ipynb")

    command = ["export", "report", milan, "--store", store, "--session"]
    assert main([*command, room.spelled(code).lower(), "-o", str(written)]) == 0
    assert cells(written.read_text("utf-8")) == cells(page("en"))
    assert main([*command, "no session"]) == 2
    assert "session 'no session' is not in the store" in capsys.readouterr().err
    assert main(["export", "report", str(SCENARIOS / "leo.ipynb"), "--store", store, "--session", code]) == 2
    assert main(["export", "report", str(tmp_path / "none.ipynb"), "--session", code]) == 2
    assert main([*command[:4], str(tmp_path), "--session", code]) == 2


def test_a_session_that_still_runs_has_no_report_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, store = setting("milan"), str(tmp_path / "store.db")
    with closing(open_store(store)) as opened:
        card = room.open_session(opened, case.scenario, case.protocol)

    assert main(["export", "report", str(SCENARIOS / "milan.ipynb"), "--store", store, "--session", card.code]) == 2
    assert f"session '{card.code}' has not ended" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_room_learned_stands_in_it_where_that_was_asked(language: str) -> None:
    name = "milan" if language == "nl" else f"milan.{language}"
    case, right = setting(name), frozenset((each.id, each.right) for each in items.survey().questions)
    said = {Act.SURVEY: (1, frozenset({("duty", "proof")})), Act.AGAIN: (2, right)}
    few = {"nl": "Minder dan vijf mensen gaven beide", "en": "Fewer than five people answered both"}[language]
    texts = []
    with closing(open_store(":memory:")) as store:
        for people in (6, 4):
            card = room.open_session(store, case.scenario, case.protocol)
            for one in PEOPLE[:people]:
                room.join(store, Knock(card.code, one, one))
            for number, act in enumerate((Act.SURVEY, Act.READ, Act.AGAIN, Act.END), 1):
                room.do(store, case.scenario, card.id, Event(number, act))
                for one in PEOPLE[:people] if act in said else ():
                    room.reply(store, card.id, one, *said[act])
            ended = store.sessions.card(card.id)
            assert ended
            texts.append(gathering.write(store, case.scenario, case.protocol, ended))

    told = [unescape(text) for text in texts]
    assert all(items.survey().note.in_(language) in text for text in told)
    assert told[0].count("<td>0</td><td>6</td>") == 7
    assert few in told[1]
    assert "<td>0</td><td>4</td>" not in told[1]
    assert 'id="learned"' not in page(language)
