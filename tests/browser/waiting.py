"""Waiting for something to be so, and never for time to pass."""

import os
import time
from collections.abc import Callable

PAUSE = 0.05
# Some things are only so after a minute or two, which a suite that is run all day cannot wait for.
HAS_TIME = os.environ.get("CASEWORK_SLOW") == "on"


def until(is_so: Callable[[], object], what: str, seconds: float = 20) -> None:
    """Return once *is_so*; raises `AssertionError` with *what* was waited for."""
    limit = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < limit, f"not within {seconds} s: {what}"
        time.sleep(PAUSE)
