"""`casework graph`: a case as a drawing, or as JSON for another program."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from casework import drawing, library
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.drawing import Chart
from casework.library import Case
from casework.remarks import as_text

FORMS: dict[str, Callable[[Chart, Case, str], str]] = {
    ".svg": lambda chart, _, language: drawing.svg(chart, language),
    ".json": lambda chart, case, _: json.dumps(
        drawing.as_json(chart, case.diagnostics), ensure_ascii=False, indent=1
    ) + "\n",
}  # fmt: skip


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("graph", help="draw the scenes of a case and the choices between them")
    parser.add_argument("scenario", type=Path, metavar="SCENARIO", help="a notebook")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="x.svg or x.json; without it, SVG is printed")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the words on the drawing")
    parser.set_defaults(run=graph)


def graph(options: argparse.Namespace) -> int:
    """Write the graph of a case to a file or to standard output; of a case with errors, print the remarks instead."""
    form = FORMS.get(options.output.suffix.lower() if options.output else ".svg")
    if form is None:
        return _refuse(f"'{options.output}' ends in no form that can be drawn; let it end in {' or '.join(FORMS)}")
    if not options.scenario.is_file():
        return _refuse(f"{options.scenario} does not exist; name a notebook")
    case = library.open_case(options.scenario, options.lang)
    if case.scenario is None or case.protocol is None:
        print(as_text(case.diagnostics, options.lang, 1), file=sys.stderr)
        return ERRORS
    drawn = form(drawing.chart(case.scenario, case.protocol, case.diagnostics), case, options.lang)
    if options.output is None:
        print(drawn, end="")
        return CLEAN
    return _write(options.output, drawn)


def _write(file: Path, drawn: str) -> int:
    try:
        file.write_text(drawn, encoding="utf-8")
    except OSError as error:
        return _refuse(f"{file} cannot be written: {error.strerror}")
    return CLEAN


def _refuse(reason: str) -> int:
    print(f"casework graph: {reason}", file=sys.stderr)
    return UNUSABLE
