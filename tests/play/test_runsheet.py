"""A run sheet fits the time, its times add up, and it votes where something is at stake."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from tests.cases import DUTCH, setting
from tests.samples import SAMPLE

from casework import library
from casework.play.explore import explore
from casework.play.omission import without
from casework.play.runsheet import PLANS, VOTE, RunSheet, run_sheet
from casework.scenario.model import Run

LENGTHS = tuple(plan.minutes for plan in PLANS)


@cache
def sheet(name: str, minutes: int) -> RunSheet:
    return run_sheet(setting(name).scenario, setting(name).protocol, minutes)


def test_there_is_a_sheet_for_three_lengths_and_no_other() -> None:
    assert LENGTHS == (45, 60, 90)
    with pytest.raises(KeyError):
        run_sheet(SAMPLE, library.protocol("meldcode"), 30)


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("name", DUTCH)
def test_the_times_of_every_road_add_up_and_fit_or_say_where_to_stop(name: str, minutes: int) -> None:
    found = sheet(name, minutes)

    assert found.ways[0].is_best
    for way in found.ways:
        assert way.legs[0].begins == 0
        for leg, after in pairwise(way.legs):
            assert leg.begins + leg.seconds == after.begins
        assert way.seconds == way.legs[-1].begins + way.legs[-1].seconds
        assert (way.halt is None) == (way.seconds <= found.plan.story)
        assert sum(leg.is_vote for leg in way.legs) <= found.plan.votes


@pytest.mark.parametrize("name", DUTCH)
def test_every_ending_has_a_road_and_every_scene_that_can_be_reached_a_place(name: str) -> None:
    scenario = setting(name).scenario
    found = sheet(name, 60)

    ends = {scene.id for scene in scenario.scenes if scene.ending is not None}
    assert {way.legs[-1].scene for way in found.ways} == ends
    assert {place.scene for place in found.places} == explore(scenario).scenes
    for place in found.places:
        assert place.note == scenario.scene(place.scene).note
        assert place.ahead > 0


@pytest.mark.parametrize("name", DUTCH)
def test_more_time_gives_more_votes_and_each_is_where_roads_part(name: str) -> None:
    sheets = [sheet(name, minutes) for minutes in LENGTHS]

    for less, more in pairwise(sheets):
        assert sum(leg.is_vote for leg in less.ways[0].legs) <= sum(leg.is_vote for leg in more.ways[0].legs)
    for found in sheets:
        for place in found.places:
            assert not place.is_vote or place.ways > 1
            assert not place.is_vote or place.seconds > VOTE


def test_the_minutes_of_a_plan_add_up() -> None:
    for plan in PLANS:
        assert plan.welcome + plan.story // 60 + plan.rest + plan.closing == plan.minutes


def test_a_sheet_without_a_scene_that_may_go_names_it_nowhere() -> None:
    leo = setting("leo")
    found = run_sheet(without(leo.scenario, ["de-hand"]), leo.protocol, 60)

    assert "de-hand" not in {place.scene for place in found.places} | {leg.scene for w in found.ways for leg in w.legs}


def test_a_break_is_only_in_the_longest_and_past_the_middle() -> None:
    for name in DUTCH:
        assert {way.rest for way in sheet(name, 60).ways} == {None}
        for way in sheet(name, 90).ways:
            starts = {leg.scene: leg.begins for leg in way.legs}
            assert way.rest is None or starts[way.rest] * 2 >= sheet(name, 90).plan.story


def test_a_story_longer_than_the_time_stops_before_it_is_up() -> None:
    words = ("woord " * 6000).split()
    door = SAMPLE.scenes[0]
    sentence = door.story[0][0]

    long = replace(sentence, runs=(Run(" ".join(words)),))
    kitchen = replace(SAMPLE.scenes[1], story=((long,),))
    scenario = replace(SAMPLE, scenes=(door, kitchen, *SAMPLE.scenes[2:]), version="long")

    found = run_sheet(scenario, library.protocol("meldcode"), 45)

    assert {way.halt for way in found.ways} == {"door"}
