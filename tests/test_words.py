"""Words in a further language, and days as each language writes them."""

from datetime import date
from pathlib import Path

import pytest

from casework.conformance.model import Text
from casework.errors import LanguageInvalid
from casework.words import day, further, words
from tests import tongues

BED = Text("bed", "bunk")


def test_a_further_language_says_what_its_file_has_and_leaves_the_rest_in_english(tmp_path: Path) -> None:
    say = further(tongues.write(tmp_path, "uk", ["bunk", "Call {number}."]))

    assert say.text(BED) == "«bunk»"
    assert say("Call {number}.", number=112) == "«Call 112.»"
    assert say("Nothing of it.") == "Nothing of it."
    assert (say.name, say.direction, say.language) == ("українська", "ltr", "uk")
    assert say.knows("bunk", "")
    assert not say.knows("bunk", "Nothing of it.")


def test_dutch_and_english_say_the_text_that_stands_beside_the_other_and_know_all() -> None:
    assert words("nl").text(BED) == "bed"
    assert words("en").text(BED) == "bunk"
    assert words("nl").knows("whatever")


def test_a_sentence_that_a_translator_was_not_sure_of_is_not_said(tmp_path: Path) -> None:
    file = tmp_path / "toolkit.pl.po"
    file.write_text('#, fuzzy\nmsgid "bunk"\nmsgstr "może"\n', encoding="utf-8")

    assert further(file).text(BED) == "bunk"


def test_what_is_wrong_with_a_file_is_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(LanguageInvalid) as caught:
        further(tmp_path / "toolkit.po")

    assert str(caught.value).startswith("toolkit.po: 'toolkit' is no language")
    assert caught.value.in_("nl").startswith("toolkit.po: 'toolkit' is geen taal")


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "1 maart 2024"), ("en", "March 1, 2024"), ("pt-BR", "1 de março de 2024")]
)
def test_a_day_is_written_as_the_language_does(language: str, text: str) -> None:
    assert day(date(2024, 3, 1), language) == text
