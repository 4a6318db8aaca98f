"""The command line: what it prints, and the exit code that another program would read."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from casework.cli import main
from casework.cli.serve import base
from tests.cases import SCENARIOS

CLEAN, ERRORS, UNUSABLE = 0, 1, 2
FIELDS = {"code", "slug", "severity", "file", "cell", "line", "message", "hint", "road"}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a copy of Milan in which one choice leads nowhere."""
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8").replace("(#de-kraan)", "(#de-kruin)", 1)
    path = tmp_path / "milan.ipynb"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_cases_that_come_with_casework_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(SCENARIOS), "--format", "json"])

    assert code == CLEAN
    assert json.loads(capsys.readouterr().out) == []


def test_a_broken_link_is_an_error_with_its_place_and_the_scene_that_may_have_been_meant(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check", str(broken), "--format", "json"])

    remarks = json.loads(capsys.readouterr().out)
    link = next(remark for remark in remarks if remark["slug"] == "broken-link")
    assert code == ERRORS
    assert set(link) == FIELDS
    assert (link["file"], link["cell"], link["severity"]) == ("milan.ipynb", 2, "error")
    assert link["line"] > 0
    assert "#de-kraan" in link["hint"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_remarks_come_in_the_language_asked_for(
    broken: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(broken), "--lang", language])

    assert ("fout" if language == "nl" else "error") in capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "test"])
@pytest.mark.parametrize("path", ["nowhere.ipynb", "."])
def test_a_path_without_a_notebook_is_unusable(
    command: str, path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([command, str(tmp_path / path)])

    assert code == UNUSABLE
    assert "name a notebook or a folder" in (said := capsys.readouterr().err) or "name a folder that has some" in said


def test_no_command_is_unusable() -> None:
    with pytest.raises(SystemExit) as stop:
        main([])

    assert stop.value.code == UNUSABLE


def test_a_trace_is_judged_rule_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["judge", "meldcode", "--trace", "decide-report,gesprek", "--format", "json"])

    judged = json.loads(capsys.readouterr().out)
    rules = {rule["id"]: rule for rule in judged["rules"]}
    assert set(judged) == {"rules"}
    assert code == CLEAN
    assert set(rules["talk-or-waive"]) == {"id", "template", "severity", "verdict", "at"}
    assert rules["consult-before-deciding"]["verdict"] == "violated"
    assert rules["consult-before-deciding"]["at"] == 1
    assert rules["talk-or-waive"] | {"at": None} == rules["talk-or-waive"]
    assert rules["talk-or-waive"]["verdict"] == "satisfied"
    assert {rule["verdict"] for rule in rules.values()} == {"satisfied", "violated"}


@pytest.mark.parametrize(
    ("protocol", "trace", "said"),
    [("meldcode", "praten", "no activity of this protocol"), ("meldkode", "talk", "meldcode")],
)
def test_an_unknown_activity_or_protocol_is_named_with_what_comes_near(
    protocol: str, trace: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["judge", protocol, "--trace", trace])

    assert code == UNUSABLE
    assert said in capsys.readouterr().err


def test_a_case_with_errors_is_not_rehearsed_but_remarked_on(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["test", str(broken)])

    assert code == ERRORS
    assert "broken-link" in capsys.readouterr().out


def test_a_rehearsal_that_fails_gives_the_decisions_that_show_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8")
    path = tmp_path / "milan.ipynb"
    path.write_text(text.replace("decisions=decisions", "decisions=decisions[:1]"), encoding="utf-8")

    code = main(["test", str(path), "--workers", "2"])

    said = capsys.readouterr().out
    assert code == ERRORS
    assert "took other decisions" in said
    assert "decisions = [" in said


def test_a_folder_without_scenarios_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["serve", "--scenarios", str(tmp_path), "--no-browser", "--store", str(tmp_path / "s.sqlite")])

    assert code == UNUSABLE
    assert "no scenarios" in capsys.readouterr().err


def test_a_port_in_use_is_named_and_not_replaced_by_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ["serve", "--scenarios", str(SCENARIOS), "--port", str(port), "--no-browser"]
        code = main([*arguments, "--store", str(tmp_path / "s.sqlite")])

    assert code == UNUSABLE
    assert f"port {port} is in use" in capsys.readouterr().err


def test_a_token_that_is_soon_guessed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["serve", "--scenarios", str(SCENARIOS), "--no-browser", "--store", str(tmp_path / "s.sqlite")]

    with pytest.raises(SystemExit) as refused:
        main([*arguments, "--token", "elevenchars"])
    monkeypatch.setenv("CASEWORK_TOKEN", "behind it a space ")
    code = main(arguments)

    told = capsys.readouterr().err
    assert (refused.value.code, code) == (UNUSABLE, UNUSABLE)
    assert told.count("a token has at least 12 letters") == 2
    assert "behind it a space" not in told
    assert "CASEWORK_TOKEN" not in os.environ


@pytest.mark.parametrize(("text", "path"), [("/", "/"), ("/training", "/training/"), ("/services/case-work/", None)])
def test_the_path_under_which_all_is_has_a_slash_at_both_ends(text: str, path: str | None) -> None:
    assert base(text) == (path or text)


@pytest.mark.parametrize(
    "wrong", [["--base-url", "training"], ["--base-url", "//x"], ["--base-url", "/a b"], ["--proxy", "nginx"]]
)
def test_a_path_or_a_proxy_that_is_none_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["serve", *wrong])

    assert refused.value.code == UNUSABLE
    assert wrong[1] in capsys.readouterr().err


NOBODY_READS = """
import os, sys
reader, writer = os.pipe()
os.close(reader)
os.dup2(writer, 1)
from casework.cli import main
sys.exit(main(["judge", "meldcode", "--trace", "talk"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a reader in another way")
def test_who_stops_reading_gets_no_traceback() -> None:
    told = subprocess.run([sys.executable, "-c", NOBODY_READS], capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (141, "")
