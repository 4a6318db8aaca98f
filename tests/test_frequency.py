"""How often a word is used is known only where the lists are installed."""

import sys

import pytest

from casework.frequency import frequency
from casework.scenario.reading import RARE


def test_an_everyday_word_stands_higher_than_a_rare_one() -> None:
    zipf = frequency("nl")

    assert zipf is not None
    assert zipf("huis") > 5
    assert RARE > zipf("fietsenhok") > zipf("veiligheidstaxatie")


def test_english_has_a_list_of_its_own() -> None:
    zipf = frequency("en")

    assert zipf is not None
    assert zipf("house") > 5 > zipf("huis")


def test_without_the_package_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wordfreq", None)

    assert frequency("nl") is None


def test_of_another_language_nothing_is_known() -> None:
    assert frequency("tlh") is None
