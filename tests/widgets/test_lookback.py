"""The look back: the last moment in plain words, the colleague beside one's own road, what if, and open questions."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.cases import DUTCH, decided, played, prefixes, setting

from casework.cards import deck
from casework.errors import ChoiceNotOffered
from casework.play.attempt import Attempt, has_ended, offered, replay
from casework.play.debrief import look_back, others
from casework.play.expert import expert
from casework.play.feedback import Mark
from casework.play.moment import outlook
from casework.scenario.model import Choice, Ending, Scene
from casework.widgets.beside import answer
from casework.widgets.lookback import debrief
from casework.widgets.view import Setting

HARM = ("kraan", "tegen niemand", "houdt uw woord", "politie over")
SAME_PLACE = ("pleister", "laat hem los", "politie over")


def ended(name: str) -> Iterator[Attempt]:
    """Yield the attempts along the roads of the cover that have ended."""
    return (attempt for attempt in prefixes(name) if has_ended(setting(name).scenario, attempt))


def colleagues(name: str) -> Attempt:
    """Return the attempt of the experienced colleague."""
    case = setting(name)
    road = expert(case.scenario, case.protocol)
    assert road is not None
    return replay(case.scenario, "a", decided(road))


def english(name: str) -> Setting:
    case = setting(name)
    return Setting(replace(case.scenario, language="en"), case.protocol, case.sources, case.pictures)


@pytest.mark.parametrize("name", DUTCH)
def test_the_moment_shown_is_the_one_that_the_engine_finds(name: str) -> None:
    case = setting(name)
    for attempt in ended(name):
        found, moment = outlook(case.scenario, case.protocol, attempt), debrief(case, attempt)["moment"]
        if found.is_conforming:
            assert moment["from"] is None
            continue
        assert found.number is not None
        assert moment["from"] == found.number
        assert moment["turn"] == found.number + 1
        assert moment["chosen"] == look_back(case.scenario, case.protocol, attempt).path[found.number].choice.text
        if found.number:
            scene = case.scenario.scene(attempt.visited[found.number - 1])
            assert f"keuze {found.number}, bij {scene.title}," in moment["title"]


def test_the_last_moment_is_told_in_plain_words() -> None:
    moment = debrief(setting("milan"), played("milan", *HARM))["moment"]

    assert moment["title"] == "Tot en met keuze 2, bij De kraan, kon het nog goed aflopen"
    assert moment["text"] == "Daarna kwam keuze 3, bij De belofte:"
    assert moment["note"] == "U komt terug bij De belofte. Uw keuzes van daarvoor staan al."


def test_a_norm_that_was_lost_on_a_road_without_harm_is_not_called_a_bad_end() -> None:
    case = setting("leo")
    lost = next(
        attempt
        for attempt in ended("leo")
        if case.scenario.scene(attempt.scene).ending is not Ending.HARM
        and not outlook(case.scenario, case.protocol, attempt).is_conforming
    )

    title = debrief(case, lost)["moment"]["title"]

    assert "alle normen" in title
    assert "goed aflopen" not in title


@pytest.mark.parametrize("name", DUTCH)
def test_a_road_on_which_nothing_was_lost_is_told_so_warmly(name: str) -> None:
    moment = debrief(setting(name), colleagues(name))["moment"]

    assert moment["title"] == "Een einde zonder schade bleef steeds binnen bereik, en u hebt het bereikt"
    assert moment["from"] is None


def test_where_no_road_could_have_conformed_the_story_takes_the_blame() -> None:
    case = setting("milan")
    scenes = tuple(replace(scene, ending=scene.ending and Ending.HARM) for scene in case.scenario.scenes)
    bleak = replace(case, scenario=replace(case.scenario, scenes=scenes, version="bleak"))

    back = debrief(bleak, played("milan", *HARM))

    assert back["moment"]["from"] is None
    assert back["moment"]["text"] == "Dat ligt aan het verhaal, niet aan u."
    assert back["colleague"] is None


def test_a_first_choice_that_lost_it_leads_back_to_the_beginning() -> None:
    case = setting("milan")
    first, *rest = case.scenario.scenes
    only = replace(first, choices=(*first.choices, _to_harm(first)))
    short = replace(case, scenario=replace(case.scenario, scenes=(only, *rest), version="short"))

    back = debrief(short, replay(short.scenario, "a", decided(("to-harm",))))

    assert back["moment"]["title"] == "Aan het begin kon het nog goed aflopen"
    assert (back["moment"]["from"], back["moment"]["turn"]) == (0, 1)


def _to_harm(scene: Scene) -> Choice:
    return replace(scene.choices[0], id="to-harm", target="de-la")


@pytest.mark.parametrize("name", DUTCH)
def test_the_colleagues_road_stands_whole_beside_ones_own_and_both_in_order(name: str) -> None:
    theirs = [decision.choice for decision in colleagues(name).decisions]
    case = setting(name)
    texts = {choice.id: choice.text for scene in case.scenario.scenes for choice in scene.choices}
    for attempt in ended(name):
        shown = debrief(case, attempt)["colleague"]
        if shown["same"]:
            assert [decision.choice for decision in attempt.decisions] == theirs
            continue
        own = [row["own"]["choice"] for row in shown["rows"] if row["own"]]
        other = [row["other"]["choice"] for row in shown["rows"] if row["other"]]
        assert own == [texts[decision.choice] for decision in attempt.decisions]
        assert other == [texts[choice] for choice in theirs]
        assert shown["ends"][1]["ending"]["kind"] == Ending.GOOD


@pytest.mark.parametrize("name", DUTCH)
def test_two_roads_share_a_cell_only_where_they_chose_the_same_and_it_stands_the_same(name: str) -> None:
    for attempt in ended(name):
        for row in debrief(setting(name), attempt)["colleague"]["rows"]:
            parts = [{**side, "number": 0} for side in (row["own"], row["other"]) if side]
            assert row["shared"] == (len(parts) == 2 and parts[0] == parts[1])


def test_the_colleague_who_meets_herself_is_told_that_there_is_nothing_to_compare() -> None:
    shown = debrief(setting("leo"), colleagues("leo"))["colleague"]

    assert shown["same"] == "U liep dezelfde weg als de ervaren collega."
    assert shown["rows"] == []


@pytest.mark.parametrize("name", DUTCH)
def test_every_decision_that_could_have_been_another_shows_what_else_was_on_offer(name: str) -> None:
    case = setting(name)
    for attempt in ended(name):
        shown = {
            row["number"]: [option["id"] for option in row["options"]] for row in debrief(case, attempt)["options"]
        }
        for decision in attempt.decisions:
            before = replay(case.scenario, "a", attempt.decisions[: decision.number - 1])
            there = [choice.id for choice in offered(case.scenario, before) if choice.id != decision.choice]
            assert shown.get(decision.number, []) == there


@pytest.mark.parametrize("name", DUTCH)
def test_every_other_choice_has_an_answer_in_both_languages_that_can_be_sent(name: str) -> None:
    for case in (setting(name), english(name)):
        for attempt in list(ended(name))[:6]:
            for number, choices in enumerate(others(case.scenario, attempt), start=1):
                for choice in choices:
                    told = json.loads(json.dumps(answer(case, attempt, number, choice.id)))
                    assert (told["number"], told["choice"], told["from"]) == (number, choice.id, number - 1)
                    assert all(told["story"])


def test_an_answer_tells_where_the_stories_part_and_meet_how_they_end_and_what_differs() -> None:
    told = answer(setting("milan"), played("milan", *SAME_PLACE), 1, "het-kamertje/de-lege-kruk~d361")

    assert told["story"] == [
        "De twee verhalen gaan uit elkaar bij keuze 1, Het kamertje.",
        "Ze komen weer samen bij De lege kruk.",
        "2 latere keuzes passen daar ook.",
        "Het verhaal eindigt dan op dezelfde plek: De la.",
    ]
    assert told["ending"]["kind"] == Ending.HARM
    assert [row["note"] for row in told["differs"] if row["is"] == "kept"] == ["dan gevolgd"]


def test_of_a_story_that_stops_halfway_only_what_it_came_by_is_told() -> None:
    told = answer(setting("milan"), played("milan", *HARM), 2, "de-kraan/in-de-pauze~1279")

    assert (
        told["story"][-1]
        == "U staat dan bij In de pauze. Uw latere keuzes passen daar niet. Hoe het verdergaat, kiest u zelf."
    )
    assert told["ending"] is None
    assert {row["is"] for row in told["differs"]} <= {"eye"}
    assert told["more"] == []


def test_what_was_not_on_offer_has_no_answer() -> None:
    with pytest.raises(ChoiceNotOffered):
        answer(setting("milan"), played("milan", *HARM), 2, "nergens")


def test_signals_one_choice_away_say_where_they_were_and_which_decision_led_there() -> None:
    back = debrief(setting("milan"), played("milan", *SAME_PLACE))

    assert back["signals"]["away"][0]["scene"] == "De kraan, met een andere keuze bij nummer 1"


@pytest.mark.parametrize("name", DUTCH)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_questions_are_those_of_the_broken_rules_in_the_language_of_the_case(name: str, language: str) -> None:
    case = setting(name) if language == "nl" else english(name)
    seen = 0
    for attempt in ended(name):
        back = look_back(case.scenario, case.protocol, attempt)
        broken = [judged.rule for judged in back.rules if judged.mark in {Mark.BROKEN, Mark.MEND}]
        if not broken:
            continue
        asked = debrief(case, attempt)["questions"]
        assert asked
        assert set(asked) <= {question for rule in broken for question in rule.questions.in_(language)}
        assert asked[0] == broken[0].questions.in_(language)[0]
        seen += 1

    assert seen


@pytest.mark.parametrize("name", DUTCH)
def test_the_look_back_in_english_says_no_sentence_of_the_interface_in_dutch(name: str) -> None:
    dutch, here = setting(name), english(name)
    for attempt in list(ended(name))[:6]:
        one, other = debrief(dutch, attempt)["moment"], debrief(here, attempt)["moment"]
        assert one["title"] != other["title"]
        assert one["text"] != other["text"]


@pytest.mark.parametrize("name", DUTCH)
def test_the_look_back_names_the_cards_of_the_signals_that_were_there_to_see_and_of_no_others(name: str) -> None:
    case, known = setting(name), deck.by_signal(deck.signals())
    for attempt in ended(name):
        offered_signals = look_back(case.scenario, case.protocol, attempt).signals.offered
        wanted = {card.id for signal in offered_signals for card in known[f"{name}/{signal}"]}

        cards = debrief(case, attempt)["signals"]["cards"]

        assert set(cards) == wanted
        assert len(cards) == len(wanted)
