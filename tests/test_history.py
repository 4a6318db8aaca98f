"""What git has of a file, and that nothing is raised where there is no git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from casework import library
from casework.history import committed, unpack
from tests.cases import SCENARIOS


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as a person without any settings of their own."""
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder in a repository, with a note in two versions."""
    folder = tmp_path / "repo" / "cases"
    folder.mkdir(parents=True)
    git(folder.parent, "init")
    for text in ("eerst", "later"):
        (folder / "note.txt").write_text(text, "utf-8")
        commit(folder, text)
    return folder


def test_a_file_comes_back_as_it_was_committed(repository: Path) -> None:
    note = repository / "note.txt"
    note.write_text("nu", "utf-8")

    assert committed(note) == b"later"
    assert committed(note, "HEAD~1") == b"eerst"


def test_a_file_that_is_gone_from_its_folder_comes_back_too(repository: Path) -> None:
    (repository / "note.txt").unlink()

    assert committed(repository / "note.txt") == b"later"


@pytest.mark.parametrize("revision", ["nonsense", "-p", "HEAD~9", "", "a\0b"])
def test_a_revision_that_is_none_gives_nothing(repository: Path, revision: str) -> None:
    assert committed(repository / "note.txt", revision) is None


def test_a_file_that_was_never_committed_gives_nothing(repository: Path) -> None:
    (repository / "new.txt").write_text("nieuw", "utf-8")

    assert committed(repository / "new.txt") is None
    assert committed(repository / "nowhere" / "new.txt") is None


def test_outside_a_repository_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "note.txt").write_text("los", "utf-8")

    assert committed(tmp_path / "note.txt") is None


def test_without_git_there_is_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))

    assert committed(repository / "note.txt") is None


def test_a_case_comes_back_with_the_protocol_of_its_day(repository: Path, tmp_path: Path) -> None:
    text = (SCENARIOS / "milan.ipynb").read_text("utf-8")
    (repository / "milan.ipynb").write_text(text.replace("meldcode-verpleegkundigen", "eigen"), "utf-8")
    own = 'id = "eigen"\nextends = "meldcode"\nscope = { nl = "Toen.", en = "Then." }\n'
    (repository / "eigen.toml").write_text(own, "utf-8")
    commit(repository, "a case")
    (repository / "eigen.toml").write_text(own.replace("Toen", "Nu"), "utf-8")
    (repository / "milan.ipynb").unlink()

    found = unpack(repository / "milan.ipynb", "HEAD", tmp_path)

    assert found is not None
    case = library.open_case(found)
    assert case.scenario is not None
    assert case.scenario.name == "milan"
    assert case.protocol is not None
    assert case.protocol.scope.nl == "Toen."
    assert unpack(repository / "nooit.ipynb", "HEAD", tmp_path) is None


def test_asking_changes_nothing_in_the_repository(repository: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (repository.parent / ".git").rglob("*") if path.is_file()}

    unpack(repository / "note.txt", "HEAD~1", tmp_path)

    after = {path: path.read_bytes() for path in (repository.parent / ".git").rglob("*") if path.is_file()}
    assert before == after
    assert shutil.which("git") is not None
