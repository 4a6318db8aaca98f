"""The facilitator's notes: what to say and to press, and what is told to nobody else."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.widgets.workshop import View, Workshop

from casework import room as together
from casework.play.workshop import Act
from casework.store import Store, open_store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture
def room(store: Store) -> Workshop:
    return Workshop.begin(store)


def voted(room: Workshop, *counts: int, is_sure: bool = True) -> View:
    room.press(Act.READ, Act.ASK)
    room.vote(*counts, is_sure=is_sure)
    room.press(Act.REVEAL)
    return room.notes()


def test_one_button_leads_from_the_door_through_two_votes_to_the_majority_s_road(room: Workshop) -> None:
    pressed = []
    for _ in range(9):
        following = room.notes()["next"]
        pressed.append(following["label"])
        if following["send"]["kind"] == "follow-majority":
            break
        room.press(Act(following["send"]["act"]))
        if following["send"]["act"] == "ask":
            room.vote(1, 6, 1)

    assert pressed == [
        "Begin met lezen",
        "Open de stemming",
        "Toon de stemmen",
        "Toon wat de Meldcode zegt",
        "Laat in tweetallen praten",
        "Stem nog een keer",
        "Toon de stemmen",
        "Toon wat de Meldcode zegt",
        "Ga verder met B, zoals de meesten kozen",
    ]


def test_every_message_has_the_number_after_the_one_that_is_seen(room: Workshop) -> None:
    view = voted(room, 5, 2, 1)

    cues = [view["next"], view["back"], view["dark"], *view["acts"], *view["clocks"]]
    cues += [cue for one in view["onward"] for cue in one["acts"]]
    assert {cue["send"]["number"] for cue in cues} == {view["number"] + 1}


def test_nothing_of_a_vote_is_told_before_the_reveal(room: Workshop) -> None:
    room.press(Act.READ, Act.ASK)
    before = room.notes()
    room.vote(5, 2, 1)
    after = room.notes()

    assert {**before, "counts": None} == {**after, "counts": None}
    assert after["counts"]["voted"] == 8


def test_many_and_sure_and_off_the_rules_is_flagged_to_the_facilitator_alone(room: Workshop) -> None:
    view = voted(room, 6, 1, 1)

    assert view["result"]["flag"].startswith("Veel stemmen, zeker, en naast de regels: A.")
    assert view["result"]["rows"][0]["sure"] == "de meesten"
    assert "flag" not in room.stage()["result"]


def test_how_sure_fewer_than_five_were_is_not_told(room: Workshop) -> None:
    view = voted(room, 5, 2, 1)

    assert [row["sure"] for row in view["result"]["rows"]] == ["de meesten", "niet getoond", "niet getoond"]


def test_one_person_who_chose_otherwise_is_not_told(room: Workshop) -> None:
    voted(room, 5, 2, 1)
    room.press(Act.TALK, Act.ASK)
    room.vote(4, 3, 1)
    room.press(Act.REVEAL)

    told = " ".join(room.notes()["result"]["remarks"])

    assert "1" not in told
    assert "kozen" in told


def test_each_option_can_be_followed_or_looked_along_after_the_reveal(room: Workshop) -> None:
    view = voted(room, 5, 2, 1)

    assert [[cue["act"] for cue in one["acts"]] for one in view["onward"]] == [["follow", "visit"]] * 3
    assert [one["is_leading"] for one in view["onward"]] == [True, False, False]
    room.press(Act.VISIT, subject=view["onward"][1]["choice"])
    away = room.notes()
    assert away["now"]["away"] == "Nog 1 scène op de andere weg."
    assert away["home"]["send"]["kind"] == "come-back"
    assert "return" not in {cue["act"] for cue in away["acts"]}


def test_hands_are_counted_for_each_option_until_the_reveal(room: Workshop) -> None:
    room.press(Act.READ, Act.ASK)
    first = room.notes()["hands"][0]
    room.press(Act.HANDS, subject=first["send"]["subject"], amount=3)

    view = room.notes()

    assert [one["amount"] for one in view["hands"]] == [3, 0, 0]
    room.press(Act.REVEAL)
    assert room.notes()["hands"] == []


def test_a_clock_is_set_and_then_extended(room: Workshop) -> None:
    room.press(Act.READ, Act.ASK)
    assert {cue["send"]["kind"] for cue in room.notes()["clocks"]} == {"set-clock"}
    together.set_clock(room.store, room.setting.scenario, room.card.id, 3, 60)

    view = room.notes()

    assert view["has_clock"]
    assert [cue["send"] for cue in view["clocks"]] == [{"kind": "extend", "number": 4, "seconds": 60}]


def test_a_wish_for_more_time_is_told_without_a_name(room: Workshop) -> None:
    room.press(Act.READ, Act.ASK)
    together.ask_for_time(room.store, room.card.id, "0", 2)

    assert room.notes()["counts"]["texts"]["wishes"] == "1 persoon vraagt om meer tijd."


def test_ending_is_asked_for_first_and_nothing_else_is(room: Workshop) -> None:
    view = voted(room, 5, 2, 1)

    assert [cue["act"] for cue in view["acts"] if cue["sure"]] == ["end"]


def test_what_was_handed_in_can_be_merged_until_it_was_weighed(room: Workshop) -> None:
    room.press(Act.READ, Act.GATHER)
    room.hand_in("Te weinig tijd", "Geen tijd")

    view = room.notes()

    assert view["can_merge"]
    assert {one["text"] for one in view["bottlenecks"]} == {"Te weinig tijd", "Geen tijd"}
    room.press(Act.WEIGH, Act.END)
    ended = room.notes()
    assert ended["has_ended"]
    assert ended["next"] is None
