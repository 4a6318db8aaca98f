"""Choosing rows from the tables of figures: only what is preferred, and exactly one where one is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casework.errors import FiguresInvalid
from casework.figures.table import Figure, read


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table for one question, and the name of that table for complaints."""

    table: str
    figures: tuple[Figure, ...]

    def of(self, **wanted: str) -> "Rows":
        """Return the rows whose fields have these values."""
        kept = (each for each in self.figures if all(getattr(each, name) == value for name, value in wanted.items()))
        return Rows(self.table, tuple(kept))

    def one(self, **wanted: str) -> Figure:
        """Return the one row whose fields have these values. Raises `FiguresInvalid` for none, and for two."""
        found = self.of(**wanted).figures
        if len(found) != 1:
            raise FiguresInvalid(f"{self.table}.csv", f"it has {len(found)} rows with {_told(wanted)}; right is 1")
        return found[0]

    @property
    def years(self) -> tuple[str, ...]:
        """The years of these rows, each once, early ones first."""
        return tuple(sorted({each.year for each in self.figures}))


def preferred(table: str, folder: Path | None, *, least: int = 1, **wanted: str) -> Rows:
    """Return the preferred rows of a table whose fields have these values.

    Raises `FiguresInvalid` where the table is damaged, and for fewer rows than *least*.
    """
    return _some(table, (each for each in read(table, folder) if each.is_preferred), least, wanted)


def others(table: str, folder: Path | None, **wanted: str) -> Rows:
    """Return the rows of a table that may be told and not drawn; raises `FiguresInvalid` as `preferred` does."""
    return _some(
        table, (each for each in read(table, folder) if each.is_confirmed and not each.is_preferred), 1, wanted
    )


def _some(table: str, figures: Iterable[Figure], least: int, wanted: dict[str, str]) -> Rows:
    found = Rows(table, tuple(figures)).of(**wanted)
    if len(found.figures) < least:
        count = len(found.figures)
        raise FiguresInvalid(f"{table}.csv", f"it has {count} rows with {_told(wanted)}; right are {least} or more")
    return found


def _told(wanted: dict[str, str]) -> str:
    return ", ".join(f"{name} '{value}'" for name, value in wanted.items())
