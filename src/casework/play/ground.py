"""What the checks on quality walk over: each menu that a trainee can meet, and each passage measured."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from casework.conformance.protocol import Activity, Protocol
from casework.play.explore import Graph, Road
from casework.scenario.model import Choice, ChoiceId, Scenario, Scene, SceneId
from casework.scenario.reading import Passage, passages


@dataclass(frozen=True, slots=True)
class Menu:
    """Choices that are on offer together in a scene, and the nearest state in which they are."""

    scene: Scene
    choices: tuple[Choice, ...]
    state: int


@dataclass(frozen=True)
class Ground:
    """A case with its protocol and all its states; `road` is the experienced colleague's, where there is one."""

    scenario: Scenario
    protocol: Protocol
    graph: Graph
    road: Road | None = None

    @cached_property
    def choices(self) -> dict[ChoiceId, Choice]:
        """Every choice of the case by its id."""
        return {choice.id: choice for choice in self.scenario.choices}

    @cached_property
    def scenes(self) -> dict[SceneId, Scene]:
        """Every scene of the case by its id."""
        return {scene.id: scene for scene in self.scenario.scenes}

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Every activity of the protocol by its id."""
        return {activity.id: activity for activity in self.protocol.activities}

    @cached_property
    def menus(self) -> dict[SceneId, tuple[Menu, ...]]:
        """The different menus of each scene that can be reached and is no ending, the nearest first."""
        nearest: dict[tuple[int, tuple[ChoiceId, ...]], int] = {}
        for state, edges in enumerate(self.graph.edges):
            nearest.setdefault((self.graph.places[state], tuple([choice for choice, _ in edges])), state)
        found: dict[SceneId, list[Menu]] = {}
        for menu in map(self.menu, nearest.values()):
            if menu.scene.ending is None:
                found.setdefault(menu.scene.id, []).append(menu)
        return {scene: tuple(menus) for scene, menus in found.items()}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The text of the case, part by part, measured."""
        return passages(self.scenario)

    @property
    def all_menus(self) -> Iterator[Menu]:
        """The menus of all scenes."""
        return (menu for menus in self.menus.values() for menu in menus)

    def menu(self, state: int) -> Menu:
        """Return what is on offer in a state, in the author's order."""
        offered = {choice for choice, _ in self.graph.edges[state]}
        scene = self.scenes[self.graph.scene(state)]
        return Menu(scene, tuple(choice for choice in scene.choices if choice.id in offered), state)

    def titles(self, states: Iterable[int]) -> tuple[str, ...]:
        """Return the titles of the scenes in which these states stand."""
        return tuple(self.scenes[self.graph.scene(state)].title for state in states)
