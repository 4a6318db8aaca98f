"""One playing of a scenario, and the pure moves that lead from one value to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from casework.errors import ChoiceNotOffered
from casework.scenario.model import (
    AtLeast,
    Choice,
    ChoiceId,
    Condition,
    Done,
    Effect,
    Measure,
    Scenario,
    SceneId,
    Seen,
    SentenceId,
    SignalId,
)

AttemptId = str
Trace = tuple[str, ...]
LOWEST, HIGHEST = -5, 5


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice that was made; `number` counts from 1, `at` is an ISO time or empty where no clock was at hand."""

    number: int
    choice: ChoiceId
    at: str = ""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the decisions did so far: three scales from -5 to 5, and the days that went by."""

    trust: int = 0
    safety: int = 0
    autonomy: int = 0
    days: int = 0

    def value(self, measure: Measure) -> int:
        """Return the value of one measure."""
        return int(getattr(self, measure))


@dataclass(frozen=True, slots=True)
class Attempt:
    """Where the trainee is now, and the decisions that led there."""

    id: AttemptId
    scenario: str
    version: str
    scene: SceneId
    decisions: tuple[Decision, ...] = ()
    trace: Trace = ()
    outcomes: Outcomes = Outcomes()
    seen: frozenset[SignalId] = frozenset()
    acted: frozenset[SignalId] = frozenset()
    taken: frozenset[ChoiceId] = frozenset()
    visited: tuple[SceneId, ...] = ()
    kept: frozenset[SentenceId] = frozenset()


def start(scenario: Scenario, attempt_id: AttemptId) -> Attempt:
    """Return a fresh attempt, in the first scene."""
    first = scenario.start
    seen = frozenset(signal.id for signal in first.signals)
    return Attempt(attempt_id, scenario.name, scenario.version, first.id, seen=seen, visited=(first.id,))


def offered(scenario: Scenario, attempt: Attempt) -> tuple[Choice, ...]:
    """Return the choices that are on offer here; none at an ending."""
    scene = scenario.scene(attempt.scene)
    return tuple(choice for choice in scene.choices if _is_open(attempt, choice))


def decide(scenario: Scenario, attempt: Attempt, choice_id: ChoiceId, at: str = "") -> Attempt:
    """Return the attempt after this choice; raises `ChoiceNotOffered`, and nothing else, for any other id."""
    on_offer = {choice.id: choice for choice in offered(scenario, attempt)}
    if choice_id not in on_offer:
        raise ChoiceNotOffered(choice_id, attempt.scene, tuple(on_offer))
    return _move(scenario, attempt, on_offer[choice_id], at)


def replay(scenario: Scenario, attempt_id: AttemptId, decisions: Iterable[Decision]) -> Attempt:
    """Return the attempt to which these decisions lead; raises `ChoiceNotOffered` at the first that is not on offer."""
    return reduce(
        lambda attempt, decision: decide(scenario, attempt, decision.choice, decision.at),
        decisions,
        start(scenario, attempt_id),
    )


def keep(attempt: Attempt, sentences: Iterable[SentenceId]) -> Attempt:
    """Return the attempt with exactly these sentences in the trainee's notebook."""
    return replace(attempt, kept=frozenset(sentences))


def sentences_met(scenario: Scenario, attempt: Attempt) -> frozenset[SentenceId]:
    """Return the sentences of the scenes that an attempt came by: no others can stand in its notebook."""
    scenes = (scenario.scene(scene) for scene in set(attempt.visited))
    return frozenset(sentence.id for scene in scenes for sentence in scene.sentences)


def trace(attempt: Attempt) -> Trace:
    """Return the activities of an attempt, in order."""
    return attempt.trace


def has_ended(scenario: Scenario, attempt: Attempt) -> bool:
    """Whether the attempt stands at an ending."""
    return scenario.scene(attempt.scene).ending is not None


def _move(scenario: Scenario, attempt: Attempt, choice: Choice, at: str) -> Attempt:
    scene = scenario.scene(choice.target)
    return replace(
        attempt,
        scene=scene.id,
        decisions=(*attempt.decisions, Decision(len(attempt.decisions) + 1, choice.id, at)),
        trace=attempt.trace + choice.activities,
        outcomes=_outcomes(attempt.outcomes, choice.effects),
        seen=attempt.seen.union(signal.id for signal in scene.signals),
        acted=attempt.acted.union(choice.acts_on),
        taken=attempt.taken | {choice.id},
        visited=(*attempt.visited, scene.id),
    )


def _outcomes(outcomes: Outcomes, effects: tuple[Effect, ...]) -> Outcomes:
    values = {effect.measure: outcomes.value(effect.measure) for effect in effects}
    for effect in effects:
        values[effect.measure] = _clamped(effect.measure, values[effect.measure] + effect.amount)
    return replace(outcomes, **{measure.value: value for measure, value in values.items()}) if values else outcomes


def _clamped(measure: Measure, value: int) -> int:
    return value if measure is Measure.DAYS else min(max(value, LOWEST), HIGHEST)


def _is_open(attempt: Attempt, choice: Choice) -> bool:
    if choice.once and choice.id in attempt.taken:
        return False
    return all(_holds(attempt, condition) for condition in choice.conditions)


def _holds(attempt: Attempt, condition: Condition) -> bool:
    return _fact(attempt, condition) == condition.wanted


def _fact(attempt: Attempt, condition: Condition) -> bool:
    match condition:
        case Seen(signal):
            return signal in attempt.seen
        case Done(activity):
            return activity in attempt.trace
        case AtLeast(measure, value):
            return attempt.outcomes.value(measure) >= value
