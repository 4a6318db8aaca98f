"""Measure casework beside plain Voilà: `python -m tests.benchmarks`, or `make bench O="--rounds 1"`."""

import argparse
import logging
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from tests.benchmarks import browser, floors, proofs, report, room
from tests.benchmarks.report import Figures, say
from tests.benchmarks.servers import CASEWORK, ROOT, STOCK, Kind, running
from tests.benchmarks.trouble import Trouble

CLEAN, FAILED, STOPPED = 0, 1, 130
LOOK = 1.0  # seconds to see how busy the machine is without us
Rounds = Mapping[str, Sequence[Figures]]
Record = proofs.Proved | proofs.Covered | proofs.Checked


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark and return its exit code."""
    options = _parser().parse_args(arguments)
    # Without this a benchmark that is ended leaves its servers and kernels behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    # Clients that are cut off say so at length, and would bury what the benchmark itself has to say.
    logging.disable()
    try:
        measure(options)
    except Trouble as trouble:
        say(f"bench: {trouble}")
        return FAILED
    except KeyboardInterrupt:
        say("bench: stopped; the servers have been ended")
        return STOPPED
    return CLEAN


def measure(options: argparse.Namespace) -> None:
    """Measure what was asked for, print it, and keep it where a file was named. Raises `Trouble`."""
    found = report.environment()
    say(report.environment_line(found))
    rounds: Rounds = {} if options.floors else compare(options.case, options.joiners, options.rounds)
    if rounds:
        say()
        for line in report.table(rounds, options.joiners, found):
            say(line)
    say("\nour own floors, in CPU time; the factor is for each doubling: 2 grows with the work, 4 with its square")
    timings = []
    for timing in floors.timings():
        timings.append(timing)
        say(report.floor_line(timing))
    told = prove()
    if options.json:
        report.save(options.json, found, rounds, timings, told, options.joiners)


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


def compare(case: str, joiners: int, rounds: int) -> Rounds:
    """Let both servers take turns, and return the figures of each. Raises `Trouble`."""
    figures: dict[str, list[Figures]] = {CASEWORK.name: [], STOCK.name: []}
    for number in range(1, rounds + 1):
        for kind in (CASEWORK, STOCK):
            say(f"round {number} of {rounds}: {kind.title}")
            figures[kind.name].append(_turn(kind, case, joiners))
    return figures


def _turn(kind: Kind, case: str, joiners: int) -> Figures:
    others = psutil.cpu_percent(interval=LOOK)
    with running(kind, case) as server:
        room.warm(server)
        return {"others": others, **browser.first_load(server.address), **room.fill(server, joiners)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure casework beside Voilà.")
    parser.add_argument("--case", default="leo", choices=_cases(), help="the notebook that both serve")
    parser.add_argument("--joiners", type=_count, default=20, metavar="N", help="visitors who arrive at once")
    parser.add_argument("--rounds", type=_count, default=3, metavar="N", help="turns of each server")
    parser.add_argument(
        "--floors", action="store_true", help="time only our own floors and proofs, and start no server"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure here")
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
