"""What `casework cards` prints."""

import json
from pathlib import Path

import pytest
from tests.cases import SCENARIOS

from casework.cards import deck
from casework.cards.deck import FORMS, Form
from casework.cli import main

LEO, MILAN = str(SCENARIOS / "leo.ipynb"), str(SCENARIOS / "milan.ipynb")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["cards", *arguments]) == 0
    return capsys.readouterr().out


def test_every_card_stands_below_each_of_its_forms(capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(printed(capsys, "--format", "json"))
    text = " ".join(printed(capsys).split())

    assert [each["id"] for each in said["signals"]] == [card.id for card in deck.signals()]
    parts = {form: "".join(part for part in _parts(text) if part.startswith(FORMS[form].nl)) for form in Form}
    for card in deck.signals():
        for form in card.forms:
            assert card.text.nl[:30] in parts[form]


def _parts(text: str) -> list[str]:
    """Return the text cut before every heading of a group, such as *Criminele uitbuiting · School*."""
    for form in Form:
        text = text.replace(f"{FORMS[form].nl} · ", f"\n{FORMS[form].nl} · ")
    return text.split("\n")


def test_the_matrix_says_what_no_case_covers(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, LEO, MILAN)

    assert text.startswith(deck.rule().text.nl)
    assert "Vormen zonder casus: Seksuele uitbuiting, Gedwongen bedelen, " in text
    assert "Werkplekken zonder casus: Jeugdhulp, Opvang van asielzoekers, Gemeente\n" in text
    assert "Signalen van een casus die op geen kaart staan: geen\n" in text
    assert "uit de praktijk" in text


def test_the_matrix_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(printed(capsys, "--format", "json", "--lang", "en", LEO, MILAN))

    signals = {each["id"]: each for each in said["signals"]}
    assert said["cases"] == ["leo", "milan"]
    assert signals["parcels"]["uses"] == {"milan": "acted-on"}
    assert signals["lives-at-work"]["uses"] == {"leo": "acted-on"}
    assert signals["lives-at-work"]["text"].startswith("Someone lives")
    assert signals["begging-child"]["uses"] == {}
    assert "begging-child" in said["without_case"]["signals"]
    assert said["without_case"]["forms"] == ["sexual", "begging", "organs"]
    assert said["on_no_card"] == []


def test_a_case_of_ones_own_may_have_signals_that_are_on_no_card(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lea.ipynb").write_text(Path(LEO).read_text("utf-8").replace("leo.ipynb", "lea.ipynb"), "utf-8")
    (tmp_path / "kapot.ipynb").write_text("{", "utf-8")

    code = main(["cards", str(tmp_path)])

    said = capsys.readouterr()
    assert code == 0
    assert "Signalen van een casus die op geen kaart staan: lea/munten, lea/vier-maanden" in said.out
    assert "Casussen zonder vorm en werkplek: lea\n" in said.out
    assert "kapot.ipynb has errors and is left out" in said.err


def test_a_folder_without_cases_is_unusable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_conversation_cards_are_printed_whole(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--talks", "--lang", language)
    said = json.loads(printed(capsys, "--talks", "--lang", language, "--format", "json"))

    for card in deck.talks():
        assert card.say.in_(language) in text
        assert card.why.in_(language) in text
    assert [each["id"] for each in said] == [card.id for card in deck.talks()]
    assert all(each["sources"] or each["practice"] for each in said)
