"""What if: one decision made differently, the later ones kept while they exist, and what that would have changed."""

from dataclasses import dataclass

from casework.conformance.protocol import Protocol, Rule
from casework.errors import ChoiceNotOffered
from casework.play.attempt import Attempt, Decision, decide, keep, offered, replay
from casework.play.debrief import look_back
from casework.play.feedback import Mark
from casework.scenario.model import ChoiceId, Ending, Measure, Scenario, SceneId, SignalId

MEASURES = tuple(Measure)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The scene in which two stories meet again, and how many decisions had led each of them there."""

    scene: SceneId
    own: int
    other: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The attempt that was made and the one it could have been.

    `parts` is the number of the decision at which they part, and `meets` where they come together again; each is
    None where they do not. `kept` counts the later decisions that could be kept.
    """

    own: Attempt
    other: Attempt
    parts: int | None
    meets: Meeting | None
    kept: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One rule that stands differently in two attempts; None where it was not put to the test."""

    rule: Rule
    own: Mark | None
    other: Mark | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """What differs between two attempts; `gained` and `lost` are signals that only the other, or only this one, met."""

    endings: tuple[Ending | None, Ending | None]
    scenes: tuple[SceneId, SceneId]
    outcomes: tuple[tuple[Measure, int, int], ...]
    rules: tuple[Shift, ...]
    gained: tuple[SignalId, ...]
    lost: tuple[SignalId, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no difference at all."""
        return len({*self.scenes}) == 1 and not (self.outcomes or self.rules or self.gained or self.lost)


def what_if(scenario: Scenario, attempt: Attempt, number: int, choice: ChoiceId) -> WhatIf:
    """Return what would have become of an attempt if its decision `number` had been this choice.

    The later decisions are made again as long as the next one is on offer; where it is not, those are skipped that
    belong to scenes in which the other story never comes. The same choice gives the same attempt back. Raises
    `ChoiceNotOffered` for a choice that was not on offer there, and where there is no such decision.
    """
    if not 1 <= number <= len(attempt.decisions):
        raise ChoiceNotOffered(choice, attempt.scene, ())
    before, made = attempt.decisions[: number - 1], attempt.decisions[number - 1]
    turned = decide(scenario, replay(scenario, attempt.id, before), choice, made.at)
    other = _keep_shared(scenario, attempt, _follow(scenario, turned, attempt.decisions[number:]))
    is_same = made.choice == choice
    return WhatIf(
        own=attempt,
        other=other,
        parts=None if is_same else number,
        meets=None if is_same else _meeting(attempt, other, number),
        kept=len(other.decisions) - number,
    )


def compare(scenario: Scenario, protocol: Protocol, own: Attempt, other: Attempt) -> Contrast:
    """Return what differs between two attempts as they stand, rules that one of them broke first."""
    back, there = look_back(scenario, protocol, own), look_back(scenario, protocol, other)
    met, meets = back.signals.offered, there.signals.offered
    return Contrast(
        endings=(scenario.scene(own.scene).ending, scenario.scene(other.scene).ending),
        scenes=(own.scene, other.scene),
        outcomes=_outcomes(own, other),
        rules=_shifts(protocol, *({one.rule.id: one.mark for one in each.rules} for each in (back, there))),
        gained=tuple(signal for signal in meets if signal not in met),
        lost=tuple(signal for signal in met if signal not in meets),
    )


def _follow(scenario: Scenario, attempt: Attempt, left: tuple[Decision, ...]) -> Attempt:
    # An id belongs to one scene: a later decision that is on offer here was made here, so the stories have met.
    while left:
        on_offer = {choice.id for choice in offered(scenario, attempt)}
        place = next((at for at, decision in enumerate(left) if decision.choice in on_offer), None)
        if place is None:
            return attempt
        attempt = decide(scenario, attempt, left[place].choice, left[place].at)
        left = left[place + 1 :]
    return attempt


def _keep_shared(scenario: Scenario, own: Attempt, other: Attempt) -> Attempt:
    # A sentence of a scene in which the other story never comes cannot stand in its notebook.
    scenes = (scenario.scene(scene) for scene in {*own.visited} - {*other.visited})
    return keep(other, own.kept - {sentence.id for scene in scenes for sentence in scene.sentences})


def _meeting(own: Attempt, other: Attempt, number: int) -> Meeting | None:
    for at, scene in enumerate(other.visited[number:], start=number):
        if scene in own.visited[number:]:
            return Meeting(scene, own.visited.index(scene, number), at)
    return None


def _outcomes(own: Attempt, other: Attempt) -> tuple[tuple[Measure, int, int], ...]:
    rows = ((measure, own.outcomes.value(measure), other.outcomes.value(measure)) for measure in MEASURES)
    return tuple(row for row in rows if row[1] != row[2])


def _shifts(protocol: Protocol, own: dict[str, Mark], other: dict[str, Mark]) -> tuple[Shift, ...]:
    rows = [Shift(rule, own.get(rule.id), other.get(rule.id)) for rule in protocol.rules]
    changed = [row for row in rows if row.own is not row.other]
    return tuple(sorted(changed, key=_gravity))


def _gravity(shift: Shift) -> tuple[bool, bool]:
    return Mark.BROKEN not in (shift.own, shift.other), shift.rule.severity != "norm"
