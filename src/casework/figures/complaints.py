"""What can be wrong with a row of a table, each as a rule of one line."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]
NUMBER = re.compile(r"\d+(\.\d+)?")
PRINTED = re.compile(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?")
YEAR = re.compile(r"(\d{4})(?:-(\d{4}))?")
WEB = re.compile(r"https?://[\w.-]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A cell that must be as `is_right` says; `wanted` tells what would have been."""

    column: str
    wanted: str
    is_right: Callable[[Row], bool]


def _is_year(row: Row) -> bool:
    found = YEAR.fullmatch(row["year"])
    return found is not None and (found[2] is None or found[1] < found[2])


def _agrees(row: Row) -> bool:
    printed = row["value_text"].replace(",", "")
    # A number that is printed one way and counted another would be drawn wrong, and nobody could see it.
    return not PRINTED.fullmatch(row["value_text"]) or (row["value"] != "" and float(printed) == float(row["value"]))


def _is_number(row: Row) -> bool:
    return not row["value"] or bool(NUMBER.fullmatch(row["value"]))


RULES = (
    Rule("year", "a year, or two with a dash between", _is_year),
    Rule("rank", "a whole number or nothing", lambda row: not row["rank"] or row["rank"].isdecimal()),
    Rule("value", "a number with a point before its decimals, or nothing", _is_number),
    Rule("value_text", "the same number as 'value'", lambda row: not _is_number(row) or _agrees(row)),
    Rule("preferred", "true or false", lambda row: row["preferred"] in {"true", "false"}),
    Rule("confirmed", "true or false", lambda row: row["confirmed"] in {"true", "false"}),
    Rule(
        "confirmed",
        "true in a row that is preferred",
        lambda row: (row["preferred"], row["confirmed"]) != ("true", "false"),
    ),
    Rule(
        "source_url",
        "an address that begins with https:// or http://",
        lambda row: bool(WEB.fullmatch(row["source_url"])),
    ),
)
FILLED = ("geo", "indicator", "category", "unit", "source")


def complaints(columns: Sequence[str], cells: Sequence[str], evidence: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with one row: *cells* under *columns*, with `evidence` one of these words."""
    if len(cells) != len(columns):
        yield f"it has {len(cells)} cells; right are {len(columns)}"
        return
    row = dict(zip(columns, cells, strict=True))
    yield from (f"'{column}' is empty" for column in FILLED if not row[column].strip())
    for rule in RULES:
        if not rule.is_right(row):
            yield f"'{rule.column}' is '{row[rule.column]}'; right is {rule.wanted}"
    if row["evidence"] not in evidence:
        yield f"'evidence' is '{row['evidence']}'; right are {', '.join(sorted(evidence))}"
