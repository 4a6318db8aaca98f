"""Set up what is missing, then serve, test, measure or format: the same on every system, with nothing but Python 3.11+.

`make serve` and `make test` call this; without make: `python .tools/run.py serve`. With `--here` it uses the Python
that runs it (a conda environment, say) and installs nothing.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FAILED = 1  # pytest's code for tests that failed
COMMANDS = ("serve", "test", "bench", "format")
# Two files for each core, as a test waits for half of its time; the slow files of the browser first. More than four
# browsers at once would starve each other.
WORKERS = ("-n", str(min(4, 2 * (os.cpu_count() or 1))), "--dist", "loadfile", "--no-loadscope-reorder")


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    if sys.version_info < (3, 11):
        print(f"casework needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        print(f"usage: python .tools/run.py {{{','.join(COMMANDS)}}} [options]")
        return 2
    command, options = arguments[0], [option for option in arguments[1:] if option != "--here"]
    python = Path(sys.executable)
    if "--here" not in arguments:
        install("test" if command != "serve" else "")
        python = PYTHON
    if command in {"test", "bench"}:
        find_browser(python)
    return {"serve": serve, "test": test, "bench": bench, "format": tidy}[command](python, options)


def serve(python: Path, options: list[str]) -> int:
    """Start the server on this machine, with the author's desk, and open the catalogue."""
    return call(python, "-m", "casework", "serve", "--desk", *options)


def test(python: Path, options: list[str]) -> int:
    """Check style, types and the house, then run the tests."""
    steps = [
        (python, "-m", "ruff", "check", "."),
        (python, "-m", "ruff", "format", "--check", "."),
        (python, "-m", "mypy"),
        (python.with_name("lint-imports"),),
    ]
    if code := next((code for step in steps if (code := call(*step))), 0):
        return code
    code = call(python, "-m", "pytest", *WORKERS, *options)
    if code != FAILED:
        return code
    # A screen that must be back within seconds may be late beside another file's browsers; a fault fails twice.
    print("casework: what failed beside other tests is run once more, alone", flush=True)
    return call(python, "-m", "pytest", "-n", "0", "--last-failed", *options)


def bench(python: Path, options: list[str]) -> int:
    """Measure casework beside what people would use instead."""
    return call(python, "-m", "tests.benchmarks", *options)


def tidy(python: Path, options: list[str]) -> int:
    """Format the code."""
    return call(python, "-m", "ruff", "check", "--fix-only", ".", *options) or call(python, "-m", "ruff", "format", ".")


def install(extra: str) -> None:
    """Install casework and what it needs, once for each state of pyproject.toml."""
    if is_ready(extra):
        return
    if not PYTHON.exists():
        print("casework: making a Python environment in .venv", flush=True)
        venv.create(VENV, with_pip=True)
    print("casework: installing what is missing, this takes a minute the first time", flush=True)
    what = f"{ROOT}[{extra}]" if extra else str(ROOT)
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what], check=True
    )
    stamp(extra).write_text(digest())


def is_ready(extra: str) -> bool:
    """Whether this state of pyproject.toml was installed before; what the tests need holds what serving needs."""
    return PYTHON.exists() and any(
        mark.exists() and mark.read_text() == digest() for mark in (stamp(extra), stamp("test"))
    )


def stamp(extra: str) -> Path:
    """Return the file that says what was installed."""
    return VENV / f"installed-{extra or 'casework'}"


def digest() -> str:
    """Return a digest of pyproject.toml."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def find_browser(python: Path) -> None:
    """Fetch a Chromium for the tests where the system has none."""
    if call(python, "-m", "tests.chromium"):
        subprocess.run([python, "-m", "playwright", "install", "chromium"], check=True)


def environment() -> dict[str, str]:
    """Return what commands run in: tests start servers and kernels by the hundred, which keep what they compile."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def call(*command: str | Path) -> int:
    """Run a command in the project's folder and return its exit code."""
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
