"""A phone sleeps, taps twice, opens a second window, comes late or comes back: each person counts once."""

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.room.evening import Evening
from tests.samples import CALL, LISTEN, SAMPLE, WAIT

from casework import room, session
from casework.play.ballot import Ballot, tally
from casework.play.bottleneck import LONGEST
from casework.play.disclosure import Cell, Cover
from casework.play.workshop import Act, Phase, allowed
from casework.room import ELSEWHERE, LATE, WRONG, Cast, Form, HandedIn, Slip
from casework.store import Store, open_store


@pytest.fixture
def voting(evening: Evening) -> Evening:
    """A session with two phones in it and a vote going on."""
    evening.join("phone", "other")
    evening.press(Act.ASK)
    return evening


def test_a_vote_is_stored_when_it_is_acknowledged(voting: Evening) -> None:
    cast = voting.vote("phone", LISTEN, is_sure=True)

    assert cast.notice == ""
    assert cast.ballot == room.mine(voting.store, voting.id, "phone", 1)
    assert voting.look().voted == 1


def test_a_double_tap_counts_once(voting: Evening) -> None:
    casts = [voting.vote("phone", LISTEN) for _ in range(3)]

    assert casts[0] == casts[1] == casts[2]
    assert voting.look().voted == 1


def test_a_vote_may_be_changed_until_it_closes(voting: Evening) -> None:
    voting.vote("phone", LISTEN)
    voting.vote("phone", WAIT, 2)

    mine = room.mine(voting.store, voting.id, "phone", 1)
    assert mine is not None
    assert (mine.choice, mine.number) == (WAIT, 2)
    assert voting.look().voted == 1


def test_a_second_window_with_the_same_number_is_shown_what_the_first_one_voted(voting: Evening) -> None:
    first = voting.vote("phone", LISTEN)

    assert voting.vote("phone", WAIT) == Cast(first.ballot, ELSEWHERE)
    assert voting.vote("phone", WAIT, 2).notice == ""


def test_a_message_that_slept_and_arrives_behind_a_later_one_changes_nothing(voting: Evening) -> None:
    voting.vote("phone", WAIT, 2)

    voting.vote("phone", LISTEN, 1)

    mine = room.mine(voting.store, voting.id, "phone", 1)
    assert mine is not None
    assert mine.choice == WAIT


def test_a_vote_after_the_close_or_for_another_round_is_late(voting: Evening) -> None:
    assert voting.vote("phone", LISTEN, round_=9) == Cast(None, LATE)
    voting.press(Act.CLOSE)

    assert voting.vote("phone", LISTEN, round_=1) == Cast(None, LATE)
    assert room.mine(voting.store, voting.id, "phone", 1) is None


def test_a_phone_that_never_joined_has_no_vote(voting: Evening) -> None:
    assert voting.vote("stranger", LISTEN) == Cast(None, LATE)


def test_one_who_comes_late_votes_in_the_open_round_and_one_who_comes_back_finds_the_vote(voting: Evening) -> None:
    voting.join("late")
    assert voting.vote("late", LISTEN).notice == ""

    voting.join("late")
    assert voting.look().joined == 3
    assert room.mine(voting.store, voting.id, "late", 1) is not None


@pytest.mark.parametrize(
    "slip",
    [
        Slip("phone", 1, 1, "no choice"),
        Slip("phone", 1, 0, LISTEN),
        Slip("phone", 1, 2**70, LISTEN),
        Slip("phone", True, 1, LISTEN),
        Slip("phone", 1, "1", LISTEN),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_vote_is_refused_and_harms_no_other(voting: Evening, slip: Slip) -> None:
    good = Slip("other", 1, 1, WAIT)

    first, second = room.votes(voting.store, SAMPLE, voting.id, (slip, good))

    assert first == Cast(None, WRONG)
    assert second.ballot is not None
    assert voting.look().voted == 1


def test_a_token_of_any_text_does_no_harm(voting: Evening) -> None:
    for token in ("", "\0", "\ud800", "x" * 10_000, "👩🏽‍⚕️"):
        voting.join(token)
        assert voting.vote(token, LISTEN).notice == ""


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 3), st.sampled_from([WAIT, LISTEN]), st.booleans()), max_size=9
    ),
    st.data(),
)
def test_any_order_and_repetition_of_what_was_acknowledged_gives_the_same_tally(
    messages: list[tuple[str, int, str, bool]], data: st.DataObject
) -> None:
    again = data.draw(st.permutations([*messages, *messages]))
    evening = Evening.begin(_shared())
    evening.join("a", "b", "c")
    evening.press(Act.ASK)

    said = [evening.vote(one, choice, number, is_sure=sure) for one, number, choice, sure in again]

    stored = evening.store.sessions.ballots(evening.id).get(1, ())
    heard = [each.ballot for each in said if each.ballot]
    assert tally([WAIT, LISTEN], heard) == tally([WAIT, LISTEN], stored)
    assert evening.look().voted == len({one for one, *_ in messages})


@given(
    st.lists(
        st.one_of(
            st.sampled_from([Act.ASK, Act.CLOSE, Act.REVEAL, Act.UNDO, Act.RESET, Act.TALK, Act.PAUSE]),
            st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.integers(1, 3), st.sampled_from([WAIT, LISTEN])),
        ),
        max_size=25,
    )
)
def test_whatever_the_facilitator_does_meanwhile_what_was_acknowledged_is_what_is_counted(
    happened: list[Act | tuple[str, int, int, str]],
) -> None:
    evening = Evening.begin(_shared())
    evening.join("a", "b", "c")
    heard: dict[int, list[Ballot]] = {}

    for each in happened:
        workshop = evening.workshop
        if isinstance(each, Act):
            if each in allowed(SAMPLE, workshop):
                evening.press(each)
            continue
        token, back, number, choice = each
        cast = evening.vote(token, choice, number, round_=max(1, workshop.number - back))
        assert (cast.notice == LATE) == (cast.ballot is None)
        if cast.ballot:
            heard.setdefault(cast.ballot.round, []).append(cast.ballot)

    stored = evening.store.sessions.ballots(evening.id)
    assert heard.keys() == stored.keys()
    for number, ballots in heard.items():
        assert tally([WAIT, LISTEN], ballots) == tally([WAIT, LISTEN], stored[number])
    if evening.workshop.phase is Phase.VOTE:
        assert (evening.look().results, evening.look().said) == ((), ())


_stores: list[Store] = []


def _shared() -> Store:
    """One store for all examples of a property: each opens a session of its own."""
    if not _stores:
        _stores.append(open_store(":memory:"))
    return _stores[0]


@pytest.fixture(autouse=True, scope="module")
def closed() -> object:
    yield
    while _stores:
        _stores.pop().close()


def test_wishes_for_more_time_are_told_to_the_facilitator(voting: Evening) -> None:
    for token in ("phone", "phone", "other"):
        room.ask_for_time(voting.store, voting.id, token, 1)

    assert voting.notes().wishes == 2
    voting.press(Act.CLOSE)
    assert voting.notes().wishes == 0


def play_alone(evening: Evening, token: str, *choices: str) -> str | None:
    attempt = room.alone(evening.store, SAMPLE, evening.id, token)
    case = room.tonight(evening.store, SAMPLE, evening.id)
    numbers = count(len(evening.store.decisions(attempt or "")) + 1)
    for choice in choices:
        session.choose(evening.store, case, attempt or "", choice, next(numbers), clock=evening.clock)
    return attempt


def test_everybody_plays_alone_for_a_while_and_the_roads_are_compared_once(evening: Evening) -> None:
    evening.join(*map(str, range(9)))
    assert room.alone(evening.store, SAMPLE, evening.id, "0") is None
    evening.press(Act.ALONE)
    for token in range(8):
        play_alone(evening, str(token), LISTEN, CALL)
    assert play_alone(evening, "8", LISTEN) == play_alone(evening, "8")
    assert room.compare(evening.store, SAMPLE, evening.id).endings == ()

    evening.clock.at = "2026-01-05T12:10:00+00:00"
    evening.press(Act.COMPARE)
    shown = room.compare(evening.store, SAMPLE, evening.id)

    assert shown.under_way == Cell(Cover.FEW)
    assert shown.endings == (("good", Cell(Cover.HIDDEN)), ("harm", Cell(Cover.EXACT, 0)))
    evening.press(Act.UNDO)
    play_alone(evening, "8", CALL)
    evening.press(Act.COMPARE)
    assert room.compare(evening.store, SAMPLE, evening.id) == shown
    evening.press(Act.END)
    assert room.compare(evening.store, SAMPLE, evening.id) == shown


def test_a_road_of_ones_own_goes_on_from_where_the_room_is(evening: Evening) -> None:
    evening.join("a", "b")
    evening.press(Act.FOLLOW, LISTEN)
    decided = evening.workshop.attempt.decisions
    evening.press(Act.ALONE)

    attempts = [play_alone(evening, token) or "" for token in "aa"]
    play_alone(evening, "a", CALL)

    assert attempts[0] == attempts[1]
    played = evening.store.attempt(attempts[0])
    assert played is not None
    assert (played.record.origin, played.record.taken) == (evening.id, 1)
    assert [each.choice for each in played.decisions] == [LISTEN, CALL]
    assert played.decisions[:1] == decided


def test_where_the_room_s_story_has_ended_a_road_of_ones_own_begins_at_the_start(evening: Evening) -> None:
    evening.join("a")
    evening.press(Act.FOLLOW, LISTEN)
    evening.press(Act.FOLLOW, CALL)
    evening.press(Act.ALONE)

    attempt = play_alone(evening, "a") or ""

    assert evening.store.record(attempt) is None
    assert session.resume(evening.store, SAMPLE, attempt).attempt.decisions == ()


def test_roads_of_fewer_than_five_are_not_compared(evening: Evening) -> None:
    evening.join("a", "b")
    evening.press(Act.ALONE)
    play_alone(evening, "a", LISTEN, CALL)
    evening.clock.at = "2026-01-05T12:10:00+00:00"
    evening.press(Act.COMPARE)

    assert room.compare(evening.store, SAMPLE, evening.id) == room.Compared()


def hand_in(evening: Evening, token: str, text: str, number: int = 1, help_: str = "") -> HandedIn:
    return room.hand_in(evening.store, SAMPLE, evening.id, Form(token, number, text, help_), clock=evening.clock)


def test_a_bottleneck_is_handed_in_once_and_only_while_they_are_asked_for(evening: Evening) -> None:
    assert hand_in(evening, "phone", "te laat") == HandedIn(None, LATE)
    evening.press(Act.GATHER)

    first = hand_in(evening, "phone", "  Geen tijd\0 ", help_="Een collega")
    again = hand_in(evening, "phone", "Iets anders")

    assert first.bottleneck is not None
    assert (first.bottleneck.text, first.bottleneck.help) == ("Geen tijd", "Een collega")
    assert again.bottleneck is not None
    assert [each.bottleneck.text for each in room.bottlenecks(evening.store, SAMPLE, evening.id)] == ["Geen tijd"]
    hand_in(evening, "phone", "Nog een", 2)
    assert len(room.bottlenecks(evening.store, SAMPLE, evening.id)) == 2


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_bottleneck_is_refused(evening: Evening, text: str) -> None:
    evening.press(Act.GATHER)

    assert hand_in(evening, "phone", text) == HandedIn(None, WRONG)


def test_bottlenecks_are_merged_dropped_and_weighed_from_five_people_up(evening: Evening) -> None:
    evening.join(*map(str, range(6)))
    evening.press(Act.GATHER)
    one, two, three = (hand_in(evening, "0", text, number).bottleneck for number, text in enumerate("abc", 1))
    assert one
    assert two
    assert three
    room.merge(evening.store, evening.id, one.id, [two.id])
    room.drop(evening.store, evening.id, three.id)
    assert not room.weigh(evening.store, SAMPLE, evening.id, "0", one.id, 1, 3)
    evening.press(Act.WEIGH)

    for token in range(5):
        assert room.weigh(evening.store, SAMPLE, evening.id, str(token), one.id, 1, 3)
    room.weigh(evening.store, SAMPLE, evening.id, "4", one.id, 2, 0)
    assert not room.weigh(evening.store, SAMPLE, evening.id, "0", two.id, 1, 3)
    assert not room.weigh(evening.store, SAMPLE, evening.id, "0", one.id, 9, 4)
    assert [each.mean for each in room.bottlenecks(evening.store, SAMPLE, evening.id)] == [None]

    evening.press(Act.READ)

    (found,) = room.bottlenecks(evening.store, SAMPLE, evening.id)
    assert [each.text for each in found.merged] == ["b"]
    assert found.mean == Fraction(12, 5)
    evening.press(Act.UNDO)
    assert not room.weigh(evening.store, SAMPLE, evening.id, "5", one.id, 1, 3)
    evening.press(Act.END)
    assert room.bottlenecks(evening.store, SAMPLE, evening.id) == (found,)


def test_what_fewer_than_five_weighed_has_no_weight(evening: Evening) -> None:
    evening.join(*map(str, range(4)))
    evening.press(Act.GATHER)
    found = hand_in(evening, "0", "a").bottleneck
    assert found
    evening.press(Act.WEIGH)
    for token in range(4):
        room.weigh(evening.store, SAMPLE, evening.id, str(token), found.id, 1, 3)
    evening.press(Act.END)

    assert [each.mean for each in room.bottlenecks(evening.store, SAMPLE, evening.id)] == [None]
