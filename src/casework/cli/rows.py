"""`casework export csv` and `parquet`: the decisions in a store as a table, with a dictionary of its columns."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from casework import session
from casework.cli.leaving import add_source, refuse, source, tell
from casework.cli.paths import CLEAN
from casework.errors import CaseworkError
from casework.export.alias import Alias
from casework.export.cells import FEWEST, precisions
from casework.export.decisions import Column, Value, admitted, columns, rows
from casework.export.dictionary import dictionary
from casework.export.files import whole, write_csv, write_parquet
from casework.export.retold import Cases
from casework.scenario.diagnostics import Both
from casework.store import Store

DONE = Both(
    "Keuzes: {count}. Versies van casussen die minder dan {fewest} keer zijn gespeeld, staan er niet in: {out}.",
    "Decisions: {count}. Versions of cases that were played fewer than {fewest} times are not in it: {out}.",
)
MEANING = Both("Wat de kolommen betekenen, staat in {path}.", "What the columns mean is in {path}.")
Rows = Iterator[tuple[Value, ...]]
Write = Callable[[Rows, Sequence[Column]], int]


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both kinds of table to the ways out."""
    kind = kinds.add_parser("csv", help="decisions as a table, with a dictionary of its columns")
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; without this it is printed")
    _add(kind, as_csv)
    kind = kinds.add_parser("parquet", help="the same table, for programs; needs casework[parquet]")
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="where to write it")
    _add(kind, as_parquet)


def as_csv(options: argparse.Namespace) -> int:
    """Write the decisions as comma-separated values, to a file or to the standard output."""
    return _export(options, partial(_csv, options.output))


def as_parquet(options: argparse.Namespace) -> int:
    """Write the decisions as Parquet."""
    return _export(options, partial(_parquet, options.output, options.lang))


def _add(kind: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    add_source(kind)
    kind.add_argument("--times", action="store_true", help="tell when each decision was made; it may identify people")
    kind.set_defaults(run=run)


def _csv(path: Path | None, found: Rows, chosen: Sequence[Column]) -> int:
    if path is None:
        return write_csv(found, chosen, sys.stdout)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        return write_csv(found, chosen, file)


def _parquet(path: Path, language: str, found: Rows, chosen: Sequence[Column]) -> int:
    with whole(path) as part:
        return write_parquet(found, chosen, part, language)


def _export(options: argparse.Namespace, write: Write) -> int:
    chosen = columns(has_times=options.times)
    try:
        with source(options.store) as store:
            told, out = _read(store, options, chosen)
            count = write(told, chosen)
        if options.output is not None:
            _explain(options.output, chosen, options.lang)
    except CaseworkError as error:
        return refuse("export", error)
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")
    tell(DONE, options.lang, count=count, fewest=FEWEST, out=out)
    return CLEAN


def _read(store: Store, options: argparse.Namespace, chosen: tuple[Column, ...]) -> tuple[Rows, int]:
    beginnings = store.beginnings()
    exact = precisions(beginnings, options.until)
    alias = Alias(session.new_id().encode())
    played = alias.mixed(admitted(store.played(), exact, options.until))
    attempts = Cases.within(options.scenarios).retell(played)
    groups = {(each.scenario, each.version, each.language) for each in beginnings}
    return rows(attempts, chosen, alias, exact), len(groups) - len(exact)


def _explain(path: Path, chosen: Sequence[Column], language: str) -> None:
    page = path.with_name(f"{path.stem}.dictionary.md")
    with whole(page) as part:
        part.write_text(dictionary(chosen, language), "utf-8")
    tell(MEANING, language, path=page)
