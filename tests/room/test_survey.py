"""Knowledge and confidence in a session: each phone replies once each time, and nobody is laid beside their votes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.room.evening import Evening
from tests.samples import LISTEN, SAMPLE

from casework import items, room
from casework.errors import SessionUnknown
from casework.play.survey import FIRST, SECOND, Answers, Learned
from casework.play.workshop import Act
from casework.room import ELSEWHERE, LATE, WRONG, Replied
from casework.store import Store, open_store

QUESTIONS = items.survey().questions
RIGHT = frozenset((each.id, each.right) for each in QUESTIONS)
SOME = frozenset({("duty", "proof"), ("see", "2")})
PEOPLE = tuple(f"phone {number}" for number in range(6))


def reply(evening: Evening, token: str, turn: int, answers: Answers = RIGHT) -> Replied:
    return room.reply(evening.store, evening.id, token, turn, answers)


def learned(evening: Evening) -> Learned | None:
    return room.learned(evening.store, SAMPLE, evening.id)


@pytest.fixture
def asking(evening: Evening) -> Evening:
    """A session with six phones in it, which asks at its door."""
    evening.press(Act.SURVEY)
    evening.join(*PEOPLE)
    return evening


def test_a_reply_is_stored_when_it_is_acknowledged_and_counted_once(asking: Evening) -> None:
    said = [reply(asking, PEOPLE[0], FIRST) for _ in range(3)]

    assert said[0] == said[1] == said[2]
    assert said[0].notice == ""
    assert said[0].reply in asking.store.sessions.replies(asking.id)
    assert (asking.look().asked, asking.look().finished, asking.notes().room.finished) == (FIRST, 1, 1)


def test_another_window_hears_what_stands(asking: Evening) -> None:
    first = reply(asking, PEOPLE[0], FIRST)

    for answers in (SOME, frozenset()):
        assert reply(asking, PEOPLE[0], FIRST, answers) == Replied(first.reply, ELSEWHERE)


@pytest.mark.parametrize(
    ("turn", "answers", "notice"),
    [
        (SECOND, RIGHT, LATE),
        (0, RIGHT, WRONG),
        (True, RIGHT, WRONG),
        (FIRST, frozenset({("duty", "no option")}), WRONG),
        (FIRST, frozenset({("no item", "steps")}), WRONG),
        (FIRST, frozenset({("duty", "steps"), ("duty", "proof")}), WRONG),
        (FIRST, frozenset({("see", "6")}), WRONG),
    ],
)
def test_what_is_no_reply_or_comes_at_another_time_is_refused(
    asking: Evening, turn: int, answers: Answers, notice: str
) -> None:
    assert reply(asking, PEOPLE[0], turn, answers) == Replied(None, notice)
    assert asking.store.sessions.replies(asking.id) == ()


def test_once_the_story_begins_it_is_too_late_for_the_first_time(asking: Evening) -> None:
    asking.press(Act.READ)

    assert reply(asking, PEOPLE[0], FIRST).notice == LATE
    assert (asking.look().asked, asking.look().finished) == (0, 0)


def test_only_who_came_in_may_reply_and_a_session_that_is_not_here_has_none(asking: Evening) -> None:
    assert reply(asking, "stranger", FIRST).notice == LATE
    with pytest.raises(SessionUnknown):
        room.reply(asking.store, "nowhere", PEOPLE[0], FIRST, RIGHT)


def test_no_name_of_a_reply_is_a_name_of_a_vote(asking: Evening) -> None:
    for one in PEOPLE:
        reply(asking, one, FIRST)
    asking.press(Act.ASK)
    for one in PEOPLE:
        asking.vote(one, LISTEN)

    pairs = {each.pair for each in asking.store.sessions.replies(asking.id)}
    voters = {each.participant for cast in asking.store.sessions.ballots(asking.id).values() for each in cast}
    assert len(pairs) == len(voters) == len(PEOPLE)
    assert not pairs & voters


def test_what_the_room_learned_is_told_only_once_nobody_can_reply_any_more(asking: Evening) -> None:
    for one in PEOPLE:
        reply(asking, one, FIRST, SOME)
    asking.press(Act.READ)
    asking.press(Act.AGAIN)
    for one in PEOPLE:
        reply(asking, one, SECOND)
    assert learned(asking) is None

    asking.press(Act.ANSWERS)

    found = learned(asking)
    assert found is not None
    assert (found.pairs, found.known[0].first.count, found.known[0].second.count) == (6, 0, 6)
    assert reply(asking, PEOPLE[0], SECOND).notice == LATE
    asking.press(Act.UNDO)
    assert reply(asking, PEOPLE[0], SECOND).notice == LATE
    asking.press(Act.END)
    assert learned(asking) == found


def test_a_session_without_questions_learned_nothing(evening: Evening) -> None:
    evening.press(Act.END)

    assert learned(evening) is None


def test_a_session_that_ends_before_the_second_time_tells_nothing(asking: Evening) -> None:
    for one in PEOPLE:
        reply(asking, one, FIRST)
    asking.press(Act.END)

    assert learned(asking) == Learned()


_stores: list[Store] = []


@pytest.fixture(autouse=True, scope="module")
def closed() -> object:
    _stores.append(open_store(":memory:"))
    yield
    while _stores:
        _stores.pop().close()


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from((FIRST, SECOND)), st.sampled_from((RIGHT, SOME)))))
def test_whatever_phones_send_and_when_each_stands_with_its_first_reply(sent: list[tuple[str, int, Answers]]) -> None:
    evening = Evening.begin(_stores[0])
    evening.press(Act.SURVEY)
    evening.join(*PEOPLE)
    first: dict[tuple[str, int], Answers] = {}

    for turn in (FIRST, SECOND):
        for token, when, answers in [*sent, *sent]:
            said = reply(evening, token, when, answers)
            if when == turn:
                first.setdefault((token, turn), answers)
                assert said.reply is not None
                assert said.reply.answers == first[token, turn]
            else:
                assert said == Replied(None, LATE)
        evening.press(Act.READ if turn == FIRST else Act.ANSWERS)
        if turn == FIRST:
            evening.press(Act.AGAIN)

    assert len(evening.store.sessions.replies(evening.id)) == len(first)
