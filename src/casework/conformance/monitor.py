"""Verdicts: what every rule of a protocol says of a trace, while it may still grow and once it is finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce

from casework.conformance.model import Protocol, Rule
from casework.conformance.rules import Automaton, State, Truth, automaton
from casework.errors import ActivityUnknown

__all__ = ["Monitor", "Report", "Truth", "Verdict", "begin", "judge", "watch"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says. `at` counts from 1: the activity that broke it, or the earliest that waits for an answer."""

    rule: Rule
    truth: Truth
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts of a protocol's rules, in the protocol's order."""

    protocol: str
    verdicts: tuple[Verdict, ...]

    def verdict(self, rule_id: str) -> Verdict:
        """Return what the rule with this id says; raises `KeyError` if the protocol has no such rule."""
        for verdict in self.verdicts:
            if verdict.rule.id == rule_id:
                return verdict
        raise KeyError(rule_id)

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The verdicts on rules that are broken for good."""
        return tuple(verdict for verdict in self.verdicts if verdict.truth is Truth.VIOLATED)


@dataclass(frozen=True, eq=False, slots=True)
class Machine:
    """A protocol made ready to run: the automata, and for every activity those that look at it."""

    protocol: Protocol
    automata: tuple[Automaton, ...]
    watching: Mapping[str, tuple[int, ...]]

    def watchers(self, activity: str) -> tuple[int, ...]:
        """Return the places of the rules that this activity may move; raises `ActivityUnknown`."""
        if activity in self.watching:
            return self.watching[activity]
        raise ActivityUnknown(activity, tuple(self.watching))


@dataclass(frozen=True, slots=True)
class Monitor:
    """All rules after some activities. Two monitors with equal `states` judge every future alike."""

    machine: Machine = field(repr=False)
    states: tuple[State, ...]
    marks: tuple[int | None, ...]
    length: int = 0

    def after(self, activity: str) -> "Monitor":
        """Return the monitor after one more activity; raises `ActivityUnknown` for what the protocol does not know."""
        states, marks, position = list(self.states), list(self.marks), self.length + 1
        for place in self.machine.watchers(activity):
            before = states[place].truth
            states[place] = self.machine.automata[place].after(states[place], activity)
            if states[place].truth is not before:
                marks[place] = None if states[place].truth.is_kept else position
        return Monitor(self.machine, tuple(states), tuple(marks), position)

    def watch(self) -> Report:
        """Return the verdicts now, while more may happen."""
        return self._report(state.truth for state in self.states)

    def judge(self) -> Report:
        """Return the verdicts if nothing more happens: each rule is satisfied or violated."""
        return self._report(state.truth.at_the_end for state in self.states)

    def _report(self, truths: Iterable[Truth]) -> Report:
        protocol = self.machine.protocol
        return Report(protocol.id, tuple(map(Verdict, protocol.rules, truths, self.marks)))


def begin(protocol: Protocol) -> Monitor:
    """Return the monitor of an attempt in which nothing has happened yet."""
    machine = _machine(protocol)
    states = tuple(each.start for each in machine.automata)
    return Monitor(machine, states, (None,) * len(states))


def watch(protocol: Protocol, trace: Iterable[str]) -> Report:
    """Return the verdicts on a trace that may still grow; raises `ActivityUnknown`."""
    return _follow(protocol, trace).watch()


def judge(protocol: Protocol, trace: Iterable[str]) -> Report:
    """Return the verdicts on a finished trace: only satisfied or violated; raises `ActivityUnknown`."""
    return _follow(protocol, trace).judge()


def _follow(protocol: Protocol, trace: Iterable[str]) -> Monitor:
    return reduce(Monitor.after, trace, begin(protocol))


@lru_cache(maxsize=64)
def _machine(protocol: Protocol) -> Machine:
    watching = {
        activity.id: tuple(place for place, rule in enumerate(protocol.rules) if activity.id in rule.mentioned)
        for activity in protocol.activities
    }
    return Machine(protocol, tuple(map(automaton, protocol.rules)), watching)
