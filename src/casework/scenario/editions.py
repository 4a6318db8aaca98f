"""Two editions of one case, such as `kim.ipynb` and `kim.en.ipynb`: the same scenes and choices in other words.

Whoever translates a cell marks it with a digest of the original's text: this one was held against that. When the
original changes, the mark no longer fits, and the translation is stale. The marks stand in the metadata of the
edition's notebook and not of its cells: a cell is copied and pasted with its metadata, and would bring along a mark
that is not its own.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from casework.scenario.cells import Cell, Source
from casework.scenario.diagnostics import Both, Remark, remark
from casework.scenario.model import Choice, Scenario, Scene

PARTS = (
    ("ending", Both("het einde", "the ending")),
    ("exercise", Both("de oefening", "the exercise")),
    ("signals", Both("de signalen", "the signals")),
    ("choices", Both("de keuzes", "the choices")),
)

MARKS = "translated"


class Standing(StrEnum):
    """How a cell of the original stands in an edition."""

    HELD = "held"
    STALE = "stale"
    UNMARKED = "unmarked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Held:
    """A cell of the original: its id and title, its place in the edition (0 if it is not there), and how it stands."""

    id: str
    title: str
    cell: int
    standing: Standing


def digest(cell: Cell) -> str:
    """Return the mark of a translation of this cell as it is now."""
    return sha256(cell.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def marks(own: Mapping[str, object]) -> Mapping[str, str]:
    """Return the marks among what casework keeps in a notebook: for the id of a cell, the digest of its original."""
    found = own.get(MARKS)
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def standings(edition: Source, original: Source, marked: Mapping[str, str]) -> tuple[Held, ...]:
    """Return how each text cell of the original stands in an edition with these marks, in the original's order."""
    places = {cell.id: number for number, cell in enumerate(edition.cells, 1)}
    return tuple(
        Held(cell.id, _title(cell), places.get(cell.id, 0), _standing(cell, places, marked))
        for cell in original.cells
        if cell.kind == "markdown"
    )


def check_marks(edition: Source, original: Source, marked: Mapping[str, str]) -> Iterator[Remark]:
    """Yield which cells went stale and, where marks are kept at all, which have none."""
    for held in standings(edition, original, marked):
        slug = "edition-stale" if held.standing is Standing.STALE else "edition-unmarked"
        if held.standing is Standing.STALE or (held.standing is Standing.UNMARKED and marked):
            title = held.title or held.id
            yield remark(slug, held.cell, title=title, id=held.id, file=original.file, edition=edition.file)


def check_edition(edition: Scenario, original: Scenario, file: str) -> Iterator[Remark]:
    """Yield where *edition* leaves its original, which stands in *file*; scenes are compared by their cell's id."""
    own, others = _scenes(edition), _scenes(original)
    shared = own.keys() & others.keys()
    for scene_id, scene in others.items():
        if scene_id not in own:
            yield remark("edition-lacks-scene", 0, scene=scene.title, id=scene_id, file=file)
    for scene_id, scene in own.items():
        if scene_id not in others:
            yield remark("edition-extra-scene", scene.cell, scene=scene.title, file=file)
            continue
        for part, name in PARTS:
            if _bones(scene, shared)[part] != _bones(others[scene_id], shared)[part]:
                yield remark("edition-differs", scene.cell, scene=scene.title, part=name, file=file)


def _scenes(scenario: Scenario) -> dict[str, Scene]:
    return {scene.id: scene for scene in scenario.scenes}


def _bones(scene: Scene, shared: Set[str]) -> dict[str, object]:
    # A choice that leads to a missing scene is missing for that reason, which was given already.
    return {
        "ending": scene.ending,
        "exercise": scene.exercise,
        "signals": {signal.id for signal in scene.signals},
        "choices": [_bone(choice) for choice in scene.choices if choice.target in shared],
    }


def _bone(choice: Choice) -> object:
    deeds = (choice.activities, choice.acts_on, choice.effects)
    return (choice.target, *deeds, frozenset(choice.conditions), choice.once)


def _standing(cell: Cell, places: Mapping[str, int], marked: Mapping[str, str]) -> Standing:
    if cell.id not in places:
        return Standing.MISSING
    if cell.id not in marked:
        return Standing.UNMARKED
    return Standing.HELD if marked[cell.id] == digest(cell) else Standing.STALE


def _title(cell: Cell) -> str:
    return next((line.strip("# ") for line in cell.text.split("\n") if line.startswith("#")), "")
