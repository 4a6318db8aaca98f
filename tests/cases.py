"""The cases that come with casework, compiled once for all tests."""

from functools import cache
from pathlib import Path

from casework import library
from casework.app import prepare
from casework.play.attempt import Attempt, Decision, replay
from casework.widgets.view import Setting

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
NAMES = tuple(path.stem for path in library.notebooks(SCENARIOS))


@cache
def setting(name: str) -> Setting:
    """Return a case that comes with casework, ready to play."""
    return prepare(library.open_case(SCENARIOS / f"{name}.ipynb"))


def played(name: str, *texts: str) -> Attempt:
    """Return an attempt at a case in which each decision is the first on offer whose text holds the words given."""
    scenario = setting(name).scenario
    attempt = replay(scenario, "a", [])
    for text in texts:
        scene = scenario.scene(attempt.scene)
        choice = next(choice for choice in scene.choices if text in choice.text)
        attempt = replay(scenario, "a", [*attempt.decisions, Decision(len(attempt.decisions) + 1, choice.id)])
    return attempt
