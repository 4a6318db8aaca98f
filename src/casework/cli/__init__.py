"""The command line: one module for each command."""

import argparse
from collections.abc import Sequence

from casework.cli import check, diff, export, graph, judge, new, protocol, rehearse, serve, translate, verify

COMMANDS = (serve, new, check, diff, translate, graph, export, rehearse, verify, judge, protocol)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 on errors in a case, 2 on unusable arguments."""
    parser = argparse.ArgumentParser(prog="casework", description="Practise with cases of human trafficking.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))
