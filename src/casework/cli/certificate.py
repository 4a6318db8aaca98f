"""`casework export certificate`, and what `casework verify` says of one."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from casework.cli.leaving import add_store, refuse, source
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.errors import CaseworkError
from casework.export.cells import group
from casework.export.certificate import Certificate, Sought, is_code, issue, read, seek
from casework.export.retold import Cases
from casework.scenario.diagnostics import Both
from casework.store import Record, Store

NOTHING: Mapping[str, object] = {}
PAGES = (".html", ".htm")
TRUE = Both(
    "{name}: klopt. '{case}' (versie {version}, {language}) is op {day} tot een einde gespeeld.",
    "{name}: true. '{case}' (version {version}, {language}) was played to an end on {day}.",
)
FALSE = Both(
    "{name}: klopt niet: geen poging in deze opslag leidt naar deze code.",
    "{name}: not true: no attempt in this store leads to this code.",
)
OTHERWISE = Both(
    "{name}: klopt niet: de code is van '{case}' (versie {version}, {language}), gespeeld op {day}.",
    "{name}: not true: the code is of '{case}' (version {version}, {language}), played on {day}.",
)
UNSURE = Both(
    "{name}: niet na te gaan: {count} pogingen in deze opslag zijn van een casus die sindsdien is veranderd of weg is.",
    "{name}: cannot be checked: {count} attempts in this store are of a case that was changed since, or is gone.",
)
NOT_ONE = Both("{name}: dit is geen bewijs van deelname.", "{name}: this is no certificate.")


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the certificate to the ways out."""
    kind = kinds.add_parser(
        "certificate", help="that a case was played to an end; without a name, with a code to check"
    )
    kind.add_argument("attempt", metavar="ATTEMPT", help="the attempt's id, as the trainee's device keeps it")
    add_store(kind)
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; without this it is printed")
    kind.set_defaults(run=certificate)


def certificate(options: argparse.Namespace) -> int:
    """Write the certificate of one attempt."""
    try:
        with source(options.store) as store:
            sheet = issue(store, Cases.within(options.scenarios), options.attempt)
    except CaseworkError as error:
        return refuse("export", error)
    if options.output is None:
        sys.stdout.write(sheet)
        return CLEAN
    try:
        options.output.write_text(sheet, "utf-8")
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")
    return CLEAN


def certificates(names: Sequence[str]) -> tuple[str, ...]:
    """Return those of these arguments that are certificates: pages, or their codes."""
    return tuple(name for name in names if Path(name).suffix.lower() in PAGES or is_code(name))


def verify(names: Sequence[str], options: argparse.Namespace) -> int:
    """Print for each certificate whether a store has the attempt that it states."""
    if not names:
        return CLEAN
    try:
        with source(options.store) as store:
            codes = list(_verified(names, store, options))
    except CaseworkError as error:
        return refuse("verify", error)
    return max(codes)


def _verified(names: Sequence[str], store: Store, options: argparse.Namespace) -> Iterator[int]:
    cases = Cases.within(options.scenarios)
    for name in names:
        stated = None if is_code(name) else _read(Path(name))
        if stated is None and not is_code(name):
            yield _say(NOT_ONE, name, options, UNUSABLE)
            continue
        meant = store.played() if stated is None else (each for each in store.played() if _is_of(stated, each.record))
        yield _judge(name, stated, seek(stated.code if stated else name, meant, cases), options)


def _is_of(stated: Certificate, record: Record) -> bool:
    return group(record) == (stated.case, stated.version, stated.language)


def _judge(name: str, stated: Certificate | None, found: Sought, options: argparse.Namespace) -> int:
    if found.certificate is None and found.unplayable:
        return _say(UNSURE, name, options, UNUSABLE, {"count": found.unplayable})
    if found.certificate is None:
        return _say(FALSE, name, options, ERRORS)
    is_so = stated is None or stated == found.certificate
    return _say(TRUE if is_so else OTHERWISE, name, options, CLEAN if is_so else ERRORS, asdict(found.certificate))


def _say(
    sentence: Both, name: str, options: argparse.Namespace, result: int, told: Mapping[str, object] = NOTHING
) -> int:
    if options.format == "json":
        print(json.dumps({"name": name, "is_true": result == CLEAN, **told}, ensure_ascii=False))
    else:
        print(sentence.in_(options.lang).format(name=name, **told))
    return result


def _read(path: Path) -> Certificate | None:
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
