"""Intervals hold what was found, are those of the books, and grow narrower with more people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.play.interval import gain, share

totals = st.integers(1, 5000)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Wilson's interval as Newcombe (1998) prints it for these shares, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_that_of_the_books(count: int, total: int, low: float, high: float) -> None:
    found = share(count, total)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_a_difference_is_that_of_the_books() -> None:
    # Agresti and Min (2005): the prime minister, 86 and 150 of 1600 changed their minds.
    found = gain(86, 150, 1600)

    assert found.middle == pytest.approx(-0.04)
    assert (found.low, found.high) == pytest.approx((-0.0587, -0.0213), abs=2e-4)
    assert not found.has_zero


@given(totals, st.data())
def test_an_interval_holds_what_was_found_and_stays_among_shares(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))

    found = share(count, total)

    assert 0 <= found.low <= found.middle <= found.high <= 1


@given(totals, st.data())
def test_a_difference_holds_what_was_found_and_is_turned_with_its_sides(total: int, data: st.DataObject) -> None:
    more = data.draw(st.integers(0, total))
    less = data.draw(st.integers(0, total - more))

    found, turned = gain(more, less, total), gain(less, more, total)

    assert -1 <= found.low <= found.middle <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))
    assert gain(more, more, 2 * total).has_zero


@given(st.integers(1, 100), st.integers(1, 100))
def test_more_people_make_it_surer(count: int, rest: int) -> None:
    few, many = share(count, count + rest), share(10 * count, 10 * (count + rest))

    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("count", "total"), [(0, 0), (2, 1), (-1, 1)])
def test_a_share_of_nobody_or_of_too_few_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match=str(total)):
        share(count, total)


@pytest.mark.parametrize("counts", [(0, 0, 0), (2, 0, 1), (-1, 0, 1), (1, 1, 1)])
def test_a_difference_of_nobody_or_of_too_few_is_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=str(counts[2])):
        gain(*counts)
