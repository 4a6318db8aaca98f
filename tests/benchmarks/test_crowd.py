"""Halls that vote: the arithmetic, and six phones from the door to a vote that is counted."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from casework.play.ballot import Ballot
from tests.benchmarks import __main__ as bench
from tests.benchmarks import crowd
from tests.benchmarks.crowd import SQLITE, VOTERS, Tempo
from tests.benchmarks.trouble import Trouble
from tests.benchmarks.voters import Stage, check

ROUNDS = {
    SQLITE: [{"30.p99": 300.0, "30.join": 1.0, "each.memory": 0.5}, {"30.p99": 500.0, "each.memory": 0.25}],
    VOTERS: [{"10.join": 20.0, "each.memory": 50.0}, {"each.memory": 50.0}],
}


def test_six_phones_come_in_vote_and_are_counted_once() -> None:
    # On a thread of its own: a browser of another test may hold this one's loop.
    with ThreadPoolExecutor(1) as own:
        found = own.submit(crowd.measure, SQLITE, 6, "milan", Tempo(0.5, 0.3)).result()

    assert 0 < found["p50"] <= found["p95"] <= found["p99"]
    assert found["vote"] >= found["p99"] / 1000
    assert found["requests"] <= 6
    assert 1 < found["size"] <= 60
    assert found["server"] > found["each.memory"]
    assert found["each.join"] == pytest.approx(found["join"] / 6 * 1000)


def test_the_projector_is_as_far_behind_as_for_the_vote_that_it_showed_last() -> None:
    stage = Stage([(1.0, 1), (3.0, 3)])

    assert stage.lag([0.5, 2.5, 2.75]) == 0.5
    assert stage.lag([1.5]) == 0
    with pytest.raises(Trouble, match="never showed 4 votes"):
        stage.lag([0.5, 2.5, 2.75, 2.8])


@pytest.mark.parametrize(
    ("ballots", "trouble"),
    [
        ([("a", "x"), ("b", "y")], ""),
        ([("a", "x")], "has 1 ballots of 1"),
        ([("a", "x"), ("a", "y")], "has 2 ballots of 1"),
        ([("a", "x"), ("b", "x")], "other votes"),
    ],
)
def test_a_vote_that_is_lost_doubled_or_changed_is_trouble(ballots: Sequence[tuple[str, str]], trouble: str) -> None:
    cast = tuple(Ballot(1, who, 1, choice, is_sure=True) for who, choice in ballots)

    with pytest.raises(Trouble, match=trouble) if trouble else nullcontext():
        check(cast, ["x", "y"])


def test_the_table_names_what_is_over_its_limit_and_what_a_voter_costs_beside_a_kernel() -> None:
    told = list(crowd.table(ROUNDS, [10, 30]))

    at = next(number for number, line in enumerate(told) if line.startswith("30 voters: ms") and "99 %" in line)
    assert told[at].endswith("at most 250")
    assert "400 (300 - 500)" in told[at + 1]
    assert told[at + 1].endswith("over the limit")
    assert any(line.endswith("this / kernels 0.0075") for line in told)
    assert not any("over the limit" in line for line in told if "1.0 (1.0 - 1.0)" in line)


def test_halls_are_a_part_of_the_benchmark_with_sizes_of_their_own() -> None:
    options = bench._parser().parse_args(["--parts", "halls", "--halls", "30", "--kernels", "5", "--ways", SQLITE])

    assert (options.parts, options.halls, options.kernels, options.ways) == (["halls"], [30], 5, [SQLITE])
    assert bench._parser().parse_args([]).halls == (30, 150, 1000)
