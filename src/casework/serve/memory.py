"""How much memory is in use, read from `/proc`; where there is none it is unknown, and nothing more is needed."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes: the server, all processes that it started, and what the machine has free; nothing where unknown."""

    server: int | None = None
    kernels: int | None = None
    free: int | None = None


def measure(server: int | None = None, proc: Path = PROC) -> Memory:
    """Return the memory of a server, this one unless another process id is given, and of its kernels.

    What processes share is counted once, in equal parts (PSS): forked kernels share most of what they have.
    """
    pid = os.getpid() if server is None else server
    own = _of(proc, pid)
    if own is None:
        return Memory(free=free(proc))
    # A process that ended while we looked counts for nothing.
    return Memory(own, sum(_of(proc, child) or 0 for child in _below(proc, pid)), free(proc))


def _of(proc: Path, pid: int) -> int | None:
    return _kilobytes(proc / str(pid) / "smaps_rollup", "Pss")


def free(proc: Path = PROC) -> int | None:
    """Return what the machine has free or can free, in bytes; nothing where it does not say."""
    return _kilobytes(proc / "meminfo", "MemAvailable")


def _kilobytes(path: Path, name: str) -> int | None:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB$", path.read_text("ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


def _below(proc: Path, pid: int) -> set[int]:
    """Return all processes that stem from this one."""
    parents = {int(entry.name): _parent(entry) for entry in proc.glob("[0-9]*")}
    below: set[int] = set()
    found = {pid}
    while found:
        found = {child for child, parent in parents.items() if parent in found} - below
        below |= found
    return below


def _parent(entry: Path) -> int | None:
    try:
        # The name of the program is in brackets, and may itself have brackets and spaces.
        return int((entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None
