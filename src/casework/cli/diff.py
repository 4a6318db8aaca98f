"""`casework diff`: what changed between two versions of a case, and for whom."""

import argparse
import sys
import tempfile
from pathlib import Path

from casework import history, library, notebook
from casework.cli import effects
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.evidence import as_played
from casework.remarks import as_text
from casework.scenario.compiler import compile_scenario
from casework.scenario.diagnostics import Both, Diagnostic

NO_FILE = Both(
    "{path} is er niet; noem een notebook, of REVISIE:notebook, zoals HEAD~1:scenarios/leo.ipynb",
    "{path} does not exist; name a notebook, or REVISION:notebook, such as HEAD~1:scenarios/leo.ipynb",
)
NOT_COMMITTED = Both(
    "{path} is niet te vinden in {revision}: er is hier geen git, of het bestand is daar nooit vastgelegd",
    "{path} cannot be found in {revision}: there is no git here, or the file was never committed there",
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("diff", help="say what changed between two versions of a case, and for whom")
    parser.add_argument(
        "old", metavar="OLD", help="a notebook, or REVISION:notebook; alone: its last commit against now"
    )
    parser.add_argument("new", nargs="?", metavar="NEW", help="a notebook, or REVISION:notebook")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of what is said")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=diff)


def diff(options: argparse.Namespace) -> int:
    """Print what changed for those who play; of a case with errors, print its remarks instead."""
    old = options.old if options.new else f"{history.LAST}:{options.old}"
    new = options.new or options.old
    with tempfile.TemporaryDirectory() as folder:
        try:
            sides = [_side(name, Path(folder) / side, options.lang) for side, name in (("old", old), ("new", new))]
        except FileNotFoundError as error:
            print(f"casework diff: {error}", file=sys.stderr)
            return UNUSABLE
        return _tell(sides, options)


def _tell(sides: list[effects.Side | tuple[Diagnostic, ...]], options: argparse.Namespace) -> int:
    match sides:
        case [effects.Side() as old, effects.Side() as new]:
            print(effects.shown(old, new, options.lang, options.format))
            return CLEAN
    said = [remark for side in sides if isinstance(side, tuple) for remark in side]
    print(as_text(said, options.lang, len(sides)))
    return ERRORS


def _side(name: str, folder: Path, language: str) -> effects.Side | tuple[Diagnostic, ...]:
    """Return the case that an argument names, or the remarks on one with errors; raises `FileNotFoundError`."""
    path = _find(name, folder, language)
    read = notebook.read(path, language)
    if read.source is None:
        return read.diagnostics
    protocols = library.Protocols(path.parent)
    # An older copy beside the case has another name, which is no fault in what it tells.
    compiled = compile_scenario(as_played(read.source), protocols, language)
    if compiled.scenario is None:
        return compiled.diagnostics
    return effects.Side(name, compiled.scenario, protocols[compiled.scenario.protocol])


def _find(name: str, folder: Path, language: str) -> Path:
    """Return where the notebook is that an argument names, taken out of git if need be."""
    if Path(name).is_file():
        return Path(name)
    revision, colon, file = name.partition(":")
    if not colon:
        raise FileNotFoundError(NO_FILE.in_(language).format(path=name))
    folder.mkdir()
    found = history.unpack(Path(file), revision, folder)
    if found is None:
        raise FileNotFoundError(NOT_COMMITTED.in_(language).format(path=file, revision=revision))
    return found
