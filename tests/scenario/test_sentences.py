"""Where sentences end, as rows of input and expected output."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.scenario.sentences import spans

ROWS = [
    ("Het derde uur. Uw kamertje ruikt naar rubber.", ["Het derde uur.", "Uw kamertje ruikt naar rubber."]),
    (
        '"Is er iets met Milan?" vraagt hij. "Bij mij slaapt hij."',
        ['"Is er iets met Milan?" vraagt hij.', '"Bij mij slaapt hij."'],
    ),
    ('"Kom je?" Milan knikt.', ['"Kom je?"', "Milan knikt."]),
    ("“Nee!” roept ze. ‘Echt?’ Hij zwijgt.", ["“Nee!” roept ze.", "‘Echt?’", "Hij zwijgt."]),
    (
        "Hij kwam o.a. met dr. Bakker en mevr. De Wit. Daarna niet.",
        ["Hij kwam o.a. met dr. Bakker en mevr. De Wit.", "Daarna niet."],
    ),
    ("Bel nr. 4 om 10.30 uur. Dat is nu.", ["Bel nr. 4 om 10.30 uur.", "Dat is nu."]),
    ("Brief van J. de Vries. Ongeopend.", ["Brief van J. de Vries.", "Ongeopend."]),
    ("Hij wacht ... en zwijgt. 's Avonds belt hij.", ["Hij wacht ... en zwijgt.", "'s Avonds belt hij."]),
    ('"Als je iets kon wissen ..." Ze maakt het niet af.', ['"Als je iets kon wissen ..."', "Ze maakt het niet af."]),
    ("No. He waits. So am I. Then it stops.", ["No.", "He waits.", "So am I.", "Then it stops."]),
    ("Zonder punt", ["Zonder punt"]),
    ("هل أنت بخير؟ نعم.", ["هل أنت بخير؟", "نعم."]),
    ("Goed 👍. Tot morgen!", ["Goed 👍.", "Tot morgen!"]),
    ("", []),
    ("  \t ", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[first:last] for first, last in spans(text)] == expected


@given(st.text())
@settings(deadline=None)
def test_no_word_is_lost_between_sentences(text: str) -> None:
    found = " ".join(text[first:last] for first, last in spans(text))

    assert found.split() == text.split()
