"""Where trainees stumble is told of five playings or more, and no cell of it is a person."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting

from casework.play.attempt import decide, offered, start
from casework.play.disclosure import LEAST, Cover
from casework.play.network import Cluster
from casework.play.stumbling import Playings, is_tied, scores, steps_of, stumbles

CASE = setting("milan")


def a_trace(chosen: int) -> tuple[str, ...]:
    """Return the activities of a playing in which the same option was taken each time, as far as there is one."""
    attempt = start(CASE.scenario, "a")
    for _ in range(40):
        on_offer = offered(CASE.scenario, attempt)
        if not on_offer:
            break
        attempt = decide(CASE.scenario, attempt, on_offer[chosen % len(on_offer)].id)
    return attempt.trace


TRACES = tuple(dict.fromkeys(a_trace(chosen) for chosen in range(3)))


def playings(counts: Iterable[int]) -> list[Playings]:
    """Return so many playings of each trace, one by one."""
    return [Playings(CASE.protocol, trace) for trace, count in zip(TRACES, counts, strict=False) for _ in range(count)]


@given(st.lists(st.integers(1, 40), min_size=len(TRACES), max_size=len(TRACES)))
def test_no_cell_that_is_shown_is_of_one_to_four(counts: list[int]) -> None:
    found = stumbles(scores(playings(counts), {}))

    shown = [cell.count for each in found for cell in (each.broken, each.kept) if cell.cover is Cover.EXACT]
    assert all(count == 0 or (count or 0) >= LEAST for count in shown)
    assert len({each.rule.id for each in found}) == len(found)


@given(st.lists(st.integers(0, 9), min_size=len(TRACES), max_size=len(TRACES)), st.integers(0, 30), st.data())
def test_playings_are_scored_alike_in_one_stride_or_two_and_in_any_order(
    counts: list[int], cut: int, data: st.DataObject
) -> None:
    rows = playings(counts)
    mixed = data.draw(st.permutations(rows))

    assert scores(mixed[cut:], scores(mixed[:cut], {})) == scores(rows, {})
    together = [Playings(CASE.protocol, trace, count) for trace, count in zip(TRACES, counts, strict=True) if count]
    assert scores(together, {}) == scores(rows, {})


def test_fewer_than_five_playings_tell_nothing() -> None:
    assert stumbles(scores(playings([LEAST - 1]), {})) == ()
    assert stumbles({}) == ()


def test_a_rule_that_everybody_kept_is_no_place_where_anybody_stumbles() -> None:
    found = stumbles(scores(playings([30, 30, 30]), {}))

    assert found
    assert all(each.broken.count != 0 for each in found)


def test_the_rule_that_most_broke_comes_first_and_hidden_cells_come_last_by_name() -> None:
    found = stumbles(scores(playings([30, 7, 2]), {}))

    shares = [each.broken.count / each.total for each in found if each.total and each.broken.count is not None]
    hidden = [each.rule.id for each in found if each.total is None]
    assert shares == sorted(shares, reverse=True) != []
    assert hidden == sorted(hidden)
    assert [each.rule.id for each in found][len(shares) :] == hidden


def test_a_cluster_hangs_together_with_its_rules_and_with_all_rules_of_its_steps() -> None:
    for each in stumbles(scores(playings([30, 30, 30]), {})):
        assert is_tied(Cluster("a", "1", "a", rules=(each.rule.id,)), each)
        assert is_tied(Cluster("a", "1", "a", steps=(2,)), each) == (2 in each.steps)
        assert not is_tied(Cluster("a", "1", "a"), each)


def test_a_rule_belongs_to_the_steps_of_what_it_asks_for() -> None:
    steps = {rule.id: steps_of(CASE.protocol, rule) for rule in CASE.protocol.rules}

    assert (steps["facts-recorded"], steps["consulted"], steps["promise-corrected"]) == ((1,), (2,), (3,))
    assert all(1 <= step <= 5 for each in steps.values() for step in each)
