"""The projector's view: very little at a time, nothing of a vote before its reveal, never a note or a next scene."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import setting
from tests.widgets.workshop import View, Workshop

from casework import room as room_floor
from casework.play.workshop import Act
from casework.store import Store, open_store

REVEALED = (Act.READ, Act.ASK)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture
def room(store: Store) -> Workshop:
    return Workshop.begin(store)


def text(view: View) -> str:
    return json.dumps({key: value for key, value in view.items() if key != "words"}, ensure_ascii=False)


def test_people_come_in_by_a_code_and_read_what_the_story_is_about(room: Workshop) -> None:
    view = room.stage()

    assert view["screen"] == "door"
    assert view["code"] == f"{room.card.code[:3]} {room.card.code[3:]}"
    assert view["about"] == room.setting.scenario.content
    assert view["counts"]["texts"]["joined"] == "8 doen mee"
    assert "story" not in view


def test_the_first_scene_is_read_before_anybody_votes(room: Workshop) -> None:
    room.press(Act.READ)

    view = room.stage()

    assert (view["screen"], view["heading"]) == ("scene", room.setting.scenario.start.title)
    assert view["came"] is None


def test_what_followed_from_a_choice_stands_before_the_next_scene(room: Workshop) -> None:
    choice = room.setting.scenario.start.choices[1]
    room.press(Act.READ)
    room.press(Act.FOLLOW, subject=choice.id)

    view = room.stage()

    assert view["heading"] == room.setting.scenario.scene(choice.target).title
    assert view["came"]["chosen"] == f"Gekozen: {choice.text}"
    assert view["came"]["heading"] == "Wat er met Milan gebeurt"
    assert view["came"]["story"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.tuples(*[st.integers(0, 3)] * 3))
def test_an_open_vote_shows_how_many_voted_and_nothing_else_of_any_vote(store: Store, counts: tuple[int, ...]) -> None:
    silent, voting = Workshop.begin(store, people=9), Workshop.begin(store, people=9)
    for one in (silent, voting):
        one.press(*REVEALED)
    voting.vote(*counts)
    views = [one.stage() for one in (silent, voting)]

    said = [text({**view, "counts": None, "code": None}) for view in views]

    assert said[0] == said[1]
    assert views[1]["counts"]["voted"] == sum(counts)


def test_the_reveal_shows_the_votes_and_only_then_what_the_meldcode_says(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(5, 2, 1)
    room.press(Act.REVEAL)
    votes = room.stage()
    room.press(Act.RULES)
    rules = room.stage()

    assert [row["counts"] for row in votes["result"]["rows"]] == [["5"], ["2"], ["1"]]
    assert [row["bars"] for row in votes["result"]["rows"]] == [[100], [40], [20]]
    assert "said" not in votes
    assert rules["said"][rules["options"][0]["choice"]]["remarks"][0]["is"] == "broken"
    assert rules["sources"].startswith("Bron: ")


def test_after_the_talk_the_first_vote_stands_beside_the_second(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(5, 2, 1)
    room.press(Act.REVEAL, Act.RULES, Act.TALK, Act.ASK)
    assert room.stage()["heading"] == "Stem nog een keer"
    room.vote(1, 6, 1)
    room.press(Act.REVEAL)

    view = room.stage()

    assert view["heading"] == "Wat het gesprek veranderde"
    assert [row["shift"]["text"] for row in view["result"]["rows"]] == ["4 minder", "4 meer", "gelijk"]


def test_votes_in_words_have_neither_numbers_nor_bars(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(5, 2, 1)
    room.press(Act.WORDS, Act.REVEAL)

    rows = room.stage()["result"]["rows"]

    assert [row["counts"] for row in rows] == [["de meesten"], ["een deel"], ["enkelen"]]
    assert not any(row["bars"] for row in rows)


def test_a_vote_of_fewer_than_five_is_not_shown(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(2, 2)
    room.press(Act.REVEAL)

    result = room.stage()["result"]

    assert result["rows"] == []
    assert result["note"].startswith("Er stemden minder dan vijf mensen.")


def test_notes_and_next_scenes_are_never_in_the_view(room: Workshop) -> None:
    scenario = room.setting.scenario
    views = [room.stage()]
    for act in (Act.READ, Act.ASK, Act.CLOSE, Act.TALK, Act.ASK, Act.REVEAL, Act.RULES):
        room.press(act)
        if act is Act.ASK:
            room.vote(5, 2, 1)
        views.append(room.stage())

    secrets = [sentence.text for part in scenario.start.note for sentence in part]
    secrets += [scene.title for scene in scenario.scenes[1:]]
    assert not [one for one in secrets for view in views if one in text(view)]


def test_a_blank_screen_and_a_break_hide_what_the_room_was_doing(room: Workshop) -> None:
    room.press(*REVEALED)
    room.press(Act.BLANK)
    blank = room.stage()
    room.press(Act.LIGHT, Act.PAUSE)
    pause = room.stage()

    assert (blank["screen"], pause["screen"]) == ("blank", "pause")
    assert "options" not in {**blank, **pause}


def test_what_was_handed_in_is_weighed_and_shown_at_the_end_with_help_lines(room: Workshop) -> None:
    room.press(Act.READ, Act.GATHER)
    room.hand_in("Te weinig tijd")
    assert "Te weinig tijd" not in text(room.stage())
    room.press(Act.WEIGH)
    assert room.stage()["rows"][0]["text"] == "Te weinig tijd"
    room.press(Act.END)

    view = room.stage()

    assert view["screen"] == "ended"
    assert {line["number"] for line in view["help"]} >= {"112", "0800 2000"}


def test_in_english_no_sentence_is_dutch(store: Store) -> None:
    room = Workshop.begin(store, "milan.en")
    room.press(*REVEALED)

    view = room.stage()

    assert view["language"] == "en"
    assert (view["heading"], view["say"]) == ("What do you do?", "The vote is open.")
    assert view["counts"]["texts"] == {"joined": "8 take part", "voted": "0", "of": "of 8 voted"}
    assert setting("milan.en").scenario.title == view["title"]


def test_what_talking_changed_gives_its_place_to_the_rules_and_a_smaller_second_vote_is_told(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(5, 2, 1)
    room.press(Act.REVEAL, Act.TALK, Act.ASK)
    room.vote(1, 4, 1)
    room.press(Act.REVEAL)

    shift = room.stage()["result"]
    room.press(Act.RULES)

    assert shift["note"] == "De eerste keer stemden 8 mensen, na het gesprek 6."
    assert [row["counts"] for row in shift["rows"]] == [["5", "1"], ["2", "4"], ["1", "1"]]
    rules = room.stage()["result"]
    assert [row["counts"] for row in rules["rows"]] == [["1"], ["4"], ["1"]]
    assert not rules["is_twice"]


def test_raised_hands_are_people_too(room: Workshop) -> None:
    room.press(*REVEALED)
    room.vote(5, 2, 1)
    room.press(Act.HANDS, subject=room.setting.scenario.start.choices[0].id, amount=3)

    texts = room.stage()["counts"]["texts"]

    assert (texts["voted"], texts["of"], texts["joined"]) == ("11", "van 11 stemden", "8 doen mee")


def test_an_ending_that_nobody_came_to_is_not_named(room: Workshop) -> None:
    case = room.setting.scenario
    room.press(Act.READ, Act.ALONE)
    for one in range(8):
        room_floor.alone(room.store, case, room.card.id, str(one))
    room.press(Act.COMPARE)

    view = room.stage()

    assert view["table"]["rows"] == [["waren nog onderweg", "8"]]
    assert not any(scene.title in text(view) for scene in case.scenes if scene.ending)
