"""The command line: one module for each command."""

import argparse
import os
import sys
from collections.abc import Sequence

from casework.cli import cards, check, diff, export, graph, judge, new, protocol, rehearse, serve, translate, verify

COMMANDS = (serve, new, check, diff, translate, graph, export, rehearse, verify, judge, protocol, cards)
STOPPED = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 on errors in a case, 2 on unusable arguments."""
    parser = argparse.ArgumentParser(prog="casework", description="Practise with cases of human trafficking.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    options = parser.parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads only the first lines (`casework check ... | head`) has seen what they wanted. Python would try
        # to write the rest once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    return code
