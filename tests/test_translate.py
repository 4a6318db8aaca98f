"""`casework translate`: what it tells of a translation, and what it writes."""

import json
from pathlib import Path

import pytest

from casework import library, notebook
from casework.cli import main
from casework.play.explore import count_roads, explore
from tests.cases import SCENARIOS, setting
from tests.wording import OTHER, SCENE, WORD

CLEAN, ERRORS, UNUSABLE = 0, 1, 2


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Return a translation of Milan with the same cells, so far in the same words, as its author saved it."""
    text = (SCENARIOS / "milan.ipynb").read_text("utf-8")
    (tmp_path / "milan.ipynb").write_text(text, "utf-8")
    document = json.loads(text.replace("milan.ipynb", "milan.en.ipynb").replace("**Taal:** nl", "**Taal:** en"))
    document["metadata"] |= {"casework": {"other": 1}, "toc": {"base_numbering": 1}}
    document["cells"][1]["metadata"]["collapsed"] = True
    path = tmp_path / "milan.en.ipynb"
    path.write_text(notebook.dump(document), "utf-8")
    return path


def told(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    assert main(["translate", str(path), "--format", "json", *options]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def reword(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_marks_are_written_and_all_else_stays_as_it_was(edition: Path) -> None:
    before = json.loads(edition.read_text("utf-8"))

    assert main(["translate", str(edition), "--all"]) == CLEAN

    after = json.loads(edition.read_text("utf-8"))
    marked = after["metadata"]["casework"].pop("translated")
    assert after == before
    assert set(marked) == {cell["id"] for cell in before["cells"] if cell["cell_type"] == "markdown"}


def test_one_sentence_of_the_original_makes_one_cell_stale_and_breaks_the_roads_through_it(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["translate", str(edition), "--all"])
    capsys.readouterr()
    whole = told(edition, capsys)
    reword(edition.with_name("milan.ipynb"), WORD, OTHER)

    found = told(edition, capsys)

    roads = count_roads(explore(setting("milan").scenario))
    assert (whole["share"], whole["whole"], whole["roads"]) == (1.0, roads, roads)
    assert found["is_playable"]
    assert [(each["scene"], each["lack"]) for each in found["broken"]] == [(SCENE, "stale")]
    assert found["whole"] + found["broken"][0]["roads"] == roads
    assert [each["id"] for each in found["cells"] if each["standing"] == "stale"] == [SCENE]
    assert [each.slug for each in library.open_case(edition).diagnostics if each.slug.startswith("edition")] == [
        "edition-stale"
    ]


def test_a_cell_that_was_held_against_its_original_again_is_stale_no_more(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["translate", str(edition), "--all"])
    reword(edition.with_name("milan.ipynb"), WORD, OTHER)

    assert main(["translate", str(edition), "--cell", SCENE]) == CLEAN

    capsys.readouterr()
    assert told(edition, capsys)["share"] == 1.0


def test_a_scene_taken_out_of_the_translation_is_told_though_it_cannot_be_played_so(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(edition.read_text("utf-8"))
    document["cells"] = [cell for cell in document["cells"] if cell["id"] != SCENE]
    edition.write_text(notebook.dump(document), "utf-8")

    found = told(edition, capsys)

    assert not found["is_playable"]
    assert [(each["scene"], each["lack"]) for each in found["broken"]] == [(SCENE, "missing")]
    assert 0 < found["share"] < 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["wegen", "nog niet nagekeken", "stokken bij", "verouderd"]),
        ("en", ["roads", "not held", "halt at", "stale"]),
    ],
)
def test_it_tells_people_which_cells_and_how_many_roads(
    edition: Path, language: str, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["translate", str(edition), "--cell", SCENE, "--cell", "voorblad-is-er-niet"])
    main(["translate", str(edition), "--cell", SCENE])
    reword(edition.with_name("milan.ipynb"), WORD, OTHER)
    capsys.readouterr()

    assert main(["translate", str(edition), "--lang", language]) == CLEAN

    text = capsys.readouterr().out
    assert all(word in text for word in said)
    assert "      1. " in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["milan.ipynb"], "zelf het origineel"),
        (["niets.en.ipynb"], "is er niet"),
        (["los.en.ipynb"], "staat geen los.ipynb"),
        (["milan.en.ipynb", "--cell", SCENE + "x"], f"Bedoelde u `{SCENE}`?"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_would_be_right(
    edition: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edition.with_name("los.en.ipynb").write_text(edition.read_text("utf-8"), "utf-8")
    before = edition.read_bytes()

    code = main(["translate", str(edition.with_name(arguments[0])), *arguments[1:]])

    assert code == UNUSABLE
    assert said in capsys.readouterr().err
    assert edition.read_bytes() == before


def test_an_original_with_errors_cannot_be_measured_and_its_remarks_are_printed(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reword(edition.with_name("milan.ipynb"), "(#de-kraan)", "(#nergens)")

    assert main(["translate", str(edition)]) == ERRORS
    assert "broken-link" in capsys.readouterr().out
