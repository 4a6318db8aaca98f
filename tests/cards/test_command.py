"""What `casework cards` prints."""

import json
from pathlib import Path

import pytest
from tests import tongues
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


def test_the_file_of_a_further_language_has_every_sentence_with_the_dutch_beside_it_and_keeps_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "toolkit.pl.po"
    said = printed(capsys, "--into", str(file), "--lang", "en")
    text = file.read_text("utf-8")
    first = deck.signals()[0].text
    file.write_text(
        text.replace(f'msgid "{first.en}"\nmsgstr ""', f'msgid "{first.en}"\nmsgstr "gotowe"')
        + '\nmsgid "Nobody says this."\nmsgstr "x"\n',
        "utf-8",
    )

    again = printed(capsys, "--into", str(file), "--lang", "en")

    count = len(tongues.everything())
    assert f"#. {first.nl}\n" in text
    assert said == f"toolkit.pl.po: {count} sentences, {count} of them to translate.\n"
    assert again == f"toolkit.pl.po: {count} sentences, {count - 1} of them to translate.\n"
    assert "gotowe" in file.read_text("utf-8")
    assert "Nobody says this" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "told"), [("toolkit.qq7.po", None, "qq7"), ("toolkit.pl.po", 'msgid "x\n', ".po")]
)
def test_a_file_that_cannot_be_used_is_named_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, told: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, "utf-8")

    assert main(["cards", "--into", str(file)]) == 2

    assert told in capsys.readouterr().err
    assert (file.read_text("utf-8") if file.exists() else None) == content


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "--into", str(tmp_path / "nowhere" / "toolkit.pl.po")]) == 2
    assert "toolkit.pl.po" in capsys.readouterr().err
