"""The unit for systemd: systemd itself finds nothing wrong with it, and it lets casework do little."""

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.deployment.nginx import FILE as NGINX
from tests.deployment.nginx import PLACES

from casework.cli import serve
from casework.serve.lines import PING

FILE = NGINX.with_name("casework.service")
PROGRAM = "/opt/casework/.venv/bin/casework"
MOST_EXPOSED = 25  # tenths of a point; a service that says nothing has 96
JUPYTER_PING = 30  # seconds between two pings on the line to a kernel
ANALYSE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYSE is None, reason="systemd is not installed here")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The file as it stands, with a program that is there."""
    text = FILE.read_text(encoding="utf-8")
    assert PROGRAM in text
    path = tmp_path / FILE.name
    path.write_text(text.replace(PROGRAM, sys.executable))
    return path


def analysed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(ANALYSE), *arguments], capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_finds_no_mistake_in_the_unit(unit: Path) -> None:
    found = analysed("verify", "--man=no", unit)

    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


@needs_systemd
def test_a_mistake_would_be_found(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("ProtectHome=yes", "ProtectHome=perhaps"))

    assert "protect home" in analysed("verify", "--man=no", unit).stderr


@needs_systemd
def test_the_service_may_do_little(unit: Path) -> None:
    found = analysed("security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}", unit)

    assert found.returncode == 0, found.stdout


def test_the_command_of_the_unit_is_one_of_ours() -> None:
    text = FILE.read_text(encoding="utf-8").replace("\\\n", " ")
    command = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)
    assert command
    parser = argparse.ArgumentParser()
    serve.add(parser.add_subparsers())

    options = parser.parse_args(shlex.split(command[1])[1:])

    assert f"{options.ip}:{options.port}" == PLACES[0]
    assert options.store.startswith("postgresql+psycopg://")


def test_nginx_waits_longer_than_two_pings_of_any_line() -> None:
    waits = re.findall(r"proxy_(?:read|send)_timeout (\d+)s;", NGINX.read_text(encoding="utf-8"))

    assert len(waits) == 2
    assert min(map(int, waits)) > 2 * max(PING, JUPYTER_PING)


def test_every_file_of_the_page_is_there_and_has_no_copy_of_its_own() -> None:
    page = FILE.parent.with_suffix(".md").read_text(encoding="utf-8")

    named = set(re.findall(r"\]\(deployment/([^)]+)\)", page))

    assert named == {path.name for path in FILE.parent.iterdir() if path.suffix != ".pyc" and path.is_file()}
