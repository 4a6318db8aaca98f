"""Where trainees stumble is told of five playings or more, and no cell of it is a person."""

from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting

from casework.play.attempt import decide, offered, start
from casework.play.disclosure import LEAST, Cover
from casework.play.stumbling import steps_of, stumbles

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


@given(st.lists(st.integers(1, 40), min_size=len(TRACES), max_size=len(TRACES)))
def test_no_cell_that_is_shown_is_of_one_to_four(counts: list[int]) -> None:
    found = stumbles({(CASE.protocol, trace): count for trace, count in zip(TRACES, counts, strict=True)})

    shown = [cell.count for each in found for cell in (each.broken, each.kept) if cell.cover is Cover.EXACT]
    assert all(count == 0 or (count or 0) >= LEAST for count in shown)
    assert len({each.rule.id for each in found}) == len(found)


def test_fewer_than_five_playings_tell_nothing() -> None:
    assert stumbles({(CASE.protocol, TRACES[0]): LEAST - 1}) == ()
    assert stumbles({}) == ()


def test_the_rule_that_most_broke_comes_first_and_hidden_cells_come_last_by_name() -> None:
    found = stumbles({(CASE.protocol, trace): count for trace, count in zip(TRACES, (30, 7, 2), strict=False)})

    shares = [each.broken.count / each.total for each in found if each.total and each.broken.count is not None]
    hidden = [each.rule.id for each in found if each.total is None]
    assert shares == sorted(shares, reverse=True) != []
    assert hidden == sorted(hidden)
    assert found[-len(hidden) :] == tuple(each for each in found if each.total is None) if hidden else True


def test_a_rule_belongs_to_the_steps_of_what_it_asks_for() -> None:
    steps = {rule.id: steps_of(CASE.protocol, rule) for rule in CASE.protocol.rules}

    assert (steps["facts-recorded"], steps["consulted"], steps["promise-corrected"]) == ((1,), (2,), (3,))
    assert all(1 <= step <= 5 for each in steps.values() for step in each)
