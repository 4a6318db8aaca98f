"""The view: whole, in one language, and silent about what lies ahead."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from tests.cases import NAMES, played, prefixes, setting

from casework.play.attempt import keep, start
from casework.scenario.model import Scene
from casework.widgets.lookback import debrief
from casework.widgets.view import Setting, show

PROMISE = ("kraan", "tegen niemand")


@pytest.mark.parametrize("name", NAMES)
def test_every_view_can_be_sent_as_json(name: str) -> None:
    for attempt in prefixes(name):
        assert json.loads(json.dumps(show(setting(name), attempt)))["number"] == len(attempt.decisions)


@pytest.mark.parametrize("name", NAMES)
def test_a_view_holds_no_sentence_of_a_scene_that_was_not_visited(name: str) -> None:
    scenario = setting(name).scenario
    for attempt in prefixes(name):
        said = json.dumps(show(setting(name), attempt), ensure_ascii=False)
        ahead = sentences(scene for scene in scenario.scenes if scene.id not in attempt.visited)
        behind = sentences(scene for scene in scenario.scenes if scene.id in attempt.visited)
        assert not [each for each in ahead - behind if json.dumps(each, ensure_ascii=False)[1:-1] in said]


def sentences(scenes: Iterable[Scene]) -> set[str]:
    """Return the sentences of some scenes that are long enough to be told apart."""
    texts = (sentence.text for scene in scenes for paragraph in scene.story for sentence in paragraph)
    # A short line such as "That is all," he says. may stand in more places than one.
    return {text for text in texts if len(text) > 40}


@pytest.mark.parametrize("name", NAMES)
def test_neither_notes_for_the_facilitator_nor_signals_are_in_a_view(name: str) -> None:
    case = setting(name)
    for attempt in prefixes(name):
        scene = show(case, attempt)["scene"]
        said = json.dumps(scene, ensure_ascii=False)
        assert scene["facts"] == []
        assert not [note for note in case.scenario.scene(attempt.scene).note if note[0].text in said]
        assert "signals" not in scene


def test_help_with_signals_shows_the_facts_of_the_scene() -> None:
    case = setting("milan")

    view = show(case, start(case.scenario, "a"), has_help=True)

    assert view["scene"]["facts"] == [signal.text for signal in case.scenario.start.signals]


def test_a_consequence_tells_the_person_first_then_what_changed_then_what_the_meldcode_says() -> None:
    case = setting("milan")

    consequence = show(case, played("milan", *PROMISE))["consequence"]

    assert consequence["heading"] == "Wat er met Milan gebeurt"
    assert consequence["chosen"].startswith("U zegt: nee hoor")
    assert consequence["story"][0][0]["runs"] == [['"Oké."', ""]]
    assert [(row["label"], row["word"]) for row in consequence["changes"]][:2] == [
        ("Vertrouwen", "meer"),
        ("Veiligheid", "minder"),
    ]
    assert [(verdict["is"], verdict["tag"]) for verdict in consequence["verdicts"]][:2] == [
        ("broken", "advies"),
        ("mend", "advies"),
    ]
    assert all(source["title"] != source["id"] for verdict in consequence["verdicts"] for source in verdict["sources"])
    assert consequence["belongs"] == "Dit hoort bij stap 3, Gesprek."
    assert consequence["announce"] == "Stap 3, Gesprek: niet gevolgd."


def test_with_feedback_afterwards_the_meldcode_waits_for_the_debrief() -> None:
    case = setting("milan")
    quiet = Setting(replace(case.scenario, feedback_afterwards=True), case.protocol, case.sources, case.pictures)

    view = show(quiet, played("milan", *PROMISE))

    assert view["consequence"]["verdicts"] == []
    assert view["consequence"]["belongs"] == ""
    assert view["steps"] == []


def test_the_current_step_is_marked_once_and_a_promise_can_still_be_mended() -> None:
    steps = show(setting("milan"), played("milan", *PROMISE))["steps"]

    assert [step["number"] for step in steps if step["current"]] == [3]
    assert steps[2]["is"] in {"mend", "broken"}
    assert [step["number"] for step in steps] == [1, 2, 3, 4, 5]


def test_kept_sentences_stand_in_the_notebook_with_their_scene() -> None:
    case = setting("milan")
    sentence = case.scenario.start.story[3][0]

    notebook = show(case, keep(start(case.scenario, "a"), {sentence.id}))["notebook"]

    assert notebook["label"] == "1 zin"
    assert notebook["kept"] == [{"id": sentence.id, "text": sentence.text, "scene": "Het kamertje", "acted": False}]


def test_in_an_english_scenario_the_interface_speaks_english() -> None:
    case = setting("milan")
    english = Setting(replace(case.scenario, language="en"), case.protocol, case.sources, case.pictures)

    view = show(english, played("milan", *PROMISE))

    assert view["consequence"]["heading"] == "What happens to Milan"
    assert [step["label"] for step in view["steps"]] == ["Signals", "Consult", "Talk", "Weigh", "Decide"]
    assert {verdict["tag"] for verdict in view["consequence"]["verdicts"]} <= {"advice"}


@pytest.mark.parametrize("name", NAMES)
def test_every_debrief_has_outcomes_without_a_total_rules_with_sources_and_open_questions(name: str) -> None:
    case = setting(name)
    for attempt in prefixes(name):
        if case.scenario.scene(attempt.scene).ending is None:
            continue
        back = debrief(case, attempt)
        assert [row["measure"] for row in back["outcomes"]] == ["safety", "trust", "autonomy"]
        assert back["ending"]["kind"] == case.scenario.scene(attempt.scene).ending
        assert len(back["path"]) == len(attempt.decisions)
        assert all(rule["sources"] and rule["why"] and rule["title"] for rule in back["rules"])
        assert 2 <= len(back["questions"]) <= 4
        assert not {"score", "total", "points"} & set(back)
