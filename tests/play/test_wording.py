"""What a narrator says is told apart from what people say, and only clear cases are remarked on."""

from dataclasses import replace

import pytest
from tests.play.sown import linted, option, paragraph, slugs, two

from casework.play.wording import JUDGING, LABELS, narration

GIVES = option("a", "talk", trust=1, days=2)


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("Helaas is hij al weg.", "nl", "Helaas"),
        ("Dat was fout.", "nl", "fout"),
        ("U had hem beter moeten vragen.", "nl", "U had hem beter moeten"),
        ("Had u gebeld, dan was hij hier.", "nl", "Had u"),
        ("Goed zo. Hij gaat zitten.", "nl", "Goed zo"),
        ("Een domme keuze.", "nl", "domme keuze"),
        ('"Jammer," zegt hij. Jammer is het.', "nl", "Jammer"),
        ("Unfortunately, he left.", "en", "Unfortunately"),
        ("You should have asked.", "en", "You should have"),
        ("Well done.", "en", "Well done"),
    ],
)
def test_a_narrator_who_judges_is_heard(text: str, language: str, word: str) -> None:
    case = replace(two(replace(GIVES, consequence=paragraph(text)), option("b", days=1)), language=language)

    found = [dict(each.values)["word"] for each in linted(case) if each.slug == "judging-words"]

    assert found == [word]


@pytest.mark.parametrize(
    "text",
    [
        '"Helaas," zegt de man aan de lijn.',
        "“Dat was fout,” zegt hij. “Mijn fout.”",
        "'Goed zo', zegt de mentor.",
        "Zijn tekst is foutloos. Hij heet Dominique.",
        "Links is langer dan u had verwacht.",
        "U had niet gedacht dat u honger had.",
        '"Dat is fout, en dat weet je.',
    ],
)
def test_what_people_say_is_theirs(text: str) -> None:
    assert "judging-words" not in slugs(two(replace(GIVES, consequence=paragraph(text)), option("b", days=1)))


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("De cliënt wacht.", True),
        ("Leo is gered.", True),
        ("Nu staat er: mogelijk slachtoffer.", False),
        ('"Ben ik een slachtoffer?" vraagt hij.', False),
    ],
)
def test_a_label_is_the_narrators_or_it_is_none(text: str, is_label: bool) -> None:
    assert ("label" in slugs(two(replace(GIVES, consequence=paragraph(text)), option("b", days=1)))) == is_label


def test_speech_that_is_not_closed_lasts_to_the_end_of_its_paragraph() -> None:
    assert narration('Hij knikt. "Ja, zegt hij.').strip() == "Hij knikt."


def test_an_apostrophe_opens_no_speech() -> None:
    assert narration("Het is 's avonds, en zo'n fout is niet 't ergste'.").count("fout") == 1


@pytest.mark.parametrize("rows", [JUDGING, LABELS])
def test_both_languages_have_words_of_their_own(rows: dict[str, tuple[str, ...]]) -> None:
    assert set(rows) == {"nl", "en"}
    assert not set(rows["nl"]) & (set(rows["en"]) - {"loverboys?"})
