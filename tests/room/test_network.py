"""Coordinators bring together what workshops handed in; nobody's work is lost, and no playing is told twice."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from tests.cases import SCENARIOS, setting
from tests.export import evening
from tests.export.stores import played, put

from casework import library
from casework.library import Case
from casework.play.network import ON, Fault, Move, Receiver, Status, What
from casework.play.stumbling import Playings
from casework.room import network
from casework.room.chair import ELSEWHERE
from casework.store import Record, Store, open_store

NOW = "2026-03-02T10:00:00+00:00"
LATER = "2026-04"
MADE = Move(What.TITLE, "a", "", "Te weinig tijd")


def clock() -> str:
    return NOW


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    names = ("milan", "milan.en")
    return tuple(library.open_case(SCENARIOS / f"{name}.ipynb", is_checked=True) for name in names)


def test_what_a_workshop_handed_in_lies_loose_with_its_weight_once_the_workshop_has_ended(store: Store) -> None:
    evening.play(store)

    loose = network.look(store).loose

    assert {(note.weighed.bottleneck.text, note.count, note.case) for note in loose} == {
        ("Te weinig tijd", 2, "milan"),
        ("Wie belt er <b>eerst</b>?", 1, "milan"),
    }
    assert sorted(note.weighed.mean is None for note in loose) == [False, True]


def test_an_empty_store_gives_an_empty_board(store: Store) -> None:
    assert network.look(store).notes == ()


def test_a_note_that_is_put_in_a_cluster_lies_there_and_turned_round_lies_loose_again(store: Store) -> None:
    evening.play(store)
    note = network.look(store).loose[0]
    move = Move(What.PLACE, note.id, "", "a")

    assert [network.change(store, each, clock=clock) for each in (MADE, move)] == ["", ""]
    (bundle,) = network.look(store).bundles
    assert [each.id for each in bundle.notes] == [note.id]
    assert network.change(store, move.back, clock=clock) == ""
    assert network.look(store).bundles[0].notes == ()


def test_whoever_comes_second_hears_of_it_and_changes_nothing(store: Store) -> None:
    network.change(store, MADE, clock=clock)
    network.change(store, Move(What.QUESTION, "a", "", "Van de een"), clock=clock)

    notice = network.change(store, Move(What.QUESTION, "a", "", "Van de ander"), clock=clock)

    assert notice == ELSEWHERE
    assert store.network.clusters()[0].question == "Van de een"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", Fault.EMPTY), ("\x00\ud800 ", Fault.EMPTY), ("x" * 121, Fault.LONG), ("bel 0612345678", Fault.CONTACT)],
)
def test_a_title_that_cannot_be_is_not_stored(store: Store, text: str, wanted: Fault) -> None:
    assert network.change(store, replace(MADE, after=text), clock=clock) == wanted
    assert store.network.clusters() == ()


def test_control_characters_never_reach_the_store(store: Store) -> None:
    assert network.change(store, replace(MADE, after=" Te\x00 weinig\ud800 tijd\x1b "), clock=clock) == ""

    assert store.network.clusters()[0].title == "Te weinig tijd"


def test_news_of_two_people_at_the_same_moment_are_both_kept(store: Store) -> None:
    network.change(store, MADE, clock=clock)

    def meanwhile() -> str:
        # Somebody else tells something between the look at the numbers and the move.
        if not store.network.clusters()[0].news:
            store.network.change(Move(What.STATUS, "a", "", "solved 2026-03-01", "1"), NOW)
        return NOW

    move, notice = network.tell(store, "a", Status.PASSED_ON, "2026-03-02", Receiver.SOM, clock=meanwhile)

    assert (move.key, notice) == ("2", "")
    assert [each.text for each in store.network.clusters()[0].news] == ["solved 2026-03-01", "passed-on 2026-03-02 som"]


@pytest.mark.parametrize(
    ("status", "day", "receiver", "wanted"),
    [
        (Status.PASSED_ON, "2026-03-02", None, Fault.RECEIVER),
        (Status.SOLVED, "2027-03-02", None, Fault.DAY),
        (Status.SOLVED, "", None, Fault.DAY),
        (Status.NEW, "2026-03-02", None, Fault.UNKNOWN),
    ],
)
def test_news_that_cannot_be_are_not_stored(
    store: Store, status: Status, day: str, receiver: Receiver | None, wanted: Fault
) -> None:
    network.change(store, MADE, clock=clock)

    assert network.tell(store, "a", status, day, receiver, clock=clock)[1] == wanted
    assert store.network.clusters()[0].news == ()


def test_news_of_a_cluster_that_is_not_here_are_refused_and_do_not_go_on_for_ever(store: Store) -> None:
    assert network.tell(store, "nowhere", Status.SOLVED, "2026-03-02", None, clock=clock)[1] == ELSEWHERE


def test_a_text_that_names_somebody_is_struck_for_good(store: Store) -> None:
    evening.play(store)
    first = network.look(store).loose[0].id

    network.strike(store, first)
    network.strike(store, first)
    network.strike(store, "nowhere")

    assert first not in {note.id for note in network.look(store).notes}
    assert first not in {each.id for each in store.sessions.all_bottlenecks()}


def test_playings_are_told_that_came_to_an_ending_and_no_others(store: Store, cases: tuple[Case, ...]) -> None:
    scenario = setting("milan").scenario
    whole = played(scenario, random.Random(1), NOW)
    put(store, "milan", whole)
    put(store, "milan", played(scenario, random.Random(1), NOW, most=1))
    put(store, "milan", whole, version="older")
    store.begin(Record("heir", "milan", scenario.version, "nl", NOW, origin="other", taken=1), whole.decisions)
    broken = [replace(each, choice="nowhere") for each in whole.decisions]
    store.begin(Record("broken", "milan", scenario.version, "nl", NOW), broken)

    found = list(network.playings(store, cases, LATER))

    assert found == [Playings(setting("milan").protocol, whole.trace)]


def test_playings_that_went_alike_are_judged_once_also_those_without_some_scenes(
    store: Store, cases: tuple[Case, ...]
) -> None:
    scenario = setting("milan").scenario
    whole = played(scenario, random.Random(1), NOW)
    for version in (scenario.version, scenario.version, f"{scenario.version}-abc"):
        put(store, "milan", whole, version=version)

    found = list(network.playings(store, cases, LATER))

    assert {(each.protocol, each.trace) for each in found} == {(setting("milan").protocol, whole.trace)}
    assert sorted(each.count for each in found) == [1, 2]


def test_a_month_that_is_not_over_is_not_told_yet(store: Store, cases: tuple[Case, ...]) -> None:
    put(store, "milan", played(setting("milan").scenario, random.Random(1), NOW))

    assert list(network.playings(store, cases, NOW[: len(LATER)])) == []
    assert len(list(network.playings(store, cases, LATER))) == 1


def test_without_cases_no_playing_can_be_told(store: Store) -> None:
    put(store, "milan", played(setting("milan").scenario, random.Random(1), NOW))

    assert list(network.playings(store, (), LATER)) == []


def test_a_rule_may_be_tied_to_a_cluster_and_untied(store: Store) -> None:
    network.change(store, MADE, clock=clock)
    tie = Move(What.RULE, "a", "", ON, "weighed")

    assert network.change(store, tie, clock=clock) == ""
    assert store.network.clusters()[0].rules == ("weighed",)
    assert network.change(store, tie.back, clock=clock) == ""
    assert store.network.clusters()[0].rules == ()
