"""`casework export network`: what stands in the way over all workshops, on two pages."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from casework import library
from casework.cli.leaving import add_store, refuse, source
from casework.cli.paths import CLEAN
from casework.errors import CaseworkError
from casework.export.files import whole


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this way out to `casework export`."""
    kind = kinds.add_parser("network", help="bottlenecks of all workshops, to whom they go, an agenda: two pages")
    add_store(kind)
    kind.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the report")
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; without this it is printed")
    kind.set_defaults(run=network)


def network(options: argparse.Namespace) -> int:
    """Write the report as one HTML page that prints on two sheets."""
    # A template engine, which nobody who exports something else should wait for.
    from casework.export.network import write  # noqa: PLC0415

    folder, titles = options.scenarios, library.source_titles(options.lang)
    cases = [library.open_case(path, is_checked=True) for path in library.notebooks(folder)] if folder.is_dir() else []
    try:
        with source(options.store) as store:
            page = write(store, cases, titles, options.lang, datetime.now(UTC).date())
        if options.output is None:
            sys.stdout.write(page)
        else:
            with whole(options.output) as part:
                part.write_text(page, "utf-8")
    except CaseworkError as error:
        return refuse("export", error)
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")
    return CLEAN
