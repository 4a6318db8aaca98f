"""`casework export cmi5`: a package with which a learning environment can launch cases on a server."""

import argparse
from pathlib import Path

from casework import library
from casework.cli.leaving import address, refuse, tell
from casework.cli.paths import CLEAN, add_paths, notebooks
from casework.export.course import package, stem, structure
from casework.scenario.diagnostics import Both

ZIP = ".zip"
DONE = Both(
    "In het pakket: {names}. Start de server met --lms en het adres van de leeromgeving.",
    "In the package: {names}. Start the server with --lms and the address of the learning environment.",
)
BROKEN = Both(
    "{name} kan niet worden gespeeld; casework check zegt waarom.",
    "{name} cannot be played; casework check says why.",
)


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the package to the ways out."""
    kind = kinds.add_parser("cmi5", help="a package with which a learning environment can launch cases on a server")
    add_paths(kind)
    kind.add_argument(
        "--home", type=address, required=True, metavar="URL", help="where the server is, as trainees see it"
    )
    kind.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="a .zip, or a bare .xml")
    kind.set_defaults(run=cmi5)


def cmi5(options: argparse.Namespace) -> int:
    """Write the package; refuses when one of the cases cannot be played."""
    try:
        cases = [library.open_case(path, is_checked=True) for path in notebooks(options.paths)]
    except FileNotFoundError as error:
        return refuse("export", error)
    broken = next((case.path for case in cases if case.scenario is None), None)
    if broken is not None:
        return refuse("export", BROKEN.in_(options.lang).format(name=broken))
    found = structure(cases, options.home)
    try:
        options.output.write_bytes(package(found) if options.output.suffix.lower() == ZIP else found)
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")
    tell(DONE, options.lang, names=", ".join(stem(case) for case in cases))
    return CLEAN
