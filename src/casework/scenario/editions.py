"""Two editions of one case, such as `kim.ipynb` and `kim.en.ipynb`: the same scenes and choices in other words."""

from collections.abc import Iterator, Set

from casework.scenario.diagnostics import Both, Remark, remark
from casework.scenario.model import Choice, Scenario, Scene

PARTS = (
    ("ending", Both("het einde", "the ending")),
    ("signals", Both("de signalen", "the signals")),
    ("choices", Both("de keuzes", "the choices")),
)


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
        "signals": {signal.id for signal in scene.signals},
        "choices": [_bone(choice) for choice in scene.choices if choice.target in shared],
    }


def _bone(choice: Choice) -> object:
    deeds = (choice.activities, choice.acts_on, choice.effects)
    return (choice.target, *deeds, frozenset(choice.conditions), choice.once)
