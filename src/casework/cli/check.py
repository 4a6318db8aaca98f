"""`casework check`: what is wrong in a case, and where."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from casework import library, notebook
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE, add_paths, notebooks
from casework.remarks import as_text
from casework.scenario.diagnostics import Diagnostic, has_errors
from casework.scenario.ends import mend_source
from casework.scenario.model import Scenario


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("check", help="say what is wrong in a case, and where")
    add_paths(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired without a choice")
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
    for path in paths:
        if options.fix:
            said.extend(_fix(path, options.lang))
        case = library.open_case(path, options.lang)
        said.extend(case.diagnostics)
        scenarios |= {path.name: case.scenario} if case.scenario else {}
    shown = _as_json(said) if options.format == "json" else as_text(said, options.lang, len(paths), scenarios)
    print(shown)
    return ERRORS if has_errors(said) else CLEAN


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
