"""What an author changed between two versions of a case: scenes and choices, and which part of each.

Scenes are the same by their id. Choices of one scene are the same when their text is; then when their id is; then,
where as many are left on both sides, when they do the same. So a link that was moved is a choice that now leads
elsewhere, and a sentence that was reworded is the same choice in other words.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from casework.scenario.model import Choice, ChoiceId, Paragraph, Scenario, Scene, SceneId

Key = Callable[[Choice], Hashable]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Edit:
    """A scene, or a choice in it, that came, went or changed; `parts` says in what, by names of rows below.

    `title` and `text` are as they read now, or as they read last; `cell` is the place in that version.
    """

    scene: SceneId
    title: str
    cell: int
    choice: ChoiceId | None = None
    text: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edits:
    """All that differs between two versions; `cover` names parts of the first cell."""

    added: tuple[Edit, ...]
    removed: tuple[Edit, ...]
    changed: tuple[Edit, ...]
    cover: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.cover)

    @property
    def is_wording(self) -> bool:
        """Whether nothing changed but words, so that no road and no verdict can have changed."""
        parts = {part for edit in self.changed for part in edit.parts} | set(self.cover)
        return not self.added and not self.removed and parts <= WORDING


COVER_PARTS: tuple[tuple[str, Callable[[Scenario], object]], ...] = (
    ("case-title", lambda case: case.title),
    ("introduction", lambda case: _said(case.introduction)),
    ("language", lambda case: case.language),
    ("protocol", lambda case: case.protocol),
    ("role", lambda case: case.role),
    ("minutes", lambda case: case.minutes),
    ("content", lambda case: case.content),
    ("sources", lambda case: case.sources),
    ("person", lambda case: case.person),
    ("feedback", lambda case: case.feedback_afterwards),
    ("start", lambda case: case.start.id),
)
SCENE_PARTS: tuple[tuple[str, Callable[[Scene], object]], ...] = (
    ("title", lambda scene: scene.title),
    ("story", lambda scene: _said(scene.story)),
    ("place", lambda scene: scene.place),
    ("picture", lambda scene: scene.picture),
    ("note", lambda scene: _said(scene.note)),
    ("facts", lambda scene: sorted((signal.id, signal.text) for signal in scene.signals)),
    ("signals", lambda scene: (sorted(signal.id for signal in scene.signals), _carried(scene.story))),
    ("ending", lambda scene: scene.ending),
)
CHOICE_PARTS: tuple[tuple[str, Callable[[Choice], object]], ...] = (
    ("text", lambda choice: choice.text),
    ("consequence", lambda choice: _said(choice.consequence)),
    ("target", lambda choice: choice.target),
    ("activities", lambda choice: choice.activities),
    ("acts-on", lambda choice: choice.acts_on),
    ("effects", lambda choice: choice.effects),
    ("conditions", lambda choice: frozenset(choice.conditions)),
    ("once", lambda choice: choice.once),
)
WORDING = frozenset(
    {
        *("case-title", "introduction", "language", "role", "minutes", "content", "sources", "person"),
        *("title", "story", "place", "picture", "note", "facts", "text", "consequence"),
    }
)
_DEEDS = tuple(of for name, of in CHOICE_PARTS if name not in WORDING)
_SAME: tuple[Key, ...] = (lambda choice: choice.text, lambda choice: choice.id)


def edits(old: Scenario, new: Scenario) -> Edits:
    """Return what was added, removed and changed, in the order of the notebooks."""
    before, after = _scenes(old), _scenes(new)
    kept = [(was, now, matched(was, now)) for was, now in _kept(old, new)]
    return Edits(
        added=(*_whole(new, before), *(edit for _, now, same in kept for edit in _lone(now, same))),
        removed=(*_whole(old, after), *(edit for was, _, same in kept for edit in _lone(was, same.values()))),
        changed=tuple(edit for row in kept for edit in _changed(*row)),
        cover=_parts(COVER_PARTS, old, new),
    )


def aligned(old: Scenario, new: Scenario) -> Mapping[ChoiceId, ChoiceId]:
    """Return for each choice of the new version the one in the old that it is, where there is one."""
    return {choice: was for pair in _kept(old, new) for choice, was in matched(*pair).items()}


def matched(old: Scene, new: Scene) -> Mapping[ChoiceId, ChoiceId]:
    """Return for the choices of a scene as it is now, which of those that it had they are."""
    found: dict[ChoiceId, ChoiceId] = {}
    for key in _SAME:
        before = _unique(old.choices, found.values(), key)
        after = _unique(new.choices, found, key)
        found |= {after[each].id: before[each].id for each in after if each in before}
    found |= dict(_in_order(old.choices, new.choices, found))
    return found


def _unique(choices: Iterable[Choice], known: Iterable[ChoiceId], key: Key) -> dict[Hashable, Choice]:
    left = [choice for choice in choices if choice.id not in set(known)]
    times = Counter(map(key, left))
    return {key(choice): choice for choice in left if times[key(choice)] == 1}


def _in_order(
    old: Iterable[Choice], new: Iterable[Choice], found: Mapping[ChoiceId, ChoiceId]
) -> Iterator[tuple[ChoiceId, ChoiceId]]:
    before = [choice for choice in old if choice.id not in found.values()]
    for deeds in dict.fromkeys(_deeds(choice) for choice in new):
        was = [choice.id for choice in before if _deeds(choice) == deeds]
        now = [choice.id for choice in new if choice.id not in found and _deeds(choice) == deeds]
        if len(was) == len(now):
            yield from zip(now, was, strict=True)


def _deeds(choice: Choice) -> Hashable:
    return tuple(of(choice) for of in _DEEDS)


def _kept(old: Scenario, new: Scenario) -> Iterator[tuple[Scene, Scene]]:
    before = _scenes(old)
    return ((before[scene.id], scene) for scene in new.scenes if scene.id in before)


def _whole(scenario: Scenario, others: Mapping[SceneId, Scene]) -> Iterator[Edit]:
    for scene in scenario.scenes:
        if scene.id not in others:
            yield Edit(scene.id, scene.title, scene.cell)


def _lone(scene: Scene, known: Iterable[ChoiceId]) -> Iterator[Edit]:
    for choice in scene.choices:
        if choice.id not in set(known):
            yield Edit(scene.id, scene.title, scene.cell, choice.id, choice.text)


def _changed(old: Scene, new: Scene, was: Mapping[ChoiceId, ChoiceId]) -> Iterator[Edit]:
    if parts := _parts(SCENE_PARTS, old, new):
        yield Edit(new.id, new.title, new.cell, parts=parts)
    before = {choice.id: choice for choice in old.choices}
    for choice in new.choices:
        if choice.id in was and (parts := _parts(CHOICE_PARTS, before[was[choice.id]], choice)):
            yield Edit(new.id, new.title, new.cell, choice.id, choice.text, parts)


def _parts(rows: tuple[tuple[str, Callable[[Part], object]], ...], old: Part, new: Part) -> tuple[str, ...]:
    return tuple(name for name, of in rows if of(old) != of(new))


def _scenes(scenario: Scenario) -> dict[SceneId, Scene]:
    return {scene.id: scene for scene in scenario.scenes}


def _said(story: tuple[Paragraph, ...]) -> object:
    return [[sentence.runs for sentence in paragraph] for paragraph in story]


def _carried(story: tuple[Paragraph, ...]) -> object:
    return sorted(signal for paragraph in story for sentence in paragraph for signal in sentence.signals)
