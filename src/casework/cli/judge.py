"""`casework judge`: what a protocol makes of a list of activities."""

import argparse
import json
import sys
from pathlib import Path

from casework import library
from casework.cli.paths import CLEAN, UNUSABLE
from casework.conformance.protocol import Protocol
from casework.errors import ActivityUnknown, ProtocolInvalid
from casework.verdicts import as_json


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("judge", help="say what a protocol makes of a list of activities")
    parser.add_argument("protocol", metavar="PROTOCOL", help="an id such as meldcode-jeugd, or a TOML file")
    parser.add_argument("--trace", required=True, metavar="A,B,C", help="activities in order, with commas between")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=judge)


def judge(options: argparse.Namespace) -> int:
    """Print what a protocol's rules make of a finished list of activities; Dutch and English names will both do."""
    try:
        protocol = _protocol(options.protocol)
        trace = tuple(protocol.activity(name.strip()).id for name in options.trace.split(",") if name.strip())
    except (ProtocolInvalid, ActivityUnknown) as error:
        print(f"casework judge: {error}", file=sys.stderr)
        return UNUSABLE
    judged = {"rules": as_json(protocol, trace)["rules"]}
    print(json.dumps(judged, indent=1) if options.format == "json" else _judged(judged))
    return CLEAN


def _protocol(name: str) -> Protocol:
    file = Path(name)
    return library.protocol(file.stem, file.parent) if file.suffix == ".toml" else library.protocol(name, Path())


def _judged(judged: dict[str, object]) -> str:
    rows = judged["rules"]
    if not isinstance(rows, list):
        raise TypeError(rows)
    lines = [f"{row['verdict']:<10}{row['severity']:<8}{row['id']}" + _at(row["at"]) for row in rows]
    return "\n".join(lines)


def _at(position: int | None) -> str:
    return f" (activity {position})" if position else ""
