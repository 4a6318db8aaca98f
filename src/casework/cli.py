"""The command line: `casework serve`, `check`, `test` and `judge`."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from casework import library, notebook
from casework.conformance.protocol import Protocol
from casework.errors import ActivityUnknown, CaseworkError, ProtocolInvalid
from casework.library import Case
from casework.remarks import as_text
from casework.scenario.diagnostics import Diagnostic, has_errors
from casework.scenario.ends import mend_source
from casework.verdicts import as_json

if TYPE_CHECKING:
    from casework.rehearsal import Plan

CLEAN, ERRORS, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 on errors in a case, 2 on unusable arguments."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def check(options: argparse.Namespace) -> int:
    """Print every remark about the notebooks at these paths; with `--fix`, repair first what can be repaired."""
    try:
        paths = tuple(_notebooks(options.paths))
    except FileNotFoundError as error:
        print(f"casework check: {error}", file=sys.stderr)
        return UNUSABLE
    said: list[Diagnostic] = []
    for path in paths:
        if options.fix:
            said.extend(_fix(path, options.lang))
        said.extend(library.open_case(path, options.lang).diagnostics)
    print(_shown(said, options.format, options.lang, len(paths)))
    return ERRORS if has_errors(said) else CLEAN


def judge(options: argparse.Namespace) -> int:
    """Print what a protocol's rules make of a finished list of activities; Dutch and English names will both do."""
    try:
        protocol = _protocol(options.protocol)
        trace = tuple(protocol.activity(name.strip()).id for name in options.trace.split(",") if name.strip())
    except (ProtocolInvalid, ActivityUnknown) as error:
        print(f"casework judge: {error}", file=sys.stderr)
        return UNUSABLE
    judged = {"rules": as_json(protocol, trace)["rules"]}
    print(json.dumps(judged, indent=1) if options.format == "json" else _judged(judged))
    return CLEAN


def test(options: argparse.Namespace) -> int:
    """Take every choice of the scenarios at these paths through papermill, and say what went wrong."""
    try:
        cases = [library.open_case(path, options.lang) for path in _notebooks(options.paths)]
    except FileNotFoundError as error:
        print(f"casework test: {error}", file=sys.stderr)
        return UNUSABLE
    return max(_rehearse(case, options.lang, options.workers) for case in cases)


def serve(options: argparse.Namespace) -> int:
    """Serve the cases until stopped."""
    # Voilà and a web server take a second to load, which nobody who checks a case should wait for.
    from casework.serve.application import Options  # noqa: PLC0415
    from casework.serve.application import serve as start  # noqa: PLC0415

    chosen = Options(
        scenarios=options.scenarios,
        dashboards=options.dashboards,
        store=options.store,
        language=options.lang,
        ip=options.ip,
        port=options.port,
        has_browser=not options.no_browser,
        exit_address=options.exit,
    )
    try:
        start(chosen)
    except CaseworkError as error:
        print(f"casework serve: {error}", file=sys.stderr)
        return UNUSABLE
    return CLEAN


def _protocol(name: str) -> Protocol:
    file = Path(name)
    return library.protocol(file.stem, file.parent) if file.suffix == ".toml" else library.protocol(name, Path())


def _judged(judged: dict[str, object]) -> str:
    rows = judged["rules"]
    if not isinstance(rows, list):
        raise TypeError(rows)
    lines = [f"{row['verdict']:<10}{row['severity']:<8}{row['id']}" + _at(row["at"]) for row in rows]
    return "\n".join(lines)


def _at(position: int | None) -> str:
    return f" (activity {position})" if position else ""


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
        f"{len(plan.roads)} paths played ({roads}, {len(plan.graph.states)} states), {failures} failed"
    )


def _fix(path: Path, language: str) -> Iterator[Diagnostic]:
    found = notebook.read(path, language)
    if found.source is None:
        return
    mended = mend_source(found.source)
    if mended != found.source or found.diagnostics:
        failed = notebook.write(found, mended, language)
        if failed is not None:
            yield failed


def _notebooks(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = library.notebooks(path)
            if not inside:
                raise FileNotFoundError(f"no notebooks (*.ipynb) in {path}; name a folder that has some")
            yield from inside
        elif path.is_file():
            yield path
        else:
            raise FileNotFoundError(f"{path} does not exist; name a notebook or a folder")


def _shown(said: Sequence[Diagnostic], form: str, language: str, count: int) -> str:
    if form == "json":
        return json.dumps([asdict(each) for each in said], ensure_ascii=False, indent=1)
    return as_text(said, language, count)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="casework", description="Practise with cases of human trafficking.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands.add_parser("serve", help="start the server and open the catalogue"))
    _add_check(commands.add_parser("check", help="say what is wrong in a case, and where"))
    _add_test(commands.add_parser("test", help="play a case until every choice has been taken"))
    _add_judge(commands.add_parser("judge", help="say what a protocol makes of a list of activities"))
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scenarios", type=Path, default=Path("scenarios"), metavar="FOLDER", help="the cases")
    parser.add_argument(
        "--dashboards", type=Path, default=Path("dashboards"), metavar="FOLDER", help="pages for trainers"
    )
    parser.add_argument(
        "--store", default="casework.sqlite", metavar="ADDRESS", help="a file, or postgresql+psycopg://..."
    )
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the start page")
    parser.add_argument("--ip", default="127.0.0.1", metavar="ADDRESS", help="where to listen; 0.0.0.0 lets others in")
    parser.add_argument(
        "--port", type=int, metavar="NUMBER", help="a fixed port; otherwise the first free one from 8866"
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--exit", default="", metavar="ADDRESS", help="the neutral page behind the quick way out")
    parser.set_defaults(run=serve)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired without a choice")
    parser.set_defaults(run=check)


def _add_test(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="kernels at a time")
    parser.set_defaults(run=test)


def _add_judge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("protocol", metavar="PROTOCOL", help="an id such as meldcode-jeugd, or a TOML file")
    parser.add_argument("--trace", required=True, metavar="A,B,C", help="activities in order, with commas between")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=judge)


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="notebooks, or folders with notebooks")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the remarks")
