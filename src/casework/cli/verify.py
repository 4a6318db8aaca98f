"""`casework verify`: whether what an executed notebook or a certificate states is true."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from casework.cli import certificate
from casework.cli.leaving import add_store
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE, add_paths, notebooks
from casework.evidence import Difference, Evidence, Published, Reworded, Unusable, verify
from casework.remarks import as_text
from casework.scenario.diagnostics import Both
from casework.scenario.keywords import MEASURES

NO_CASE = Both(
    "{path} is er niet; noem achter --against een notebook, of een map met casussen",
    "{path} does not exist; name a notebook behind --against, or a folder with cases",
)
UNUSABLES = {
    "unreadable": Both("{file}: dit is niet te lezen.", "{file}: this cannot be read."),
    "no-result": Both(
        "{file}: er staat geen uitslag in. Voer het notebook eerst uit, bijvoorbeeld met papermill.",
        "{file}: it holds no result. Run the notebook first, for example with papermill.",
    ),
    "errors": Both(
        "{file}: de casus die erin staat, kan niet worden gespeeld; dan is ook niet na te gaan wat ervan kwam.",
        "{file}: the case in it cannot be played; so what came of it cannot be checked.",
    ),
}
TRUE = Both(
    "{file}: klopt. Keuzes: {decisions}, in '{scenario}' (versie {version}), beoordeeld met {protocol} ({judged}).",
    "{file}: true. Decisions: {decisions}, in '{scenario}' (version {version}), judged by {protocol} ({judged}).",
)
FALSE = Both("{file}: klopt niet:", "{file}: not true:")
PARTS = {
    "decision": Both(
        "keuze {name}: '{stated}' was hier niet te kiezen", "decision {name}: '{stated}' was not on offer here"
    ),
    "cell-decisions": Both(
        "keuze {name}: er staat '{stated}', maar de cel met parameters zegt '{found}'",
        "decision {name}: it says '{stated}', but the cell with parameters says '{found}'",
    ),
    "cell-kept": Both(
        "bewaarde zin {name}: er staat '{stated}', maar de cel met parameters zegt '{found}'",
        "kept sentence {name}: it says '{stated}', but the cell with parameters says '{found}'",
    ),
    "metadata-decisions": Both(
        "keuze {name}: er staat '{stated}', maar papermill kreeg '{found}'",
        "decision {name}: it says '{stated}', but papermill was given '{found}'",
    ),
    "metadata-kept": Both(
        "bewaarde zin {name}: er staat '{stated}', maar papermill kreeg '{found}'",
        "kept sentence {name}: it says '{stated}', but papermill was given '{found}'",
    ),
    "scenario": Both("casus: er staat '{stated}', het is '{found}'", "case: it says '{stated}', it is '{found}'"),
    "version": Both(
        "versie: gespeeld is {stated}, maar de tekst in dit notebook is {found}",
        "version: {stated} was played, but the text in this notebook is {found}",
    ),
    "language": Both("taal: er staat '{stated}', het is '{found}'", "language: it says '{stated}', it is '{found}'"),
    "kept": Both(
        "bewaarde zinnen: er staat {stated}, het zijn {found}", "kept sentences: it says {stated}, not {found}"
    ),
    "scene": Both(
        "scène: er staat '{stated}', maar deze keuzes leiden naar '{found}'",
        "scene: it says '{stated}', but these decisions lead to '{found}'",
    ),
    "ending": Both("einde: er staat '{stated}', het is '{found}'", "ending: it says '{stated}', it is '{found}'"),
    "outcomes": Both("{name}: er staat {stated}, het is {found}", "{name}: it says {stated}, it is {found}"),
    "signals": Both("signalen ({name}): er staat {stated}, het is {found}", "signals ({name}): {stated}, not {found}"),
    "report": Both("protocol: er staat '{stated}', het is '{found}'", "protocol: it says '{stated}', it is '{found}'"),
    "verdict": Both(
        "oordeel over regel {name}: er staat {stated}, het is {found}",
        "verdict on rule {name}: it says {stated}, it is {found}",
    ),
    "protocol": Both(
        "protocol ({name}): beoordeeld met {stated}, nu is het {found}; met dat van toen is het niet na te gaan",
        "protocol ({name}): judged by {stated}, now it is {found}; by that of the time it cannot be checked",
    ),
    "rule": Both(
        "regel {name}: veranderd sinds de beoordeling ({stated}, nu {found})",
        "rule {name}: changed since it was judged ({stated}, now {found})",
    ),
    "line": Both(
        "de regel tekst: er staat '{stated}', het is '{found}'", "the line of text: '{stated}', not '{found}'"
    ),
}
SAME_CASE = Both("de casus is die van {file} nu", "the case is that of {file} now")
OTHER_CASE = Both("een andere versie dan {file} nu ({version})", "another version than {file} now ({version})")
NO_VERSION = Both("{file} is er nu niet, of kan niet worden gespeeld", "{file} is not there now, or cannot be played")
WORD = Both(
    '"{title}": hier staat "{stated}", in de casus van nu "{published}"',
    '"{title}": here it says "{stated}", in the case as it is now "{published}"',
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("verify", help="say whether what an executed notebook or a certificate states is true")
    add_paths(parser)
    add_store(parser)
    parser.add_argument("--against", type=Path, metavar="PATH", help="the case as published, or the folder with all")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Print for each certificate and executed notebook whether what it states is true, and what is not."""
    sealed = certificate.certificates([str(path) for path in options.paths])
    code = certificate.verify(sealed, options)
    rest = [path for path in options.paths if str(path) not in sealed]
    return max(code, _check_notebooks(rest, options)) if rest else code


def _check_notebooks(named: Sequence[Path], options: argparse.Namespace) -> int:
    try:
        paths = tuple(notebooks(named))
    except FileNotFoundError as error:
        return _refuse(str(error))
    if options.against is not None and not options.against.exists():
        return _refuse(NO_CASE.in_(options.lang).format(path=options.against))
    found = [verify(path, options.against, options.lang) for path in paths]
    if options.format == "json":
        print(json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(line for each in found for line in _lines(each, options.lang)))
    return max(map(_code, found))


def _refuse(why: str) -> int:
    print(f"casework verify: {why}", file=sys.stderr)
    return UNUSABLE


def _code(found: Evidence | Unusable) -> int:
    if isinstance(found, Unusable):
        return UNUSABLE
    return CLEAN if found.is_true else ERRORS


def _as_json(found: Evidence | Unusable) -> dict[str, object]:
    if isinstance(found, Unusable):
        return asdict(found)
    return {"is_true": found.is_true, "is_current": found.is_current, **asdict(found)}


def _lines(found: Evidence | Unusable, language: str) -> Iterator[str]:
    if isinstance(found, Unusable):
        yield UNUSABLES[found.reason].in_(language).format(file=found.file)
        if found.diagnostics:
            yield as_text(found.diagnostics, language, 1)
        return
    yield _verdict(found, language)
    yield from (f"    {_difference(each, language)}" for each in found.differences)
    if found.published:
        yield f"    {_published(found.published, language)}"
        yield from (f"      {_word(each, language)}" for each in found.published.reworded)


def _verdict(found: Evidence, language: str) -> str:
    if not found.is_true:
        return FALSE.in_(language).format(file=found.file)
    return TRUE.in_(language).format(
        file=found.file,
        decisions=len(found.decisions),
        scenario=found.scenario,
        version=found.version,
        protocol=found.protocol,
        judged=found.protocol_version,
    )


def _difference(found: Difference, language: str) -> str:
    values = {"stated": _plain(found.stated, language), "found": _plain(found.found, language)}
    name = next((word.in_(language) for word in MEASURES if word.id == found.name), found.name)
    return PARTS[found.part].in_(language).format(name=name, **values)


def _plain(value: object, language: str) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for name, part in value.items() if name != "id" and part is not None)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or Both("geen", "none").in_(language)
    return Both("niets", "nothing").in_(language) if value is None else str(value)


def _published(found: Published, language: str) -> str:
    sentence = SAME_CASE if found.is_same else OTHER_CASE if found.version else NO_VERSION
    return sentence.in_(language).format(file=found.file, version=found.version)


def _word(found: Reworded, language: str) -> str:
    return WORD.in_(language).format(title=found.title, stated=found.stated, published=found.published)
