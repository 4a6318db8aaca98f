"""The figures as a table for people and as JSON for whoever compares two runs."""

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

from casework.serve.forking import merging
from tests.benchmarks import browser, crowd
from tests.benchmarks.figures import Rounds, found, ratios, spread
from tests.benchmarks.floors import Timing
from tests.benchmarks.kinds import KINDS, Kind
from tests.benchmarks.proofs import Checked, Covered, Proved
from tests.benchmarks.room import PLAYED
from tests.benchmarks.servers import memory_name

Environment = Mapping[str, str | int | float]
PACKAGES = ("casework", "voila", "ipywidgets", "anywidget", "ipykernel", "tornado", "playwright")
LABEL, WIDE = 34, 28


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: which figure, what it is called, and how many decimals it has.

    Where `is_cost` is false a ratio would say nothing: it tells how the measuring itself went.
    """

    key: str
    label: str
    decimals: int = 0
    is_cost: bool = True

    def of(self, size: int) -> "Row":
        """Return this measure for a room of this size."""
        return replace(self, key=f"{size}.{self.key}", label=f"{size} at once: {self.label}")


LOAD = (
    Row("load.requests", "first load: requests to the server, websockets too"),
    Row("load.strangers", "first load: requests to other hosts"),
    Row("load.bytes", "first load: kB, of both kinds below", 1),
    Row("load.body", "first load: kB over HTTP", 1),
    Row("load.frames", "first load: kB of text over the websocket", 1),
    Row("load.cover", "first load: s until the cover shows", 2),
    Row("load.begin", "first load: s until Begin can be pressed", 2),
    Row("load.scene", "first load: s until the first scene", 2),
    Row("slow.cover", "first load at 1.6 Mbit/s and 150 ms: s until the cover shows", 2),
    Row("slow.scene", "first load at 1.6 Mbit/s and 150 ms: s until the first scene", 2),
)
ROOM = (
    Row("wall", "s until all have a view", 2),
    Row("median", "s until a view, median of visitors", 2),
    Row("longest", "s until a view, longest wait", 2),
    Row("again", "times that a visitor was turned away and came again", is_cost=False),
    Row("cpu", "s of CPU to let all in", 2),
    Row("memory", "MB for each, after three choices", 1),
    Row("merged", "MB for each, with like pages kept once", 1),
    Row("server", "MB of the server itself"),
    Row("p50", "ms from tap to new view, half are faster", 1),
    Row("p95", "ms from tap to new view, 95 % are faster", 1),
    Row("p99", "ms from tap to new view, 99 % are faster", 1),
    Row("pace", "taps a second", 1, is_cost=False),
    Row("busy", "% of one core that server and kernels take while all tap"),
    Row("client", "% of one core that the load client takes itself", 1, is_cost=False),
)
GROWTH = (
    Row("growth.join", "join time of a head, largest room over smallest", 2, is_cost=False),
    Row("growth.memory", "memory of a head, largest room over smallest", 2, is_cost=False),
)
OTHERS = Row("others", "% of all cores busy before the turn", is_cost=False)
NOTES = (
    "median (least - most) of the rounds; the ratios are of the figures of one round, below 1 is less",
    "each server is fresh for each part of a turn, and has been visited once; they take turns, and never run together",
    "all serve copies of the same case; with pandas and Altair its notebook imports both before it plays",
    "with guests, its notebook ends with two widgets of other people",
    "Solara's page draws the same scenes and choices; it keeps no decisions and judges none",
    "Chromium starts each load with an empty cache and presses Begin in the first frame in which that is possible",
    "requests to other hosts fail at once here; on a line without internet they may take until the network gives up",
    "text over the websocket is counted as it is read: compressed, less of it goes over the line",
    "the room is HTTP and websocket clients of one process: each has its page to the end, and a first view of its own",
    "each makes {played} choices, and memory is measured; then each taps every {every:g} s, once it has its view",
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
        "merging": "on" if merging.is_on() else "off",
    }


def environment_line(told: Environment) -> str:
    """Return what the figures depend on as one paragraph."""
    versions = ", ".join(f"{name} {told[name]}" for name in ("chromium", "python", *PACKAGES))
    machine = f"{told['system']}, {told['cores']} cores, load {told['load']:.1f} before we began"
    return f"{versions}\n{machine}, merging of like pages {told['merging']}"


def table(rounds: Rounds, sizes: Sequence[int], every: float) -> Iterator[str]:
    """Return every measure that was taken, with the kinds beneath each other and the ratios beside them.

    *every* is how many seconds each waited between two taps.
    """
    rows = [*LOAD, *(row.of(size) for size in sizes for row in ROOM), *GROWTH, OTHERS]
    for row in rows:
        lines = [_line(row, kind, rounds) for kind in KINDS if found(rounds.get(kind.name, ()), row.key)]
        if lines:
            yield row.label
            yield from lines
    yield from (f"  {note.format(played=PLAYED, every=every, memory=memory_name())}" for note in NOTES)


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
    told: Environment,
    rounds: Rounds,
    halls: Rounds,
    floors: Sequence[Timing],
    proofs: Sequence[Proved | Covered | Checked],
    *,
    troubles: Sequence[str],
    sizes: Sequence[int],
) -> None:
    """Write every figure of every round as JSON, the ratios with their spreads, and what could not be measured."""
    kept = {
        "environment": told,
        "sizes": sizes,
        "troubles": troubles,
        "rounds": rounds,
        "ratios": _all_ratios(rounds),
        "halls": {"rounds": halls, "ratios": crowd.all_ratios(halls)},
        "floors": [asdict(one) for one in floors],
        "proofs": [asdict(one) for one in proofs],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _line(row: Row, kind: Kind, rounds: Rounds) -> str:
    line = f"  {kind.title:<{LABEL}}{_cell(found(rounds[kind.name], row.key), row.decimals):<{WIDE}}"
    for ours in kind.against if row.is_cost else ():
        values = ratios(rounds.get(ours, ()), rounds[kind.name], row.key)
        if values:
            line += f"{ours} / this {_cell(values, 4)}   "
    return line.rstrip()


def _all_ratios(rounds: Rounds) -> dict[str, dict[str, dict[str, float]]]:
    """Return the spread of each ratio, by the two kinds and by the measure."""
    kept: dict[str, dict[str, dict[str, float]]] = {}
    for kind in KINDS:
        for ours in kind.against:
            keys = [key for figures in rounds.get(kind.name, ()) for key in figures]
            spreads = {key: spread(ratios(rounds.get(ours, ()), rounds[kind.name], key)) for key in dict.fromkeys(keys)}
            kept[f"{ours} / {kind.name}"] = {key: asdict(value) for key, value in spreads.items() if value}
    return {pair: values for pair, values in kept.items() if values}


def _cell(values: Sequence[float], decimals: int) -> str:
    middle = spread(values)
    if middle is None:
        return "-"
    if len(values) == 1:
        return f"{middle.middle:.{decimals}f}"
    return f"{middle.middle:.{decimals}f} ({middle.least:.{decimals}f} - {middle.most:.{decimals}f})"
