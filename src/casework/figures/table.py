"""A table of figures: its rows as values, read from a file that is checked as a whole before a number is used."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from io import StringIO
from pathlib import Path

from casework.errors import FiguresInvalid
from casework.figures.complaints import complaints

COLUMNS = (
    *("year", "geo", "series", "indicator", "category", "rank", "value", "value_text", "unit"),
    *("preferred", "confirmed", "evidence", "source", "source_url", "note"),
)
TABLES = ("registered", "forms", "people", "nationalities", "reporters", "estimates", "care", "europe", "world")


class Evidence(StrEnum):
    """Where a number was read: with whom it is from, with somebody who quotes it, or in a table made of others."""

    PUBLICATION = "official_publication"
    DATASET = "official_dataset_copy"
    GOVERNMENT = "us_government_report"
    QUOTED = "secondary_quoting_official"
    REVIEWED = "peer_reviewed"
    COMPUTED = "computed"
    PAGE = "organisation_page"
    GENERAL = "general_knowledge"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a table: a number with its source.

    `year` is a year or two with a dash between. `value` is in `unit`, and None where the publisher hides the number
    or there is none; `text` is how the source prints it. `line` is where the row stands in its file.
    """

    table: str
    line: int
    year: str
    geo: str
    series: str
    indicator: str
    category: str
    rank: int | None
    value: Decimal | None
    text: str
    unit: str
    is_preferred: bool
    is_confirmed: bool
    evidence: Evidence
    source: str
    address: str
    note: str


def read(name: str, folder: Path | None = None) -> tuple[Figure, ...]:
    """Return the rows of a table, in the order of its file: of the one in *folder*, or of the one casework brings.

    Raises `FiguresInvalid` with all that is wrong in the file, line by line, before any row is used.
    """
    place = resources.files("casework.figures") if folder is None else folder
    return tuple(_figure(name, line, row) for line, row in _rows(f"{name}.csv", place))


def _rows(file: str, folder: Traversable) -> Iterator[tuple[int, Mapping[str, str]]]:
    (_, head), *lines = _lines(file, folder)
    if head != COLUMNS:
        right = ", ".join(COLUMNS)
        raise FiguresInvalid(file, f"line 1: its columns are {', '.join(head) or 'none'}; right are {right}")
    said = [f"line {line}: {said}" for line, cells in lines for said in complaints(COLUMNS, cells, set(Evidence))]
    if said or not lines:
        raise FiguresInvalid(file, *(said or ["it has no rows"]))
    return ((line, dict(zip(COLUMNS, cells, strict=True))) for line, cells in lines)


def _lines(file: str, folder: Traversable) -> list[tuple[int, tuple[str, ...]]]:
    try:
        reader = csv.reader(StringIO(folder.joinpath(file).read_text("utf-8"), newline=""), strict=True)
        return [(reader.line_num, tuple(cells)) for cells in reader] or [(1, ())]
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise FiguresInvalid(file, "it cannot be read; it must be there, be UTF-8, and close every quote") from trouble


def _figure(table: str, line: int, row: Mapping[str, str]) -> Figure:
    return Figure(
        table=table,
        line=line,
        year=row["year"],
        geo=row["geo"],
        series=row["series"],
        indicator=row["indicator"],
        category=row["category"],
        rank=int(row["rank"]) if row["rank"] else None,
        value=Decimal(row["value"]) if row["value"] else None,
        text=row["value_text"],
        unit=row["unit"],
        is_preferred=row["preferred"] == "true",
        is_confirmed=row["confirmed"] == "true",
        evidence=Evidence(row["evidence"]),
        source=row["source"],
        address=row["source_url"],
        note=row["note"],
    )
