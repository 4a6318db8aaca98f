"""What every store promises; a backend's test class inherits it and adds only where that store is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.opened import Opened

from casework.errors import NumberTaken, StoreUnusable
from casework.play.attempt import Decision
from casework.store import Played, Record, Store, open_store

FIRST = Decision(1, "desk/hall", "2026-03-02T09:00:00+00:00")
SECOND = Decision(2, "hall/phone", "2026-03-02T09:01:00+00:00")
THREADS = 8
ODD = (
    "مكتب/هاتف",
    "שולחן/טלפון",
    "🙂/👩🏽‍⚕️",
    "\u202edesk/hall",
    "caf\u00e9",
    "cafe\u0301",
    "Desk/Hall",
    "desk/hall ",
    "'; DROP TABLE decisions; --",
    "%s :choice ? $1 {}",
    "𝕕𝕖𝕤𝕜" * 500,
    "",
)

# PostgreSQL's text has no zero byte, and half a surrogate pair is no text.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
# Each example plays an attempt of its own, so a store that is shared by them all is as good as new.
in_one_store = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)


def a_record(attempt_id: str = "a") -> Record:
    return Record(attempt_id, "leo", "7c1e4f", "nl", "2026-03-02T09:00:00+00:00")


class Contract(Opened):
    """The promises that any store keeps, also one in memory."""

    def test_an_attempt_that_was_begun_is_known(self, store: Store) -> None:
        store.begin(a_record())

        assert store.record("a") == a_record()
        assert store.decisions("a") == ()
        assert store.kept("a") == frozenset()

    def test_of_an_unknown_attempt_nothing_is_known(self, store: Store) -> None:
        store.begin(a_record("a"), [FIRST], frozenset({"desk:1"}))

        for other in ("b", "A", "", "a ", "'"):
            assert store.record(other) is None
            assert store.decisions(other) == ()
            assert store.kept(other) == frozenset()

    def test_beginning_twice_changes_nothing(self, store: Store) -> None:
        store.begin(a_record(), [FIRST], frozenset({"desk:1"}))

        store.begin(Record("a", "milan", "0", "en", "later"), [FIRST, SECOND], frozenset({"hall:1"}))

        assert store.record("a") == a_record()
        assert store.decisions("a") == (FIRST,)
        assert store.kept("a") == {"desk:1"}

    def test_an_attempt_begins_with_what_it_takes_over(self, store: Store) -> None:
        store.begin(a_record(), iter([FIRST, SECOND]), frozenset({"desk:1", "hall:1"}))

        assert store.decisions("a") == (FIRST, SECOND)
        assert store.kept("a") == {"desk:1", "hall:1"}

    def test_a_beginning_that_fails_leaves_nothing_behind(self, store: Store) -> None:
        with pytest.raises(StoreUnusable):
            store.begin(a_record(), [FIRST, FIRST])

        assert store.record("a") is None
        assert store.decisions("a") == ()

    def test_decisions_come_back_in_order(self, store: Store) -> None:
        made = tuple(Decision(number, "desk/desk", f"at {number}") for number in range(1, 13))
        store.begin(a_record())

        for decision in made:
            store.append("a", decision)

        assert store.decisions("a") == made

    def test_the_same_decision_again_is_stored_once_and_keeps_its_time(self, store: Store) -> None:
        store.begin(a_record())

        for at in (FIRST.at, FIRST.at, "later"):
            store.append("a", Decision(1, FIRST.choice, at))

        assert store.decisions("a") == (FIRST,)

    def test_an_early_decision_again_changes_nothing_after_later_ones(self, store: Store) -> None:
        store.begin(a_record(), [FIRST, SECOND])

        store.append("a", FIRST)

        assert store.decisions("a") == (FIRST, SECOND)

    @pytest.mark.parametrize("number", [1, 2])
    def test_another_choice_at_a_taken_number_is_refused(self, store: Store, number: int) -> None:
        store.begin(a_record(), [FIRST, SECOND])

        with pytest.raises(NumberTaken) as refusal:
            store.append("a", Decision(number, "desk/car"))

        assert (refusal.value.attempt, refusal.value.number) == ("a", number)
        assert store.decisions("a") == (FIRST, SECOND)

    @pytest.mark.parametrize("number", [-1, 0, 3, 2**40, 2**70])
    def test_a_number_that_leaves_a_gap_is_refused(self, store: Store, number: int) -> None:
        store.begin(a_record(), [FIRST])

        with pytest.raises(StoreUnusable, match=f"attempt a has 1 decisions, number {number} cannot be next"):
            store.append("a", Decision(number, SECOND.choice))

        assert store.decisions("a") == (FIRST,)

    def test_nothing_is_stored_for_an_unknown_attempt(self, store: Store) -> None:
        with pytest.raises(StoreUnusable, match="attempt a is not in it"):
            store.append("a", FIRST)
        with pytest.raises(StoreUnusable, match="attempt a is not in it"):
            store.keep("a", frozenset({"desk:1"}))

        assert store.record("a") is None
        assert store.decisions("a") == ()
        assert store.kept("a") == frozenset()

    @pytest.mark.parametrize("sentences", [{"hall:1"}, {"desk:1", "hall:1"}, set(), {f"desk:{i}" for i in range(3000)}])
    def test_exactly_the_sentences_that_were_named_are_kept(self, store: Store, sentences: set[str]) -> None:
        store.begin(a_record(), kept=frozenset({"desk:1", "desk:2"}))

        store.keep("a", frozenset(sentences))

        assert store.kept("a") == sentences

    def test_attempts_know_nothing_of_each_other(self, store: Store) -> None:
        store.begin(a_record("a"), [FIRST], frozenset({"desk:1"}))
        store.begin(a_record("b"))

        store.append("b", Decision(1, "desk/car"))
        store.keep("b", frozenset({"hall:1"}))

        assert (store.decisions("a"), store.kept("a")) == ((FIRST,), {"desk:1"})
        assert (store.decisions("b"), store.kept("b")) == ((Decision(1, "desk/car"),), {"hall:1"})

    def test_any_text_comes_back_as_it_was(self, store: Store) -> None:
        made = tuple(Decision(number, odd, odd) for number, odd in enumerate(ODD, 1))
        record = Record(*(["👩🏽‍⚕️ é e\u0301 \u202e"] * 5))

        store.begin(record, made)
        store.keep(record.id, frozenset(ODD))

        assert store.record(record.id) == record
        assert store.decisions(record.id) == made
        assert store.kept(record.id) == set(ODD)

    @in_one_store
    @given(choices=st.lists(st.tuples(texts, texts), max_size=6))
    def test_decisions_are_what_was_appended(self, store: Store, choices: list[tuple[str, str]]) -> None:
        attempt_id = uuid4().hex
        made = tuple(Decision(number, choice, at) for number, (choice, at) in enumerate(choices, 1))
        store.begin(a_record(attempt_id))

        for decision in made:
            store.append(attempt_id, decision)

        assert store.decisions(attempt_id) == made

    @in_one_store
    @given(clicks=st.lists(st.tuples(st.integers(-1, 5), st.sampled_from("xy")), max_size=8))
    def test_whatever_is_clicked_no_decision_is_lost_or_changed(
        self, store: Store, clicks: list[tuple[int, str]]
    ) -> None:
        attempt_id = uuid4().hex
        store.begin(a_record(attempt_id))
        expected: list[Decision] = []

        for number, choice in clicks:
            is_refused = _is_refused(lambda: store.append(attempt_id, Decision(number, choice)))  # noqa: B023
            if number == len(expected) + 1:
                expected.append(Decision(number, choice))
            assert is_refused == (Decision(number, choice) not in expected)

        assert store.decisions(attempt_id) == tuple(expected)

    @in_one_store
    @given(sets=st.lists(st.frozensets(texts, max_size=5), min_size=1, max_size=3))
    def test_the_last_set_of_sentences_is_the_one_that_is_kept(self, store: Store, sets: list[frozenset[str]]) -> None:
        attempt_id = uuid4().hex
        store.begin(a_record(attempt_id))

        for sentences in sets:
            store.keep(attempt_id, sentences)

        assert store.kept(attempt_id) == sets[-1]

    def test_threads_share_a_store(self, store: Store) -> None:
        made = tuple(Decision(number, "desk/desk") for number in range(1, 6))

        def play(attempt_id: str) -> tuple[Decision, ...]:
            store.begin(a_record(attempt_id))
            for decision in made:
                store.append(attempt_id, decision)
                store.keep(attempt_id, frozenset({f"desk:{decision.number}"}))
            return store.decisions(attempt_id)

        with ThreadPoolExecutor(THREADS) as threads:
            played = list(threads.map(play, map(str, range(THREADS))))

        assert played == [made] * THREADS

    def test_of_two_windows_with_the_same_number_one_wins(self, store: Store) -> None:
        start = Barrier(THREADS)
        store.begin(a_record())

        def click(window: int) -> bool:
            start.wait()
            return _is_refused(lambda: store.append("a", Decision(1, f"desk/{window}")))

        with ThreadPoolExecutor(THREADS) as threads:
            refused = list(threads.map(click, range(THREADS)))

        (decision,) = store.decisions("a")
        assert refused.count(False) == 1
        assert decision.choice == f"desk/{refused.index(False)}"


class Lasting(Contract):
    """What a store promises besides if it is on a disk."""

    def test_what_was_stored_is_there_when_it_is_opened_again(self, address: str, store: Store) -> None:
        store.begin(a_record(), [FIRST], frozenset({"desk:1"}))
        store.append("a", SECOND)
        store.close()

        with closing(open_store(address)) as again:
            assert again.record("a") == a_record()
            assert again.decisions("a") == (FIRST, SECOND)
            assert again.kept("a") == {"desk:1"}

    def test_what_one_stores_another_sees_at_once(self, address: str, store: Store) -> None:
        with closing(open_store(address)) as other:
            store.begin(a_record(), [FIRST])
            seen = other.decisions("a")
            other.append("a", SECOND)

            assert seen == (FIRST,)
            assert store.decisions("a") == (FIRST, SECOND)

    def test_all_that_was_played_comes_page_by_page_and_each_attempt_whole(self, store: Store) -> None:
        for number in range(7):
            store.begin(a_record(f"a{number}"), [FIRST, SECOND], frozenset({f"s{number}"}))
        store.begin(a_record("looked-only"))

        for size in (1, 3, 7, 100):
            played = tuple(store.played(size))
            assert [each.record.id for each in played] == [f"a{number}" for number in range(7)]
            assert all(each.decisions == (FIRST, SECOND) for each in played)
            assert [each.kept for each in played] == [{f"s{number}"} for number in range(7)]

    def test_one_attempt_comes_whole_and_one_that_is_not_here_not_at_all(self, store: Store) -> None:
        store.begin(a_record(), [FIRST, SECOND], frozenset({"s"}))

        assert store.attempt("a") == Played(a_record(), (FIRST, SECOND), frozenset({"s"}))
        assert store.attempt("b") is None

    def test_playings_are_counted_by_version_and_month_and_what_was_copied_once(self, store: Store) -> None:
        for number, begun in enumerate(("2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00", "2026-04-01T00:00")):
            store.begin(replace(a_record(f"a{number}"), begun=begun), [FIRST])
        store.begin(replace(a_record("looked-only"), begun="2026-05-01T00:00"))
        store.begin(replace(a_record("played-on"), begun="2026-03-02T09:00", origin="a0", taken=1), [FIRST])
        store.begin(replace(a_record("from-a-room"), begun="2026-04-01T00:00", origin="a-room", taken=1), [FIRST])
        store.begin(replace(a_record("taken-over"), version="2", begun="2026-04-01T00:00", origin="a2"), [FIRST])

        counted = sorted((each.version, each.month, each.count) for each in store.beginnings())

        version = a_record().version
        assert counted == sorted([(version, "2026-03", 2), (version, "2026-04", 2), ("2", "2026-04", 1)])


def _is_refused(append: Callable[[], None]) -> bool:
    try:
        append()
    except (NumberTaken, StoreUnusable):
        return True
    return False
