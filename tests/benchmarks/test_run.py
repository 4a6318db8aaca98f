import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.kinds import ROOT

SHORT = ("--parts", "room", "--rounds", "1", "--sizes", "2", "--taps", "1", "--every", "0.1")


def test_two_join_casework_and_voila_and_play(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"

    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *SHORT, "--kinds", "casework", "voila", "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    rounds = json.loads(file.read_text("utf-8"))["rounds"]
    for (turn,) in rounds.values():
        assert 0 < turn["2.wall"] < turn["2.wall"] + turn["2.p50"]
        assert turn["2.memory"] > 0
    assert "casework / this" in ran.stdout
    assert file.with_suffix(".svg").is_file()


def test_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--kinds", "streamlit"])

    assert "casework" in capsys.readouterr().err
