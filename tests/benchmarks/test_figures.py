from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import figures
from tests.benchmarks.figures import Spread

WAITS = st.lists(st.floats(0, 1e6), min_size=1)
SHARES = st.floats(0.01, 1)


@given(WAITS, SHARES)
def test_so_large_a_share_waits_no_longer_than_its_percentile(waits: list[float], share: float) -> None:
    found = figures.percentile(waits, share)

    assert found in waits
    assert sum(wait <= found for wait in waits) >= share * len(waits) - 1e-9
    assert sum(wait < found for wait in waits) < share * len(waits) + 1e-9


def test_percentiles_of_a_hundred_waits_are_the_waits_of_that_rank() -> None:
    waits = list(range(100, 0, -1))

    assert [figures.percentile(waits, share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]


def test_a_spread_is_the_median_the_least_and_the_most() -> None:
    assert figures.spread([3, 1, 10]) == Spread(3, 1, 10)
    assert figures.spread([]) is None


def test_a_ratio_is_taken_within_a_round() -> None:
    ours = [{"10.wall": 1.0}, {"10.wall": 3.0}]
    theirs = [{"10.wall": 4.0}, {"10.wall": 6.0}]

    assert figures.ratios(ours, theirs, "10.wall") == [0.25, 0.5]


def test_a_round_that_lacks_a_figure_or_divides_by_nothing_has_no_ratio() -> None:
    ours = [{}, {"again": 0.0}, {"again": 1.0}]
    theirs = [{"again": 1.0}, {"again": 0.0}, {"again": 2.0}]

    assert figures.ratios(ours, theirs, "again") == [0.5]
    assert figures.found(ours, "again") == [0.0, 1.0]


def test_a_head_that_costs_the_same_in_every_room_grows_by_one() -> None:
    rooms = {"10.wall": 1.0, "100.wall": 10.0, "10.memory": 15.0, "100.memory": 30.0}

    assert figures.growth(rooms, (10, 30, 100)) == {"growth.join": 1.0, "growth.memory": 2.0}


def test_one_room_or_a_room_that_was_left_out_has_no_growth() -> None:
    assert figures.growth({"10.wall": 1.0, "10.memory": 15.0}, (10,)) == {}
    assert figures.growth({"10.wall": 1.0, "10.memory": 15.0}, (10, 100)) == {}


def test_a_room_fits_if_memory_holds_as_many_heads_as_the_dearest_so_far() -> None:
    rooms = {"10.memory": 100.0, "30.memory": 90.0}

    assert figures.fits(rooms, (10, 30, 100), 100, 10_001)
    assert not figures.fits(rooms, (10, 30, 100), 100, 10_000)
    assert figures.fits({}, (10, 30, 100), 10, 1)
