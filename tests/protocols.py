"""What tests of `casework protocol` share: running it, and a folder with protocols of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from casework.cli import main
from tests.conformance.house import CHILD, PARENT
from tests.conformance.test_routing import REGIONS

CLEAN, ERRORS, UNUSABLE = 0, 1, 2
Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run `casework protocol` and return its exit code and what it printed on both sides."""
    code = main(["protocol", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def as_json(capsys: Captured, *arguments: str) -> Any:
    """Run `casework protocol` and return what it printed as JSON."""
    return json.loads(run(capsys, *arguments, "--format", "json")[1])


def put_protocols(folder: Path) -> Path:
    """Put a sound protocol in a folder, a child of it, regions, and a file that is no protocol."""
    (folder / "house.toml").write_text(PARENT, "utf-8")
    (folder / "flat.toml").write_text(CHILD, "utf-8")
    (folder / "regions.toml").write_text(REGIONS, "utf-8")
    (folder / "settings.toml").write_text('[tool]\nname = "x"\n', "utf-8")
    return folder
