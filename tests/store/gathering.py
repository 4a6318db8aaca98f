"""What every store promises about sessions; a backend's test class inherits it and adds only where that store is."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.contract import ODD, THREADS, in_one_store
from tests.store.opened import Opened

from casework.errors import NumberTaken, SessionUnknown, StoreUnusable
from casework.play.ballot import Ballot, tally
from casework.play.bottleneck import Bottleneck, Weight
from casework.play.survey import FIRST, SECOND, Reply
from casework.play.workshop import Act, Event
from casework.store import Card, Solo, Store, open_store

NOON = "2026-03-02T12:00:00+00:00"
ASK = Event(1, Act.ASK, at=NOON)


def a_card(session_id: str = "s", code: str = "HKRTWX") -> Card:
    return Card(session_id, code, "leo", "7c1e4f", "nl", ("de-hand", "de-soep"), 30, NOON)


def a_reply(turn: int, pair: str, **answers: str) -> Reply:
    return Reply(turn, pair, frozenset(answers.items()))


def asking(store: Store, *participants: str) -> str:
    """Open a session with these participants in it that asks for knowledge and confidence at its door."""
    store.sessions.open(a_card())
    store.sessions.admit("s", participants)
    store.sessions.do("s", Event(1, Act.SURVEY, at=NOON), 0, FIRST)
    return "s"


def voting(store: Store, session_id: str = "s", *participants: str) -> str:
    """Open a session with these participants in it and a vote going on."""
    store.sessions.open(a_card(session_id, session_id))
    for one in participants:
        store.sessions.admit(session_id, [one])
    store.sessions.do(session_id, ASK, 1)
    return session_id


class Gathering(Opened):
    """The promises about sessions that any store keeps, also one in memory."""

    def test_a_session_that_was_opened_is_known_by_its_id_and_its_code(self, store: Store) -> None:
        assert store.sessions.open(a_card())

        assert store.sessions.card("s") == a_card() == store.sessions.found("HKRTWX")
        assert store.sessions.cards() == (a_card(),)
        assert store.sessions.card("HKRTWX") is store.sessions.found("s") is None

    def test_two_open_sessions_never_share_a_code(self, store: Store) -> None:
        store.sessions.open(a_card("s"))

        assert not store.sessions.open(a_card("t"))
        assert store.sessions.card("t") is None

    def test_a_code_opens_again_once_its_session_has_ended(self, store: Store) -> None:
        store.sessions.open(a_card("s"))
        store.sessions.do("s", Event(1, Act.END, at=NOON), 0)
        ended = replace(a_card("s"), ended=NOON)

        assert store.sessions.found("HKRTWX") == ended
        assert store.sessions.open(a_card("t"))
        assert store.sessions.found("HKRTWX") == a_card("t")
        assert store.sessions.card("s") == ended

    def test_events_come_back_in_order_and_a_double_tap_is_one_event(self, store: Store) -> None:
        events = (ASK, Event(2, Act.HANDS, "a", 3, NOON), Event(3, Act.FOLLOW, "a", 0, NOON))
        store.sessions.open(a_card())

        for event in events:
            store.sessions.do("s", event, 0)
            store.sessions.do("s", replace(event, at="later"), 7)

        assert store.sessions.events("s") == events

    @pytest.mark.parametrize("event", [Event(1, Act.BLANK), Event(3, Act.CLOSE), Event(0, Act.CLOSE)])
    def test_another_event_at_a_taken_number_or_behind_a_gap_is_refused(self, store: Store, event: Event) -> None:
        store.sessions.open(a_card())
        store.sessions.do("s", ASK, 1)

        with pytest.raises(NumberTaken):
            store.sessions.do("s", event, 0)

        assert store.sessions.events("s") == (ASK,)

    def test_of_two_windows_that_do_something_at_the_same_moment_one_wins(self, store: Store) -> None:
        start = Barrier(THREADS)
        store.sessions.open(a_card())

        def tap(window: int) -> bool:
            start.wait()
            try:
                store.sessions.do("s", Event(1, Act.FOLLOW, f"choice {window}"), 0)
            except NumberTaken:
                return False
            return True

        with ThreadPoolExecutor(THREADS) as threads:
            won = list(threads.map(tap, range(THREADS)))

        assert won.count(True) == 1
        assert store.sessions.events("s")[0].subject == f"choice {won.index(True)}"

    def test_nothing_is_stored_for_a_session_that_is_not_here(self, store: Store) -> None:
        verbs = (
            lambda: store.sessions.do("s", ASK, 1),
            lambda: store.sessions.admit("s", ["p"]),
            lambda: store.sessions.cast("s", [Ballot(1, "p", 1, "a")]),
            lambda: store.sessions.hand_in(Bottleneck("b", "s", "text", "help")),
            lambda: store.sessions.walk("s", Solo(1, "p", "a")),
        )
        for verb in verbs:
            with pytest.raises(SessionUnknown):
                verb()

        assert store.sessions.events("s") == ()
        assert (store.sessions.joined("s"), store.sessions.ballots("s"), store.sessions.bottlenecks("s")) == (0, {}, ())

    def test_a_participant_who_comes_back_is_the_same_one(self, store: Store) -> None:
        store.sessions.open(a_card())

        assert [store.sessions.admit("s", [one]) for one in ("p", "q", "p")] == [(True,)] * 3
        assert store.sessions.admit("s", ["q", "q"]) == (True, True)
        assert store.sessions.admit("s", []) == ()
        assert store.sessions.joined("s") == 2
        assert (store.sessions.is_in("s", "p"), store.sessions.is_in("s", "x")) == (True, False)

    def test_a_full_room_lets_nobody_in_but_those_who_were_there(self, store: Store) -> None:
        store.sessions.open(replace(a_card(), seats=2))

        assert store.sessions.admit("s", ["p", "q", "r", "p"]) == (True, True, False, True)
        assert store.sessions.admit("s", ["r", "q"]) == (False, True)

    def test_seats_are_never_given_out_twice(self, store: Store) -> None:
        store.sessions.open(replace(a_card(), seats=3))

        with ThreadPoolExecutor(THREADS) as threads:
            inside = list(threads.map(lambda one: store.sessions.admit("s", [f"p{one}"]), range(THREADS)))

        assert inside.count((True,)) == store.sessions.joined("s") == 3

    def test_a_ballot_is_stored_once_and_acknowledged_each_time(self, store: Store) -> None:
        voting(store, "s", "p")
        ballot = Ballot(1, "p", 1, "a", is_sure=True)

        assert [store.sessions.cast("s", [ballot]) for _ in range(3)] == [(ballot,)] * 3
        assert store.sessions.ballots("s") == {1: (ballot,)}
        assert store.sessions.mine("s", 1, "p") == (ballot,)
        assert store.sessions.ballots("s", [1, 2]) == {1: (ballot,)}
        assert store.sessions.ballots("s", []) == {}
        assert store.sessions.voted("s", 1) == 1

    def test_of_two_windows_of_a_phone_the_first_ballot_stands(self, store: Store) -> None:
        voting(store, "s", "p")
        store.sessions.cast("s", [Ballot(1, "p", 1, "a")])

        assert store.sessions.cast("s", [Ballot(1, "p", 1, "b")]) == (Ballot(1, "p", 1, "a"),)
        assert store.sessions.cast("s", [Ballot(1, "p", 2, "b")]) == (Ballot(1, "p", 2, "b"),)

    def test_many_ballots_are_stored_together_and_each_gets_its_own_answer(self, store: Store) -> None:
        voting(store, "s", "p", "q")
        asked = [Ballot(1, "p", 1, "a"), Ballot(2, "q", 1, "a"), Ballot(1, "q", 1, "b"), Ballot(1, "x", 1, "a")]

        assert store.sessions.cast("s", asked) == (asked[0], None, asked[2], None)
        assert store.sessions.cast("s", []) == ()

    def test_a_ballot_counts_only_while_its_round_is_open(self, store: Store) -> None:
        voting(store, "s", "p")
        store.sessions.do("s", Event(2, Act.CLOSE), 0)

        assert store.sessions.cast("s", [Ballot(1, "p", 1, "a"), Ballot(0, "p", 1, "a")]) == (None, None)
        assert store.sessions.ballots("s") == {}

    def test_no_ballot_slips_in_behind_the_end_of_its_round(self, store: Store) -> None:
        people = [f"p{number}" for number in range(THREADS)]
        voting(store, "s", *people)
        start = Barrier(THREADS + 1)

        def vote(one: str) -> bool:
            start.wait()
            return store.sessions.cast("s", [Ballot(1, one, 1, "a")]) != (None,)

        def close() -> int:
            start.wait()
            store.sessions.do("s", Event(2, Act.CLOSE), 0)
            return store.sessions.voted("s", 1)

        with ThreadPoolExecutor(THREADS + 1) as threads:
            closed = threads.submit(close)
            taken = list(threads.map(vote, people))

        assert closed.result() == taken.count(True) == store.sessions.voted("s", 1)

    @in_one_store
    @given(st.lists(st.tuples(st.sampled_from("pq"), st.integers(1, 3), st.sampled_from("ab")), max_size=8))
    def test_what_was_acknowledged_is_what_is_counted(self, store: Store, messages: list[tuple[str, int, str]]) -> None:
        session_id = voting(store, uuid4().hex, "p", "q")
        said: list[Ballot] = []

        for one, number, choice in [*messages, *messages[::-1]]:
            (stands,) = store.sessions.cast(session_id, [Ballot(1, one, number, choice)])
            assert stands is not None
            said.append(stands)

        assert tally("ab", said) == tally("ab", store.sessions.ballots(session_id).get(1, ()))

    def test_wishes_for_more_time_are_counted_once_a_round(self, store: Store) -> None:
        voting(store, "s", "p", "q")
        for one in ("p", "p", "q", "nobody"):
            store.sessions.wish("s", one, 1)

        assert (store.sessions.wishes("s", 1), store.sessions.wishes("s", 2)) == (2, 0)

    def test_an_attempt_played_alone_is_kept_once_for_each_period(self, store: Store) -> None:
        voting(store, "s", "p")
        for attempt in ("one", "two"):
            store.sessions.walk("s", Solo(4, "p", attempt))

        assert store.sessions.walked("s") == (Solo(4, "p", "one"),)

    def test_a_bottleneck_is_handed_in_once_merged_and_dropped(self, store: Store) -> None:
        voting(store, "s", "p")
        rows = [Bottleneck(name, "s", f"text {name}", "help", f"at {name}") for name in "abc"]
        for row in [*rows, *rows]:
            store.sessions.hand_in(row)

        store.sessions.merge("s", "b", ["c"])
        store.sessions.merge("s", "a", ["b", "a"])
        assert [(each.id, each.into) for each in store.sessions.bottlenecks("s")] == [("a", ""), ("b", "a"), ("c", "a")]
        store.sessions.merge("s", "b", ["a"])
        store.sessions.drop("s", "a")

        assert [(each.id, each.into) for each in store.sessions.all_bottlenecks()] == [("b", ""), ("c", "")]

    def test_bottlenecks_of_another_session_are_left_alone(self, store: Store) -> None:
        voting(store, "s", "p")
        voting(store, "t", "p")
        store.sessions.hand_in(Bottleneck("a", "s", "text", "help"))
        store.sessions.hand_in(Bottleneck("b", "t", "text", "help"))

        store.sessions.merge("t", "b", ["a"])
        store.sessions.merge("t", "a", ["b"])
        store.sessions.drop("t", "a")

        assert [each.into for each in store.sessions.all_bottlenecks()] == ["", ""]

    def test_weights_are_kept_of_participants_and_for_what_stands(self, store: Store) -> None:
        voting(store, "s", "p")
        store.sessions.hand_in(Bottleneck("a", "s", "text", "help"))
        given_ = (Weight("a", "p", 1, 3), Weight("a", "p", 2, 1))

        assert [store.sessions.weigh("s", each) for each in (*given_, Weight("a", "p", 1, 0))] == [True] * 3
        assert not store.sessions.weigh("s", Weight("x", "p", 1, 3))
        store.sessions.weigh("s", Weight("a", "stranger", 1, 3))
        assert store.sessions.weights("s") == given_

    def test_a_reply_is_stored_once_and_acknowledged_each_time(self, store: Store) -> None:
        asking(store, "p")
        reply = a_reply(FIRST, "x", duty="steps", see="3")

        assert [store.sessions.reply("s", "p", reply) for _ in range(3)] == [reply] * 3
        assert store.sessions.replies("s") == (reply,)
        assert (store.sessions.finished("s", FIRST), store.sessions.finished("s", SECOND)) == (1, 0)

    def test_of_two_tabs_the_first_reply_stands_whole(self, store: Store) -> None:
        asking(store, "p")
        first = a_reply(FIRST, "x", duty="steps")
        store.sessions.reply("s", "p", first)

        assert store.sessions.reply("s", "p", a_reply(FIRST, "x", duty="proof", see="3")) == first
        assert store.sessions.reply("s", "p", a_reply(FIRST, "x")) == first
        assert store.sessions.replies("s") == (first,)

    def test_of_tabs_that_reply_at_the_same_moment_one_stands_and_all_hear_which(self, store: Store) -> None:
        start = Barrier(THREADS)
        asking(store, "p")

        def send(tab: int) -> Reply | None:
            start.wait()
            return store.sessions.reply("s", "p", a_reply(FIRST, "x", **{f"item {tab}": "a", "duty": str(tab)}))

        with ThreadPoolExecutor(THREADS) as threads:
            heard = set(threads.map(send, range(THREADS)))

        assert heard == set(store.sessions.replies("s"))
        assert len(heard) == 1

    def test_who_skips_has_finished_without_an_answer(self, store: Store) -> None:
        asking(store, "p", "q")
        skipped = a_reply(FIRST, "x")

        assert store.sessions.reply("s", "p", skipped) == skipped == store.sessions.reply("s", "p", skipped)
        assert store.sessions.reply("s", "p", a_reply(FIRST, "x", duty="steps")) == skipped
        store.sessions.reply("s", "q", a_reply(FIRST, "y", duty="steps"))

        assert store.sessions.finished("s", FIRST) == 2
        assert set(store.sessions.replies("s")) == {skipped, a_reply(FIRST, "y", duty="steps")}

    def test_a_reply_counts_only_in_its_turn_and_from_who_came_in(self, store: Store) -> None:
        asking(store, "p")

        assert store.sessions.reply("s", "stranger", a_reply(FIRST, "x")) is None
        assert store.sessions.reply("s", "p", a_reply(SECOND, "x")) is None
        assert store.sessions.reply("s", "p", a_reply(0, "x")) is None
        store.sessions.do("s", Event(2, Act.READ, at=NOON), 0)
        assert store.sessions.reply("s", "p", a_reply(FIRST, "x")) is None
        assert store.sessions.reply("s", "p", a_reply(0, "x")) is None
        store.sessions.do("s", Event(3, Act.AGAIN, at=NOON), 0, SECOND)
        assert store.sessions.reply("s", "p", a_reply(SECOND, "x")) == a_reply(SECOND, "x")
        with pytest.raises(SessionUnknown):
            store.sessions.reply("t", "p", a_reply(FIRST, "x"))

    def test_after_the_end_two_replies_of_one_are_still_a_pair_and_nobody_is(self, store: Store) -> None:
        people = [f"device {number}" for number in range(6)]
        asking(store, *people)
        for one in people:
            store.sessions.reply("s", one, a_reply(FIRST, one, duty=f"first of {one}"))
        store.sessions.do("s", Event(2, Act.AGAIN, at=NOON), 0, SECOND)
        for one in reversed(people[1:]):
            store.sessions.reply("s", one, a_reply(SECOND, one, duty=f"second of {one}"))

        store.sessions.do("s", Event(3, Act.END, at=NOON), 0)

        replies = store.sessions.replies("s")
        said = {(each.pair, each.turn): dict(each.answers)["duty"] for each in replies}
        assert {each.pair for each in replies} == set("012345")
        assert len(said) == len(replies) == 11
        for pair, turn in said:
            if turn == SECOND:
                assert said[pair, FIRST].replace("first", "second") == said[pair, SECOND]
        assert store.sessions.reply("s", people[0], a_reply(SECOND, people[0])) is None

    def test_after_the_end_the_counts_are_there_and_nobody_is(self, store: Store) -> None:
        people = [f"device {number}" for number in range(6)]
        voting(store, "s", *people)
        store.sessions.cast("s", [Ballot(1, one, 1, "a") for one in people])
        store.sessions.cast("s", [Ballot(1, one, 2, "b", is_sure=True) for one in people[:2]])
        store.sessions.walk("s", Solo(3, people[0], "attempt"))
        store.sessions.hand_in(Bottleneck("a", "s", "text", "help"))
        for one in people:
            store.sessions.weigh("s", Weight("a", one, 1, 2))
        before = tally("ab", store.sessions.ballots("s")[1])

        store.sessions.do("s", Event(2, Act.END, at=NOON), 0)

        ballots, weights = store.sessions.ballots("s")[1], store.sessions.weights("s")
        assert tally("ab", ballots) == before
        assert (store.sessions.joined("s"), [each.weight for each in weights]) == (6, [2] * 6)
        assert {each.attempt for each in store.sessions.walked("s")} == {"attempt"}
        everybody = {each.participant for each in (*ballots, *weights, *store.sessions.walked("s"))}
        assert not everybody & set(people)
        assert store.sessions.admit("s", people[:1]) == (False,)
        assert store.sessions.cast("s", [Ballot(1, people[0], 3, "a")]) == (None,)

    def test_guesses_are_counted_and_forgotten(self, store: Store) -> None:
        store.sessions.missed("x", "2026-03-02T12:00:00", before="2026-03-02T11:00:00")
        store.sessions.missed("x", "2026-03-02T12:01:00", before="2026-03-02T11:00:00")

        assert store.sessions.door([], ["x"]).guesses.get("x", (0, "")) == (2, "2026-03-02T12:01:00")
        assert store.sessions.door([], ["y"]).guesses.get("y", (0, "")) == (0, "")
        store.sessions.missed("y", "2026-03-02T14:00:00", before="2026-03-02T13:00:00")
        assert store.sessions.door([], ["x"]).guesses.get("x", (0, "")) == (0, "")
        store.sessions.missed("y", "2026-03-02T16:00:00", before="2026-03-02T15:00:00")
        assert store.sessions.door([], ["y"]).guesses.get("y", (0, "")) == (1, "2026-03-02T16:00:00")

    def test_any_text_comes_back_as_it_was(self, store: Store) -> None:
        voting(store, "s", *ODD)
        rows = {Bottleneck(str(place), "s", odd, odd, odd) for place, odd in enumerate(ODD)}
        for row in rows:
            store.sessions.hand_in(row)

        cast = store.sessions.cast("s", [Ballot(1, odd, 1, odd) for odd in ODD])

        assert set(store.sessions.bottlenecks("s")) == rows
        assert [each.choice for each in cast if each] == list(ODD)

    def test_a_watch_hears_of_a_change_and_of_nothing_else(self, store: Store) -> None:
        with store.watch() as watch:
            assert not watch.wait(0)
            voting(store, "s", "p")
            assert watch.wait(5)
            while watch.wait(0.2):
                pass

            store.sessions.cast("s", [Ballot(1, "p", 1, "a")])

            assert watch.wait(5)
            assert not watch.wait(0)


class LastingGathering(Gathering):
    """What a store promises about sessions besides if it is on a disk."""

    def test_a_watch_hears_at_once_what_another_process_does(self, address: str, store: Store) -> None:
        voting(store, "s", "p")
        with closing(open_store(address)) as other, other.watch() as watch, ThreadPoolExecutor(1) as threads:
            heard = threads.submit(watch.wait, 10)
            began = time.monotonic()
            store.sessions.cast("s", [Ballot(1, "p", 1, "a")])

            assert heard.result()
            assert time.monotonic() - began < 2
            assert other.sessions.ballots("s")[1][0].choice == "a"

    def test_a_session_is_there_when_the_store_is_opened_again(self, address: str, store: Store) -> None:
        voting(store, "s", "p")
        store.sessions.cast("s", [Ballot(1, "p", 1, "a")])
        store.close()

        with closing(open_store(address)) as again:
            assert again.sessions.events("s") == (ASK,)
            assert again.sessions.cast("s", [Ballot(1, "p", 1, "b")]) == (Ballot(1, "p", 1, "a"),)


def refuses(store: Store) -> bool:
    """Whether the store cannot be written now."""
    try:
        store.sessions.admit("s", ["p"])
    except StoreUnusable:
        return True
    return False
