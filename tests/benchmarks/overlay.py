"""Solara's Python: an environment of its own on top of ours.

In ours its widgets would be there too, and every page of stock Voilà and JupyterLab loads all widgets that it finds:
plain Voilà would look heavier than it is.
"""

import hashlib
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

from tests.benchmarks.kinds import ROOT
from tests.benchmarks.trouble import Trouble

FOLDER = ROOT / ".venv" / "bench"
EXTRA = "bench"
HINT = "without Solara: --kinds casework voila casework-pandas voila-pandas"


def python() -> str:
    """Return the Python that has Solara too; makes it once for each state of what it needs. Raises `Trouble`."""
    program = Path(_place("scripts"), "python.exe" if sys.platform == "win32" else "python")
    mark, wanted = FOLDER / "installed", _wanted()
    digest = hashlib.sha256("\n".join([sys.executable, *wanted]).encode()).hexdigest()
    if not mark.is_file() or mark.read_text("utf-8") != digest:
        _make(program, wanted)
        mark.write_text(digest, "utf-8")
    return str(program)


def _wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["optional-dependencies"][EXTRA])


def _make(program: Path, wanted: list[str]) -> None:
    venv.create(FOLDER, clear=True)
    # Not a bare path: that would leave out what is installed there as an editable checkout, such as casework.
    ours = f"import site; site.addsitedir({sysconfig.get_paths()['purelib']!r})\n"
    Path(_place("purelib"), "ours.pth").write_text(ours, "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(program), "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"Solara could not be installed ({HINT})", done.stderr[-2000:])


def _place(name: str) -> str:
    return sysconfig.get_paths("venv", {"base": str(FOLDER), "platbase": str(FOLDER)})[name]
