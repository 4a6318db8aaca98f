"""Pages of memory that are alike in all kernels may be kept once, where the system can."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.serve.forking.conftest import Start
from tests.serve.forking.kernels import needs_fork

from casework.serve.forking import merging

needs_merging = pytest.mark.skipif(not merging.RUN.exists(), reason="this system cannot merge pages")
MERGEABLE = """
from pathlib import Path
print(sum(" mg" in line for line in Path("/proc/self/smaps").read_text().splitlines() if line.startswith("VmFlags:")))
"""


@needs_fork
@needs_merging
def test_the_memory_of_a_forked_kernel_may_be_merged(start: Start) -> None:
    assert int(start().prints(MERGEABLE)) > 0


@needs_merging
def test_on_an_older_system_the_memory_that_is_there_may_be_merged() -> None:
    asks = f"from casework.serve.forking import merging\nprint(merging.allow_present())\n{MERGEABLE}"
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True).stdout.split()
    assert int(said[0]) > 1_000_000
    assert int(said[1]) > 0


@pytest.mark.parametrize(("said", "is_on"), [("1\n", True), ("0\n", False), ("2\n", False), (None, False)])
def test_the_host_decides_whether_pages_are_merged(tmp_path: Path, said: str | None, is_on: bool) -> None:
    run = tmp_path / "run"
    if said is not None:
        run.write_text(said)
    assert merging.is_on(run) is is_on
