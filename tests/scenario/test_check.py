"""The remarks as `casework check` prints them, and its exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cases import SCENARIOS
from tests.scenario.examples import BROKEN, SCENE, a_case, examples

from casework import notebook
from casework.cli import main

NO_PICTURE = SCENE.replace('- **Beeld:** kruk.svg "Een lege kruk"\n', "")


def milan(folder: Path) -> Path:
    """Return a copy of a case about which there is nothing to say, with its picture."""
    for name in ("milan.ipynb", "kamertje.svg"):
        shutil.copy(SCENARIOS / name, folder)
    return folder / "milan.ipynb"


def put(folder: Path, slug: str = "") -> Path:
    source = examples()[slug].source if slug else a_case(NO_PICTURE)
    path = folder / source.file
    path.write_text(notebook.dump(notebook.document(source)), "utf-8")
    return path


def test_a_sound_case_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(milan(tmp_path))]) == 0
    assert capsys.readouterr().out == "1 notebook bekeken: 0 fouten, 0 andere opmerkingen.\n"


def test_an_error_has_its_place_and_a_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(put(tmp_path, "broken-link"))]) == 1
    first, hint, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("broken-link.ipynb: cel 2, regel 5: fout CW201 broken-link: De keuze ")
    assert hint == "    Bedoelde u `#de-gang`?"


def test_remarks_come_in_english_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "en", str(put(tmp_path, "dead-end"))]) == 1
    assert "cell 4, line 1: error CW502 dead-end: The story stops" in capsys.readouterr().out


def test_warnings_are_no_errors(tmp_path: Path) -> None:
    assert main(["check", str(put(tmp_path, "missing-consequence"))]) == 0


def test_a_folder_is_checked_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    milan(tmp_path)
    put(tmp_path, "trap")

    assert main(["check", "--format", "json", str(tmp_path)]) == 1
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["code"], said["slug"], said["severity"], said["file"]) == ("CW503", "trap", "error", "trap.ipynb")
    assert (said["cell"], said["line"]) == (4, 1)
    assert said["hint"]


@pytest.mark.parametrize("name", ["weg.ipynb", "leeg"])
def test_a_path_without_notebooks_is_unusable(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leeg").mkdir()

    assert main(["check", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err


def test_broken_files_are_remarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "half-saved.ipynb").write_bytes((BROKEN / "half-saved.notebook").read_bytes())

    assert main(["check", str(tmp_path)]) == 1
    assert "half-saved.ipynb: fout CW006 half-saved" in capsys.readouterr().out


def test_fix_repairs_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = milan(tmp_path)
    before = path.read_text("utf-8")
    path.write_text(before.replace("   > Het klinkt verstandig.", "> Het klinkt verstandig."), "utf-8")

    assert main(["check", "--fix", str(path)]) == 0
    assert path.read_text("utf-8") == before
    assert capsys.readouterr().out.startswith("1 notebook bekeken: 0 fouten, 0 andere")


def test_what_is_said_of_the_whole_file_more_than_once_is_explained_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(put(tmp_path))]) == 0

    lines = capsys.readouterr().out.splitlines()
    norms = [at for at, line in enumerate(lines) if "norm-never-kept" in line and "sam.ipynb: let op" in line]
    assert len(norms) > 2
    assert lines[norms[0] + 1].startswith("    ")
    assert norms[2] == norms[1] + 1


def test_fix_gives_lasting_ids(tmp_path: Path) -> None:
    path = tmp_path / "missing-cell-id.ipynb"
    path.write_bytes((BROKEN / "missing-cell-id.notebook").read_bytes())

    assert main(["check", "--fix", str(path)]) == 0
    assert json.loads(path.read_text("utf-8"))["cells"][1]["id"] == "het-kamertje"


def test_fix_leaves_a_sound_file_alone(tmp_path: Path) -> None:
    path = put(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    before = path.read_bytes()

    main(["check", "--fix", str(path)])

    assert path.read_bytes() == before
