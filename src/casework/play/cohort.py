"""A road that many took, told once: the scenes it came by, the steps it reached, the rules it kept, the signals it met.

A cohort of a hundred thousand attempts has a few thousand roads. What is told of each is what `debrief` tells of a
single attempt; only conditions are not looked at again, as whoever chose was offered the choice at this very version.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from casework.conformance.model import Protocol
from casework.conformance.monitor import Monitor, begin
from casework.play.attempt import Trace
from casework.play.debrief import is_telling, standing
from casework.play.feedback import Mark, step_of
from casework.scenario.model import Choice, ChoiceId, Ending, Scenario, Scene, SceneId, SentenceId, SignalId


@dataclass(frozen=True, slots=True)
class Road:
    """Where a series of choices leads: through these scenes, of which the last may be an ending."""

    scenes: tuple[SceneId, ...]
    choices: tuple[ChoiceId, ...]
    trace: Trace
    met: tuple[SignalId, ...]
    acted: frozenset[SignalId]
    ending: Ending | None

    @property
    def last(self) -> SceneId:
        """The scene in which it ended, or in which they stopped."""
        return self.scenes[-1]

    @property
    def first_choices(self) -> Iterator[tuple[SceneId, ChoiceId]]:
        """Each scene with what was chosen there the first time: people are counted, not visits."""
        return iter(dict(reversed(tuple(zip(self.scenes, self.choices, strict=False)))).items())

    @property
    def is_over(self) -> bool:
        """Whether the story came to an end."""
        return self.ending is not None


@dataclass(frozen=True, slots=True)
class Chart:
    """A case as a map: each scene and choice by its id, and the signals that each sentence carries."""

    start: SceneId
    scenes: Mapping[SceneId, Scene]
    choices: Mapping[SceneId, Mapping[ChoiceId, Choice]]
    carried: Mapping[SentenceId, tuple[SignalId, ...]]


def chart(scenario: Scenario) -> Chart:
    """Return the map of a case."""
    return Chart(
        scenario.start.id,
        {scene.id: scene for scene in scenario.scenes},
        {scene.id: {choice.id: choice for choice in scene.choices} for scene in scenario.scenes},
        {sentence.id: sentence.signals for scene in scenario.scenes for sentence in scene.sentences},
    )


def base(version: str) -> str:
    """Return the version of a whole case: in a workshop it may have been played without some of its scenes."""
    return version.partition("-")[0]


def follow(chart: Chart, choices: Iterable[ChoiceId]) -> Road | None:
    """Return the road of these choices; nothing where one of them does not stand in the scene that was come to.

    A store is a file that anybody may have written to, and half a road would be counted as a whole one.
    """
    here, scenes, made = chart.start, [chart.start], []
    for choice_id in choices:
        choice = chart.choices[here].get(choice_id)
        if choice is None:
            return None
        made.append(choice)
        here = choice.target
        scenes.append(here)
    return Road(
        scenes=tuple(scenes),
        choices=tuple(choice.id for choice in made),
        trace=tuple(activity for choice in made for activity in choice.activities),
        met=tuple(dict.fromkeys(signal.id for scene in scenes for signal in chart.scenes[scene].signals)),
        acted=frozenset(signal for choice in made for signal in choice.acts_on),
        ending=chart.scenes[here].ending,
    )


def steps(protocol: Protocol, trace: Trace) -> frozenset[int]:
    """Return the steps of the protocol that these activities touched."""
    return frozenset(step for activity in set(trace) if (step := _step(protocol, activity)))


@lru_cache(maxsize=65536)
def rules(protocol: Protocol, trace: Trace) -> tuple[tuple[str, Mark], ...]:
    """Return each rule that was put to the test, with how it stands at the end: kept, mended or broken."""
    done = frozenset(trace)
    verdicts = (verdict for verdict in _monitor(protocol, trace).judge().verdicts if is_telling(verdict, done))
    return tuple((verdict.rule.id, standing(protocol, trace, verdict)) for verdict in verdicts)


def noted(chart: Chart, kept: Iterable[SentenceId]) -> frozenset[SignalId]:
    """Return the signals in these sentences; a sentence that the case does not have carries none."""
    return frozenset(signal for sentence in kept for signal in chart.carried.get(sentence, ()))


@lru_cache(maxsize=1024)
def _step(protocol: Protocol, activity: str) -> int | None:
    return step_of(protocol, activity)


# Many roads begin alike: each beginning is watched once.
@lru_cache(maxsize=65536)
def _monitor(protocol: Protocol, trace: Trace) -> Monitor:
    return _monitor(protocol, trace[:-1]).after(trace[-1]) if trace else begin(protocol)
