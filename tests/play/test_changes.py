"""What changed for whom, found without listing a road, is what listing every road finds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting
from tests.play.strategies import ACTIVITIES, SIGNALS, conditions, effects, scenarios
from tests.samples import CALL, LEAVE, LISTEN, SAMPLE, WAIT

from casework import library
from casework.conformance.model import Protocol
from casework.conformance.monitor import judge
from casework.play.attempt import Attempt, Decision, decide, has_ended, offered, replay, start
from casework.play.changes import Changes, after, before, changes
from casework.play.edits import aligned
from casework.play.explore import count_roads, explore
from casework.scenario.model import Choice, Ending, Run, Scenario, Scene, Signal


@cache
def protocol() -> Protocol:
    """Return a protocol for random scenarios."""
    return library.protocol("meldcode")


def harsher() -> Protocol:
    """Return the protocol in which one rule takes no colleague for an answer any more, and another is gone."""
    rules = [
        replace(rule, first=("advice-veilig-thuis",)) if rule.id == "consult-before-deciding" else rule
        for rule in protocol().rules
        if rule.id != "weighed"
    ]
    return replace(protocol(), rules=tuple(rules))


def moved(draw: st.DrawFn, scene: Scene, targets: list[str]) -> Scene:
    """Return the scene with one link moved; the choice then gets another id, as the compiler would give it."""
    place, target = draw(st.integers(0, len(scene.choices) - 1)), draw(st.sampled_from(targets))
    fresh, taken = f"{scene.id}/{target}", {choice.id for choice in scene.choices}
    while fresh in taken:
        fresh += "~"
    return with_part(scene, place, id=fresh, target=target)


def changed(draw: st.DrawFn, scene: Scene, targets: list[str]) -> Scene:
    """Return the scene with one part of one choice changed."""
    parts = {
        "text": st.just("Other words"),
        "activities": st.lists(st.sampled_from(ACTIVITIES), max_size=2).map(tuple),
        "conditions": st.lists(conditions, max_size=2).map(tuple),
        "effects": st.lists(effects, max_size=2).map(tuple),
    }
    part = draw(st.sampled_from(sorted(parts)))
    return with_part(scene, draw(st.integers(0, len(scene.choices) - 1)), **{part: draw(parts[part])})


def shorter(draw: st.DrawFn, scene: Scene, targets: list[str]) -> Scene:
    """Return the scene without one of its choices."""
    place = draw(st.integers(0, len(scene.choices) - 1))
    return replace(scene, choices=(*scene.choices[:place], *scene.choices[place + 1 :]))


def longer(draw: st.DrawFn, scene: Scene, targets: list[str]) -> Scene:
    """Return the scene with one more choice."""
    number = sum("/new" in choice.id for choice in scene.choices)
    fresh = Choice(f"{scene.id}/new{number}", f"New {number}", draw(st.sampled_from(targets)), ())
    return replace(scene, choices=(*scene.choices, fresh))


def signalled(draw: st.DrawFn, scene: Scene, targets: list[str]) -> Scene:
    """Return the scene with other signals."""
    some = draw(st.lists(st.sampled_from(SIGNALS), max_size=2, unique=True))
    return replace(scene, signals=tuple(Signal(signal, signal) for signal in some))


def with_part(scene: Scene, place: int, **parts: object) -> Scene:
    choices = list(scene.choices)
    choices[place] = replace(choices[place], **parts)  # type: ignore[arg-type]
    return replace(scene, choices=tuple(choices))


@st.composite
def mutated(draw: st.DrawFn, scenario: Scenario, *, can_circle: bool) -> Scenario:
    """Return a scenario as its author may have left it after an edit of one scene."""
    places = [place for place, scene in enumerate(scenario.scenes) if scene.choices]
    if not places or draw(st.integers(0, 7)) == 0:
        return with_scene(scenario, -1, replace(scenario.scenes[-1], ending=Ending.HARM))
    at = draw(st.sampled_from(places))
    targets = [scene.id for scene in (scenario.scenes if can_circle else scenario.scenes[at + 1 :])]
    edit = draw(st.sampled_from((moved, changed, changed, shorter, longer, signalled)))
    return with_scene(scenario, at, edit(draw, scenario.scenes[at], targets))


def with_scene(scenario: Scenario, at: int, scene: Scene) -> Scenario:
    scenes = list(scenario.scenes)
    scenes[at] = scene
    return replace(scenario, scenes=tuple(scenes))


@st.composite
def versions(draw: st.DrawFn, *, can_circle: bool = False) -> tuple[Scenario, Scenario]:
    """Return a scenario before and after one or two edits."""
    old = draw(scenarios(can_circle=can_circle))
    new = draw(mutated(old, can_circle=can_circle))
    return old, draw(mutated(new, can_circle=can_circle)) if draw(st.booleans()) else new


def finished(scenario: Scenario, attempt: Attempt) -> Iterator[Attempt]:
    """Yield every attempt that stands at an ending."""
    if has_ended(scenario, attempt):
        yield attempt
    for choice in offered(scenario, attempt):
        yield from finished(scenario, decide(scenario, attempt, choice.id))


@dataclass(frozen=True)
class Listed:
    """All roads of a version by what their choices were called in the old one."""

    scenario: Scenario
    protocol: Protocol
    attempts: dict[tuple[str, ...], Attempt]

    def ending(self, road: tuple[str, ...]) -> Ending | None:
        return self.scenario.scene(self.attempts[road].scene).ending

    def broken(self, rule: str) -> set[tuple[str, ...]]:
        judged = {road: judge(self.protocol, attempt.trace) for road, attempt in self.attempts.items()}
        return {road for road, report in judged.items() if report.verdict(rule).truth == "violated"}


def listed(scenario: Scenario, by: Protocol, names: dict[str, str] | None = None) -> Listed:
    """Return all roads of a version, one by one."""
    roads = {}
    for attempt in finished(scenario, start(scenario, "")):
        made = [decision.choice for decision in attempt.decisions]
        road = tuple(made if names is None else [names.get(choice, f"new {choice}") for choice in made])
        assert road not in roads
        roads[road] = attempt
    return Listed(scenario, by, roads)


def shortest(roads: set[tuple[str, ...]]) -> int | None:
    return min(map(len, roads), default=None)


def length(steps: tuple[object, ...] | None) -> int | None:
    return None if steps is None else len(steps)


def check(found: Changes, old: Listed, new: Listed) -> None:
    """Hold what was found against the two lists."""
    common = old.attempts.keys() & new.attempts.keys()
    gone, fresh = set(old.attempts) - common, set(new.attempts) - common
    for roads, expected in ((found.common, common), (found.vanished, gone), (found.appeared, fresh)):
        assert (roads.count, length(roads.shortest)) == (len(expected), shortest(set(expected)))
    assert (found.before, found.after) == (len(old.attempts), len(new.attempts))
    turned = Counter((old.ending(road), new.ending(road)) for road in common if old.ending(road) != new.ending(road))
    assert {(change.old, change.new): change.roads.count for change in found.endings} == turned
    told = {change.rule.id: change for change in found.rules}
    for rule in {rule.id for rule in old.protocol.rules} & {rule.id for rule in new.protocol.rules}:
        was, now = old.broken(rule), new.broken(rule)
        broken, mended = (now - was) & common, (was - now) & common
        if broken or mended or len(was) != len(now):
            change = told.pop(rule)
            assert (change.before, change.after) == (len(was), len(now))
            assert (change.broken.count, length(change.broken.shortest)) == (len(broken), shortest(broken))
            assert (change.mended.count, length(change.mended.shortest)) == (len(mended), shortest(mended))
    assert told == {}


@given(versions())
def test_the_walk_finds_what_listing_every_road_finds(pair: tuple[Scenario, Scenario]) -> None:
    old, new = pair

    found = changes(old, new, protocol(), protocol())

    check(found, listed(old, protocol()), listed(new, protocol(), dict(aligned(old, new))))


@given(versions())
def test_it_finds_it_too_where_the_rules_changed_as_well(pair: tuple[Scenario, Scenario]) -> None:
    old, new = pair

    found = changes(old, new, protocol(), harsher())

    check(found, listed(old, protocol()), listed(new, harsher(), dict(aligned(old, new))))
    assert found.rule_edits.removed == ("weighed",)
    assert found.rule_edits.changed == ("consult-before-deciding",)


@given(versions(can_circle=True))
def test_an_example_can_be_played_and_shows_what_it_is_said_to_show(pair: tuple[Scenario, Scenario]) -> None:
    old, new = pair

    found = changes(old, new, protocol(), protocol())

    for change in found.endings:
        assert change.roads.shortest is not None
        assert ends(old, before(change.roads.shortest)) is change.old
        assert ends(new, after(change.roads.shortest)) is change.new
    for change in found.rules:
        for roads, was in ((change.broken, "satisfied"), (change.mended, "violated")):
            if roads.shortest is not None:
                assert judged(old, before(roads.shortest), change.rule.id) == was
                assert judged(new, after(roads.shortest), change.rule.id) != was
    if found.vanished.shortest is not None:
        assert ends(old, before(found.vanished.shortest)) is not None
    if found.appeared.shortest is not None:
        assert ends(new, after(found.appeared.shortest)) is not None


@given(scenarios())
def test_nothing_changed_between_a_case_and_itself(scenario: Scenario) -> None:
    found = changes(scenario, scenario, protocol(), protocol())

    assert not found
    assert found.before == found.after == found.common.count
    assert found.before in (None, count_roads(explore(scenario))) or count_roads(explore(scenario)) is None


@given(versions(can_circle=True))
def test_a_change_of_words_alone_changes_no_road_and_no_verdict(pair: tuple[Scenario, Scenario]) -> None:
    found = changes(*pair, protocol(), protocol())

    assert not (found.edits.is_wording and found.has_effect)


def ends(scenario: Scenario, road: tuple[str, ...]) -> Ending | None:
    return scenario.scene(played(scenario, road).scene).ending


def judged(scenario: Scenario, road: tuple[str, ...], rule: str) -> str:
    return judge(protocol(), played(scenario, road).trace).verdict(rule).truth.value


def played(scenario: Scenario, road: tuple[str, ...]) -> Attempt:
    return replay(scenario, "", [Decision(number, choice) for number, choice in enumerate(road, 1)])


def with_choice(scenario: Scenario, choice_id: str, **parts: object) -> Scenario:
    """Return the scenario with parts of one choice replaced."""
    scenes = [
        replace(scene, choices=tuple(replace(c, **parts) if c.id == choice_id else c for c in scene.choices))  # type: ignore[arg-type]
        for scene in scenario.scenes
    ]
    return replace(scenario, scenes=tuple(scenes))


def test_a_reworded_choice_and_a_reworded_sentence_change_words_and_nothing_else() -> None:
    new = with_choice(SAMPLE, CALL, text="U belt meteen")
    door = new.scenes[0]
    story = ((replace(door.story[0][0], id="door:000002", runs=(Run("De deur is open."),)),),)
    new = replace(new, scenes=(replace(door, story=story), *new.scenes[1:]))

    found = changes(SAMPLE, new, protocol(), protocol())

    assert [(edit.scene, edit.choice, edit.parts) for edit in found.edits.changed] == [
        ("door", None, ("story",)),
        ("kitchen", CALL, ("text",)),
    ]
    assert found.edits.is_wording
    assert not found.has_effect


def test_a_moved_link_is_the_same_choice_and_its_roads_end_differently() -> None:
    new = with_choice(SAMPLE, CALL, id="kitchen/harm~b", target="harm")

    found = changes(SAMPLE, new, protocol(), protocol())

    assert [(edit.choice, edit.parts) for edit in found.edits.changed] == [("kitchen/harm~b", ("target",))]
    assert [(each.old, each.new, each.roads.count) for each in found.endings] == [(Ending.GOOD, Ending.HARM, 2)]
    assert before(found.endings[0].roads.shortest or ()) == (LISTEN, CALL)
    assert after(found.endings[0].roads.shortest or ()) == (LISTEN, "kitchen/harm~b")
    assert (found.vanished.count, found.appeared.count) == (0, 0)


def test_a_signal_taken_out_is_no_wording_and_the_roads_that_needed_it_vanish() -> None:
    kitchen = replace(SAMPLE.scene("kitchen"), signals=())

    found = changes(SAMPLE, with_scene(SAMPLE, 1, kitchen), protocol(), protocol())

    assert [edit.parts for edit in found.edits.changed] == [("facts", "signals")]
    assert not found.edits.is_wording
    assert (found.vanished.count, before(found.vanished.shortest or ())) == (2, (LISTEN, CALL))


def test_links_that_were_swapped_are_two_moved_choices_and_not_two_reworded_ones() -> None:
    call, leave = SAMPLE.scene("kitchen").choices
    new = with_choice(SAMPLE, CALL, text=leave.text, conditions=(), acts_on=(), effects=leave.effects)
    new = with_choice(new, LEAVE, text=call.text, conditions=call.conditions, acts_on=call.acts_on, effects=())

    found = changes(SAMPLE, new, protocol(), protocol())

    assert {(edit.text, edit.parts) for edit in found.edits.changed} == {
        (call.text, ("target",)),
        (leave.text, ("target",)),
    }
    assert {(each.old, each.new, each.roads.count) for each in found.endings} == {
        (Ending.GOOD, Ending.HARM, 2),
        (Ending.HARM, Ending.GOOD, 2),
    }


def test_a_choice_that_now_breaks_a_rule_gives_the_roads_on_which_it_does() -> None:
    new = with_choice(SAMPLE, LEAVE, activities=("promise-secrecy",))

    found = changes(SAMPLE, new, protocol(), protocol())

    change = next(each for each in found.rules if each.rule.id == "no-empty-promises")
    assert (change.before, change.after) == (0, 2)
    assert (change.broken.count, change.mended.count) == (2, 0)
    assert after(change.broken.shortest or ()) == (LISTEN, LEAVE)
    assert found.endings == ()


def test_roads_that_run_in_circles_have_no_number_but_still_an_example() -> None:
    new = with_choice(SAMPLE, WAIT, once=False)

    found = changes(SAMPLE, new, protocol(), protocol())

    assert (found.before, found.after) == (4, None)
    assert (found.common.count, found.vanished.count, found.appeared.count) == (4, 0, None)
    assert after(found.appeared.shortest or ()) == (WAIT, WAIT, LISTEN, CALL)


def test_where_the_start_itself_lies_on_a_circle_nothing_has_a_number() -> None:
    circle = with_choice(SAMPLE, WAIT, once=False)

    found = changes(circle, with_choice(circle, CALL, id="kitchen/harm~b", target="harm"), protocol(), protocol())

    assert (found.before, found.after, found.common.count) == (None, None, None)
    assert [(each.old, each.new, each.roads.count) for each in found.endings] == [(Ending.GOOD, Ending.HARM, None)]
    assert before(found.endings[0].roads.shortest or ()) == (LISTEN, CALL)


def test_a_rule_that_changed_judges_the_same_roads_differently() -> None:
    lenient = replace(protocol().rule("talk-or-waive"), unless=("consult-colleague", "promise-secrecy"))
    rules = tuple(lenient if rule.id == lenient.id else rule for rule in protocol().rules)
    silent = with_choice(SAMPLE, LISTEN, activities=("promise-secrecy",))

    found = changes(silent, silent, protocol(), replace(protocol(), rules=rules))

    assert [(each.rule.id, each.before, each.after, each.mended.count) for each in found.rules] == [
        ("talk-or-waive", 4, 0, 4)
    ]
    assert found.rule_edits.changed == ("talk-or-waive",)
    assert not found.edits
    assert found.has_effect


def test_scenes_and_choices_that_came_or_went_are_named() -> None:
    kitchen = SAMPLE.scene("kitchen")
    smaller = replace(kitchen, choices=kitchen.choices[:1])
    new = replace(SAMPLE, scenes=(SAMPLE.scenes[0], smaller, SAMPLE.scene("good")))

    found, back = changes(SAMPLE, new, protocol(), protocol()), changes(new, SAMPLE, protocol(), protocol())

    assert [(edit.scene, edit.choice) for edit in found.edits.removed] == [("harm", None), ("kitchen", LEAVE)]
    assert found.edits.removed == back.edits.added
    assert (found.before, found.after, found.vanished.count) == (4, 2, 2)


@pytest.mark.parametrize("name", ["milan", "leo"])
def test_a_link_moved_in_a_shipped_case_is_told_exactly(name: str) -> None:
    case = setting(name)
    scenario, end = case.scenario, next(s for s in reversed(case.scenario.scenes) if s.ending)
    graph = explore(scenario)
    first = scenario.start.choices[0]
    new = with_choice(scenario, first.id, id=f"{scenario.start.id}/{end.id}", target=end.id)

    found = changes(scenario, new, case.protocol, case.protocol)

    assert found.before == count_roads(graph)
    assert found.after == count_roads(explore(new))
    assert found.before is not None
    assert found.after is not None
    assert found.vanished.count is not None
    assert found.appeared.count is not None
    assert found.before - found.vanished.count == found.after - found.appeared.count == found.common.count
