"""Memory as `/proc` tells it, and as nothing where it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework.serve.memory import Memory, measure

SERVER = 100


def put(proc: Path, pid: int, parent: int, kilobytes: int | None, name: str = "python") -> None:
    folder = proc / str(pid)
    folder.mkdir()
    (folder / "stat").write_text(f"{pid} ({name}) S {parent} 1 1 0")
    if kilobytes is not None:
        (folder / "smaps_rollup").write_text(f"Rss:    999999 kB\nPss:    {kilobytes} kB\nPss_Anon:  1 kB\n")


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """A server with a template, which has two kernels; and a stranger."""
    (tmp_path / "meminfo").write_text("MemTotal:  9000 kB\nMemFree:  10 kB\nMemAvailable:  4000 kB\n")
    put(tmp_path, SERVER, 1, 50)
    put(tmp_path, 101, SERVER, 30)
    put(tmp_path, 102, 101, 7, "a (strange) name")
    put(tmp_path, 103, 101, 8)
    put(tmp_path, 104, 1, 1000)
    return tmp_path


def test_everything_that_the_server_started_counts_and_nothing_else(proc: Path) -> None:
    assert measure(SERVER, proc) == Memory(50 * 1024, 45 * 1024, 4000 * 1024)


def test_a_kernel_that_ends_meanwhile_counts_for_nothing(proc: Path) -> None:
    (proc / "103" / "smaps_rollup").unlink()
    (proc / "102" / "stat").unlink()

    assert measure(SERVER, proc) == Memory(50 * 1024, 30 * 1024, 4000 * 1024)


def test_a_server_without_kernels_needs_nothing_for_them(tmp_path: Path) -> None:
    put(tmp_path, SERVER, 1, 50)

    assert measure(SERVER, tmp_path) == Memory(50 * 1024, 0, None)


def test_where_nothing_can_be_read_nothing_is_known(tmp_path: Path) -> None:
    put(tmp_path, SERVER, 1, None)
    put(tmp_path, 101, SERVER, None)

    assert measure(SERVER, tmp_path) == Memory()


def test_a_system_without_proc_is_unknown_in_all(tmp_path: Path) -> None:
    assert measure(SERVER, tmp_path / "none") == Memory(kernels=None)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux has it")
def test_on_this_machine_a_child_is_found() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = measure(os.getpid())
        child.communicate(b"\n")

    assert found.server is not None
    assert found.server > 2**20
    assert found.kernels
