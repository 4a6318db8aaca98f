"""`casework check`: what is wrong in a case, and where."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

from casework import library, notebook
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE, add_paths, notebooks
from casework.remarks import as_text
from casework.scenario.diagnostics import Diagnostic, has_errors
from casework.scenario.ends import mend_source
from casework.scenario.model import Scenario

# For fewer than so many notebooks each, a second process costs more than it saves.
FEW = 4


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("check", help="say what is wrong in a case, and where")
    add_paths(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired without a choice")
    parser.add_argument(
        "--older-than", type=_day, metavar="DATE", help="name sources older than a day such as 2019-01-01, if dated"
    )
    parser.add_argument("--review", action="store_true", help="name the points that an expert has still to settle")
    parser.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Print every remark about the notebooks at these paths; with `--fix`, repair first what can be repaired."""
    try:
        paths = tuple(notebooks(options.paths))
    except FileNotFoundError as error:
        print(f"casework check: {error}", file=sys.stderr)
        return UNUSABLE
    said: list[Diagnostic] = []
    scenarios: dict[str, Scenario] = {}
    fixes = [tuple(_fix(path, options.lang)) if options.fix else () for path in paths]
    for fixed, case in zip(fixes, _opened(paths, options.lang), strict=True):
        said.extend([*fixed, *case.diagnostics, *_asked(options, case)])
        scenarios |= {case.path.name: case.scenario} if case.scenario else {}
    shown = _as_json(said) if options.format == "json" else as_text(said, options.lang, len(paths), scenarios)
    print(shown)
    return ERRORS if has_errors(said) else CLEAN


def _opened(paths: Sequence[Path], language: str) -> Iterator[library.Case]:
    """Yield the case in each notebook; a folder of many is shared out, an edition together with its original."""
    workers = min(os.cpu_count() or 1, len(paths) // FEW)
    if workers < 2:
        yield from (library.open_case(path, language) for path in paths)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(library.open_case, language=language), paths, chunksize=2)


def _asked(options: argparse.Namespace, case: library.Case) -> Iterator[Diagnostic]:
    if options.older_than:
        yield from library.old_sources(case, options.older_than, options.lang)
    if options.review:
        yield from library.open_points(case, options.lang)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write one as 2019-01-01") from error


def _fix(path: Path, language: str) -> Iterator[Diagnostic]:
    found = notebook.read(path, language)
    if found.source is None:
        return
    mended = mend_source(found.source)
    if mended != found.source or found.diagnostics:
        failed = notebook.write(found, mended, language)
        if failed is not None:
            yield failed


def _as_json(said: Sequence[Diagnostic]) -> str:
    return json.dumps([asdict(each) for each in said], ensure_ascii=False, indent=1)
