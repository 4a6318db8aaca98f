"""No table that a report may show gives a person away, not even to a reader who knows how tables are hidden."""

from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.play.disclosure import (
    Cell,
    Cover,
    Trend,
    Word,
    coarse,
    fives,
    in_words,
    is_enough,
    protect,
    protect_secret,
    trends,
)

FEW, HIDDEN = Cell(Cover.FEW), Cell(Cover.HIDDEN)


def exact(count: int) -> Cell:
    return Cell(Cover.EXACT, count)


def tables(options: int, voters: int) -> list[tuple[int, ...]]:
    """Return every way in which so many voters can be spread over so many options."""
    return [counts for counts in product(range(voters + 1), repeat=options) if sum(counts) == voters]


@pytest.mark.parametrize(("options", "most"), [(1, 30), (2, 30), (3, 24), (4, 17), (5, 11), (6, 8)])
def test_no_cell_and_no_sum_of_cells_can_be_worked_out_to_be_one_to_four(options: int, most: int) -> None:
    for voters in range(most + 1):
        shown = defaultdict(list)
        for counts in tables(options, voters):
            shown[protect(counts)].append(counts)
        for view, possible in shown.items():
            assert (view is None) == (voters < 5)
            for size in range(1, options + 1) if view else ():
                for places in combinations(range(options), size):
                    sums = {sum(counts[place] for place in places) for counts in possible}
                    assert len(sums) > 1 or not 0 < next(iter(sums)) < 5, (view, possible)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=7))
def test_a_small_cell_is_never_shown_and_a_number_that_is_shown_is_true(counts: list[int]) -> None:
    cells = protect(counts)

    assert (cells is None) == (not is_enough(sum(counts)))
    for cell, count in zip(cells or (), counts, strict=bool(cells)):
        assert cell.count in (None, count)
        assert (cell.count is None) == (cell.cover is not Cover.EXACT)
        assert cell.cover is not Cover.FEW or 0 < count < 5
        assert cell.cover is not Cover.EXACT or not 0 < count < 5


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 13, 5, 7), (exact(9), exact(13), exact(5), exact(7))),
        ((9, 13, 3, 7), (exact(9), exact(13), FEW, HIDDEN)),
        ((9, 13, 0, 7), (exact(9), exact(13), exact(0), exact(7))),
        ((20, 3, 0), (HIDDEN, FEW, exact(0))),
        ((3, 2), (FEW, FEW)),
        ((4, 4), (HIDDEN, HIDDEN)),
        ((1, 7), (HIDDEN, HIDDEN)),
        ((1, 5), (HIDDEN, HIDDEN)),
        ((2, 2), None),
        ((), None),
    ],
)
def test_the_complement_of_a_small_cell_is_hidden_with_it(
    counts: tuple[int, ...], shown: tuple[Cell, ...] | None
) -> None:
    assert protect(counts) == shown


def test_in_words_a_vote_is_most_some_few_and_none() -> None:
    assert in_words((18, 8, 5, 0)) == (Word.MOST, Word.SOME, Word.FEW, Word.NONE)
    assert in_words((5, 5)) == (Word.SOME, Word.SOME)


def test_a_move_of_fewer_than_five_people_is_none() -> None:
    assert trends((9, 13, 5), (14, 9, 0)) == (Trend.MORE, Trend.SAME, Trend.LESS)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=4))
def test_no_trend_beside_a_number_gives_away_a_small_cell_of_the_first_vote(pairs: list[tuple[int, int]]) -> None:
    after = [new for _, new in pairs]
    for place, (old, new) in enumerate(pairs):
        (told,) = trends([old], [new])
        possible = {each for each in range(61) if trends([each], [after[place]]) == (told,)}

        assert len(possible) > 1 or old == 0


@pytest.mark.parametrize(
    ("secret", "seen", "shown"),
    [
        ((9, 13), (0, 0), (exact(9), exact(13))),
        ((0, 0), (9, 13), (exact(9), exact(13))),
        ((6, 13), (3, 0), (exact(9), exact(13))),
        ((3, 13, 8), (6, 0, 0), (HIDDEN, exact(13), HIDDEN)),
        ((1, 2), (9, 18), None),
        ((10, 0), (2, 3), (HIDDEN, FEW)),
        ((2, 20, 25), (0, 0, 5), (FEW, HIDDEN, exact(30))),
        ((5, 0), (5, 0), (exact(10), exact(0))),
    ],
)
def test_who_saw_the_hands_cannot_subtract_them(
    secret: tuple[int, ...], seen: tuple[int, ...], shown: tuple[Cell, ...] | None
) -> None:
    assert protect_secret(secret, seen) == shown


@pytest.mark.parametrize("options", [2, 3])
def test_no_secret_cell_can_be_worked_out_by_who_saw_the_rest(options: int) -> None:
    for seen in product((0, 1, 4, 7), repeat=options):
        for voters in range(1, 15):
            shown = defaultdict(list)
            for secret in tables(options, voters):
                shown[protect_secret(secret, seen)].append(secret)
            for view, possible in shown.items():
                assert not [cell for cell in view or () if 0 < (cell.count or 0) < 5]
                for size in range(1, options + 1) if view else ():
                    for places in combinations(range(options), size):
                        sums = {sum(secret[place] for place in places) for secret in possible}
                        assert len(sums) > 1 or not 0 < next(iter(sums)) < 5, (seen, view, possible)


groups = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=7)


@given(groups)
def test_two_groups_of_which_one_is_in_the_other_never_differ_by_one_to_four(pairs: list[tuple[int, int]]) -> None:
    some, all_ = [one for one, _ in pairs], [one + more for one, more in pairs]

    shown = zip(coarse(some) or (), coarse(all_) or (), strict=False)

    for small, large in shown:
        if small.count is not None and large.count is not None:
            assert abs(large.count - small.count) not in range(1, 5)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=7))
def test_what_is_coarse_hides_what_is_protected_and_is_true_to_within_two(counts: list[int]) -> None:
    protected, shown = protect(counts), coarse(counts)

    assert (shown is None) == (protected is None)
    for count, cell, told in zip(counts, protected or (), shown or (), strict=False):
        assert told.cover is cell.cover
        assert told.count is None if cell.count is None else told.count == fives(count)
        assert told.count is None or (abs(told.count - count) <= 2 and told.count % 5 == 0)


def test_five_people_and_more_never_become_nobody() -> None:
    assert min(fives(count) for count in range(5, 100)) == 5
