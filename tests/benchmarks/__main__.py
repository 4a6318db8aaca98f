"""Measure casework beside what people would use instead: `python -m tests.benchmarks`, or `make bench`.

A short run: `make bench O="--rounds 1 --sizes 10 --kinds casework voila --parts load room"`; halls that vote alone:
`make bench O="--parts halls --halls 30"`.
"""

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from casework.serve.forking import merging
from tests.benchmarks import browser, crowd, dashboards, figures, floors, insight, picture, proofs, report, room
from tests.benchmarks.kinds import KINDS, ROOT, USUAL, Kind
from tests.benchmarks.report import say
from tests.benchmarks.servers import Server, memory_available, open_files, running
from tests.benchmarks.trouble import Trouble

CLEAN, FAILED, STOPPED = 0, 1, 130
LOOK = 1.0  # seconds to see how busy the machine is without us
PARTS = ("load", "slow", "room", "halls", "floors", "dashboards", "insight")
VISITS = {"load", "slow", "room"}
ALONE = {"floors", "dashboards", "insight"}  # no other server has these
KEPT = ROOT / "build" / "bench.json"
Record = proofs.Proved | proofs.Covered | proofs.Checked


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured so far: the figures of each kind and of each hall, round by round, and what could not be."""

    rounds: dict[str, list[dict[str, float]]]
    halls: dict[str, list[dict[str, float]]]
    troubles: list[str]


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark and return its exit code."""
    options = _parser().parse_args(arguments)
    # Without this a benchmark that is ended leaves its servers and kernels behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    # Clients that are cut off say so at length, and would bury what the benchmark itself has to say.
    logging.disable()
    open_files()
    if merging.is_on():
        merging.allow()  # for all servers alike: what a process allows its children inherit
    try:
        troubles = measure(options)
    except Trouble as trouble:
        say(f"bench: {trouble}")
        return FAILED
    except KeyboardInterrupt:
        say("bench: stopped; the servers have been ended")
        return STOPPED
    return FAILED if troubles else CLEAN


def measure(options: argparse.Namespace) -> list[str]:
    """Measure what was asked for, print it and keep it; return what could not be measured. Raises `Trouble`."""
    parts = {"floors"} if options.floors else set(options.parts)
    sizes = sorted(set(options.sizes))
    told = report.environment()
    say(report.environment_line(told))
    run = Run({kind.name: [] for kind in KINDS if kind.name in options.kinds}, {way: [] for way in options.ways}, [])
    try:
        compare(run, options, sizes, parts)
    finally:
        # What was measured in an hour must not be lost with the turn in which it was stopped.
        _tell(run, options, sizes)
        report.save(options.json, told, run.rounds, run.halls, [], [], troubles=run.troubles, sizes=sizes)
    if "dashboards" in parts:
        dashboards.run(options.rounds, options.json.with_name(dashboards.KEPT.name))
    if "floors" in parts:
        pure = time_floors(), prove()
        report.save(options.json, told, run.rounds, run.halls, *pure, troubles=run.troubles, sizes=sizes)
    if "insight" in parts:
        say("\ninsight, from opening the store, beside all decisions in pandas")
        insight.keep(options.json.with_name("insight.json"), insight.measure(insight.SIZES))
    say(f"\nkept in {options.json}")
    return run.troubles


def _tell(run: Run, options: argparse.Namespace, sizes: Sequence[int]) -> None:
    if any(run.rounds.values()):
        for line in (*report.table(run.rounds, sizes, options.every), *(f"bench: {one}" for one in run.troubles)):
            say(line)
        drawing = options.json.with_suffix(".svg")
        if picture.draw(drawing, run.rounds, sizes):
            say(f"\ndrawn in {drawing}")
    if any(run.halls.values()):
        say("\nhalls that come in and vote")
        for line in crowd.table(run.halls, sorted({*options.halls, options.kernels})):
            say(line)


def time_floors() -> list[floors.Timing]:
    """Time our own floors, and print it."""
    say("\nour own floors, in CPU time; the factor is for each doubling: 2 grows with the work, 4 with its square")
    timings = []
    for timing in floors.timings():
        timings.append(timing)
        say(report.floor_line(timing))
    return timings


def prove() -> list[Record]:
    """Measure the proofs beside what an author would use instead, and print it."""
    told: list[Record] = []
    for title, rows, line in (
        ("proving a case, in CPU time", (*proofs.real(), *proofs.generated()), report.proof_line),
        (f"our cover beside {proofs.PLAYS:,} random plays, in CPU time", proofs.random_play(), report.cover_line),
        (
            "a whole folder checked, from process start, beside reading it with nbformat",
            proofs.folders(),
            report.check_line,
        ),
    ):
        say(f"\n{title}")
        for row in rows:
            told.append(row)
            say(line(row))
    return told


def compare(run: Run, options: argparse.Namespace, sizes: Sequence[int], parts: set[str]) -> None:
    """Let the servers take turns, and add the figures of each to the run; one that fails does not end the others."""
    for number in range(1, options.rounds + 1) if parts - ALONE else ():
        if "halls" in parts:
            _vote(run, options, number)
        for kind in (kind for kind in KINDS if kind.name in run.rounds and parts & VISITS):
            say(f"round {number} of {options.rounds}: {kind.title}")
            turn: dict[str, float] = {}
            run.rounds[kind.name].append(turn)
            try:
                _turn(turn, kind, options, sizes, parts)
            except Trouble as trouble:
                say(f"bench: {trouble}")
                run.troubles.append(f"round {number}, {kind.title}: {trouble.what}")


def _vote(run: Run, options: argparse.Namespace, number: int) -> None:
    """Let the halls take their turn, and add their figures to the run."""
    for way in options.ways:
        say(f"round {number} of {options.rounds}: halls, {crowd.WAYS[way]}")
        run.halls[way].append({})
        try:
            crowd.turn(run.halls[way][-1], way, options.halls, options.kernels, options.case)
        except Trouble as trouble:
            say(f"bench: {trouble}")
            run.troubles.append(f"round {number}, halls, {crowd.WAYS[way]}: {trouble.what}")


def _turn(
    turn: dict[str, float], kind: Kind, options: argparse.Namespace, sizes: Sequence[int], parts: set[str]
) -> None:
    """Fill in the figures of one turn, part by part: those before a failing one stay. Raises `Trouble`."""
    pace = room.Pace(options.taps, options.every)
    turn["others"] = psutil.cpu_percent(interval=LOOK)
    for part, conditions in (("load", None), ("slow", browser.HOTEL)):
        if part in parts:
            turn |= _fresh(
                kind, options.case, part, lambda server, on=conditions: browser.first_load(server.address, on)
            )
    for size in sizes if "room" in parts else ():
        if not figures.fits(turn, sizes, size, memory_available()):
            raise Trouble(f"a room of {size} was left out: this machine has not enough memory for it")
        turn |= _fresh(kind, options.case, str(size), lambda server, size=size: room.fill(server, size, pace))
    turn |= figures.growth(turn, sizes)


def _fresh(kind: Kind, case: str, name: str, part: Callable[[Server], Mapping[str, float]]) -> dict[str, float]:
    """Return the figures of one part, from a server of its own: what the last part left behind would count in it."""
    with running(kind, case) as server:
        room.warm(server)
        return {f"{name}.{key}": value for key, value in part(server).items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure casework beside others.")
    names = tuple(kind.name for kind in KINDS)
    parser.add_argument("--case", default="leo", choices=_cases(), help="the notebook that all serve")
    parser.add_argument(
        "--kinds",
        nargs="+",
        default=tuple(kind.name for kind in USUAL),
        choices=names,
        metavar="KIND",
        help=f"of {', '.join(names)}",
    )
    parser.add_argument(
        "--parts", nargs="+", default=PARTS, choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}"
    )
    parser.add_argument("--floors", action="store_true", help="the same as --parts floors: no server is started")
    parser.add_argument("--sizes", nargs="+", type=_count, default=(10, 30, 100), metavar="N", help="who join at once")
    crowd.add(parser)
    parser.add_argument("--rounds", type=_count, default=3, metavar="N", help="turns of each server")
    parser.add_argument("--taps", type=_count, default=10, metavar="N", help="taps of each person that are timed")
    parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="between two taps of one person")
    parser.add_argument(
        "--json", type=Path, default=KEPT, metavar="FILE", help="keep every figure here, and the picture beside it"
    )
    return parser


def _cases() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOT / "scenarios").glob("*.ipynb")))


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few; name 1 or more")
    return number


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
