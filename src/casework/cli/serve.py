"""`casework serve`: the server, until it is stopped."""

import argparse
import os
import re
import secrets
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from casework.cli.leaving import address
from casework.cli.paths import CLEAN, UNUSABLE
from casework.errors import CaseworkError
from casework.words import words

if TYPE_CHECKING:
    from casework.serve.application import Server

VARIABLE = "CASEWORK_TOKEN"
LEAST_LETTERS = 12
PATH = re.compile(r"/(?:[\w.~-]+(?:/[\w.~-]+)*/?)?", re.ASCII)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("serve", help="start the server and open the catalogue")
    parser.add_argument("--scenarios", type=Path, default=Path("scenarios"), metavar="FOLDER", help="the cases")
    parser.add_argument(
        "--dashboards", type=Path, default=Path("dashboards"), metavar="FOLDER", help="pages for trainers"
    )
    parser.add_argument(
        "--store", default="casework.sqlite", metavar="ADDRESS", help="a file, or postgresql+psycopg://..."
    )
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the start page")
    parser.add_argument("--ip", default="127.0.0.1", metavar="ADDRESS", help="where to listen; 0.0.0.0 lets others in")
    parser.add_argument(
        "--port", type=int, metavar="NUMBER", help="a fixed port; otherwise the first free one from 8866"
    )
    parser.add_argument(
        "--base-url", type=base, default="/", metavar="PATH", help="the path under which all is, behind a proxy"
    )
    parser.add_argument(
        "--proxy",
        type=proxy,
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a proxy in front, which is believed when it says who asks; may be given more than once",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--desk", action="store_true", help="serve the author's desk too; it can change the cases")
    parser.add_argument("--seats", type=int, default=0, metavar="NUMBER", help="how many may play at once")
    parser.add_argument("--exit", default="", metavar="ADDRESS", help="the neutral page behind the quick way out")
    parser.add_argument(
        "--lms",
        type=address,
        action="append",
        default=[],
        metavar="URL",
        help="a learning environment that may launch cases",
    )
    parser.add_argument(
        "--ledger", type=Path, default=Path("casework-xapi.sqlite"), metavar="FILE", help="where launches are kept"
    )
    parser.add_argument(
        "--token", type=token, metavar="SECRET", help=f"what who leads a group must know; better in {VARIABLE}"
    )
    parser.add_argument("--log", choices=("plain", "json"), default="plain", help="json: one object for each line")
    parser.set_defaults(run=serve)


def token(text: str) -> str:
    """Return a token as it is; raises `argparse.ArgumentTypeError` for one that is soon guessed."""
    if len(text) < LEAST_LETTERS or not text.isprintable() or text != text.strip():
        raise argparse.ArgumentTypeError(f"a token has at least {LEAST_LETTERS} letters, and none before or behind it")
    return text


def base(text: str) -> str:
    """Return a path with a slash at both ends; raises `argparse.ArgumentTypeError` for what is none."""
    if not PATH.fullmatch(text):
        raise argparse.ArgumentTypeError(f"'{text}' is no path; write it as /training/")
    return text if text.endswith("/") else f"{text}/"


def proxy(text: str) -> str:
    """Return the address of a machine; raises `argparse.ArgumentTypeError` for a name or a network."""
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no address; write it as 10.0.0.2") from error


def serve(options: argparse.Namespace) -> int:
    """Serve the cases until stopped."""
    # Voilà and a web server take a second to load, which nobody who checks a case should wait for.
    from casework.export.cmi5 import origin  # noqa: PLC0415
    from casework.serve.application import Options  # noqa: PLC0415
    from casework.serve.application import serve as start  # noqa: PLC0415
    from casework.serve.logs import Style  # noqa: PLC0415

    try:
        given = options.token or _from_environment()
    except argparse.ArgumentTypeError as error:
        print(f"casework serve: {VARIABLE}: {error}", file=sys.stderr)
        return UNUSABLE
    chosen = Options(
        scenarios=options.scenarios,
        dashboards=options.dashboards,
        store=options.store,
        token=given or secrets.token_urlsafe(24),
        language=options.lang,
        ip=options.ip,
        port=options.port,
        has_browser=not options.no_browser,
        exit_address=options.exit,
        has_desk=options.desk,
        seats=options.seats,
        environments=tuple(origin(each) for each in options.lms),
        ledger=options.ledger,
        log=Style(options.log),
        base=options.base_url,
        proxies=tuple(options.proxy),
    )
    try:
        start(chosen, lambda server: _tell(server, "" if given else chosen.token))
    except CaseworkError as error:
        print(f"casework serve: {error}", file=sys.stderr)
        return UNUSABLE
    return CLEAN


def _from_environment() -> str:
    # Taken out: whatever this process starts has no business knowing it.
    found = os.environ.pop(VARIABLE, "")
    return token(found) if found else ""


def _tell(server: "Server", fresh: str) -> None:
    # A token that somebody chose is known already, and a service writes what we print into a log.
    say = words(server.options.language)
    print(say("For who leads a group, and nobody else: {address}", address=server.link(fresh)), flush=True)
