"""The last moment and the colleague's road say what trying every road says, and hold for the cases that come along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import DUTCH, decided, prefixes, setting
from tests.play.strategies import ACTIVITIES, roomy_scenarios

from casework.conformance import Activity, Kind, Protocol, Questions, Rule, Severity, Text, judge
from casework.play.attempt import Attempt, decide, has_ended, offered, replay, start
from casework.play.expert import expert
from casework.play.moment import outlook
from casework.scenario.model import Choice, Ending, Scenario, Scene

NOTHING = Text("", "")
TEMPLATES = {
    "existence": ("any_of",),
    "absence": ("any_of",),
    "precedence": ("first", "then"),
    "response": ("first", "then"),
    "not-coexistence": ("first", "then"),
}
some = st.lists(st.sampled_from(ACTIVITIES), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """Return a protocol of one to three random rules, norms and advice."""
    rules = [draw(_rules(str(number))) for number in range(draw(st.integers(1, 3)))]
    activities = tuple(Activity(name, None, Kind.WORK, Text(name, name), NOTHING) for name in ACTIVITIES)
    return Protocol("random", NOTHING, activities, tuple(rules))


@st.composite
def _rules(draw: st.DrawFn, name: str) -> Rule:
    template = draw(st.sampled_from(sorted(TEMPLATES)))
    return Rule(
        id=name,
        template=template,
        severity=draw(st.sampled_from(Severity)),
        since=date(2019, 1, 1),
        source=(),
        title=NOTHING,
        why=NOTHING,
        questions=Questions((), ()),
        unless=draw(st.lists(st.sampled_from(ACTIVITIES), max_size=1).map(tuple)),
        **{each: draw(some) for each in TEMPLATES[template]},
    )


@st.composite
def stories(draw: st.DrawFn) -> Scenario:
    """Return a random scenario without circles in which a story can end in every way, seldom soon."""
    scenario = draw(roomy_scenarios(can_circle=False))
    ends = [Scene(kind, kind, (), ending=kind) for kind in (Ending.HARM, Ending.DEFENSIBLE, Ending.REPAIRED)]
    places = [scene.id for scene in scenario.scenes]

    def elsewhere(scene: Scene, choice: Choice) -> Choice:
        onward = places[places.index(scene.id) + 1]
        targets = [onward, onward, "end", *(end.id for end in ends)]
        return replace(choice, target=draw(st.sampled_from(targets))) if choice.target == "end" else choice

    scenes = (replace(one, choices=tuple(elsewhere(one, choice) for choice in one.choices)) for one in scenario.scenes)
    return replace(scenario, scenes=(*scenes, *ends))


def roads(scenario: Scenario, attempt: Attempt) -> Iterator[Attempt]:
    """Yield every attempt that this one may become, until nothing more can be chosen."""
    options = offered(scenario, attempt)
    if not options:
        yield attempt
    for choice in options:
        yield from roads(scenario, decide(scenario, attempt, choice.id))


def ending(scenario: Scenario, attempt: Attempt) -> Ending | None:
    return scenario.scene(attempt.scene).ending


def broken(protocol: Protocol, attempt: Attempt, severity: Severity) -> int:
    return sum(verdict.rule.severity is severity for verdict in judge(protocol, attempt.trace).broken)


def conforms(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> bool:
    """Whether a story has ended without harm and with every norm kept."""
    ended = ending(scenario, attempt)
    return ended is not None and ended is not Ending.HARM and not broken(protocol, attempt, Severity.NORM)


def wander(data: st.DataObject, scenario: Scenario) -> Attempt:
    attempt = start(scenario, "")
    for _ in range(data.draw(st.sampled_from([6, 6, 5, 4, 3, 2, 1, 0]))):
        if options := offered(scenario, attempt):
            attempt = decide(scenario, attempt, data.draw(st.sampled_from(options)).id)
    return attempt


@given(st.data(), stories(), protocols())
def test_the_last_moment_is_the_one_that_trying_every_road_finds(
    data: st.DataObject, scenario: Scenario, protocol: Protocol
) -> None:
    attempt = wander(data, scenario)
    made = attempt.decisions
    befores = [replay(scenario, "", made[:number]) for number in range(len(made) + 1)]

    within_reach = [any(conforms(scenario, protocol, road) for road in roads(scenario, one)) for one in befores]
    found = outlook(scenario, protocol, attempt)

    assert found.number == max((number for number, is_so in enumerate(within_reach) if is_so), default=None)
    assert found.is_conforming == within_reach[-1]
    if has_ended(scenario, attempt):
        assert found.is_conforming == conforms(scenario, protocol, attempt)


@given(stories(), protocols())
def test_no_road_that_ends_well_with_all_norms_kept_breaks_less_advice_or_is_shorter_than_the_colleagues(
    scenario: Scenario, protocol: Protocol
) -> None:
    kept = [one for one in roads(scenario, start(scenario, "")) if conforms(scenario, protocol, one)]
    good = [one for one in kept if ending(scenario, one) is Ending.GOOD]
    well = good or [one for one in kept if ending(scenario, one) is Ending.DEFENSIBLE]

    road = expert(scenario, protocol)

    if road is None:
        assert well == []
        return
    attempt = replay(scenario, "", decided(road))
    least = min((broken(protocol, one, Severity.ADVICE), len(one.decisions)) for one in well)
    assert ending(scenario, attempt) is ending(scenario, well[0])
    assert conforms(scenario, protocol, attempt)
    assert (broken(protocol, attempt, Severity.ADVICE), len(road)) == least


@pytest.mark.parametrize("name", DUTCH)
def test_on_the_colleagues_road_nothing_is_ever_lost(name: str) -> None:
    case = setting(name)
    road = expert(case.scenario, case.protocol)
    assert road is not None

    for number in range(len(road) + 1):
        attempt = replay(case.scenario, "", decided(road[:number]))
        assert outlook(case.scenario, case.protocol, attempt).is_conforming

    assert ending(case.scenario, attempt) is Ending.GOOD
    assert conforms(case.scenario, case.protocol, attempt)


@pytest.mark.parametrize("name", DUTCH)
def test_from_the_last_moment_of_every_attempt_a_conforming_ending_can_be_played(name: str) -> None:
    case = setting(name)

    for attempt in prefixes(name):
        found = outlook(case.scenario, case.protocol, attempt)
        assert found.number is not None
        there = replay(case.scenario, "", attempt.decisions[: found.number])
        further = replay(case.scenario, "", attempt.decisions[: found.number + 1])
        assert outlook(case.scenario, case.protocol, there).is_conforming
        assert found.is_conforming or not outlook(case.scenario, case.protocol, further).is_conforming
