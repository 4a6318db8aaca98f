"""`casework export xapi`: the decisions as xAPI statements, to a file or to a learning record store."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from casework.cli.leaving import add_source, address, refuse, source, tell
from casework.cli.paths import CLEAN, ERRORS
from casework.errors import CaseworkError, RecordStoreSilent
from casework.export.alias import Alias
from casework.export.cells import precisions
from casework.export.decisions import admitted
from casework.export.delivery import Endpoint, Rhythm, basic, deliver
from casework.export.files import whole
from casework.export.retold import Cases
from casework.export.statements import Statement, Teller
from casework.ledger import Ledger, open_ledger
from casework.scenario.diagnostics import Both

PASSWORD = "CASEWORK_LRS_AUTH"  # noqa: S105 -- the name of a variable
TWO_HOURS = 7200.0
WRITTEN = Both("Uitspraken: {count}.", "Statements: {count}.")
SENT = Both(
    "Uitspraken: {now} aangenomen, {before} stonden er al.",
    "Statements: {now} were taken, {before} were there already.",
)
LATER = Both(
    "Niets is verloren: geef deze opdracht later nog eens, dan gaat de rest alsnog, en alles één keer.",
    "Nothing is lost: give this command again later; the rest will go then, and everything once.",
)


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the statements to the ways out."""
    kind = kinds.add_parser("xapi", help="decisions as xAPI statements, to a file or a learning record store")
    add_source(kind)
    kind.add_argument(
        "--home", type=address, required=True, metavar="URL", help="an address of your own, for the names in statements"
    )
    to = kind.add_mutually_exclusive_group()
    to.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="one statement a line; without this it is printed"
    )
    to.add_argument(
        "--to", type=address, metavar="URL", help=f"a record store's endpoint; user:password goes in {PASSWORD}"
    )
    kind.add_argument(
        "--ledger", type=Path, default=Path("casework-xapi.sqlite"), metavar="FILE", help="what was sent already"
    )
    kind.add_argument(
        "--patience", type=float, default=TWO_HOURS, metavar="SECONDS", help="how long to ask a store that is down"
    )
    kind.add_argument("--times", action="store_true", help="tell when each decision was made; it may identify people")
    kind.set_defaults(run=xapi)


def xapi(options: argparse.Namespace) -> int:
    """Write statements, or send those that a record store does not have yet."""
    try:
        with open_ledger(options.ledger) as ledger, source(options.store) as store:
            exact = precisions(store.beginnings(), options.until)
            alias = Alias(ledger.key)
            attempts = Cases.within(options.scenarios).retell(
                alias.mixed(admitted(store.played(), exact, options.until))
            )
            teller = Teller(options.home, alias, options.times)
            found = (statement for attempt in attempts for statement in teller.statements(attempt))
            return _send(found, ledger, options) if options.to else _write(found, options)
    except RecordStoreSilent as error:
        refuse("export", error)
        tell(LATER, options.lang)
        return ERRORS
    except CaseworkError as error:
        return refuse("export", error)
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with whole(path) as part, part.open("w", encoding="utf-8") as file:
        yield file


def _send(found: Iterator[Statement], ledger: Ledger, options: argparse.Namespace) -> int:
    endpoint = Endpoint(options.to, basic(os.environ.get(PASSWORD, "")))
    done = deliver(found, endpoint, ledger, Rhythm(options.patience))
    tell(SENT, options.lang, now=done.now, before=done.before)
    return CLEAN


def _write(found: Iterator[Statement], options: argparse.Namespace) -> int:
    count = 0
    with _opened(options.output) as file:
        for count, statement in enumerate(found, 1):  # noqa: B007 -- the last number is the count
            file.write(json.dumps(statement, ensure_ascii=False) + "\n")
    tell(WRITTEN, options.lang, count=count)
    return CLEAN
