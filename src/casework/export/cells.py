"""How exactly an export may say when somebody played: never so that a group of fewer than five stands alone.

A file with a row for each decision is handed on to people who were there. Who knows that a colleague played Leo in May
must not find the one row of May. So the rows of one version of a case share one precision, the finest with which each
period that is named holds five playings or more: the month, or the year, or no period at all. A version with fewer than
five playings stays out. One precision for the whole version leaves no rest that could be found by subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import IntEnum

from casework.store import Beginnings, Record

FEWEST = 5
Group = tuple[str, str, str]


class Precision(IntEnum):
    """How much of `2026-03-02T09:00:00` is told: so many characters."""

    MONTH = 7
    YEAR = 4
    NOTHING = 0


def precisions(beginnings: Iterable[Beginnings], until: str | None = None) -> Mapping[Group, Precision]:
    """Return for each version of a case how exactly its times may be told; versions that must stay out are missing.

    *until* is the last month that counts, such as `2026-03`; without it all count.
    """
    months: dict[Group, Counter[str]] = {}
    for each in beginnings:
        if not until or each.month <= until:
            months.setdefault((each.scenario, each.version, each.language), Counter())[each.month] += each.count
    found = ((group, _finest(counted)) for group, counted in months.items())
    return {group: precision for group, precision in found if precision is not None}


def group(record: Record) -> Group:
    """Return the version of a case that an attempt belongs to."""
    return record.scenario, record.version, record.language


def _finest(months: Counter[str]) -> Precision | None:
    for precision in Precision:
        cells: Counter[str] = Counter()
        for month, count in months.items():
            cells[month[:precision]] += count
        if min(cells.values()) >= FEWEST:
            return precision
    return None
