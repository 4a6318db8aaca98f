"""Filling the holes in memory before a fork.

What a child allocates goes first into the gaps that loading has left all over memory; each gap lies on another page,
and each page that is written to is copied. With the gaps filled, what a child allocates lies together, on pages of
its own.
"""

import re
import sys
import tempfile
from ctypes import CDLL, c_void_p
from os import dup, dup2

OBJECT, NUMBER, LARGEST = 16, 32, 512  # bytes; CPython keeps small objects of one size together
BEYOND = 10**9  # whole numbers from here on take 32 bytes each
OVERHEAD = sys.getsizeof(b"")
CHUNKS = (65_536, 16_384, 8_192, 4_096, 2_048, 1_536, 1_024, 768, 640, 576, 544)
MOST = 4_000  # chunks of each size: what is larger than a few MB is no gap
_CLASS = re.compile(r"^\s*\d+\s+(\d+)\s+\d+\s+\d+\s+(\d+)\s*$", re.MULTILINE)


def filled() -> tuple[object, ...]:
    """Return what fills the gaps: whoever lets go of it opens them again."""
    filling: list[object] = []
    for size, free in gaps():
        filling.extend(_of(size, number) for number in range(free))
    for chunk in CHUNKS:
        filling.extend(_until_new(chunk))
    return tuple(filling)


def gaps() -> list[tuple[int, int]]:
    """Return each size of small object, in bytes, with how many more fit into what Python holds already."""
    return [(int(size), int(free)) for size, free in _CLASS.findall(_statistics())]


def _of(size: int, number: int) -> object:
    """Return an object that takes so many bytes."""
    if size == OBJECT:
        return object()
    return BEYOND + number if size == NUMBER else bytes(size - OVERHEAD)


def _statistics() -> str:
    # Python writes them to the descriptor of the errors, and nowhere else.
    with tempfile.TemporaryFile("w+") as file:
        kept = dup(2)
        dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            dup2(kept, 2)
        file.seek(0)
        return file.read()


def _until_new(chunk: int) -> list[bytes]:
    """Return chunks for the gaps that are large enough for one: as long as they come without the heap growing."""
    libc = CDLL(None)
    filling: list[bytes] = []
    end = libc.sbrk
    end.restype = c_void_p
    before = end(0)
    while len(filling) < MOST:
        filling.append(bytes(chunk - OVERHEAD))
        if end(0) != before:
            break
    return filling
