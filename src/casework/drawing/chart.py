"""What is drawn of a case: its scenes and endings, the choices between them, and how many remarks each got."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.conformance.protocol import Protocol
from casework.play.feedback import step_of
from casework.scenario.cells import Source
from casework.scenario.codes import Performs
from casework.scenario.diagnostics import Diagnostic, Severity
from casework.scenario.drafts import Draft, draft
from casework.scenario.graph import headings, target
from casework.scenario.model import ActivityId, Choice, ChoiceId, Ending, Scenario, Scene, SceneId
from casework.scenario.notation import Option
from casework.scenario.scenes import codes, ending


@dataclass(frozen=True, slots=True)
class Node:
    """A scene: `step` is the step of the Meldcode in which most of its choices work, None where none does."""

    id: SceneId
    title: str
    cell: int
    step: int | None = None
    ending: Ending | None = None
    choices: int = 0
    remarks: tuple[Severity, ...] = ()
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A choice: from one scene to the next. `target` is empty where the link leads nowhere, to what `wanted` names."""

    choice: ChoiceId
    origin: SceneId
    target: SceneId
    text: str
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn; the first node is the start."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def chart(scenario: Scenario, protocol: Protocol, said: Iterable[Diagnostic] = ()) -> Chart:
    """Return what is drawn of a case that can be played, with the remarks *said* about it."""
    marks = _marks(said)
    nodes = tuple(
        Node(
            id=scene.id,
            title=scene.title,
            cell=scene.cell,
            step=_step(protocol, (name for choice in scene.choices for name in choice.activities)),
            ending=scene.ending,
            choices=len(scene.choices),
            remarks=marks.get(scene.cell, ()),
            is_start=scene is scenario.start,
        )
        for scene in scenario.scenes
    )
    return Chart(
        scenario.title, nodes, tuple(_edge(scene, choice) for scene in scenario.scenes for choice in scene.choices)
    )


def sketch(source: Source, protocol: Protocol | None, said: Iterable[Diagnostic] = ()) -> Chart:
    """Return what can be drawn of a notebook that cannot be played: its scenes, and where its links lead or would."""
    found, marks = draft(source), _marks(said)
    nodes = tuple(
        Node(
            id=scene.id,
            title=scene.title,
            cell=scene.cell,
            step=_step(protocol, _activities(scene, protocol)) if protocol else None,
            ending=ending(scene),
            choices=len(scene.sheet.options),
            remarks=marks.get(scene.cell, ()),
            is_start=scene is found.scenes[0],
        )
        for scene in found.scenes
    )
    by_heading = headings(found.scenes)
    edges = tuple(
        _loose(scene, number, option, target(option, by_heading))
        for scene in found.scenes
        for number, option in enumerate(scene.sheet.options, 1)
    )
    return Chart(found.case.title if found.case else source.file, nodes, edges)


def _edge(scene: Scene, choice: Choice) -> Edge:
    return Edge(choice.id, scene.id, choice.target, choice.text)


def _loose(scene: Draft, number: int, option: Option, to: Draft | None) -> Edge:
    return Edge(f"{scene.id}/{number}", scene.id, to.id if to else "", option.text, "" if to else option.target)


def _marks(said: Iterable[Diagnostic]) -> dict[int, tuple[Severity, ...]]:
    marks: dict[int, tuple[Severity, ...]] = {}
    for each in said:
        marks[each.cell] = (*marks.get(each.cell, ()), each.severity)
    return {cell: tuple(sorted(found, key=list(Severity).index)) for cell, found in marks.items()}


def _activities(scene: Draft, protocol: Protocol) -> Iterator[ActivityId]:
    for option in scene.sheet.options:
        for code in codes(option):
            if isinstance(code.meaning, Performs) and protocol.has_activity(code.meaning.name):
                yield protocol.activity(code.meaning.name).id


def _step(protocol: Protocol, activities: Iterable[ActivityId]) -> int | None:
    # A choice that both talks and weighs counts for both steps; of two steps with as many acts the earlier one wins.
    counts = Counter(step for activity in activities if (step := step_of(protocol, activity)))
    return min(counts, key=lambda step: (-counts[step], step), default=None)
