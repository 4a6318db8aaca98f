"""Waiting for something to be so, and never for time to pass."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

PAUSE = 0.05
# Some things are only so after a minute or two, which a suite that is run all day cannot wait for.
HAS_TIME = os.environ.get("CASEWORK_SLOW") == "on"


def until(is_so: Callable[[], object], what: str, seconds: float = 20) -> None:
    """Return once *is_so*; raises `AssertionError` with *what* was waited for."""
    limit = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < limit, f"not within {seconds} s: {what}"
        time.sleep(PAUSE)


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of *work*, on a thread of its own: Playwright keeps a loop running in the one of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
