"""A tally is the same for any order and any repetition of the messages, and knows what became of a vote."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from casework.play.ballot import Ballot, Shift, Tally, Votes, leaders, shift, standing, tally

OPTIONS = ("a", "b", "c")
messages = st.lists(
    st.builds(
        Ballot,
        st.just(1),
        st.sampled_from(["p1", "p2", "p3", "p4"]),
        st.integers(1, 4),
        st.sampled_from([*OPTIONS, "no option"]),
        st.booleans(),
    ),
    max_size=20,
)


@given(messages, st.data())
def test_any_order_and_repetition_of_the_messages_gives_the_same_tally(
    ballots: list[Ballot], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*ballots, *data.draw(st.lists(st.sampled_from(ballots or [None])))]))

    assert tally(OPTIONS, [each for each in again if each]) == tally(OPTIONS, ballots)


@given(messages)
def test_each_participant_counts_once_at_most_and_by_the_highest_number(ballots: list[Ballot]) -> None:
    found = tally(OPTIONS, ballots)

    sound = [each for each in ballots if each.choice in OPTIONS]
    assert found.voters == len({each.participant for each in sound})
    for one, ballot in standing(sound).items():
        assert ballot.number == max(each.number for each in sound if each.participant == one)


def test_hands_count_beside_ballots() -> None:
    found = tally(OPTIONS, [Ballot(1, "p", 1, "b", is_sure=True)], (("a", 2), ("b", 1)))

    assert found == Tally((Votes("a", 0, 0, 2), Votes("b", 1, 0, 1), Votes("c")))
    assert (found.voters, found.counts) == (4, (2, 2, 0))


def test_at_a_tie_several_lead_and_where_nobody_voted_none() -> None:
    assert leaders(tally(OPTIONS, (), (("a", 2), ("c", 2)))) == ("a", "c")
    assert leaders(tally(OPTIONS, ())) == ()


def test_a_shift_counts_those_who_voted_twice_and_chose_otherwise() -> None:
    first = [Ballot(1, "p1", 1, "a"), Ballot(1, "p2", 1, "a"), Ballot(1, "p3", 1, "b")]
    second = [Ballot(2, "p1", 1, "b"), Ballot(2, "p2", 1, "a"), Ballot(2, "p4", 1, "b")]

    found = shift(first, second, tally(OPTIONS, first), tally(OPTIONS, second))

    assert found == Shift(both=2, moved=1, distance=Fraction(1, 3))
    assert shift([], second, tally(OPTIONS, ()), tally(OPTIONS, second)).distance == 0
