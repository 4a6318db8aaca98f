"""A board keeps every note once, a move turned round undoes itself, and what is no move changes nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.play.bottleneck import Bottleneck, Weighed
from casework.play.network import (
    GONE,
    LONGEST_KEY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    ON,
    Board,
    Cluster,
    Fault,
    Meeting,
    Move,
    News,
    Note,
    Receiver,
    Status,
    What,
    agenda,
    board,
    fault,
    has_contact,
    headline,
    heaviest,
    news,
)

TODAY = date(2026, 3, 2)
IDS = ("a", "b", "c")
clusters = st.builds(
    Cluster,
    st.sampled_from(IDS),
    st.sampled_from(["2026-01-01", "2026-01-02"]),
    st.just("title"),
    weight=st.none() | st.integers(0, 3),
    meeting=st.none() | st.sampled_from(Meeting),
    minutes=st.sampled_from([5, 10, 45]),
    is_gone=st.booleans(),
)
boards = st.lists(clusters, unique_by=lambda each: each.id)


def a_note(number: int, cluster: str = "", mean: Fraction | None = None, session: str = "s") -> Note:
    return Note(Weighed(Bottleneck(f"n{number}", session, "text", "", cluster=cluster), (), mean), "leo", "2026-01-05")


notes = st.lists(st.tuples(st.sampled_from(["", "x", *IDS]), st.none() | st.fractions(0, 3)), max_size=9).map(
    lambda rows: [a_note(number, *row) for number, row in enumerate(rows)]
)


@given(boards, notes)
def test_every_note_lies_in_one_place_and_none_is_lost(rows: list[Cluster], handed: list[Note]) -> None:
    found = board(rows, handed)

    assert sorted(note.id for note in found.notes) == sorted(note.id for note in handed)
    assert [each.cluster.id for each in found.bundles if each.cluster.is_gone] == []
    for bundle in found.bundles:
        assert all(note.weighed.bottleneck.cluster == bundle.cluster.id for note in bundle.notes)


@given(boards, notes, st.data())
def test_the_board_is_the_same_in_whatever_order_the_store_tells(
    rows: list[Cluster], handed: list[Note], data: st.DataObject
) -> None:
    assert board(data.draw(st.permutations(rows)), data.draw(st.permutations(handed))) == board(rows, handed)


@given(boards, notes)
def test_the_agenda_has_what_was_put_on_it_heaviest_first_and_one_after_another(
    rows: list[Cluster], handed: list[Note]
) -> None:
    found = board(rows, handed)

    slots = agenda(found, Meeting.NEXT)

    assert {slot.bundle.cluster.id for slot in slots} == {
        each.id for each in rows if each.meeting is Meeting.NEXT and not each.is_gone
    }
    assert [slot.bundle for slot in slots] == list(heaviest(slot.bundle for slot in slots))
    for before, after in pairwise(slots):
        assert after.begins == before.begins + before.bundle.cluster.minutes


def test_the_heaviest_comes_first_and_what_rooms_said_decides_between_equals() -> None:
    rows = [
        Cluster("a", "1", "a", weight=None),
        Cluster("b", "2", "b", weight=2),
        Cluster("c", "3", "c", weight=2),
        Cluster("d", "4", "d", weight=3),
    ]
    handed = [a_note(1, "c", Fraction(3)), a_note(2, "c", Fraction(2)), a_note(3, "b", Fraction(1))]

    found = heaviest(board(rows, handed).bundles)

    assert [each.cluster.id for each in found] == ["d", "c", "b", "a"]
    assert found[1].mean == Fraction(5, 2)


def test_a_bundle_counts_its_workshops_and_all_texts_that_were_merged() -> None:
    merged = replace(a_note(1, "a").weighed, merged=(Bottleneck("m", "s", "same", ""),))
    handed = [replace(a_note(1, "a"), weighed=merged), a_note(2, "a"), a_note(3, "a", session="t")]

    (bundle,) = board([Cluster("a", "1", "a")], handed).bundles

    assert (bundle.workshops, bundle.texts) == (2, 4)
    assert board([], []) == Board()


def test_what_happened_last_says_how_far_a_cluster_has_come() -> None:
    passed = News(1, Status.PASSED_ON, "2026-01-01", Receiver.SOM)
    answered = News(2, Status.ANSWERED, "2026-02-01", Receiver.SOM)
    again = News(3, Status.PASSED_ON, "2026-02-01", Receiver.TASKFORCE)

    assert Cluster("a", "1", "a").status is Status.NEW
    assert Cluster("a", "1", "a", news=(passed, answered)).status is Status.ANSWERED
    assert Cluster("a", "1", "a", news=(passed, answered, again)).last == again
    assert Cluster("a", "1", "a", news=(answered, passed)).status is Status.ANSWERED


@given(
    st.integers(1, 99),
    st.sampled_from([Status.ANSWERED, Status.SOLVED]),
    st.dates(),
    st.none() | st.sampled_from(Receiver),
)
def test_news_is_read_back_as_it_was_written(number: int, status: Status, day: date, receiver: Receiver | None) -> None:
    told = News(number, status, day.isoformat(), receiver)

    assert news(str(number), told.text) == told


@given(st.sampled_from(What), st.text(), st.text(), st.text(), st.text())
def test_a_move_turned_round_undoes_it_and_no_text_is_too_odd_to_be_looked_at(
    what: What, of: str, before: str, after: str, key: str
) -> None:
    move = Move(what, of, before, after, key)

    is_made = what is What.TITLE and not before
    assert move.back == (Move(What.GONE, of, "", GONE) if is_made else Move(what, of, after, before, key))
    assert fault(move, TODAY) in {None, *Fault}


@pytest.mark.parametrize(
    ("move", "wanted"),
    [
        (Move(What.PLACE, "n1", "", "a"), None),
        (Move(What.PLACE, "", "", "a"), Fault.UNKNOWN),
        (Move(What.PLACE, "n1", "", "a" * (LONGEST_KEY + 1)), Fault.UNKNOWN),
        (Move(What.TITLE, "a", "", "Te weinig tijd"), None),
        (Move(What.TITLE, "a", "x", " \n"), Fault.EMPTY),
        (Move(What.TITLE, "a", "", "x" * (LONGEST_TITLE + 1)), Fault.LONG),
        (Move(What.TITLE, "a", "", "Bel 06 12 34 56 78"), Fault.CONTACT),
        (Move(What.QUESTION, "a", "x", ""), None),
        (Move(What.QUESTION, "a", "", "x" * (LONGEST_TEXT + 1)), Fault.LONG),
        (Move(What.ANSWER, "a", "", "mail iemand@example.org"), Fault.CONTACT),
        (Move(What.WEIGHT, "a", "", "3"), None),
        (Move(What.WEIGHT, "a", "3", ""), None),
        (Move(What.WEIGHT, "a", "", "4"), Fault.UNKNOWN),
        (Move(What.MEETING, "a", "", "theme"), None),
        (Move(What.MEETING, "a", "", "party"), Fault.UNKNOWN),
        (Move(What.MINUTES, "a", "10", "15"), None),
        (Move(What.MINUTES, "a", "10", ""), Fault.UNKNOWN),
        (Move(What.GONE, "a", "", GONE), None),
        (Move(What.GONE, "a", "", "perhaps"), Fault.UNKNOWN),
        (Move(What.STEP, "a", "", ON, "5"), None),
        (Move(What.STEP, "a", "", ON, "6"), Fault.UNKNOWN),
        (Move(What.RULE, "a", ON, "", "any-rule"), None),
        (Move(What.RULE, "a", "", "yes", "any-rule"), Fault.UNKNOWN),
        (Move(What.RECEIVER, "a", "", ON, "som"), None),
        (Move(What.RECEIVER, "a", "", ON, "king"), Fault.UNKNOWN),
        (Move(What.STATUS, "a", "", "passed-on 2026-03-02 som", "1"), None),
        (Move(What.STATUS, "a", "", "passed-on 2026-03-02", "1"), Fault.RECEIVER),
        (Move(What.STATUS, "a", "", "solved 2026-03-03", "2"), None),
        (Move(What.STATUS, "a", "", "solved 2026-03-04", "2"), Fault.DAY),
        (Move(What.STATUS, "a", "", "solved 1999-12-31", "2"), Fault.DAY),
        (Move(What.STATUS, "a", "", "solved tomorrow", "2"), Fault.DAY),
        (Move(What.STATUS, "a", "", "solved 2026-03-02 som more", "2"), Fault.UNKNOWN),
        (Move(What.STATUS, "a", "", "new 2026-03-02", "2"), Fault.UNKNOWN),
        (Move(What.STATUS, "a", "", "solved 2026-03-02", "0"), Fault.UNKNOWN),
        (Move(What.STATUS, "a", "solved 2026-03-02", "", "1"), None),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_is_told_with_the_reason(move: Move, wanted: Fault | None) -> None:
    assert fault(move, TODAY) == wanted


@pytest.mark.parametrize("text", ["06-12345678", "+31 (0)20 123 4567", "mij@hier.nl", "bel 0612345678 even"])
def test_a_telephone_number_or_an_address_for_mail_is_seen(text: str) -> None:
    assert has_contact(text)


@pytest.mark.parametrize("text", ["op 12 maart 2026 om 14.30 uur", "1.500 euro", "stap 1, 2, 3, 4, 5", "@ school", ""])
def test_a_day_or_a_count_is_no_telephone_number(text: str) -> None:
    assert not has_contact(text)


@given(st.text())
def test_a_title_made_of_a_text_fits(text: str) -> None:
    assert len(headline(text)) <= LONGEST_TITLE


def test_a_long_text_gives_a_title_of_whole_words() -> None:
    assert headline("kort  en\nbondig") == "kort en bondig"
    assert headline("woord " * 40).endswith("woord…")
