"""Where trainees can come, as the engine says: an attempt for each scene, ending and kind of verdict."""

from collections.abc import Iterator
from functools import cache

from tests.cases import decided, graph, prefixes, setting

from casework.play.attempt import Attempt, has_ended, replay
from casework.play.feedback import Mark, remarks
from casework.scenario.model import Choice, Ending, Paragraph, Scenario, Scene, SceneId

LONG = 8


@cache
def states(name: str) -> tuple[Attempt, ...]:
    """Return attempts in every reachable state of a case and along roads through every choice, the shortest first."""
    known, scenario = graph(name), setting(name).scenario
    nearest = [replay(scenario, "a", decided(known.road(state))) for state in range(len(known))]
    return tuple(sorted([*nearest, *prefixes(name)], key=lambda attempt: len(attempt.decisions)))


@cache
def places(name: str) -> dict[SceneId, Attempt]:
    """Return the shortest attempt that stands in each reachable scene, the endings among them."""
    found: dict[SceneId, Attempt] = {}
    for state in states(name):
        found.setdefault(state.scene, state)
    return found


def scenario(name: str) -> Scenario:
    """Return what was compiled of a case."""
    return setting(name).scenario


def start(name: str) -> Attempt:
    """Return the attempt that has decided nothing yet."""
    return states(name)[0]


def endings(name: str) -> dict[Ending, Attempt]:
    """Return for each kind of ending an attempt that took its time, or the longest there is."""
    scenario = setting(name).scenario
    found: dict[Ending, Attempt] = {}
    for state in states(name):
        kind = scenario.scene(state.scene).ending
        if kind and (kind not in found or len(found[kind].decisions) < LONG):
            found[kind] = state
    return found


def longest(name: str) -> Attempt:
    """Return the attempt at an ending with the most decisions: the longest debrief."""
    ended = (attempt for attempt in states(name) if has_ended(setting(name).scenario, attempt))
    return max(ended, key=lambda attempt: len(attempt.decisions))


def midway(name: str, decisions: int = 2) -> Attempt:
    """Return an attempt after so many decisions, with choices still on offer."""
    scenario = setting(name).scenario
    return next(one for one in states(name) if len(one.decisions) == decisions and not has_ended(scenario, one))


def told(name: str) -> dict[Mark, Attempt]:
    """Return for each kind of verdict an early attempt whose last decision got it."""
    found: dict[Mark, Attempt] = {}
    for attempt in prefixes(name):
        for mark in _marks(name, attempt):
            found.setdefault(mark, attempt)
    return found


def last(name: str, attempt: Attempt) -> Choice:
    """Return the choice that an attempt made last."""
    scene = setting(name).scenario.scene(attempt.visited[-2])
    return next(choice for choice in scene.choices if choice.id == attempt.decisions[-1].choice)


def _marks(name: str, attempt: Attempt) -> list[Mark]:
    case = setting(name)
    if not attempt.decisions:
        return []
    before = attempt.trace[: len(attempt.trace) - len(last(name, attempt).activities)]
    return [remark.mark for remark in remarks(case.protocol, before, attempt.trace)]


def text(paragraphs: tuple[Paragraph, ...]) -> str:
    """Return what a reader reads of these paragraphs, with one space between words."""
    return " ".join(sentences(paragraphs))


def secrets(scene: Scene) -> Iterator[str]:
    """Every sentence that only those may read who stand in this scene, or never a trainee at all."""
    yield from sentences(scene.story)
    yield from consequences(scene)
    yield from (choice.text for choice in scene.choices)


def consequences(scene: Scene) -> Iterator[str]:
    """What nobody may read before they chose: what follows on the choices, and the facilitator's notes."""
    yield from sentences(scene.note)
    for choice in scene.choices:
        yield from sentences(choice.consequence)


def sentences(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """Return the sentences of these paragraphs, as a reader reads them."""
    return [" ".join(sentence.text.split()) for paragraph in paragraphs for sentence in paragraph]
