"""The same case as a page of Solara: its scenes, what follows from a choice, and the choices.

It judges nothing and keeps nothing, which casework does at each tap: Solara's figures are those of a lighter page.
"""

import os
from pathlib import Path

import solara

from casework import library
from casework.play.attempt import Attempt, decide, offered, start
from casework.scenario.model import Choice, Paragraph, Scenario

CASE = "CASEWORK_BENCH_CASE"


def opened() -> Scenario:
    """Return the case that the benchmark named."""
    scenario = library.open_case(Path(os.environ[CASE])).scenario
    if scenario is None:
        raise ValueError(os.environ[CASE])
    return scenario


SCENARIO = opened()


@solara.component
def Page() -> None:  # noqa: N802, Solara looks for this name
    """One trainee's page."""
    attempt, put = solara.use_state(start(SCENARIO, "rival"))
    told, tell = solara.use_state(())

    def take(choice: Choice) -> None:
        put(decide(SCENARIO, attempt, choice.id))
        tell(choice.consequence)

    solara.Title(SCENARIO.title)
    with solara.Column():
        draw(attempt, told)
        for choice in offered(SCENARIO, attempt):
            solara.Button(choice.text, classes=["choice"], on_click=lambda choice=choice: take(choice))
        if not offered(SCENARIO, attempt):
            solara.Button("Opnieuw", classes=["choice"], on_click=lambda: put(start(SCENARIO, "rival")))


def draw(attempt: Attempt, told: tuple[Paragraph, ...]) -> None:
    """Draw what followed from the last choice, and the scene."""
    scene = SCENARIO.scene(attempt.scene)
    for paragraph in told:
        solara.Text(words(paragraph))
    solara.Text(scene.title, classes=["text-h4"])
    solara.Text(scene.place)
    for paragraph in scene.story:
        solara.Text(words(paragraph))


def words(paragraph: Paragraph) -> str:
    """Return a paragraph as plain text."""
    return " ".join(sentence.text for sentence in paragraph)
