"""What every store promises about counting many; a test class of a backend adds only where that store is."""

from dataclasses import replace

from tests.store.gathering import a_card, voting
from tests.store.opened import Opened

from casework.play.attempt import Decision
from casework.play.ballot import Ballot
from casework.play.workshop import Act, Event
from casework.store import Alike, Pair, Polled, Record, Solo, Store

MARCH, APRIL = "2026-03-02T09:00:00+00:00", "2026-04-02T09:00:00+00:00"
RUNNING = "2026-05"
LEO = Record("a", "leo", "7c1e4f", "nl", MARCH)


def play(store: Store, record: Record, *choices: str, kept: frozenset[str] = frozenset()) -> None:
    decisions = [Decision(number, choice, record.begun) for number, choice in enumerate(choices, 1)]
    store.begin(record, decisions, kept)


def alike(*choices: str, count: int = 1, **values: object) -> Alike:
    told = {"session": "", "is_later": False, "kept": (), "month": "2026-03", **values}
    return Alike("7c1e4f", "nl", choices=choices, count=count, **told)  # type: ignore[arg-type]


class Counting(Opened):
    """The promises about a cohort that any store keeps, also one in memory."""

    def test_an_empty_store_counts_nobody(self, store: Store) -> None:
        cohort = store.cohort

        assert cohort.begun(RUNNING) == {}
        assert cohort.alike("leo", RUNNING) == cohort.pairs("leo", RUNNING) == ()
        assert cohort.ended("leo") == cohort.polled("leo") == ()

    def test_who_went_the_same_way_is_counted_together_and_in_order(self, store: Store) -> None:
        road = [f"scene/{number}" for number in range(12)]
        for name in "abc":
            play(store, replace(LEO, id=name), *road, kept=frozenset({"s2", "s1"}))
        play(store, replace(LEO, id="d"), *road[:2])
        play(store, replace(LEO, id="e", scenario="kim"), *road)

        found = store.cohort.alike("leo", RUNNING)

        assert set(found) == {alike(*road, count=3, kept=("s1", "s2")), alike(*road[:2])}
        assert store.cohort.begun(RUNNING) == {"leo": 4, "kim": 1}

    def test_who_only_kept_a_sentence_has_begun_and_has_no_road(self, store: Store) -> None:
        play(store, LEO, kept=frozenset({"s1"}))

        assert store.cohort.alike("leo", RUNNING) == ()
        assert store.cohort.begun(RUNNING) == {"leo": 1}

    def test_the_month_that_runs_is_not_counted(self, store: Store) -> None:
        play(store, LEO, "a/b")
        play(store, replace(LEO, id="b", begun=APRIL), "a/b")

        assert store.cohort.alike("leo", "2026-04") == (alike("a/b"),)
        assert store.cohort.begun("2026-04") == {"leo": 1}
        assert len(store.cohort.alike("leo", RUNNING)) == 2

    def test_who_plays_on_from_a_moment_is_a_later_attempt_and_a_pair(self, store: Store) -> None:
        play(store, LEO, "a/b", "b/c")
        play(store, replace(LEO, id="b", origin="a", taken=1), "a/b", "b/d")

        assert set(store.cohort.alike("leo", RUNNING)) == {alike("a/b", "b/c"), alike("a/b", "b/d", is_later=True)}
        assert store.cohort.pairs("leo", RUNNING) == (
            Pair("7c1e4f", "nl", "2026-03", "", ("a/b", "b/c"), ("a/b", "b/d"), 1),
        )
        assert store.cohort.begun(RUNNING) == {"leo": 1}

    def test_who_plays_on_twice_is_one_pair_with_what_came_last(self, store: Store) -> None:
        play(store, LEO, "a/b")
        play(store, replace(LEO, id="b", origin="a"), "a/c")
        store.begin(replace(LEO, id="c", origin="a"), [Decision(1, "a/d", APRIL)])

        [pair] = store.cohort.pairs("leo", RUNNING)

        assert pair.later == ("a/d",)

    def test_what_was_taken_over_from_an_earlier_version_is_a_first_attempt(self, store: Store) -> None:
        play(store, replace(LEO, id="old", version="000000"), "a/b")
        play(store, replace(LEO, origin="old", taken=1), "a/b")

        found = {each.version: each.is_later for each in store.cohort.alike("leo", RUNNING)}

        assert found == {"000000": False, "7c1e4f": False}
        assert store.cohort.pairs("leo", RUNNING) == ()

    def test_of_a_workshop_nothing_is_counted_before_its_end(self, store: Store) -> None:
        voting(store, "s", "p", "q")
        store.sessions.cast("s", [Ballot(1, "p", 1, "a/b", is_sure=True), Ballot(1, "q", 1, "a/b", is_sure=True)])
        play(store, LEO, "a/b")
        store.sessions.walk("s", Solo(1, "p", "a"))

        assert store.cohort.alike("leo", RUNNING) == store.cohort.polled("leo") == store.cohort.ended("leo") == ()
        store.sessions.do("s", Event(2, Act.END, at=APRIL), 0)
        # The month still runs, but this workshop is over.
        assert store.cohort.alike("leo", "2026-03") == (alike("a/b", session="s"),)
        assert store.cohort.polled("leo") == (Polled("s", 1, "a/b", is_sure=True, count=2),)
        [(card, events)] = store.cohort.ended("leo")
        assert card == replace(a_card("s", "s"), ended=APRIL)
        assert [event.act for event in events] == [Act.ASK, Act.END]
