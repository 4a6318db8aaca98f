"""Faults at random: a good case with a slip in it, and small stories in which anything may stand."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from tests.play.faults import good
from tests.play.strategies import conditions, effects, scenarios

from casework import library
from casework.conformance.model import Protocol, Severity
from casework.scenario.model import ActivityId, Choice, Condition, Ending, Scenario, Scene

MELDCODE = library.protocol("meldcode")
RULES = {rule.id: rule for rule in MELDCODE.rules}
CHOSEN = (
    RULES["facts-recorded"],
    RULES["talk-or-waive"],
    RULES["weighed"],
    RULES["consulted"],
    RULES["no-empty-promises"],
    RULES["promise-corrected"],
    RULES["consult-before-deciding"],
    replace(RULES["no-empty-promises"], id="no-promises", severity=Severity.NORM, unless=("consult-colleague",)),
    replace(RULES["promise-corrected"], id="corrected", severity=Severity.NORM, unless=("weigh",)),
    replace(
        RULES["consult-before-deciding"], id="talk-first", severity=Severity.NORM, first=("talk",), then=("weigh",)
    ),
    replace(
        RULES["route-fits-scope"],
        id="not-both",
        severity=Severity.NORM,
        first=("promise-secrecy",),
        then=("weigh",),
        unless=("talk",),
    ),
)
"""Rules of all five templates, norms and advice, over the few activities of the random stories."""
protocols: st.SearchStrategy[Protocol] = st.lists(st.sampled_from(CHOSEN), min_size=1, max_size=6, unique=True).map(
    lambda rules: replace(MELDCODE, rules=tuple(rules))
)

Slip = Callable[[st.DrawFn, Scenario, Choice], Choice]


def _link(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, target=draw(st.sampled_from([scene.id for scene in scenario.scenes])))


def _turned(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, conditions=tuple(replace(each, wanted=not each.wanted) for each in choice.conditions))


def _no_condition(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, conditions=choice.conditions[1:])


def _condition(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    known: list[Condition] = [condition for each in _choices(scenario) for condition in each.conditions]
    return replace(choice, conditions=(*choice.conditions, draw(st.sampled_from(known) | conditions)))


def _activity(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    known: list[ActivityId] = [activity for each in _choices(scenario) for activity in each.activities]
    return replace(choice, activities=(draw(st.sampled_from(known)), *choice.activities))


def _no_activities(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, activities=choice.activities[draw(st.integers(1, 9)) :])


def _effect(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, effects=(*choice.effects, draw(effects)))


def _no_effects(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, effects=())


def _once(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, once=not choice.once)


def _no_quote(draw: st.DrawFn, scenario: Scenario, choice: Choice) -> Choice:
    return replace(choice, consequence=())


SLIPS: tuple[Slip, ...] = (
    _link,
    _turned,
    _no_condition,
    _condition,
    _activity,
    _no_activities,
    _effect,
    _no_effects,
    _once,
    _no_quote,
)


@st.composite
def slipped(draw: st.DrawFn, case: str) -> Scenario:
    """Return a good case with one or two slips in it: a choice is changed or lost, or a story ends another way."""
    scenario = good(case)[0]
    for _ in range(draw(st.integers(1, 2))):
        scene = draw(st.sampled_from([scene for scene in scenario.scenes if scene.choices or scene.ending]))
        scenario = _with(scenario, _changed(draw, scenario, scene))
    return scenario


@st.composite
def stories(draw: st.DrawFn, *, can_circle: bool) -> Scenario:
    """Return a random story with a few endings, in which every cell and line is another."""
    scenario = draw(scenarios(can_circle=can_circle))
    kinds = draw(st.lists(st.sampled_from(Ending), min_size=1, max_size=4, unique=True))
    ends = [Scene(kind.value, f"Ending {kind.value}", (), ending=kind, cell=20 + at) for at, kind in enumerate(kinds)]
    scenes = [
        replace(scene, cell=cell, choices=tuple(_placed(draw, scene, line, ends) for line in range(len(scene.choices))))
        for cell, scene in enumerate(scenario.scenes[:-1], 2)
    ]
    return replace(scenario, scenes=(*scenes, *ends))


def _placed(draw: st.DrawFn, scene: Scene, line: int, ends: list[Scene]) -> Choice:
    choice = scene.choices[line]
    target = draw(st.sampled_from(ends)).id if choice.target == "end" else choice.target
    return replace(choice, line=line + 1, target=target, consequence=draw(st.sampled_from([(), scene.story])))


def _changed(draw: st.DrawFn, scenario: Scenario, scene: Scene) -> Scene:
    if scene.ending:
        return replace(scene, ending=draw(st.sampled_from(Ending)))
    choice = draw(st.sampled_from(scene.choices))
    slip = draw(st.none() | st.sampled_from(SLIPS))
    changed = {} if slip is None else {choice: slip(draw, scenario, choice)}
    is_lost = slip is None
    kept = (each for each in scene.choices if not (is_lost and each == choice))
    return replace(scene, choices=tuple(changed.get(each, each) for each in kept))


def _with(scenario: Scenario, changed: Scene) -> Scenario:
    return replace(scenario, scenes=tuple(changed if each.id == changed.id else each for each in scenario.scenes))


def _choices(scenario: Scenario) -> list[Choice]:
    return [choice for scene in scenario.scenes for choice in scene.choices]
