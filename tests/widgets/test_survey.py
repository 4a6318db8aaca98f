"""The questions on the phones, the projector and the notes: nothing of the answers before they are closed."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.widgets.workshop import Workshop

from casework import items
from casework import room as together
from casework.play.survey import FIRST, SECOND, UNKNOWN
from casework.play.workshop import Act
from casework.store import Store, open_store
from casework.widgets import phone, stage
from casework.widgets.stage import Tonight
from casework.words import LANGUAGES

ITEMS = items.survey()
RIGHT = frozenset((each.id, each.right) for each in ITEMS.questions)
FELT = frozenset((each.id, "4") for each in ITEMS.statements)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture
def room(store: Store) -> Workshop:
    one = Workshop.begin(store)
    one.press(Act.SURVEY)
    return one


def reply(room: Workshop, turn: int, answers: frozenset[tuple[str, str]], people: int = 8) -> None:
    for one in range(people):
        together.reply(room.store, room.card.id, str(one), turn, answers)


def on_phone(room: Workshop) -> dict[str, object]:
    found = together.look(room.store, room.setting.scenario, room.setting.protocol, room.card.id)
    return dict(phone.show(room.tonight.setting, found))


def on_stage(room: Workshop) -> dict[str, object]:
    """Return the projector's view with what the room learned, as the server hands it in."""
    case = room.setting.scenario
    found = together.look(room.store, case, room.setting.protocol, room.card.id)
    learned = together.learned(room.store, case, room.card.id)
    return dict(stage.stage(Tonight(room.tonight.setting, room.card.code, (), None, learned), found))


def test_phones_are_asked_every_item_with_a_way_not_to_guess(room: Workshop) -> None:
    asked = on_phone(room)["survey"]

    assert isinstance(asked, dict)
    assert [each["id"] for each in asked["questions"]] == [each.id for each in ITEMS.questions]
    assert all(each["options"][-1]["id"] == UNKNOWN for each in asked["questions"])
    assert [len(each["options"]) for each in asked["statements"]] == [5, 5, 5]
    assert asked["statements"][-1]["place"] == "Vraag 10 van 10"


def test_until_the_questions_are_closed_no_screen_knows_an_answer(room: Workshop) -> None:
    reply(room, FIRST, RIGHT)
    for acts in ((), (Act.READ,), (Act.AGAIN,)):
        room.press(*acts)
        said = json.dumps([on_phone(room), on_stage(room), room.notes()], ensure_ascii=False)
        assert not [each.id for each in ITEMS.questions if each.reason.nl in said]
        assert '"right"' not in said
        assert '"told": {' not in said


def test_the_projector_and_the_notes_say_how_many_have_finished(room: Workshop) -> None:
    reply(room, FIRST, RIGHT, people=3)
    reply(room, FIRST, frozenset(), people=5)

    view = room.stage()

    assert view["survey"] == "Op uw telefoon staan eerst een paar vragen. U mag ze overslaan."
    assert view["counts"]["texts"]["finished"] == "5 van de 8 zijn klaar"
    assert room.notes()["counts"]["texts"]["finished"] == "5 van de 8 zijn klaar"
    assert room.notes()["has_survey"]
    room.press(Act.READ)
    assert "finished" not in room.stage()["counts"]["texts"]
    assert not room.notes()["has_survey"]


def test_the_answers_come_with_reasons_and_what_changed_stands_on_the_projector(room: Workshop) -> None:
    reply(room, FIRST, frozenset({("duty", "proof")}) | FELT)
    room.press(Act.READ, Act.AGAIN)
    reply(room, SECOND, RIGHT | FELT)
    room.press(Act.ANSWERS)

    answers, told = on_phone(room)["answers"], on_stage(room)["told"]

    assert isinstance(answers, dict)
    assert isinstance(told, dict)
    assert [each["right"]["id"] for each in answers["questions"]] == [each.right for each in ITEMS.questions]
    assert all(each["reason"] and "(S" in each["source"] for each in answers["questions"])
    knowledge, confidence = told["tables"]
    assert {(row["first"], row["second"], row["trend"]) for row in knowledge["rows"]} == {("0", "8", "more")}
    assert {(row["first"], row["second"], row["change"]) for row in confidence["rows"]} == {("4,0", "4,0", "0,0")}
    assert told["line"].startswith("8 mensen gaven beide keren antwoord.")
    assert told["notes"] == [ITEMS.note.nl]


def test_with_fewer_than_five_pairs_the_projector_says_so_and_no_more(room: Workshop) -> None:
    reply(room, FIRST, RIGHT, people=4)
    room.press(Act.READ, Act.AGAIN)
    reply(room, SECOND, RIGHT)
    room.press(Act.ANSWERS)

    told = on_stage(room)["told"]

    assert isinstance(told, dict)
    assert told["tables"] == []
    assert told["line"] == "Minder dan vijf mensen gaven beide keren antwoord. Daarom is er niets van te zien."


def test_a_room_that_ends_at_once_sees_what_changed_at_the_end(room: Workshop) -> None:
    reply(room, FIRST, RIGHT)
    room.press(Act.READ, Act.AGAIN)
    reply(room, SECOND, RIGHT)
    room.press(Act.END)

    assert on_stage(room)["told"]
    assert on_phone(room)["answers"]


def test_a_session_that_does_not_ask_shows_nothing_of_it(store: Store) -> None:
    silent = Workshop.begin(store)
    assert on_phone(silent)["survey"] is None
    silent.press(Act.END)

    assert on_phone(silent)["answers"] is None
    assert on_stage(silent)["told"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_asks_in_its_language(store: Store, language: str) -> None:
    one = Workshop.begin(store, "milan" if language == "nl" else f"milan.{language}")
    one.press(Act.SURVEY)

    asked = on_phone(one)["survey"]

    assert isinstance(asked, dict)
    assert asked["questions"][0]["text"] == ITEMS.questions[0].text.in_(language)
