"""The share of roads that a translation carries from start to end is what playing each of them would give."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting
from tests.play.strategies import scenarios
from tests.play.test_changes import finished, mutated, with_choice
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT

from casework.play.attempt import Attempt, decide, offered, start
from casework.play.edits import aligned
from casework.play.explore import count_roads, explore
from casework.play.translation import Break, Lack, measure
from casework.scenario.model import Ending, Run, Scenario, SceneId


def in_english(scenario: Scenario) -> Scenario:
    """Return a translation: the same case in other words."""
    scenes = [
        replace(
            scene,
            title=f"{scene.title} (en)",
            story=tuple(tuple(replace(one, runs=(Run("Words."),)) for one in part) for part in scene.story),
            choices=tuple(replace(choice, text=f"{choice.text} (en)") for choice in scene.choices),
        )
        for scene in scenario.scenes
    ]
    return replace(scenario, language="en", scenes=tuple(scenes))


def halt(
    attempt: Attempt, original: Scenario, edition: Scenario | None, lacking: Mapping[SceneId, Lack]
) -> Break | None:
    """Return where a trainee who plays this road in the translation comes to a halt."""
    names = {was: choice for choice, was in aligned(original, edition).items()} if edition else {}
    beside = start(edition, "") if edition else None
    for number, scene in enumerate(attempt.visited):
        if scene in lacking:
            return Break(scene, lacking[scene])
        if edition and beside:
            if edition.scene(beside.scene).ending != original.scene(scene).ending:
                return Break(scene, Lack.ENDING)
            if number < len(attempt.decisions):
                name = names.get(attempt.decisions[number].choice, "")
                if name not in {choice.id for choice in offered(edition, beside)}:
                    target = attempt.visited[number + 1]
                    return Break(target, lacking[target]) if target in lacking else Break(scene, Lack.CHOICE)
                beside = decide(edition, beside, name)
    return None


@st.composite
def editions(draw: st.DrawFn) -> tuple[Scenario, Scenario | None, dict[SceneId, Lack]]:
    """Return a case, a translation of it that may lag behind, and the scenes that it lacks."""
    original = draw(scenarios(can_circle=False))
    edition = in_english(draw(st.one_of(st.just(original), mutated(original, can_circle=False))))
    ids = [scene.id for scene in original.scenes]
    lacking = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from((Lack.MISSING, Lack.STALE)), max_size=2))
    return original, edition if draw(st.booleans()) else None, lacking


@given(editions())
def test_the_walk_finds_what_playing_every_road_in_the_translation_finds(
    case: tuple[Scenario, Scenario | None, dict[SceneId, Lack]],
) -> None:
    original, edition, lacking = case
    roads = list(finished(original, start(original, "")))
    halts = Counter(halt(attempt, original, edition, lacking) for attempt in roads)
    whole = halts.pop(None, 0)

    found = measure(original, edition, lacking)

    assert (found.roads, found.whole.count) == (len(roads), whole)
    assert {each.at: each.roads.count for each in found.broken} == halts
    assert found.share == (Fraction(whole, len(roads)) if roads else None)


@given(scenarios())
def test_a_translation_in_which_nothing_lacks_is_whole(scenario: Scenario) -> None:
    found = measure(scenario, in_english(scenario), {})

    assert found.broken == ()
    assert found.whole.count == found.roads


def test_a_scene_that_went_stale_breaks_the_roads_through_it_and_no_other() -> None:
    found = measure(SAMPLE, in_english(SAMPLE), {"good": Lack.STALE})

    assert [(each.at, each.roads.count, each.roads.shortest) for each in found.broken] == [
        (Break("good", Lack.STALE), 2, (LISTEN, CALL))
    ]
    assert (found.roads, found.whole.count, found.share) == (4, 2, Fraction(1, 2))
    assert found.example == (LISTEN, CALL)
    assert found.whole.shortest == (LISTEN, LEAVE)


def test_a_choice_that_was_not_taken_over_breaks_the_roads_through_it() -> None:
    kitchen = SAMPLE.scene("kitchen")
    smaller = replace(kitchen, choices=kitchen.choices[:1])
    edition = in_english(replace(SAMPLE, scenes=(SAMPLE.scenes[0], smaller, *SAMPLE.scenes[2:])))

    found = measure(SAMPLE, edition, {})

    assert [(each.at, each.roads.shortest) for each in found.broken] == [
        (Break("kitchen", Lack.CHOICE), (LISTEN, LEAVE))
    ]


def test_another_ending_breaks_the_roads_to_it() -> None:
    scenes = [replace(scene, ending=Ending.GOOD) if scene.id == "harm" else scene for scene in SAMPLE.scenes]

    found = measure(SAMPLE, in_english(replace(SAMPLE, scenes=tuple(scenes))), {})

    assert [(each.at, each.roads.count) for each in found.broken] == [(Break("harm", Lack.ENDING), 2)]


def test_where_roads_run_in_circles_there_is_no_share_but_still_an_example() -> None:
    circle = with_choice(SAMPLE, WAIT, once=False)

    found = measure(circle, in_english(circle), {"harm": Lack.MISSING})

    assert (found.roads, found.whole.count, found.share) == (None, None, None)
    assert found.example == (LISTEN, LEAVE)


def test_one_stale_scene_of_a_shipped_case_is_counted_exactly() -> None:
    scenario = setting("milan").scenario
    end = next(scene for scene in scenario.scenes if scene.ending)

    found = measure(scenario, in_english(scenario), {end.id: Lack.STALE})

    through = [attempt for attempt in finished(scenario, start(scenario, "")) if end.id in attempt.visited]
    assert found.roads == count_roads(explore(scenario))
    assert [each.roads.count for each in found.broken] == [len(through)]
