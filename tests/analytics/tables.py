"""The tables that come with casework, in a folder where a test may change them."""

from pathlib import Path

from casework.figures import table
from casework.figures.table import TABLES

BUNDLED = Path(table.__file__).parent


def copy(folder: Path) -> Path:
    """Put all tables into the folder."""
    for name in TABLES:
        (folder / f"{name}.csv").write_bytes((BUNDLED / f"{name}.csv").read_bytes())
    return folder


def change(folder: Path, name: str, old: str, new: str) -> Path:
    """Put all tables into the folder, one of them with *new* in the place of *old*."""
    file = copy(folder) / f"{name}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return folder
