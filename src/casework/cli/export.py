"""`casework export`: a case on paper, and other ways out."""

import argparse
import sys
from pathlib import Path

from casework import library, review
from casework.cli import certificate, course, lrs, minutes, network, rows
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.library import Case
from casework.remarks import as_text

WAYS = (rows, lrs, course, certificate, minutes, network)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("export", help="take a case, or what was decided, out of casework")
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    kind = kinds.add_parser("paper", help="numbered paragraphs to play on paper, with all that an expert must read")
    kind.add_argument("scenario", type=Path, metavar="NOTEBOOK", help="the case")
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; without this it is printed")
    kind.set_defaults(run=paper)
    for way in WAYS:
        way.add(kinds)


def paper(options: argparse.Namespace) -> int:
    """Write a case as one HTML page that prints well."""
    if not options.scenario.is_file():
        print(f"casework export: {options.scenario} does not exist; name a notebook", file=sys.stderr)
        return UNUSABLE
    case = library.open_case(options.scenario)
    if case.scenario is None:
        print(as_text(case.diagnostics, "nl", 1), file=sys.stderr)
        return ERRORS
    page = _page(case)
    if options.output is None:
        sys.stdout.write(page)
        return CLEAN
    try:
        options.output.write_text(page, "utf-8")
    except OSError as error:
        print(f"casework export: cannot write {options.output}: {error.strerror}", file=sys.stderr)
        return UNUSABLE
    return CLEAN


def _page(case: Case) -> str:
    # The template engine is not needed by who only checks a case.
    from casework.export.paper import Shown  # noqa: PLC0415
    from casework.export.paper import paper as write  # noqa: PLC0415

    if case.scenario is None or case.protocol is None:
        raise ValueError(case.path)
    language = case.scenario.language
    shown = Shown(
        titles=library.source_titles(language),
        addresses={entry.id: entry.address for entry in library.sources().values()},
        pictures=library.pictures(case),
        points=review.touched(case.scenario, case.protocol, review.points()),
    )
    return write(case.scenario, case.protocol, shown)
