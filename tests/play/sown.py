"""Faults to sow in a good case, each in one scene or in the whole, and small cases to sow them in."""

from collections.abc import Callable
from dataclasses import replace

from tests.cases import setting
from tests.scenario.examples import BROKEN

from casework import library
from casework.play.expert import expert
from casework.play.explore import explore
from casework.play.ground import Ground
from casework.play.quality import lint
from casework.scenario.diagnostics import Remark
from casework.scenario.model import (
    Choice,
    Effect,
    Ending,
    Measure,
    Paragraph,
    Run,
    Scenario,
    Scene,
    Sentence,
    Signal,
)
from casework.scenario.reading import words

SHELF = library.Protocols(BROKEN)
MELDCODE = library.protocol("meldcode")


def linted(scenario: Scenario) -> tuple[Remark, ...]:
    """Return the advice on a case under its own protocol."""
    return lint(scenario, SHELF[scenario.protocol], explore(scenario))


def paragraph(text: str) -> tuple[Paragraph, ...]:
    """Return one paragraph of one sentence."""
    return ((Sentence("x:1", (Run(text),)),),)


def with_scene(scenario: Scenario, scene: Scene) -> Scenario:
    """Return the scenario with this scene in place of the one with its id."""
    return replace(scenario, scenes=tuple(scene if each.id == scene.id else each for each in scenario.scenes))


def with_choices(scenario: Scenario, scene: Scene, *choices: Choice) -> Scenario:
    """Return the scenario with these choices in a scene."""
    return with_scene(scenario, replace(scene, choices=choices))


def each_choice(scenario: Scenario, change: Callable[[Choice], Choice]) -> Scenario:
    """Return the scenario with every choice changed."""
    scenes = (replace(scene, choices=tuple(map(change, scene.choices))) for scene in scenario.scenes)
    return replace(scenario, scenes=tuple(scenes))


def a_false_choice(scenario: Scenario, scene: Scene) -> Scenario:
    first, *others = scene.choices
    return with_choices(scenario, scene, first, replace(first, id="new", text=f"{first.text} nu"), *others)


def a_dominated_choice(scenario: Scenario, scene: Scene) -> Scenario:
    first, *others = scene.choices
    worse = (*first.effects, Effect(Measure.SAFETY, -1))
    new = replace(first, id="new", text=f"{first.text} nu", effects=worse, consequence=paragraph("Buiten is het stil."))
    return with_choices(scenario, scene, first, new, *others)


def the_best_is_longest(scenario: Scenario, _: Scene) -> Scenario:
    road = expert(scenario, SHELF[scenario.protocol]) or ()
    most = {
        scene.id: max(len(words(each.text)) for each in scene.choices) for scene in scenario.scenes if scene.choices
    }
    at = {choice.id: scene.id for scene in scenario.scenes for choice in scene.choices}

    def longer(choice: Choice) -> Choice:
        more = " nu" * (most[at[choice.id]] + 1 - len(words(choice.text)))
        return replace(choice, text=choice.text + more) if choice.id in road else choice

    return each_choice(scenario, longer)


def the_best_is_first(scenario: Scenario, _: Scene) -> Scenario:
    road = expert(scenario, SHELF[scenario.protocol]) or ()
    scenes = (
        replace(scene, choices=tuple(sorted(scene.choices, key=lambda each: each.id not in road)))
        for scene in scenario.scenes
    )
    return replace(scenario, scenes=tuple(scenes))


def a_verdict(scenario: Scenario, scene: Scene) -> Scenario:
    first, *others = scene.choices
    return with_choices(scenario, scene, replace(first, consequence=paragraph("Dat was fout.")), *others)


def a_label(scenario: Scenario, scene: Scene) -> Scenario:
    return with_scene(scenario, replace(scene, story=(*scene.story, *paragraph("Het slachtoffer kijkt op."))))


def no_step_2(scenario: Scenario, _: Scene) -> Scenario:
    advice = {each.id for each in SHELF[scenario.protocol].activities if each.step == 2}

    def without(choice: Choice) -> Choice:
        return replace(choice, activities=tuple(each for each in choice.activities if each not in advice))

    return each_choice(scenario, without)


def a_wall(scenario: Scenario, scene: Scene) -> Scenario:
    text = " ".join(["De verantwoordelijke organisatie inventariseert systematisch veiligheidsrisico's."] * 6)
    return with_scene(scenario, replace(scene, story=paragraph(text)))


def a_long_sentence(scenario: Scenario, scene: Scene) -> Scenario:
    return with_scene(scenario, replace(scene, story=(*scene.story, *paragraph(f"U wacht {'en wacht ' * 10}."))))


def stubs(scenario: Scenario, _: Scene) -> Scenario:
    scenes = (replace(scene, story=paragraph("U wacht. Hij ook. Het regent. " * 20)) for scene in scenario.scenes)
    return replace(scenario, scenes=tuple(scenes))


def long_ones(scenario: Scenario, _: Scene) -> Scenario:
    text = "Hij loopt langzaam naar de deur en kijkt dan nog een keer om. " * 10
    return replace(scenario, scenes=tuple(replace(scene, story=paragraph(text)) for scene in scenario.scenes))


def one_choice(scenario: Scenario, scene: Scene) -> Scenario:
    return with_choices(scenario, scene, scene.choices[1])


def six_choices(scenario: Scenario, scene: Scene) -> Scenario:
    first = scene.choices[0]
    more = (
        replace(first, id=f"new{each}", text=f"{first.text} {each}", consequence=paragraph(f"Het is {each} uur."))
        for each in range(4)
    )
    return with_choices(scenario, scene, *scene.choices[:2], *more)


def a_short_choice(scenario: Scenario, scene: Scene) -> Scenario:
    first, *others = scene.choices
    return with_choices(scenario, scene, replace(first, text="U wacht af"), *others)


def a_long_choice(scenario: Scenario, scene: Scene) -> Scenario:
    first, *others = scene.choices
    return with_choices(scenario, scene, replace(first, text=f"U wacht {'en wacht ' * 9}"), *others)


def an_unused_signal(scenario: Scenario, scene: Scene) -> Scenario:
    return with_scene(scenario, replace(scene, signals=(*scene.signals, Signal("onbekende-fiets", "een dure fiets"))))


HERE, WHOLE = "here", "whole"
SOWN = [
    ("false-choice", a_false_choice, HERE),
    ("dominated-choice", a_dominated_choice, HERE),
    ("give-away-length", the_best_is_longest, WHOLE),
    ("give-away-place", the_best_is_first, WHOLE),
    ("judging-words", a_verdict, HERE),
    ("label", a_label, HERE),
    ("wall-of-text", a_wall, HERE),
    ("long-sentence", a_long_sentence, HERE),
    ("sentence-mean", stubs, WHOLE),
    ("sentence-mean", long_ones, WHOLE),
    ("choice-count", one_choice, HERE),
    ("choice-count", six_choices, HERE),
    ("choice-length", a_short_choice, HERE),
    ("choice-length", a_long_choice, HERE),
    ("choice-stands-out", a_long_choice, HERE),
    ("choice-stands-out", a_short_choice, HERE),
    ("signal-never-used", an_unused_signal, HERE),
]


def two(*choices: Choice) -> Scenario:
    """Return a case of one scene with these choices, and an ending."""
    scenes = (
        Scene("room", "De kamer", paragraph("Sam wacht."), choices=choices, cell=2),
        Scene("end", "Het einde", paragraph("Sam gaat."), ending=Ending.GOOD, cell=3),
    )
    return replace(setting("milan").scenario, introduction=(), protocol="meldcode", scenes=scenes)


def option(text: str, *activities: str, to: str = "end", trust: int = 0, days: int = 0, signal: str = "") -> Choice:
    """Return a choice whose consequence is its own."""
    effects = (Effect(Measure.TRUST, trust), Effect(Measure.DAYS, days))
    said = paragraph(f"Sam hoort het: {text}")
    return Choice(text, text, to, said, activities, (signal,) if signal else (), effects)


def slugs(scenario: Scenario) -> set[str]:
    """Return what is said of a case, but for the length of its choices."""
    return {each.slug for each in linted(scenario)} - {"choice-length", "choice-stands-out"}


def staircase(tells: list[bool]) -> Ground:
    """Return a case of scenes in a row, and a road whose choice in each is the longest where *tells* says so."""
    scenes = tuple(
        Scene(
            f"s{number}",
            f"S{number}",
            paragraph("Sam wacht."),
            choices=(
                replace(option("u wacht op Sam", to=f"s{number + 1}"), id=f"other{number}"),
                replace(option("u wacht hier nu op Sam" if is_told else "u", to=f"s{number + 1}"), id=f"taken{number}"),
            ),
        )
        for number, is_told in enumerate(tells)
    )
    end = Scene(f"s{len(tells)}", "Einde", paragraph("Sam gaat."), ending=Ending.GOOD)
    scenario = replace(setting("milan").scenario, scenes=(*scenes, end))
    return Ground(scenario, MELDCODE, explore(scenario), tuple(f"taken{number}" for number in range(len(tells))))
