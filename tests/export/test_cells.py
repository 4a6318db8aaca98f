"""However a case was played, an export names no period in which fewer than five did."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from casework.export.cells import FEWEST, Precision, precisions
from casework.store import Beginnings

months = st.dictionaries(
    st.sampled_from([f"{year}-{month:02d}" for year in (2025, 2026) for month in (1, 5, 12)]), st.integers(1, 9)
)


def counted(found: dict[str, int], version: str = "a") -> list[Beginnings]:
    return [Beginnings("leo", version, "nl", month, count) for month, count in found.items()]


@given(months, months)
def test_no_period_that_is_told_holds_fewer_than_five_nor_does_what_is_left_beside_it(
    one: dict[str, int], other: dict[str, int]
) -> None:
    told = precisions([*counted(one), *counted(other, "b")])

    for version, found in (("a", one), ("b", other)):
        precision = told.get(("leo", version, "nl"))
        if precision is None:
            assert sum(found.values()) < FEWEST
        else:
            cells = Counter[str]()
            for month, count in found.items():
                cells[month[:precision]] += count
            assert min(cells.values()) >= FEWEST


def test_the_finest_precision_that_hides_everybody_is_chosen() -> None:
    group = ("leo", "a", "nl")

    assert precisions(counted({"2026-01": 5, "2026-02": 6})) == {group: Precision.MONTH}
    assert precisions(counted({"2026-01": 5, "2026-02": 4})) == {group: Precision.YEAR}
    assert precisions(counted({"2025-12": 4, "2026-02": 6})) == {group: Precision.NOTHING}
    assert precisions(counted({"2026-02": 4})) == {}
    assert precisions([]) == {}


def test_months_after_the_last_that_was_asked_for_do_not_count() -> None:
    found = counted({"2026-01": 5, "2026-02": 4})

    assert precisions(found, "2026-01") == {("leo", "a", "nl"): Precision.MONTH}
    assert precisions(found, "2025-12") == {}
