"""A workshop over two servers on one PostgreSQL: whatever goes away and comes back, each person counts once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from tests.room.evening import MELDCODE, Evening
from tests.samples import LISTEN, SAMPLE, WAIT
from tests.store.cluster import Cluster

from casework import room
from casework.errors import StoreUnusable
from casework.play.workshop import Act
from casework.room import ELSEWHERE, SLOW, UNKNOWN, Cast, Knock, Slip
from casework.room.door import FREE_MISSES
from casework.store import Store, open_store

PHONES = tuple(f"phone {number}" for number in range(24))


@pytest.fixture
def evening(postgres: str) -> Iterator[Evening]:
    """A session with many phones in it and a vote going on; its facilitator is on the first server."""
    with closing(open_store(postgres)) as store:
        evening = Evening.begin(store)
        evening.join(*PHONES)
        evening.press(Act.ASK)
        yield evening


@pytest.fixture
def other(postgres: str) -> Iterator[Store]:
    """The store as the second server has it."""
    with closing(open_store(postgres)) as store:
        yield store


def slip(phone: str, number: int = 1, choice: str = LISTEN) -> Slip:
    return Slip(phone, 1, number, choice)


def test_phones_on_both_servers_vote_and_the_facilitator_counts_all(evening: Evening, other: Store) -> None:
    stores = [evening.store, other]

    def vote(place: int) -> Cast:
        return room.vote(stores[place % 2], SAMPLE, evening.id, slip(PHONES[place]))

    with ThreadPoolExecutor(8) as threads:
        casts = list(threads.map(vote, range(len(PHONES))))

    assert {cast.notice for cast in casts} == {""}
    assert evening.look().voted == room.look(other, SAMPLE, MELDCODE, evening.id).voted == len(PHONES)


def test_a_phone_that_moves_to_the_other_server_in_the_middle_of_a_vote_counts_once(
    evening: Evening, other: Store
) -> None:
    here = room.vote(evening.store, SAMPLE, evening.id, slip("phone 1"))

    assert room.vote(other, SAMPLE, evening.id, slip("phone 1")) == here
    assert room.vote(other, SAMPLE, evening.id, slip("phone 1", choice=WAIT)) == Cast(here.ballot, ELSEWHERE)
    assert room.mine(other, evening.id, "phone 1", 1) == here.ballot
    assert evening.look().voted == 1


def test_two_servers_cannot_both_go_on(evening: Evening, other: Store) -> None:
    away = Evening(other, evening.card, evening.clock)

    with ThreadPoolExecutor(2) as threads:
        acts = [threads.submit(one.press, act, number=2) for one, act in ((evening, Act.CLOSE), (away, Act.RESET))]
        turns = [act.result() for act in acts]

    assert sorted(turn.notice for turn in turns) == ["", ELSEWHERE]
    assert len(other.sessions.events(evening.id)) == 2
    assert turns[0].workshop == turns[1].workshop == evening.workshop


def test_while_the_database_is_away_no_vote_is_acknowledged_and_none_is_lost(
    postgresql: Cluster, evening: Evening, other: Store
) -> None:
    first = room.votes(evening.store, SAMPLE, evening.id, [slip(phone) for phone in PHONES[:9]])

    postgresql.stop()
    for phone in PHONES:
        with pytest.raises(StoreUnusable):
            room.vote(other, SAMPLE, evening.id, slip(phone))
    with pytest.raises(StoreUnusable):
        evening.press(Act.CLOSE, number=2)
    postgresql.start()
    again = room.votes(other, SAMPLE, evening.id, [slip(phone) for phone in PHONES])

    assert again[:9] == first
    assert {cast.notice for cast in again} == {""}
    assert evening.look().voted == len(PHONES)
    evening.press(Act.REVEAL, number=2)
    assert [row.count for row in evening.look().results[0].rows] == [0, len(PHONES)]


def test_codes_that_are_guessed_on_either_server_are_slowed_down_together(evening: Evening, other: Store) -> None:
    stores, knock = [evening.store, other], Knock("HHHHHH", "x", "a caller")

    guesses = [room.join(stores[number % 2], knock, clock=evening.clock) for number in range(FREE_MISSES + 1)]

    assert [entry.notice for entry in guesses] == [UNKNOWN] * FREE_MISSES + [SLOW]


def test_the_room_is_told_of_a_vote_on_the_other_server(evening: Evening, other: Store) -> None:
    with evening.store.watch() as watch:
        room.vote(other, SAMPLE, evening.id, slip("phone 3"))

        assert watch.wait(5)
        assert evening.look().voted == 1
