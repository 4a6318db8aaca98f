"""What each template means over a whole finished trace: a second evaluation, which shares nothing with the automata.

Positions count from 1. An `unless` lifts absence, precedence and not-coexistence for what happens after it; existence
and response it lifts wherever it stands.
"""

from collections.abc import Sequence

from casework.conformance import Rule

Said = tuple[bool, int | None]


def said_in_words(rule: Rule, trace: Sequence[str]) -> Said:
    """Return whether the trace keeps the rule, and the earliest place that breaks it, if one place does."""
    if rule.template == "existence":
        return any(each in (*rule.any_of, *rule.unless) for each in trace), None
    broken = BROKEN[rule.template](rule, trace)
    return not broken, min(broken, default=None)


def _places(activities: Sequence[str], trace: Sequence[str]) -> list[int]:
    return [at for at, activity in enumerate(trace, 1) if activity in activities]


def _has_before(activities: Sequence[str], trace: Sequence[str], at: int) -> bool:
    return any(place < at for place in _places(activities, trace))


def _absence(rule: Rule, trace: Sequence[str]) -> list[int]:
    """Each of `any_of` that no `unless` went before."""
    return [at for at in _places(rule.any_of, trace) if not _has_before(rule.unless, trace, at)]


def _precedence(rule: Rule, trace: Sequence[str]) -> list[int]:
    """Each `then` that neither a `first` nor an `unless` went before."""
    return [at for at in _places(rule.then, trace) if not _has_before((*rule.first, *rule.unless), trace, at)]


def _response(rule: Rule, trace: Sequence[str]) -> list[int]:
    """Each `first` that no `then` comes after, in a trace without any `unless`."""
    if _places(rule.unless, trace):
        return []
    return [at for at in _places(rule.first, trace) if all(then < at for then in _places(rule.then, trace))]


def _not_coexistence(rule: Rule, trace: Sequence[str]) -> list[int]:
    """The place at which both halves were there for the first time, unless an `unless` went before it."""
    first, then = _places(rule.first, trace), _places(rule.then, trace)
    both = [max(min(first), min(then))] if first and then else []
    return [at for at in both if not _has_before(rule.unless, trace, at)]


BROKEN = {
    "absence": _absence,
    "precedence": _precedence,
    "response": _response,
    "not-coexistence": _not_coexistence,
}
