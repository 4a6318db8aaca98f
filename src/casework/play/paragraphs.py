"""A case as numbered paragraphs, to be played on paper: each scene and each consequence has a number to turn to.

The first scene is number 1. All others lie in an order that follows from their ids, so that a paragraph's neighbours
tell nothing of what comes next, and the same case always gets the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from casework.scenario.model import Choice, ChoiceId, Scenario, Scene, SceneId


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph: a scene, or the consequence of a choice in it."""

    number: int
    scene: Scene
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """All paragraphs in order, and the number of each scene and each consequence."""

    paragraphs: tuple[Paragraph, ...]
    scenes: Mapping[SceneId, int]
    choices: Mapping[ChoiceId, int]


def book(scenario: Scenario) -> Book:
    """Return a scenario as numbered paragraphs."""
    first, *rest = scenario.scenes
    pieces: list[tuple[Scene, Choice | None]] = [(scene, None) for scene in rest]
    pieces.extend((scene, choice) for scene in scenario.scenes for choice in scene.choices)
    shuffled = sorted(pieces, key=lambda piece: _place(piece[1].id if piece[1] else piece[0].id))
    paragraphs = tuple(Paragraph(at, *piece) for at, piece in enumerate([(first, None), *shuffled], start=1))
    return Book(
        paragraphs,
        {each.scene.id: each.number for each in paragraphs if each.choice is None},
        {each.choice.id: each.number for each in paragraphs if each.choice is not None},
    )


def _place(name: str) -> bytes:
    return sha256(name.encode("utf-8", "surrogatepass")).digest()
