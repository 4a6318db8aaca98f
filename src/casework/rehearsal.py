"""Rehearsing a scenario: a few lists of decisions that together take every choice, each run through papermill."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from casework.play.explore import Graph, Road, count_roads, cover, explore
from casework.scenario.model import Scenario
from casework.verdicts import ATTEMPT


@dataclass(frozen=True, slots=True)
class Run:
    """One list of decisions that was run: what the notebook gave back, or what went wrong."""

    road: Road
    result: dict[str, Any] | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What rehearsing a scenario takes: its graph, and the lists of decisions that cover it."""

    scenario: Scenario
    graph: Graph
    roads: tuple[Road, ...]
    all_roads: int | None


def plan(scenario: Scenario) -> Plan:
    """Return the lists of decisions that together take every reachable choice of a scenario."""
    graph = explore(scenario)
    return Plan(scenario, graph, cover(graph), count_roads(graph))


def rehearse(notebook: Path, roads: tuple[Road, ...], workers: int) -> Iterator[Run]:
    """Yield what came of each road, as soon as it is there; each runs in a kernel of its own."""
    with ProcessPoolExecutor(max_workers=workers) as pool:
        yield from pool.map(run, [notebook] * len(roads), roads)


def run(notebook: Path, road: Road) -> Run:
    """Run one list of decisions through papermill and return what the notebook says came of it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / notebook.name
        try:
            execute(notebook, target, road)
        except PapermillExecutionError as failure:
            return Run(road, None, f"{failure.ename}: {failure.evalue}")
        return _read(target, road)


def execute(notebook: Path, target: Path, road: Road) -> None:
    """Run one list of decisions through papermill into *target*; raises `PapermillExecutionError`."""
    # Kernels that start at the same moment may be given the same port; the one that comes second dies before it says a
    # word, and has other ports at its next try. A fault in the notebook is no RuntimeError and is not tried again.
    for is_last in (False, False, True):
        try:
            _execute_once(notebook, target, road)
        except RuntimeError:
            if is_last:
                raise
        else:
            return


def _execute_once(notebook: Path, target: Path, road: Road) -> None:
    papermill.execute_notebook(
        str(notebook),
        str(target),
        parameters={"decisions": list(road)},
        cwd=str(notebook.parent),
        progress_bar=False,
        # Papermill would write the whole notebook before and after each cell; nobody looks at it meanwhile.
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        # A kernel warns of its own wiring on the author's terminal, where it reads as a fault in the case.
        extra_arguments=["--log-level=CRITICAL"],
    )


def _read(executed: Path, road: Road) -> Run:
    outputs = [output for cell in nbformat.read(executed, as_version=4).cells for output in cell.get("outputs", [])]
    results = [output["data"][ATTEMPT] for output in outputs if ATTEMPT in output.get("data", {})]
    if not results:
        return Run(road, None, "the notebook gave no result: does its last cell call casework.play?")
    return Run(road, dict(results[-1]), _difference(results[-1], road))


def _difference(result: dict[str, Any], road: Road) -> str:
    if result["decisions"] != list(road):
        return f"the notebook took other decisions: {result['decisions']}"
    return "" if result["ending"] else f"no ending was reached; play stopped in scene '{result['scene']}'"
