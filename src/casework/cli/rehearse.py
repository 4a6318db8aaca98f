"""`casework test`: every choice of a case, taken through papermill."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from tqdm import tqdm

from casework import library
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE, add_paths, notebooks
from casework.library import Case
from casework.remarks import as_text

if TYPE_CHECKING:
    from casework.rehearsal import Plan


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("test", help="play a case until every choice has been taken")
    add_paths(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="kernels at a time")
    parser.set_defaults(run=test)


def test(options: argparse.Namespace) -> int:
    """Take every choice of the scenarios at these paths through papermill, and say what went wrong."""
    # Hundreds of kernels, one after another: forked ones are there in a tenth of the time.
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", "casework")
    try:
        cases = [library.open_case(path, options.lang) for path in notebooks(options.paths)]
    except FileNotFoundError as error:
        print(f"casework test: {error}", file=sys.stderr)
        return UNUSABLE
    return max(_rehearse(case, options.lang, options.workers) for case in cases)


def _rehearse(case: Case, language: str, workers: int) -> int:
    # papermill takes a second to load, too.
    from casework import rehearsal  # noqa: PLC0415

    if case.scenario is None:
        print(as_text(case.diagnostics, language, 1))
        return ERRORS
    plan = rehearsal.plan(case.scenario)
    runs = rehearsal.rehearse(case.path.resolve(), plan.roads, workers)
    bar = tqdm(runs, total=len(plan.roads), desc=case.path.name, unit="road", disable=None)
    failures = [run for run in bar if run.failure]
    for run in failures:
        print(f"{case.path.name}: {run.failure}\n    decisions = {json.dumps(list(run.road), ensure_ascii=False)}")
    print(_rehearsed(case.path.name, plan, len(failures)))
    return ERRORS if failures else CLEAN


def _rehearsed(name: str, plan: "Plan", failures: int) -> str:
    choices = sum(len(scene.choices) for scene in plan.scenario.scenes)
    roads = "roads without number" if plan.all_roads is None else f"one of {plan.all_roads:,} roads"
    return (
        f"{name}: {len(plan.graph.scenes)} of {len(plan.scenario.scenes)} scenes, "
        f"{len(plan.graph.choices)} of {choices} choices, "
        f"{len(plan.roads)} paths played ({roads}, {len(plan.graph)} states), {failures} failed"
    )
