"""What the Meldcode says about one decision, and how the five steps stand after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casework.conformance.monitor import Truth, Verdict, watch
from casework.conformance.protocol import Protocol, Rule
from casework.scenario.model import ActivityId

STEPS = (1, 2, 3, 4, 5)


class Mark(StrEnum):
    """How something stands, in the order in which a trainee needs to know it."""

    BROKEN = "broken"
    MEND = "mend"
    NOW = "now"
    KEPT = "kept"
    DONE = "done"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Remark:
    """One rule that this decision kept, broke, or left to be mended or done."""

    rule: Rule
    mark: Mark


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps of the Meldcode: how it stands, and whether the last decision belonged to it."""

    number: int
    mark: Mark
    is_current: bool


def remarks(protocol: Protocol, before: tuple[ActivityId, ...], after: tuple[ActivityId, ...]) -> tuple[Remark, ...]:
    """Return what the rules say about the activities that `after` has and `before` had not, the gravest first."""
    now = after[len(before) :]
    pairs = zip(watch(protocol, before).verdicts, watch(protocol, after).verdicts, strict=True)
    found = [(old.rule, _mark(protocol, old.truth, new, before, now)) for old, new in pairs]
    spoken = [Remark(rule, mark) for rule, mark in found if mark]
    return tuple(sorted(spoken, key=lambda remark: list(Mark).index(remark.mark)))


def steps(protocol: Protocol, trace: tuple[ActivityId, ...], last: tuple[ActivityId, ...]) -> tuple[Step, ...]:
    """Return how each step stands after `trace`; `last` are the activities of the newest decision."""
    marks = [(step_of(protocol, activity), mark) for activity, mark in marked(protocol, trace)]
    current = last_step(protocol, last)
    return tuple(Step(step, _worst(mark for at, mark in marks if at == step), step == current) for step in STEPS)


def last_step(protocol: Protocol, activities: tuple[ActivityId, ...]) -> int | None:
    """Return the step of the last of these activities that has one."""
    numbers = [step for activity in activities if (step := step_of(protocol, activity))]
    return numbers[-1] if numbers else None


def step_of(protocol: Protocol, activity: ActivityId) -> int | None:
    """Return the step that an activity belongs to; a repair belongs to the step of what it mends."""
    own = protocol.activity(activity).step
    if own is not None or protocol.activity(activity).kind != "repair":
        return own
    mended = [
        first
        for rule in protocol.rules
        if rule.template == "response" and activity in rule.then
        for first in rule.first
    ]
    return next((step for first in mended if (step := protocol.activity(first).step)), None)


def marked(protocol: Protocol, trace: tuple[ActivityId, ...]) -> tuple[tuple[ActivityId, Mark], ...]:
    """Return each activity of a trace with its mark: broken, broken and mended since or still to mend, or done."""
    report = watch(protocol, trace)
    broken = {at for verdict in report.verdicts for at in _broken_at(verdict, trace)}
    mending = _mending(protocol, report.verdicts, trace)
    return tuple((activity, _mark_at(at, activity, broken, mending)) for at, activity in enumerate(trace, start=1))


def _broken_at(verdict: Verdict, trace: tuple[ActivityId, ...]) -> tuple[int, ...]:
    # A rule breaks once, but what it forbids stays wrong each time that it is done again.
    if verdict.truth is not Truth.VIOLATED or verdict.at is None:
        return ()
    again = (at for at in range(verdict.at + 1, len(trace) + 1) if trace[at - 1] in verdict.rule.any_of)
    return (verdict.at, *again)


def is_mended(protocol: Protocol, trace: tuple[ActivityId, ...], at: int) -> bool:
    """Whether the activity at this 1-based position was answered by the repair that a response rule asks for."""
    activity = trace[at - 1]
    if protocol.activity(activity).kind != "wrong":
        return False
    answers = [rule for rule in protocol.rules if rule.template == "response" and activity in rule.first]
    return any(later in rule.then for rule in answers for later in trace[at:])


def _mark_at(at: int, activity: ActivityId, broken: set[int], mending: dict[ActivityId, Mark]) -> Mark:
    if activity in mending:
        return mending[activity]
    return Mark.BROKEN if at in broken else Mark.DONE


def _mending(protocol: Protocol, verdicts: Iterable[Verdict], trace: tuple[ActivityId, ...]) -> dict[ActivityId, Mark]:
    marks = {activity: Mark.KEPT for at, activity in enumerate(trace, start=1) if is_mended(protocol, trace, at)}
    for verdict in verdicts:
        if verdict.rule.template == "response" and verdict.truth is Truth.OPEN:
            wrong = (activity for activity in verdict.rule.first if protocol.activity(activity).kind == "wrong")
            marks |= dict.fromkeys(wrong, Mark.MEND)
    return marks


def _worst(marks: Iterable[Mark]) -> Mark:
    return min(marks, key=list(Mark).index, default=Mark.TODO)


def _mark(
    protocol: Protocol, old: Truth, new: Verdict, before: tuple[ActivityId, ...], now: tuple[ActivityId, ...]
) -> Mark | None:
    rule = new.rule
    if set(now) & set(rule.unless):
        return None
    if new.truth is Truth.VIOLATED:
        return None if old is Truth.VIOLATED else Mark.BROKEN
    if rule.template == "precedence":
        return _mark_of_order(rule, before, now)
    if new.truth is Truth.OPEN:
        return None if old is Truth.OPEN else _mark_of_debt(protocol, rule, now)
    return Mark.KEPT if old is Truth.OPEN or _answered_at_once(rule, now) else None


def _mark_of_order(rule: Rule, before: tuple[ActivityId, ...], now: tuple[ActivityId, ...]) -> Mark | None:
    # An order is kept by the first act that had to come later, not by the one that had to come first.
    is_first_time = set(now) & set(rule.then) and not set(before) & set(rule.then)
    return Mark.KEPT if is_first_time and not set(before) & set(rule.unless) else None


def _mark_of_debt(protocol: Protocol, rule: Rule, now: tuple[ActivityId, ...]) -> Mark:
    is_wrong = any(protocol.activity(activity).kind == "wrong" for activity in now if activity in rule.first)
    return Mark.MEND if is_wrong else Mark.NOW


def _answered_at_once(rule: Rule, now: tuple[ActivityId, ...]) -> bool:
    return rule.template == "response" and bool(set(now) & set(rule.first)) and bool(set(now) & set(rule.then))
