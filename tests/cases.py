"""The cases that come with casework, compiled once for all tests."""

import shutil
from functools import cache
from pathlib import Path

from casework import library
from casework.app import prepare
from casework.play.attempt import Attempt, Decision, replay
from casework.play.explore import Graph, Road, cover, explore
from casework.widgets.view import Setting

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
NAMES = tuple(path.stem for path in library.notebooks(SCENARIOS))
DUTCH = tuple(name for name in NAMES if "." not in name)


def some(folder: Path, *names: str) -> Path:
    """Return a folder with these cases alone: a server that begins compiles each case that it has."""
    made = Path(shutil.copytree(SCENARIOS, folder, ignore=shutil.ignore_patterns("*.ipynb", "*.sqlite*")))
    for name in names:
        shutil.copy(SCENARIOS / f"{name}.ipynb", made)
    return made


def boards(folder: Path, *names: str) -> Path:
    """Return a folder with these dashboards alone: a server that is asked for one shows itself each, once."""
    folder.mkdir()
    for name in names:
        shutil.copy(SCENARIOS.parent / "dashboards" / f"{name}.ipynb", folder)
    return folder


@cache
def setting(name: str) -> Setting:
    """Return a case that comes with casework, ready to play."""
    return prepare(library.open_case(SCENARIOS / f"{name}.ipynb"))


@cache
def graph(name: str) -> Graph:
    """Return all states of a case."""
    return explore(setting(name).scenario)


@cache
def roads(name: str) -> tuple[Road, ...]:
    """Return roads that together take every choice of a case."""
    return cover(graph(name))


def decided(road: Road) -> list[Decision]:
    """Return a road as decisions."""
    return [Decision(number, choice) for number, choice in enumerate(road, 1)]


@cache
def prefixes(name: str) -> tuple[Attempt, ...]:
    """Return every attempt along those roads, each once."""
    scenario = setting(name).scenario
    decisions = [decided(road) for road in roads(name)]
    lists = {tuple(road[:length]) for road in decisions for length in range(len(road) + 1)}
    return tuple(replay(scenario, "a", each) for each in sorted(lists, key=len))


def played(name: str, *texts: str) -> Attempt:
    """Return an attempt at a case in which each decision is the first on offer whose text holds the words given."""
    scenario = setting(name).scenario
    attempt = replay(scenario, "a", [])
    for text in texts:
        scene = scenario.scene(attempt.scene)
        choice = next(choice for choice in scene.choices if text in choice.text)
        attempt = replay(scenario, "a", [*attempt.decisions, Decision(len(attempt.decisions) + 1, choice.id)])
    return attempt
