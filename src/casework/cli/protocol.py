"""`casework protocol`: a protocol checked, compared, measured by topic, and asked for its routes."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from casework import library
from casework.cli import differences, topics, ways
from casework.cli.differences import WEIGHTS
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.conformance.complaints import complaint
from casework.conformance.model import Protocol, Text
from casework.conformance.notes import notes
from casework.conformance.regions import Region, find_region, stale
from casework.conformance.routing import consent, routes
from casework.conformance.shortest import shortest
from casework.conformance.situation import Age, Circumstance, Danger, Relation, Situation
from casework.errors import Complaint, ProtocolInvalid, RegionUnknown

SUFFIX = ".toml"
# A region that nobody looked at for a year is worth a telephone call.
FRESH = timedelta(days=365)
FAULT, NOTE = Text("fout", "error"), Text("let op", "warning")
KEPT, BROKEN = Text("gehouden door", "kept by"), Text("gebroken door", "broken by")
NOTHING_DONE = Text("(niets doen)", "(doing nothing)")
SOUND = Text("{file}: in orde, {rules} regels, {routes} routes.", "{file}: sound, {rules} rules, {routes} routes.")
REGIONS_SOUND = Text("{file}: in orde, {count} regio's.", "{file}: sound, {count} regions.")
COUNTED = Text("{file}: {errors} fout(en).", "{file}: {errors} error(s).")
STALE = Text(
    "regio '{region}': gelezen op {day}; ga na of het nog klopt",
    "region '{region}': read on {day}; check whether it still holds",
)
NO_TOML = Text("{file} is er niet, of is geen .toml-bestand", "{file} does not exist, or is no .toml file")
OUT_OF_RANGE = "an age is a whole number from 0 to 120"


@dataclass(frozen=True, slots=True)
class Said:
    """One line about a file: an error, or a note where `is_note`."""

    file: str
    complaint: Complaint
    is_note: bool = False


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command and its own commands to the command line."""
    parser = commands.add_parser("protocol", help="check, compare and measure a protocol, and ask it for its routes")
    inside = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_check(inside)
    _add_compare(inside)
    _add_coverage(inside)
    _add_routes(inside)


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("check", help="say what is wrong in a protocol's or regions' file, and where")
    parser.add_argument("file", type=Path, metavar="FILE", help="a TOML file; regions.toml is read as regions")
    parser.add_argument("--traces", action="store_true", help="show for each rule what keeps and what breaks it")
    _add_form(parser)
    parser.set_defaults(run=check)


def _add_compare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("compare", help="say what differs between two protocols")
    parser.add_argument("one", metavar="A", help="an id such as meldcode-jeugd, or a TOML file")
    parser.add_argument("other", metavar="B", help="an id such as meldcode-jeugd, or a TOML file")
    _add_form(parser)
    parser.set_defaults(run=compare)


def _add_coverage(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("coverage", help="say which topics of trafficking protocols cover")
    parser.add_argument("protocols", nargs="*", metavar="PROTOCOL", help="ids or TOML files; all of them without any")
    _add_form(parser)
    parser.set_defaults(run=coverage)


def _add_routes(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("routes", help="say where to go in a situation")
    parser.add_argument("protocol", metavar="PROTOCOL", help="an id such as meldcode-jeugd, or a TOML file")
    parser.add_argument("--age", type=_years, metavar="YEARS", help="the age of the person")
    parser.add_argument("--relation", choices=tuple(Relation), help="who exploits")
    parser.add_argument("--danger", choices=tuple(Danger), default=Danger.NOT_NOW, help="how near danger is")
    parser.add_argument("--consent", action="store_true", help="the person says yes to the step")
    parser.add_argument("--also", choices=tuple(Circumstance), nargs="+", default=(), help="what else is the case")
    parser.add_argument("--region", metavar="NAME", help="a region that the file with regions describes")
    parser.add_argument(
        "--regions", type=Path, metavar="FILE", help="that file; otherwise regions.toml beside the cases"
    )
    _add_form(parser)
    parser.set_defaults(run=show_routes)


def _add_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenarios", type=Path, default=Path("scenarios"), metavar="FOLDER", help="where own protocols stand"
    )
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the answer")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _years(text: str) -> int:
    if not text.isdecimal() or int(text) > 120:
        raise argparse.ArgumentTypeError(OUT_OF_RANGE)
    return int(text)


def check(options: argparse.Namespace) -> int:
    """Print all that is wrong in a file, and what is worth a look."""
    file: Path = options.file
    if file.suffix != SUFFIX or not file.is_file():
        print(f"casework protocol: {NO_TOML.in_(options.lang).format(file=file)}", file=sys.stderr)
        return UNUSABLE
    found, summary = _checked(file, options.lang, has_traces=options.traces)
    if options.format == "json":
        print(json.dumps([_as_json(each, options.lang) for each in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join([*(_line(each, options.lang) for each in found), summary]))
    return ERRORS if any(not each.is_note for each in found) else CLEAN


def _checked(file: Path, language: str, *, has_traces: bool) -> tuple[tuple[Said, ...], str]:
    try:
        if file.name == library.REGIONS:
            return _checked_regions(file, language)
        protocol = library.protocol(file.stem, file.parent)
    except ProtocolInvalid as error:
        found = tuple(Said(error.file, each) for each in error.complaints)
        return found, COUNTED.in_(language).format(file=file.name, errors=len(found))
    parent = library.protocol(protocol.extends, file.parent) if protocol.extends else None
    found = tuple(Said(file.name, each, is_note=True) for each in notes(protocol, parent, library.sources()))
    summary = SOUND.in_(language).format(file=file.name, rules=len(protocol.rules), routes=len(protocol.routes))
    return found, "\n".join([*(_traces(protocol, language) if has_traces else ()), summary])


def _checked_regions(file: Path, language: str) -> tuple[tuple[Said, ...], str]:
    regions = library.regions(file)
    found = tuple(Said(file.name, _stale(each), is_note=True) for each in stale(regions, date.today() - FRESH))
    return found, REGIONS_SOUND.in_(language).format(file=file.name, count=len(regions))


def _stale(region: Region) -> Complaint:
    return complaint("read", STALE, region=region.id, day=region.route.read)


def _line(said: Said, language: str) -> str:
    return f"{said.file}: {(NOTE if said.is_note else FAULT).in_(language)}: {said.complaint.in_(language)}"


def _as_json(said: Said, language: str) -> dict[str, str]:
    return {
        "file": said.file,
        "severity": "warning" if said.is_note else "error",
        "key": said.complaint.key,
        "message": said.complaint.in_(language),
    }


def _traces(protocol: Protocol, language: str) -> Iterator[str]:
    for rule in protocol.rules:
        pair = shortest(rule)
        yield f"{rule.id} ({WEIGHTS[rule.severity].in_(language)})"
        for name, trace in ((KEPT, pair.kept), (BROKEN, pair.broken)):
            done = " > ".join(protocol.activity(each).names.in_(language) for each in trace)
            yield f"    {name.in_(language)}: {done or NOTHING_DONE.in_(language)}"


def compare(options: argparse.Namespace) -> int:
    """Print what differs between two protocols, as a table."""
    try:
        one, other = (_protocol(name, options.scenarios) for name in (options.one, options.other))
    except ProtocolInvalid as error:
        return _refuse(error, options.lang)
    print(differences.shown(one, other, options.lang, options.format))
    return CLEAN


def coverage(options: argparse.Namespace) -> int:
    """Print which topics each protocol covers; a protocol beside the cases that is broken is named and left out."""
    shelf = library.Protocols(options.scenarios)
    found, code = [], CLEAN
    for name in options.protocols or shelf:
        try:
            found.append(_protocol(name, options.scenarios))
        except ProtocolInvalid as error:
            code = _refuse(error, options.lang)
    if found:
        print(topics.shown(found, options.lang, options.format))
    return code


def show_routes(options: argparse.Namespace) -> int:
    """Print where to go, in order, and who decides at this age."""
    try:
        protocol, region = _protocol(options.protocol, options.scenarios), _region(options)
    except ProtocolInvalid as error:
        return _refuse(error, options.lang)
    except RegionUnknown as error:
        print(f"casework protocol: {error.complaint.in_(options.lang)}", file=sys.stderr)
        return UNUSABLE
    if region is not None and region.is_older(date.today() - FRESH):
        print(f"casework protocol: {_stale(region).in_(options.lang)}", file=sys.stderr)
    situation = _situation(options)
    decides = consent(protocol, situation.age) if situation.age else None
    print(ways.shown(routes(protocol, situation, region), decides, options.lang, options.format))
    return CLEAN


def _region(options: argparse.Namespace) -> Region | None:
    if options.region is None:
        return None
    return find_region(library.regions(options.regions or options.scenarios / library.REGIONS), options.region)


def _situation(options: argparse.Namespace) -> Situation:
    return Situation(
        age=None if options.age is None else Age.of(options.age),
        relation=Relation(options.relation) if options.relation else None,
        danger=Danger(options.danger),
        has_consent=options.consent,
        also=frozenset(map(Circumstance, options.also)),
    )


def _protocol(name: str, beside: Path) -> Protocol:
    file = Path(name)
    return library.protocol(file.stem, file.parent) if file.suffix == SUFFIX else library.protocol(name, beside)


def _refuse(error: ProtocolInvalid, language: str) -> int:
    lines: Sequence[str] = [f"casework protocol: {error.file}: {each.in_(language)}" for each in error.complaints]
    print("\n".join(lines), file=sys.stderr)
    return UNUSABLE
