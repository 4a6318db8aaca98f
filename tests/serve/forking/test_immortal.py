"""What was there before a fork is not counted any more, where Python can leave that out."""

import platform
import subprocess
import sys
import sysconfig

import pytest
from tests.serve.forking.conftest import Start
from tests.serve.forking.kernels import needs_fork

from casework.serve.forking import immortal

HAS_COUNT = sys.version_info >= (3, 12) and not sysconfig.get_config_var("Py_GIL_DISABLED")
needs_count = pytest.mark.skipif(not immortal.is_possible(), reason="only Python 3.12 and later can leave counting out")
WORDS = "import json; print(sys.getrefcount(json.dumps), sys.getrefcount(json.dumps.__code__.co_names))"


def said(code: str) -> list[int]:
    """Return the numbers that code prints, in a process of its own: what is made immortal stays so."""
    run = [sys.executable, "-c", f"import gc, os, sys\nfrom casework.serve.forking import immortal\n{code}"]
    return [int(word) for word in subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()]


@pytest.mark.skipif(platform.python_implementation() != "CPython", reason="others count in other ways")
def test_python_can_leave_it_out_since_3_12() -> None:
    assert immortal.is_possible() is HAS_COUNT


def test_where_it_is_not_possible_all_goes_on_being_counted() -> None:
    counts = said(f"immortal.UNCOUNTED = 0\nprint(immortal.made())\n{WORDS}")

    assert counts[0] == 0
    assert max(counts[1:]) < 1000


@needs_count
def test_objects_code_and_what_code_holds_have_the_count_of_none() -> None:
    number, none, *counts = said(f"import json\nprint(immortal.made(), sys.getrefcount(None))\n{WORDS}")

    assert number > 20_000
    assert counts == [none, none]


@needs_count
def test_what_comes_later_is_counted_and_let_go_of() -> None:
    code = """
import weakref
immortal.made()
class One: pass
one = One()
gone = weakref.ref(one)
del one
print(int(gone() is None), int(sys.getrefcount([]) < 5))
"""
    assert said(code) == [1, 1]


@needs_count
@needs_fork
def test_reading_what_was_there_copies_next_to_nothing_in_a_fork() -> None:
    code = """
def own():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private_Dirty"))

def grown(things):
    gc.freeze()
    reads, writes = os.pipe()
    if os.fork() == 0:
        before = own()
        for each in things:
            pass
        os.write(writes, str(own() - before).encode())
        os._exit(0)
    os.wait()
    return int(os.read(reads, 99))

things = [object() for _ in range(400_000)]
counted = grown(things)
immortal.made()
print(counted, grown(things))
"""
    counted, uncounted = said(code)

    assert counted > 4_000  # kB: sixteen bytes each, all written to
    assert uncounted < counted / 20


@needs_count
@needs_fork
def test_a_forked_kernel_does_not_count_what_its_template_loaded(start: Start) -> None:
    asks = "import sys, json; print(sys.getrefcount(json.dumps), sys.getrefcount(None))"
    first, none = start().prints(asks).split()

    assert first == none
