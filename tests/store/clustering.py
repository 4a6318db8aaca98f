"""What every store promises about clusters; a backend's test class inherits it and adds only where that store is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.contract import ODD, THREADS, in_one_store
from tests.store.gathering import NOON, a_card
from tests.store.opened import Opened

from casework.play.bottleneck import Bottleneck, Weight
from casework.play.network import GONE, ON, Cluster, Meeting, Move, News, Receiver, Status, What
from casework.play.workshop import Act, Event
from casework.store import Store

MADE = Move(What.TITLE, "a", "", "Te weinig tijd")
MOVES = (
    Move(What.TITLE, "a", "Te weinig tijd", "Geen tijd"),
    Move(What.QUESTION, "a", "", "Wie kan dit oplossen?"),
    Move(What.ANSWER, "a", "", "Er komt een loket."),
    Move(What.WEIGHT, "a", "", "2"),
    Move(What.MEETING, "a", "", Meeting.THEME),
    Move(What.MINUTES, "a", "10", "45"),
    Move(What.GONE, "a", "", GONE),
    Move(What.STEP, "a", "", ON, "4"),
    Move(What.RULE, "a", "", ON, "weighed"),
    Move(What.RECEIVER, "a", "", ON, Receiver.SOM),
    Move(What.STATUS, "a", "", "passed-on 2026-03-02 som", "1"),
    Move(What.PLACE, "n", "", "a"),
)


def seen(store: Store) -> tuple[Cluster, str]:
    """Return the one cluster, and where the one bottleneck lies."""
    (cluster,) = store.network.clusters()
    (bottleneck,) = store.sessions.all_bottlenecks()
    return cluster, bottleneck.cluster


class Clustering(Opened):
    """The promises about clusters that any store keeps, also one in memory."""

    @pytest.fixture
    def begun(self, store: Store) -> Store:
        """A store with one bottleneck and one cluster."""
        store.sessions.open(a_card())
        store.sessions.hand_in(Bottleneck("n", "s", "text", "help", NOON))
        store.network.change(MADE, NOON)
        return store

    def test_a_new_store_has_no_clusters(self, store: Store) -> None:
        assert store.network.clusters() == ()
        assert store.network.weights() == ()

    def test_a_cluster_that_was_made_is_there_with_nothing_but_its_title(self, begun: Store) -> None:
        assert seen(begun) == (Cluster("a", NOON, "Te weinig tijd"), "")

    def test_every_move_is_stored_and_seen(self, begun: Store) -> None:
        assert [begun.network.change(move, "later") for move in MOVES] == [True] * len(MOVES)

        assert seen(begun) == (
            Cluster(
                id="a",
                begun=NOON,
                title="Geen tijd",
                question="Wie kan dit oplossen?",
                answer="Er komt een loket.",
                weight=2,
                meeting=Meeting.THEME,
                minutes=45,
                is_gone=True,
                steps=(4,),
                rules=("weighed",),
                receivers=(Receiver.SOM,),
                news=(News(1, Status.PASSED_ON, "2026-03-02", Receiver.SOM),),
            ),
            "a",
        )

    @pytest.mark.parametrize("move", MOVES, ids=lambda move: move.what)
    def test_the_same_move_again_changes_nothing_and_turned_round_it_undoes_itself(
        self, begun: Store, move: Move
    ) -> None:
        before = seen(begun)

        assert begun.network.change(move, NOON)
        once = seen(begun)
        assert begun.network.change(move, NOON)
        assert seen(begun) == once != before
        assert begun.network.change(move.back, NOON)
        assert seen(begun) == before

    @pytest.mark.parametrize(
        "move", [each for each in MOVES if each.what not in {What.STEP, What.RULE, What.RECEIVER}], ids=lambda m: m.what
    )
    def test_what_is_no_longer_as_it_was_stays_as_somebody_else_made_it(self, begun: Store, move: Move) -> None:
        other = {What.STATUS: "solved 2026-03-01", What.WEIGHT: "1", What.MEETING: Meeting.NEXT, What.MINUTES: "5"}
        begun.network.change(replace(move, after=other.get(move.what, "other")), NOON)
        before = seen(begun)

        assert not begun.network.change(move, NOON)
        assert seen(begun) == before

    def test_two_people_may_tie_different_things_at_the_same_moment(self, begun: Store) -> None:
        start = Barrier(THREADS)

        def tie(number: int) -> bool:
            start.wait()
            return begun.network.change(Move(What.RULE, "a", "", ON, f"rule-{number}"), NOON)

        with ThreadPoolExecutor(THREADS) as threads:
            assert all(threads.map(tie, range(THREADS)))

        assert len(seen(begun)[0].rules) == THREADS

    def test_of_two_people_who_put_one_note_in_two_places_one_wins_and_the_other_hears(self, begun: Store) -> None:
        start = Barrier(THREADS)

        def put(number: int) -> bool:
            start.wait()
            return begun.network.change(Move(What.PLACE, "n", "", f"c{number}"), NOON)

        with ThreadPoolExecutor(THREADS) as threads:
            won = list(threads.map(put, range(THREADS)))

        assert won.count(True) == 1
        assert seen(begun)[1] == f"c{won.index(True)}"

    @pytest.mark.parametrize("move", MOVES, ids=lambda move: move.what)
    def test_nothing_is_stored_of_a_cluster_or_note_that_is_not_here(self, store: Store, move: Move) -> None:
        assert not store.network.change(move, NOON)
        assert store.network.clusters() == ()

    def test_weights_count_once_their_session_has_ended(self, begun: Store) -> None:
        begun.sessions.admit("s", ["p"])
        begun.sessions.weigh("s", Weight("n", "p", 1, 3))
        assert begun.network.weights() == ()

        begun.sessions.do("s", Event(1, Act.END, at=NOON), 0)

        assert [(each.bottleneck, each.weight) for each in begun.network.weights()] == [("n", 3)]

    def test_a_note_that_was_struck_is_gone_and_its_cluster_stays(self, begun: Store) -> None:
        begun.network.change(Move(What.PLACE, "n", "", "a"), NOON)

        begun.sessions.drop("s", "n")

        assert begun.sessions.all_bottlenecks() == ()
        assert [each.id for each in begun.network.clusters()] == ["a"]

    def test_nothing_of_an_earlier_text_is_kept(self, begun: Store) -> None:
        begun.network.change(MOVES[0], NOON)

        assert "Te weinig tijd" not in repr(begun.network.clusters())

    def test_any_text_comes_back_as_it_was(self, store: Store) -> None:
        odd = [text for text in ODD if text]
        for text in odd:
            store.network.change(Move(What.TITLE, text, "", text), NOON)
            store.network.change(Move(What.QUESTION, text, "", text), NOON)

        found = {(each.id, each.title, each.question) for each in store.network.clusters()}
        assert found == {(text, text, text) for text in odd}

    @in_one_store
    @given(st.lists(st.tuples(st.sampled_from("xy"), st.text("ab", max_size=2), st.text("ab", max_size=2)), max_size=8))
    def test_a_text_is_what_the_last_move_that_was_taken_says(
        self, store: Store, moves: list[tuple[str, str, str]]
    ) -> None:
        prefix = uuid4().hex
        now = dict.fromkeys("xy", "")
        for of in now:
            store.network.change(Move(What.TITLE, prefix + of, "", "title"), NOON)

        for of, before, after in moves:
            taken = store.network.change(Move(What.QUESTION, prefix + of, before, after), NOON)
            assert taken == (now[of] in {before, after})
            now[of] = after if taken else now[of]

        found = {each.id: each.question for each in store.network.clusters()}
        assert {of: found[prefix + of] for of in now} == now
