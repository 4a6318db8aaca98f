"""The run sheet of a case for one workshop: where to vote, where to stop, and how long each road takes.

The paces are the house's own, for a story that is read aloud to a room: 120 words a minute, two thirds of a minute to
choose by a show of hands, five minutes to vote, talk in pairs, vote again and hear why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate

from casework.conformance.model import Protocol
from casework.play.attempt import Decision, replay
from casework.play.dissent import OFF, outcomes, said
from casework.play.expert import expert
from casework.play.explore import Graph, Road, explore, legs
from casework.scenario.model import Choice, Ending, Paragraph, Scenario, Scene, SceneId
from casework.scenario.reading import words

WORDS_A_MINUTE = 120
CHOOSE, VOTE = 40, 300
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """How the minutes of a workshop are spent: a welcome, the story, a break, looking back; and how often to vote."""

    minutes: int
    welcome: int
    closing: int
    votes: int
    rest: int = 0

    @property
    def story(self) -> int:
        """The seconds that are left for the story."""
        return (self.minutes - self.welcome - self.rest - self.closing) * MINUTE


PLANS = (Plan(45, 4, 9, 3), Plan(60, 5, 12, 5), Plan(90, 5, 15, 8, rest=10))


@dataclass(frozen=True, slots=True)
class Leg:
    """One scene on a road: the second of the story at which it begins, how long it takes, and whether to vote there."""

    scene: SceneId
    begins: int
    seconds: int
    is_vote: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One road with its times. `is_best` is the experienced colleague's.

    `halt` is the scene after which to look back because the time is spent; None where the road ends in time. `rest` is
    the scene before which to have a break, where there is one.
    """

    road: Road
    ending: Ending | None
    is_best: bool
    legs: tuple[Leg, ...]
    halt: SceneId | None
    rest: SceneId | None

    @property
    def seconds(self) -> int:
        """How long the road takes, all its scenes together."""
        return sum(leg.seconds for leg in self.legs)


@dataclass(frozen=True, slots=True)
class Place:
    """One scene on the run sheet: what the facilitator has to know before the room comes there.

    `ways` counts what can follow that is not the same, `has_pitfall` is whether an option leaves a rule broken beside
    one that does not, and `ahead` how many seconds of story are left at least.
    """

    scene: SceneId
    note: tuple[Paragraph, ...]
    seconds: int
    is_vote: bool
    ways: int
    has_pitfall: bool
    ahead: int


@dataclass(frozen=True, slots=True)
class RunSheet:
    """How to spend an evening with a case: its scenes in the notebook's order, and its roads, the best one first."""

    plan: Plan
    places: tuple[Place, ...]
    ways: tuple[Way, ...]

    @property
    def votes(self) -> tuple[SceneId, ...]:
        """The scenes in which to vote."""
        return tuple(place.scene for place in self.places if place.is_vote)


def run_sheet(scenario: Scenario, protocol: Protocol, minutes: int) -> RunSheet:
    """Return the run sheet for 45, 60 or 90 minutes; raises `KeyError` for any other length.

    With scenes left out (see `omission`), it is the run sheet of the case `without` them.
    """
    plans = {plan.minutes: plan for plan in PLANS}
    return _Planner(scenario, protocol, plans[minutes]).sheet()


@dataclass(frozen=True)
class _Planner:
    """Weighs the scenes of a case, and fits votes into the time that there is."""

    scenario: Scenario
    protocol: Protocol
    plan: Plan

    def sheet(self) -> RunSheet:
        """Return the run sheet."""
        votes = self._votes()
        ahead = self._ahead()
        places = tuple(
            Place(
                scene=scene.id,
                note=scene.note,
                seconds=self._stay(scene, votes),
                is_vote=scene.id in votes,
                ways=self._worth[scene.id][1],
                has_pitfall=self._worth[scene.id][0],
                ahead=ahead[scene.id],
            )
            for scene in self.scenario.scenes
            if scene.id in self._worth and scene.id in ahead
        )
        return RunSheet(self.plan, places, tuple(self._way(road, votes) for road in self._roads))

    @cached_property
    def _graph(self) -> Graph:
        return explore(self.scenario)

    @cached_property
    def _best(self) -> Road | None:
        return expert(self.scenario, self.protocol)

    @cached_property
    def _roads(self) -> tuple[Road, ...]:
        nearest = {self._graph.places[end]: end for end in reversed(self._graph.ends)}
        shortest = (self._graph.road(end) for _, end in sorted(nearest.items()))
        return tuple(dict.fromkeys((*([self._best] if self._best is not None else []), *shortest)))

    @cached_property
    def _worth(self) -> Mapping[SceneId, tuple[bool, int]]:
        """For each scene that can be reached: whether there is a pitfall in it, and how much can follow from it."""
        there = {scene: self._graph.road(states[0]) for scene, states in self._graph.standing.items()}
        for number, state in enumerate(self._graph.along(self._best or ())):
            there[self._graph.scene(state)] = (self._best or ())[:number]
        return {scene: self._weigh(road) for scene, road in there.items()}

    def _weigh(self, road: Road) -> tuple[bool, int]:
        attempt = replay(self.scenario, "", (Decision(number, choice) for number, choice in enumerate(road, 1)))
        marks = {each.mark in OFF for each in said(self.scenario, self.protocol, attempt)}
        return len(marks) > 1, len(set(outcomes(self.scenario, self.protocol, attempt).values()))

    def _votes(self) -> frozenset[SceneId]:
        """Return the scenes most worth a vote, as many as fit into the time on every road."""
        votes: frozenset[SceneId] = frozenset()
        scenes = [scene.id for scene in self.scenario.scenes if self._worth.get(scene.id, (False, 0))[1] > 1]
        for scene in sorted(scenes, key=self._worth.__getitem__, reverse=True):
            more = votes | {scene}
            if all(self._fits(road, more) for road in self._roads):
                votes = more
        return votes

    def _fits(self, road: Road, votes: frozenset[SceneId]) -> bool:
        legs = self._legs(road, votes)
        held = sum(leg.is_vote for leg in legs)
        # A road too long for the time even without votes is cut off at its halt, and must not forbid every vote.
        is_long = sum(leg.seconds for leg in self._legs(road, frozenset())) > self.plan.story
        return held <= self.plan.votes and (is_long or sum(leg.seconds for leg in legs) <= self.plan.story)

    def _way(self, road: Road, votes: frozenset[SceneId]) -> Way:
        legs = self._legs(road, votes)
        late = [leg for leg in legs if leg.begins + leg.seconds > self.plan.story]
        in_time = [leg for leg in legs if leg not in late]
        past_half = [leg for leg in legs[1:-1] if leg.begins * 2 >= self.plan.story]
        return Way(
            road=road,
            ending=self.scenario.scene(legs[-1].scene).ending,
            is_best=road == self._best,
            legs=legs,
            halt=(in_time or legs[:1])[-1].scene if late else None,
            rest=past_half[0].scene if self.plan.rest and past_half else None,
        )

    def _legs(self, road: Road, votes: frozenset[SceneId]) -> tuple[Leg, ...]:
        told = legs(self.scenario, road)
        end = self.scenario.scene(told[-1][1].target) if told else self.scenario.start
        stays = [(scene, self._stay(scene, votes) + _spoken(choice.consequence)) for scene, choice in told]
        stays.append((end, self._stay(end, votes)))
        begins = accumulate((seconds for _, seconds in stays), initial=0)
        return tuple(
            Leg(scene.id, begin, seconds, scene.id in votes)
            for (scene, seconds), begin in zip(stays, begins, strict=False)
        )

    def _stay(self, scene: Scene, votes: frozenset[SceneId]) -> int:
        choosing = 0 if scene.ending is not None else VOTE if scene.id in votes else CHOOSE
        return _spoken(scene.story) + choosing

    def _ahead(self) -> Mapping[SceneId, int]:
        """Return the least seconds from each scene to an ending, without votes, the ending itself included."""
        scenes, graph = self.scenario.scenes, self._graph
        choices = {choice.id: choice for choice in self.scenario.choices}
        far = {end: _spoken(scenes[graph.places[end]].story) for end in graph.ends}
        waiting = sorted((seconds, end) for end, seconds in far.items())
        while waiting:
            seconds, state = heappop(waiting)
            if seconds > far[state]:
                continue
            for choice, origin in graph.entering[state]:
                longer = seconds + self._cost(scenes[graph.places[origin]], choices[choice])
                if longer < far.get(origin, longer + 1):
                    far[origin] = longer
                    heappush(waiting, (longer, origin))
        return _least((graph.scene(state), seconds) for state, seconds in far.items())

    def _cost(self, scene: Scene, choice: Choice) -> int:
        return self._stay(scene, frozenset()) + _spoken(choice.consequence)


def _least(rows: Iterable[tuple[SceneId, int]]) -> Mapping[SceneId, int]:
    least: dict[SceneId, int] = {}
    for scene, seconds in rows:
        least[scene] = min(seconds, least.get(scene, seconds))
    return least


def _spoken(paragraphs: tuple[Paragraph, ...]) -> int:
    """Return the seconds that it takes to read paragraphs aloud, rounded up."""
    count = sum(len(words(sentence.text)) for paragraph in paragraphs for sentence in paragraph)
    return -(-count * MINUTE // WORDS_A_MINUTE)
