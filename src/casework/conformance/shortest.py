"""The shortest traces that show what a rule asks: one that keeps it when put to the test, and one that breaks it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from casework.conformance.model import Rule
from casework.conformance.rules import Automaton, State, automaton

__all__ = ["Pair", "shortest"]

Trace = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A shortest trace that keeps a rule and one that breaks it; of several equally short ones, the first in order."""

    kept: Trace
    broken: Trace


@dataclass(frozen=True, slots=True)
class _Node:
    """Where a trace leads, and where each trace leads that has one activity less."""

    state: State
    without: frozenset[State]


def shortest(rule: Rule) -> Pair:
    """Return the shortest traces of a rule; only activities that it mentions occur in them.

    A trace puts a rule to the test where it hangs by one activity: a rule that asks for something is kept by a trace
    that would break it with one activity less, and a rule that forbids something by a trace that would break it with
    one more. What merely never came up, or was lifted by an `unless`, shows nothing.
    """
    machine = automaton(rule)
    asked = tuple(each for each in rule.mentioned if each not in rule.unless)
    return Pair(
        kept=_search(machine, asked, lambda node: _is_tested(machine, asked, node)),
        broken=_search(machine, rule.mentioned, lambda node: not node.state.truth.is_kept),
    )


def _is_tested(machine: Automaton, asked: Trace, node: _Node) -> bool:
    if not node.state.truth.is_kept:
        return False
    near = (machine.after(node.state, each) for each in asked) if machine.forbids else node.without
    return any(not state.truth.is_kept for state in near)


def _search(machine: Automaton, alphabet: Trace, is_found: Callable[[_Node], bool]) -> Trace:
    """Return the first shortest trace to such a node, breadth first; every template has one."""
    start = _Node(machine.start, frozenset())
    seen, waiting = {start}, deque([(start, Trace())])
    while waiting:
        node, trace = waiting.popleft()
        if is_found(node):
            return trace
        for activity in alphabet:
            following = _after(machine, node, activity)
            if following not in seen:
                seen.add(following)
                waiting.append((following, (*trace, activity)))
    raise LookupError(machine.rule.id)


def _after(machine: Automaton, node: _Node, activity: str) -> _Node:
    without = {machine.after(state, activity) for state in node.without} | {node.state}
    return _Node(machine.after(node.state, activity), frozenset(without))
