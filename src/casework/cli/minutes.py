"""`casework export report`: what a session leaves, as one page."""

import argparse
import sys
from pathlib import Path

from casework import library
from casework.cli.leaving import refuse, source
from casework.cli.paths import CLEAN, ERRORS
from casework.errors import CaseworkError, SessionRunning, SessionUnknown
from casework.library import Case
from casework.remarks import as_text


def add(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this way out to `casework export`."""
    kind = kinds.add_parser("report", help="what a session leaves: the road, the votes, rules, questions, bottlenecks")
    kind.add_argument("scenario", type=Path, metavar="NOTEBOOK", help="the case, in the language of the report")
    kind.add_argument("--session", required=True, metavar="CODE", help="the session's code, or its id")
    kind.add_argument("--store", default="casework.sqlite", metavar="ADDRESS", help="where the session is kept")
    kind.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write it; without this it is printed")
    kind.set_defaults(run=report)


def report(options: argparse.Namespace) -> int:
    """Write the report of a session as one HTML page that prints well."""
    if not options.scenario.is_file():
        return refuse("export", f"{options.scenario} does not exist; name a notebook")
    case = library.open_case(options.scenario)
    if case.scenario is None:
        print(as_text(case.diagnostics, "nl", 1), file=sys.stderr)
        return ERRORS
    try:
        page = write(case, options.store, options.session)
        if options.output is None:
            sys.stdout.write(page)
        else:
            options.output.write_text(page, "utf-8")
    except CaseworkError as error:
        return refuse("export", error)
    except OSError as error:
        return refuse("export", f"cannot write {options.output}: {error.strerror}")
    return CLEAN


def write(case: Case, address: str, session: str) -> str:
    """Return the report of the ended session with this code or id.

    Raises `SessionUnknown`, also for a session of another case, `SessionRunning` and `StoreUnusable`.
    """
    # A template engine, which nobody who prints no report should wait for.
    from casework import room  # noqa: PLC0415
    from casework.export import gathering  # noqa: PLC0415

    if case.scenario is None or case.protocol is None:
        raise ValueError(case.path)
    with source(address) as store:
        card = store.sessions.card(session) or store.sessions.found(room.plain(session))
        if card is None or card.scenario != case.scenario.name:
            raise SessionUnknown(session)
        if not card.ended:
            raise SessionRunning(session)
        return gathering.write(store, case.scenario, case.protocol, card)
