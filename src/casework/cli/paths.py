"""What the commands share: their exit codes, and the notebooks that their arguments name."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from casework import library

CLEAN, ERRORS, UNUSABLE = 0, 1, 2


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Let a command take notebooks and folders, and a language for its remarks."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="notebooks, or folders with notebooks")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the remarks")


def notebooks(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield every notebook that these paths name; raises `FileNotFoundError` for a path without any."""
    for path in paths:
        if path.is_dir():
            inside = library.notebooks(path)
            if not inside:
                raise FileNotFoundError(f"no notebooks (*.ipynb) in {path}; name a folder that has some")
            yield from inside
        elif path.is_file():
            yield path
        else:
            raise FileNotFoundError(f"{path} does not exist; name a notebook or a folder")
