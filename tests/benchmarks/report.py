"""The figures as a table for people and as JSON for whoever compares two runs."""

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.benchmarks import browser
from tests.benchmarks.floors import Timing
from tests.benchmarks.proofs import Checked, Covered, Proved
from tests.benchmarks.servers import CASEWORK, STOCK, memory_name

Figures = Mapping[str, float]
Environment = Mapping[str, str | int | float]
PACKAGES = ("casework", "voila", "ipywidgets", "anywidget", "ipykernel", "tornado", "playwright")
WIDE, COLUMN = 42, 26


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: which figure, what it is called, and how many decimals it has."""

    key: str
    label: str
    decimals: int = 0


ROWS = (
    Row("requests", "first load: requests to the server"),
    Row("strangers", "first load: requests to other hosts"),
    Row("body", "first load: kB over HTTP", 1),
    Row("frames", "first load: kB of text over the websocket", 1),
    Row("cover", "first load: s until the cover shows", 2),
    Row("begin", "first load: s until Begin can be pressed", 2),
    Row("scene", "first load: s until the first scene", 2),
    Row("wall", "{joiners} at once: s until all have a view", 2),
    Row("median", "{joiners} at once: s, median of visitors", 2),
    Row("longest", "{joiners} at once: s, longest wait", 2),
    Row("memory", "{joiners} at once: MB of memory for each"),
    Row("server", "{joiners} at once: MB of the server itself"),
    Row("cpu", "{joiners} at once: s of CPU for all", 2),
    Row("others", "% of all cores busy before the turn"),
)
NOTES = (
    "median (least - most) of the rounds; ratio = casework / Voilà, below 1 is less",
    "both servers are fresh in each round, and have been visited once; they take turns, and never run together",
    "Chromium starts each load with an empty cache and presses Begin in the first frame in which that is possible",
    "requests to other hosts fail at once here; on a line without internet they may take until the network gives up",
    "the room is plain HTTP and websocket clients: each has its page to the end, and the first view of its own kernel",
    "memory is {memory} of the server and its kernels, on top of what they used before the room came",
)


def say(text: str = "") -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def environment() -> Environment:
    """Return what the figures depend on."""
    return {
        "chromium": browser.version(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "system": platform.platform(terse=True),
        "cores": os.cpu_count() or 0,
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else -1.0,
        "memory": memory_name(),
    }


def environment_line(found: Environment) -> str:
    """Return what the figures depend on as one paragraph."""
    versions = ", ".join(f"{name} {found[name]}" for name in ("chromium", "python", *PACKAGES))
    return f"{versions}\n{found['system']}, {found['cores']} cores, load {found['load']:.1f} before we began"


def table(rounds: Mapping[str, Sequence[Figures]], joiners: int, found: Environment) -> Iterator[str]:
    """Return the two servers beside each other, line by line."""
    ours, stock = rounds[CASEWORK.name], rounds[STOCK.name]
    yield f"{'':<{WIDE}}{CASEWORK.title:>{COLUMN}}{STOCK.title:>{COLUMN}}{'ratio':>8}"
    for row in ROWS:
        mine, theirs = ([one[row.key] for one in each] for each in (ours, stock))
        ratio = f"{median(mine) / median(theirs):.3f}" if median(theirs) else "-"
        label = row.label.format(joiners=joiners)
        yield f"{label:<{WIDE}}{_cell(mine, row):>{COLUMN}}{_cell(theirs, row):>{COLUMN}}{ratio:>8}"
    yield from (f"  {note.format(**found)}" for note in NOTES)


def floor_line(timing: Timing) -> str:
    """Return one size of one pure floor."""
    growth = f"x {timing.growth:.2f}" if timing.growth else ""
    return f"{timing.what:<10}{timing.size:>6} {timing.unit:<12}{timing.seconds * 1000:>10.3f} ms  {growth}".rstrip()


def proof_line(row: Proved) -> str:
    """Return one case proved."""
    each = row.seconds / row.states * 1e6
    memory = f", {row.memory:.0f} MB at its highest" if row.memory else ""
    size = f"{row.scenes} scenes, {row.choices} choices, {row.states} states"
    return f"{row.case:>8}: {size}: {row.seconds * 1000:.1f} ms, {each:.0f} µs a state, {row.findings} findings{memory}"


def cover_line(row: Covered) -> str:
    """Return random play beside our cover."""
    return (
        f"{row.case:>8}: random {row.random_choices} of {row.choices} choices, the last in play {row.random_last}, "
        f"{row.random_seconds:.2f} s; cover {row.choices} in {row.roads} plays, {row.seconds * 1000:.1f} ms; "
        f"ratio {row.seconds / row.random_seconds:.5f}"
    )


def check_line(row: Checked) -> str:
    """Return one folder checked."""
    ratio = row.seconds / row.nbformat
    return f"{row.notebooks:>8} notebooks: {row.seconds:.2f} s; nbformat alone {row.nbformat:.2f} s; ratio {ratio:.2f}"


def save(
    path: Path,
    found: Environment,
    rounds: Mapping[str, Sequence[Figures]],
    floors: Sequence[Timing],
    proofs: Sequence[Proved | Covered | Checked],
    joiners: int,
) -> None:
    """Write every figure of every round as JSON."""
    told = {
        "environment": found,
        "joiners": joiners,
        "rounds": rounds,
        "floors": [asdict(one) for one in floors],
        "proofs": [asdict(one) for one in proofs],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _cell(values: Sequence[float], row: Row) -> str:
    if len(values) == 1:
        return f"{values[0]:.{row.decimals}f}"
    middle, least, most = (f"{value:.{row.decimals}f}" for value in (median(values), min(values), max(values)))
    return f"{middle} ({least} - {most})"
