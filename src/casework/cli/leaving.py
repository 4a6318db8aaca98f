"""What the ways out of a store share: their options, the store itself, and what they say when it cannot be used."""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from casework.cli.paths import UNUSABLE
from casework.errors import StoreUnusable
from casework.scenario.diagnostics import Both
from casework.store import Store, open_store
from casework.store.address import parse

NO_STORE = "there is no such file; name the store with --store"


def add_source(parser: argparse.ArgumentParser) -> None:
    """Let a command take a store, the cases that were played, the last month, and a language."""
    add_store(parser)
    parser.add_argument("--until", type=month, metavar="YYYY-MM", help="the last month; without it all")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of what is written beside it")


def add_store(parser: argparse.ArgumentParser) -> None:
    """Let a command take a store and the cases that were played."""
    parser.add_argument(
        "--store", default="casework.sqlite", metavar="ADDRESS", help="a file, or postgresql+psycopg://..."
    )
    parser.add_argument("--scenarios", type=Path, default=Path("scenarios"), metavar="FOLDER", help="the cases")


def month(text: str) -> str:
    """Return a month such as `2026-03` as it is; raises `argparse.ArgumentTypeError` for anything else."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"'{text}' is no month; write it as 2026-03")
    return text


def address(text: str) -> str:
    """Return an address with a slash at its end; raises `argparse.ArgumentTypeError` for what is none."""
    place = urlsplit(text)
    # A password in it would come back in what we print and keep.
    if (
        place.scheme not in ("http", "https")
        or not place.hostname
        or place.port == 0
        or "@" in place.netloc
        or place.query
        or place.fragment
    ):
        raise argparse.ArgumentTypeError(f"'{text}' is no address; write it as https://example.org/")
    return text if text.endswith("/") else f"{text}/"


@contextmanager
def source(address: str) -> Iterator[Store]:
    """Open a store that is there already, and close it. Raises `StoreUnusable`."""
    place = parse(address)
    # Opening makes a store where there is none: a slip in its name would give an empty file, and no remark.
    if place.file is not None and not place.file.is_file():
        raise StoreUnusable(place.shown, NO_STORE)
    with closing(open_store(address)) as store:
        yield store


def refuse(command: str, why: object) -> int:
    """Say on one line why a command cannot do its work, and return the exit code for that."""
    print(f"casework {command}: {why}", file=sys.stderr)
    return UNUSABLE


def tell(sentence: Both, language: str, **gaps: object) -> None:
    """Say what was done, beside what may be going through the standard output."""
    print(sentence.in_(language).format(**gaps), file=sys.stderr)
