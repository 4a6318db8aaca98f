"""Asking the system to keep pages of memory that are alike only once (Linux' KSM).

A forked kernel copies each page that it touches, if only to count a reference up and down. Most of those copies end up
alike in all kernels. The host decides whether the system looks for them (`/sys/kernel/mm/ksm/run`); all that a process
can do is to allow it.
"""

from contextlib import suppress
from ctypes import CDLL, c_size_t, c_void_p
from pathlib import Path

MERGE_ALL = 67  # PR_SET_MEMORY_MERGE, of Linux 6.4: all memory of the process, and of what it forks
MERGEABLE = 12  # MADV_MERGEABLE, of every Linux that can: one stretch that exists now
RUN = Path("/sys/kernel/mm/ksm/run")


def is_on(run: Path = RUN) -> bool:
    """Whether the host lets the system merge pages that are alike."""
    try:
        return run.read_text("ascii").strip() == "1"
    except OSError:
        return False


def allow() -> bool:
    """Allow it for this process and for what it will fork; return whether all memory yet to come is included."""
    return bool(CDLL(None).prctl(MERGE_ALL, 1, 0, 0, 0) == 0)


def allow_present() -> int:
    """Allow it for the memory that this process has now, and return how many bytes that is.

    What does not belong to a file and may be written to; the rest cannot differ or is shared anyhow.
    """
    advise = CDLL(None).madvise
    advise.argtypes = (c_void_p, c_size_t, c_size_t)
    return sum(end - start for start, end in _own() if advise(start, end - start, MERGEABLE) == 0)


def _own() -> list[tuple[int, int]]:
    """Return the stretches of memory of this process alone, from and to."""
    lines: list[str] = []
    with suppress(OSError):
        lines = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
    found = []
    for line in lines:
        place, rights, _, _, inode = line.split(maxsplit=5)[:5]
        if rights.startswith("rw") and inode == "0":
            start, _, end = place.partition("-")
            found.append((int(start, 16), int(end, 16)))
    return found
