"""What rooms learned, over many workshops: no workshop with fewer than five pairs, and no number finer than a five."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from tests.cases import SCENARIOS, setting

from casework import items, room
from casework.analytics import knowledge
from casework.analytics.insight import Insight, Part, Question
from casework.analytics.knowledge import Evening
from casework.analytics.shelf import Shelf
from casework.analytics.tallies import Asked
from casework.play.survey import FIRST, SECOND
from casework.play.workshop import Act, Event
from casework.room import Knock
from casework.store import Store, open_store
from casework.words import LANGUAGES, words

ITEMS = items.survey()
RIGHT = frozenset((each.id, each.right) for each in ITEMS.questions)
FELT = {turn: frozenset((each.id, str(1 + turn)) for each in ITEMS.statements) for turn in (FIRST, SECOND)}
ACTS = (Act.SURVEY, Act.READ, Act.AGAIN, Act.ANSWERS, Act.END)


def hold(store: Store, people: int, acts: tuple[Act, ...] = ACTS) -> str:
    """Hold a workshop in which nobody knows anything at first and all know all later; return its id."""
    case = setting("milan")
    card = room.open_session(store, case.scenario, case.protocol)
    tokens = [f"phone {number}" for number in range(people)]
    for token in tokens:
        room.join(store, Knock(card.code, token, token))
    for number, act in enumerate(acts, 1):
        room.do(store, case.scenario, card.id, Event(number, act))
        turn = {Act.SURVEY: FIRST, Act.AGAIN: SECOND}.get(act, 0)
        for token in tokens if turn else ():
            answers = FELT[turn] | (RIGHT if turn == SECOND else frozenset())
            assert room.reply(store, card.id, token, turn, answers).notice == ""
    return card.id


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


@pytest.fixture(scope="module")
def held(store: Store) -> dict[int, str]:
    """Workshops by how many took part; another still runs, and one more never asked."""
    hold(store, 6, ACTS[:-1])
    hold(store, 6, (Act.END,))
    return {people: hold(store, people) for people in (5, 8, 4)}


@pytest.fixture(scope="module")
def found(store: Store, held: dict[int, str]) -> tuple[Evening, ...]:
    return knowledge.evenings(store, store.cohort.ended("milan"))


def look(store: Store, language: str = "nl", *sessions: str) -> dict[str, Any]:
    question = Question(Part.KNOWLEDGE, "milan", Asked(sessions=frozenset(sessions)))
    return Insight(store, Shelf(SCENARIOS), "9999-12").look(question, language)


def test_a_workshop_with_fewer_than_five_pairs_that_still_runs_or_never_asked_is_left_out(
    held: dict[int, str], found: tuple[Evening, ...]
) -> None:
    assert {each.session for each in found} == {held[5], held[8]}


def test_pairs_of_different_workshops_stay_apart_and_numbers_are_rounded_to_fives(
    found: tuple[Evening, ...],
) -> None:
    known, felt = knowledge.findings(found, words("en"))

    assert known.told[0] == "15 people in 2 workshops in which five people or more answered both times."
    assert {row[1:] for row in known.rows} == {(0, 15, "more people")}
    assert {row[1:] for row in felt.rows} == {("2.0", "3.0", "+1.0")}
    assert ITEMS.note.en in known.caution


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_chart_table_and_file_with_the_same_cells(
    store: Store, held: dict[int, str], language: str
) -> None:
    known, felt = look(store, language)["findings"]

    assert [row[0] for row in known["rows"]] == [each.title.in_(language) for each in ITEMS.questions]
    assert [row[0] for row in felt["rows"]] == [each.text.in_(language) for each in ITEMS.statements]
    assert len(known["drawings"]) == 2
    assert all(each.title.in_(language) in known["drawings"][0] for each in ITEMS.questions)
    assert known["csv"].count("15") == 7
    assert known["file"] == "casework-milan-knowledge.csv"
    assert known["caution"]
    assert felt["caution"]


def test_a_filter_that_leaves_one_small_workshop_shows_nothing(store: Store, held: dict[int, str]) -> None:
    one, _ = look(store, "en", held[8])["findings"]
    assert one["told"][0].startswith("10 people in 1 workshop ")

    (none,) = look(store, "en", held[4])["findings"]

    assert none["rows"] == []
    assert "There is nothing to show." in none["told"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_workshop_that_is_said(language: str) -> None:
    (none,) = knowledge.findings((), words(language))

    assert {"nl": "Er is niets te laten zien.", "en": "There is nothing to show."}[language] in none.told[0]
