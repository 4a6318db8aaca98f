"""`casework diff`: two versions of a case, told as people would tell it."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from casework.cli import main
from casework.play.explore import count_roads, explore
from casework.words import number, percentage
from tests.cases import SCENARIOS, setting
from tests.test_history import commit, git
from tests.wording import OTHER, SCENE, WORD

CLEAN, ERRORS, UNUSABLE = 0, 1, 2
MILAN = SCENARIOS / "milan.ipynb"


def edited(target: Path, old: str, new: str) -> Path:
    """Write Milan with one thing edited."""
    text = MILAN.read_text("utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), "utf-8")
    return target


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["diff", *map(str, arguments), "--format", "json"]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_reworded_sentence_changes_no_road_and_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = edited(tmp_path / "milan.ipynb", WORD, OTHER)

    found = told(capsys, MILAN, new)

    roads = count_roads(explore(setting("milan").scenario))
    assert found["is_wording"]
    assert not found["has_effect"]
    assert found["roads"]["before"] == found["roads"]["after"] == found["roads"]["common"]["count"] == roads
    assert found["old"]["version"] != found["new"]["version"]
    assert [(edit["scene"], edit["parts"]) for edit in found["edits"]["changed"]] == [(SCENE, ["story"])]


def test_a_moved_link_does_and_shows_a_road_that_can_be_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = edited(tmp_path / "milan.ipynb", "(#de-kraan)", "(#de-lege-kruk)")

    found = told(capsys, MILAN, new)

    assert found["has_effect"]
    assert not found["is_wording"]
    assert [edit["parts"] for edit in found["edits"]["changed"]] == [["target"]]
    assert found["roads"]["vanished"]["count"] > 0
    assert found["roads"]["vanished"]["shortest"]["old"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["wegen eerst", "Kortste voorbeeld:", "1. ", 'link ("De kraan" -> "De lege kruk")']),
        ("en", ["roads before", "Shortest example:", 'link ("De kraan" -> "De lege kruk")']),
    ],
)
def test_people_read_it_in_their_language(
    tmp_path: Path, language: str, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    new = edited(tmp_path / "milan.ipynb", "(#de-kraan)", "(#de-lege-kruk)")

    assert main(["diff", str(MILAN), str(new), "--lang", language]) == CLEAN

    text = capsys.readouterr().out
    assert all(word in text for word in said)


def test_another_ending_is_told_with_both_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = edited(tmp_path / "milan.ipynb", "**Einde:** schade", "**Einde:** verdedigbaar")

    main(["diff", str(MILAN), str(new)])

    assert "anders: schade -> verdedigbaar." in capsys.readouterr().out


def test_an_activity_taken_from_a_choice_changes_verdicts_of_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "milan.ipynb"
    new.write_text(MILAN.read_text("utf-8").replace("`wegen`", ""), "utf-8")

    found = told(capsys, MILAN, new)

    turned = {rule["id"]: rule for rule in found["rules"]}
    assert turned["weighed"]["after"] > turned["weighed"]["before"]
    assert turned["weighed"]["broken"]["count"] > 0
    assert turned["weighed"]["broken"]["shortest"]["new"]


def test_a_case_and_itself_differ_in_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(MILAN), str(MILAN)]) == CLEAN

    assert "niets veranderd" in capsys.readouterr().out


def test_alone_a_case_is_held_against_its_last_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init")
    edited(tmp_path / "milan.ipynb", WORD, "heet")
    commit(tmp_path, "first")
    edited(tmp_path / "milan.ipynb", "**Einde:** schade", "**Einde:** verdedigbaar")
    commit(tmp_path, "second")
    edited(tmp_path / "milan.ipynb", WORD, OTHER)
    monkeypatch.chdir(tmp_path)

    since_last = told(capsys, "milan.ipynb")
    since_first = told(capsys, "HEAD~1:milan.ipynb", "milan.ipynb")
    between = told(capsys, "HEAD~1:milan.ipynb", "HEAD:milan.ipynb")

    assert [(each["old"], each["new"]) for each in since_last["endings"]] == [("defensible", "harm")]
    assert since_first["is_wording"]
    assert [(each["old"], each["new"]) for each in between["endings"]] == [("harm", "defensible")]


@pytest.mark.parametrize(
    "arguments", [["niets.ipynb", "niets.ipynb"], ["milan.ipynb"], ["HEAD~9:milan.ipynb", "milan.ipynb"]]
)
def test_what_is_not_there_is_named(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "milan.ipynb").write_bytes(MILAN.read_bytes())
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    assert main(["diff", *arguments]) == UNUSABLE
    assert arguments[0].split(":")[-1] in capsys.readouterr().err


def test_a_version_with_errors_is_remarked_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = edited(tmp_path / "milan.ipynb", "(#de-kraan)", "(#nergens)")

    assert main(["diff", str(MILAN), str(new)]) == ERRORS
    assert "broken-link" in capsys.readouterr().out


def test_numbers_are_written_as_each_language_does() -> None:
    assert (number(47655750, "nl"), number(47655750, "en")) == ("47.655.750", "47,655,750")
    assert (number(999, "nl"), number(1000, "en")) == ("999", "1,000")


def test_what_is_nearly_whole_is_never_called_whole() -> None:
    assert percentage(Fraction(99999, 100000), "nl") == "99,9%"
    assert percentage(Fraction(1), "en") == "100%"
    assert percentage(Fraction(5, 8), "en") == "62.5%"


def test_an_older_copy_may_have_a_name_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = edited(tmp_path / "milan-vorig-jaar.ipynb", "**Einde:** schade", "**Einde:** verdedigbaar")

    assert [(each["old"], each["new"]) for each in told(capsys, old, MILAN)["endings"]] == [("defensible", "harm")]
