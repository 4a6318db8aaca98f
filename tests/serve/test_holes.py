"""Gaps in memory: found, filled, and open again once the filling is gone."""

import subprocess
import sys

import pytest

from casework.serve.forking import holes


def test_each_size_of_small_object_is_told_with_its_gaps() -> None:
    sizes = [size for size, _ in holes.gaps()]

    assert sizes == sorted(sizes)
    assert len(sizes) > 20
    assert all(size % 16 == 0 and 16 <= size <= 512 for size in sizes)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")
def test_filling_closes_most_gaps() -> None:
    # In a process of its own: this one allocates and frees while it looks.
    code = """
import gc, json
keep = [object() for _ in range(50_000)] + [{"a": n} for n in range(20_000)]
del keep[::3]
gc.collect()
from casework.serve.forking import holes
open_before = sum(size * free for size, free in holes.gaps())
filling = holes.filled()
print(open_before, sum(size * free for size, free in holes.gaps()))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    before, after = map(int, said.split())
    assert before > 500_000
    assert after < before / 4
