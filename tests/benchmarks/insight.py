"""Insight over ten thousand, a hundred thousand and a million decisions: `python -m tests.benchmarks.insight`.

Each store is measured in a process of its own, from opening it to the first chart, then filter by filter. Beside it
stands what one would write without it: all decisions read into pandas and counted there.

What is held against the limits is CPU time, as of the floors: the work is that of one thread, and on a core of its own
it takes as long. What the clock said beside it tells what else the machine did.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks import many
from tests.benchmarks.kinds import ROOT
from tests.benchmarks.report import say
from tests.benchmarks.trouble import Trouble

SIZES = (10_000, 100_000, 1_000_000)
RUNNING = "2026-01"
LIMITS = {"first": 3.0, "filter": 1.0, "memory": 1024.0}
FILTERS = (
    {"until": "2025-06"},
    {"part": "choices"},
    {"since": "2024-07"},
    {"part": "stops"},
    {"until": "2025-03"},
    {"part": "steps"},
    {"since": "2024-04"},
    {"part": "learning"},
    {"until": "2025-09"},
    {"part": "votes"},
    {"since": "2024-02"},
)
MB = 1024  # the system counts in kB


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of CPU to the first chart, for the slowest part when it is first opened, and for the slowest filter.

    `waited` are seconds of the clock to the first chart, and `memory` is MB at most; `rival` is all in pandas.
    """

    decisions: int
    first: float
    part: float
    filter: float
    waited: float
    memory: float
    rival: float
    rival_waited: float
    rival_memory: float


def measure(sizes: Sequence[int]) -> list[Measured]:
    """Return the figures of each size, and print them as they come. Raises `Trouble`."""
    found: list[Measured] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            address = str(Path(folder) / "store.sqlite")
            made = many.fill(address, size)
            ours, theirs = _apart(_ours, address), _apart(_theirs, address)
            found.append(Measured(made, *ours, *theirs))
            say(line(found[-1], found[-2] if len(found) > 1 else None))
    return found


def line(now: Measured, before: Measured | None) -> str:
    """Return what is said of one size; the factor is how much more than the size before, where 1 is linear."""
    over = [name for name, limit in LIMITS.items() if getattr(now, name) > limit]
    more = now.first / before.first / (now.decisions / before.decisions) if before else 0
    return (
        f"{now.decisions:>9,} decisions: first chart {now.first:.2f} s CPU ({now.waited:.1f} s by the clock), slowest "
        f"part {now.part:.2f} s, slowest filter {now.filter:.2f} s, {now.memory:.0f} MB; all in pandas "
        f"{now.rival:.2f} s CPU ({now.rival_waited:.1f} s), {now.rival_memory:.0f} MB; "
        f"ratio {now.first / now.rival:.3f}, memory {now.memory / now.rival_memory:.3f}"
        + (f"; growth {more:.2f} of linear" if before else "")
        + (f"; over the limit: {', '.join(over)}" if over else "")
    )


def _apart(work: Callable[[str], tuple[float, ...]], address: str) -> tuple[float, ...]:
    """Return what a process of its own measures: memory that was once taken counts for ever."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (address,))


def _ours(address: str) -> tuple[float, ...]:
    # A served page's kernel has loaded these before anybody comes.
    from casework.analytics.asking import Asking
    from casework.analytics.charts import PHONE, WIDE
    from casework.analytics.insight import Insight
    from casework.analytics.shelf import Shelf
    from casework.store import open_store

    waited, began = time.perf_counter(), time.process_time()
    with closing(open_store(address)) as store:
        asking = Asking(Insight(store, Shelf(ROOT / "scenarios"), RUNNING), "nl", (PHONE, WIDE))
        view, _ = asking({})
        first, waited = time.process_time() - began, time.perf_counter() - waited
        if not any(one["drawings"] for one in view["findings"]):
            raise Trouble("insight drew no chart")
        parts, filters = [0.0], [0.0]
        for message in FILTERS:
            began = time.process_time()
            asking({"kind": "ask", "size": "broad", **message})
            (parts if "part" in message else filters).append(time.process_time() - began)
    return first, max(parts), max(filters), waited, _memory()


def _theirs(address: str) -> tuple[float, ...]:
    import pandas as pd
    from sqlalchemy import create_engine, text

    waited, began = time.perf_counter(), time.process_time()
    asked = "SELECT * FROM decisions JOIN attempts ON attempts.id = decisions.attempt ORDER BY attempt, number"
    with create_engine(f"sqlite:///{address}").connect() as connection:
        found = pd.read_sql_query(text(asked), connection)
    found["month"] = found["begun"].str[:7]
    found["scene"] = found["choice"].str.partition("/")[0]
    found.groupby(["scenario", "month", "scene", "choice"])["attempt"].nunique()
    return time.process_time() - began, time.perf_counter() - waited, _memory()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.insight", description="Measure insight.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="how many decisions")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure here")
    options = parser.parse_args(arguments)
    try:
        found = measure(sorted(options.sizes))
    except Trouble as trouble:
        say(f"bench: {trouble}")
        return 1
    if options.json:
        keep(options.json, found)
    return 0


def keep(path: Path, found: Sequence[Measured]) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
