"""The Chromium that tests and measures run in: where it is, and how it is started."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright

# The same engine without a desktop around it, where the system has it, takes a quarter less of the processor.
PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)
WANTED = (
    "no Chromium found: install one (Debian: apt install chromium; anywhere: python -m playwright install chromium), "
    "or name its program in CASEWORK_CHROMIUM"
)


def system() -> str | None:
    """Return the program that CASEWORK_CHROMIUM names, or the system's; None without either."""
    return next(filter(None, (os.environ.get("CASEWORK_CHROMIUM"), *map(shutil.which, PROGRAMS))), None)


def find(playwright: Playwright) -> str | None:
    """Return the program: the one that CASEWORK_CHROMIUM names, the system's, or Playwright's own; None without any."""
    own = playwright.chromium.executable_path
    return system() or (own if Path(own).is_file() else None)


def arguments(host: str) -> list[str]:
    """Return the options with which it can reach this host alone: no other name can even be looked up.

    Routes would stop a request too, but they take each one through Python, and a page with many would pay for it.
    """
    return [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}",
    ]


if __name__ == "__main__":
    sys.exit(system() is None)
