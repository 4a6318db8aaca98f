"""Each check on quality finds the fault that is sown in a good case, at its place, and nothing in the good ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from tests.cases import NAMES, decided, setting
from tests.play.sown import (
    HERE,
    MELDCODE,
    SHELF,
    SOWN,
    a_dominated_choice,
    a_false_choice,
    each_choice,
    linted,
    no_step_2,
    one_choice,
    option,
    six_choices,
    slugs,
    staircase,
    two,
    with_choices,
    with_scene,
)
from tests.play.strategies import scenarios
from tests.scenario.examples import Example, examples

from casework import library
from casework.conformance.protocol import Kind
from casework.play.attempt import Attempt, Decision, decide, offered, replay, start
from casework.play.explore import explore
from casework.play.ground import Ground
from casework.play.quality import dominated, given_away, no_advice
from casework.scenario.catalogue import CATALOGUE
from casework.scenario.catalogue.quality import ROWS
from casework.scenario.compiler import compile_scenario, diagnose
from casework.scenario.diagnostics import Both, Diagnostic, Severity
from casework.scenario.model import (
    Choice,
    Effect,
    Measure,
    Scenario,
    Scene,
    Seen,
    Signal,
)
from casework.scenario.reading import texts

EXAMPLES = [examples()[row.slug] for row in ROWS]


def scenario_of(example: Example) -> Scenario:
    """Return the case in an example, with which nothing else is wrong."""
    compiled = compile_scenario(example.source, SHELF, "nl", library.sources())
    assert compiled.diagnostics == ()
    assert compiled.scenario is not None
    return compiled.scenario


def said(example: Example, language: str = "nl") -> list[Diagnostic]:
    """Return the advice on an example, in words."""
    return [diagnose(each, example.source.file, language) for each in linted(scenario_of(example))]


# ---- the good ones, and the broken examples


@pytest.mark.parametrize("name", NAMES)
def test_a_case_that_comes_with_casework_gets_no_advice(name: str) -> None:
    scenario = setting(name).scenario

    assert [str(diagnose(each, name, "en")) for each in linted(scenario)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_an_example_gets_exactly_its_advice(example: Example) -> None:
    assert [(each.code, each.slug, each.cell, each.line, each.message) for each in said(example)] == [
        (example.code, example.slug, example.cell, example.line, example.message)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_advice_in_english_stands_at_the_same_place(example: Example) -> None:
    (dutch,), (english,) = said(example), said(example, "en")

    assert (dutch.cell, dutch.line, dutch.road) == (english.cell, english.line, english.road)
    assert dutch.message != english.message
    assert dutch.hint != english.hint


def test_all_of_it_is_advice() -> None:
    assert {row.severity for row in ROWS} == {Severity.ADVICE}


# ---- faults sown in the good ones


@pytest.mark.parametrize(("slug", "sow", "where"), SOWN, ids=lambda each: getattr(each, "__name__", each))
@pytest.mark.parametrize("name", ["leo", "milan"])
def test_a_fault_that_is_sown_is_found_in_its_cell(
    name: str, slug: str, sow: Callable[[Scenario, Scene], Scenario], where: str
) -> None:
    good = setting(name).scenario
    scene = good.start

    found = [each for each in linted(sow(good, scene)) if each.slug == slug]

    assert {each.cell for each in found} == {scene.cell if where == HERE else 0}


@pytest.mark.parametrize("name", ["leo", "milan"])
def test_a_case_without_a_word_of_advice_is_told_where_step_5_comes(name: str) -> None:
    good = setting(name).scenario
    broken = no_step_2(good, good.start)

    found = [each for each in linted(broken) if each.slug == "no-advice"]

    assert found
    for each in found:
        attempt = replay(broken, "a", decided(each.road))
        scene = broken.scene(attempt.scene)
        assert scene.cell == each.cell
        assert each.line in {choice.line for choice in scene.choices}


@pytest.mark.parametrize("name", ["leo", "milan"])
@pytest.mark.parametrize("sow", [a_false_choice, a_dominated_choice, one_choice, six_choices])
def test_the_road_of_advice_leads_to_the_scene_it_speaks_of(
    name: str, sow: Callable[[Scenario, Scene], Scenario]
) -> None:
    good = setting(name).scenario
    scene = next(each for each in good.scenes[3:] if len(each.choices) > 2)

    broken = sow(good, scene)

    found = [each for each in linted(broken) if each.cell == scene.cell]
    assert found
    for each in found:
        assert replay(broken, "a", decided(each.road)).scene == scene.id


# ---- where the line lies


GIVES = option("a", "talk", trust=1, days=2)


@pytest.mark.parametrize(
    ("other", "is_pointless"),
    [
        (option("b", "talk", trust=0, days=2), True),
        (option("b", "talk", trust=1, days=3), True),
        (option("b", "talk", trust=1, days=2), False),
        (option("b", "talk", trust=0, days=1), False),
        (option("b", trust=0, days=2), False),
        (option("b", "talk", "weigh", trust=0, days=2), False),
        (option("b", "talk", trust=0, days=2, signal="wond"), False),
        (option("b", "talk", trust=0, days=2, to="room"), False),
    ],
)
def test_a_choice_is_pointless_only_if_nothing_but_its_numbers_tells_it_apart(
    other: Choice, is_pointless: bool
) -> None:
    assert ("dominated-choice" in slugs(two(GIVES, other))) == is_pointless


def test_a_choice_is_not_pointless_where_the_better_one_may_be_gone() -> None:
    better = replace(GIVES, id="better", target="room", once=True)
    other = option("b", "talk", to="room", days=2)

    assert "dominated-choice" not in slugs(two(better, other, option("c")))


@pytest.mark.parametrize(
    ("change", "is_false"),
    [
        ({}, True),
        ({"effects": (Effect(Measure.DAYS, 2), Effect(Measure.TRUST, 1), Effect(Measure.SAFETY, 0))}, True),
        ({"effects": (Effect(Measure.TRUST, 1),)}, False),
        ({"target": "room"}, False),
        ({"activities": ()}, False),
        ({"acts_on": ("wond",)}, False),
        ({"consequence": ()}, False),
    ],
)
def test_a_choice_is_false_only_if_everything_that_follows_is_the_same(
    change: dict[str, object], is_false: bool
) -> None:
    other = replace(GIVES, id="b", text="b", **change)

    assert ("false-choice" in slugs(two(GIVES, other))) == is_false


@pytest.mark.parametrize(
    "choice",
    [
        option("b", signal="fiets"),
        replace(option("b"), conditions=(Seen("fiets"),)),
        replace(option("b"), conditions=(Seen("fiets", wanted=False),)),
    ],
)
def test_a_signal_is_used_by_acting_on_it_and_by_asking_for_it(choice: Choice) -> None:
    case = two(option("a"), choice)
    offering = with_scene(case, replace(case.start, signals=(Signal("fiets", "een dure fiets"),)))

    assert "signal-never-used" not in slugs(offering)
    assert "signal-never-used" in slugs(with_choices(offering, offering.start, option("a"), option("b")))


def test_two_that_are_never_on_offer_together_are_no_false_choice() -> None:
    het_vel = setting("milan").scenario.scene("het-vel")
    third, fourth = het_vel.choices[2:]

    assert third.text == fourth.text
    assert texts(third.consequence) == texts(fourth.consequence)
    assert "false-choice" not in slugs(setting("milan").scenario)


@pytest.mark.parametrize(
    ("told", "total", "is_guessable"),
    [
        (2, 2, False),
        (3, 3, True),
        (2, 3, False),
        (3, 4, False),
        (4, 5, True),
        (3, 5, False),
        (8, 10, True),
        (7, 10, False),
    ],
)
def test_the_best_is_given_away_if_it_is_always_the_longest_or_nearly_so(
    told: int, total: int, is_guessable: bool
) -> None:
    ground = staircase([number < told for number in range(total)])

    found = {each.slug: dict(each.values) for each in given_away(ground)}

    assert ("give-away-length" in found) == is_guessable
    assert not is_guessable or (found["give-away-length"]["count"], found["give-away-length"]["total"]) == (told, total)


def test_the_best_is_given_away_if_it_always_stands_at_the_end() -> None:
    found = [
        dict(each.values)["place"] for each in given_away(staircase([False] * 3)) if each.slug == "give-away-place"
    ]

    assert found == [Both("onderaan", "at the bottom")]


def test_as_long_as_another_is_not_the_longest() -> None:
    good = staircase([True] * 3)
    even = each_choice(good.scenario, lambda choice: replace(choice, text="u wacht"))

    assert "give-away-length" not in {each.slug for each in given_away(replace(good, scenario=even))}


def test_without_an_expert_nothing_is_given_away() -> None:
    assert list(given_away(replace(staircase([True] * 5), road=None))) == []


def test_acute_danger_comes_before_advice() -> None:
    calm = option("a", "decide-report", days=1)
    danger = replace(calm, activities=("acute-danger", "decide-report"))

    assert "no-advice" in slugs(two(calm, option("b")))
    assert "no-advice" not in slugs(two(danger, option("b")))


def test_advice_on_offer_beside_the_decision_is_in_time() -> None:
    assert "no-advice" not in slugs(two(option("a", "decide-report"), option("b", "consult-colleague")))


# ---- for every case that an author could write


def every_attempt(scenario: Scenario, attempt: Attempt) -> Iterator[Attempt]:
    """Yield every attempt that decisions can lead to, this one first."""
    yield attempt
    for choice in offered(scenario, attempt):
        yield from every_attempt(scenario, decide(scenario, attempt, choice.id))


def by_id(scenario: Scenario) -> Scenario:
    """Return the scenario with each choice's id as its text, so that advice names it for certain."""
    return each_choice(scenario, lambda choice: replace(choice, text=choice.id))


def is_unadvised(scenario: Scenario, attempt: Attempt) -> bool:
    """Whether the last decision was of step 5, and no scene on its road offered step 2; played scene by scene."""
    before = [replay(scenario, "", attempt.decisions[:length]) for length in range(len(attempt.decisions))]
    steps = {each.id: each.step for each in MELDCODE.activities if each.kind is Kind.WORK}
    done = attempt.trace[len(before[-1].trace) :]
    heard = [each for one in before for choice in offered(scenario, one) for each in choice.activities]
    return any(steps.get(each) == 5 for each in done) and not any(steps.get(each) == 2 for each in heard)


@given(scenarios(can_circle=False))
def test_no_way_to_ask_advice_is_found_exactly(scenario: Scenario) -> None:
    played = [each for each in every_attempt(scenario, start(scenario, "")) if each.decisions]
    unadvised = [each for each in played if is_unadvised(scenario, each)]
    shortest: dict[object, int] = {}
    for each in sorted(unadvised, key=lambda one: len(one.decisions)):
        shortest.setdefault(each.decisions[-1].choice, len(each.decisions) - 1)

    found = list(no_advice(Ground(by_id(scenario), MELDCODE, explore(by_id(scenario)))))

    assert {dict(each.values)["text"]: len(each.road) for each in found} == shortest


@given(scenarios(can_circle=False))
def test_a_pointless_choice_is_never_on_offer_without_the_better_one(scenario: Scenario) -> None:
    found = list(dominated(Ground(by_id(scenario), MELDCODE, explore(by_id(scenario)))))

    menus = [{each.id for each in offered(scenario, one)} for one in every_attempt(scenario, start(scenario, ""))]
    for each in found:
        values = dict(each.values)
        assert all(values["other"] in menu for menu in menus if values["text"] in menu)


@given(scenarios())
def test_every_case_can_be_looked_at_and_every_road_can_be_played(scenario: Scenario) -> None:
    found = linted(scenario)

    assert {each.slug for each in found} <= set(CATALOGUE)
    for each in found:
        decisions = [Decision(number, choice) for number, choice in enumerate(each.road, start=1)]
        assert [one.choice for one in replay(scenario, "", decisions).decisions] == list(each.road)
