"""The rules of a protocol at work in a scenario, packed: a set of states of every rule's automaton is one whole number.

Each rule has a stretch of bits, one for each state that its automaton can be in. A choice moves all sets at once, on or
back; what one rule can come to is then known for every state of a story after a single walk over its graph.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from casework.conformance.model import Protocol, Rule, Severity
from casework.conformance.rules import Automaton, State, automaton
from casework.scenario.model import ChoiceId, Scenario


@dataclass(frozen=True, slots=True)
class Stretch:
    """One rule and its bits: the states that its automaton can be in, the first where nothing has happened yet."""

    rule: Rule
    shift: int
    states: tuple[State, ...]

    @property
    def mask(self) -> int:
        """All bits of this rule."""
        return ((1 << len(self.states)) - 1) << self.shift

    @property
    def kept(self) -> int:
        """The bits of the states in which the rule is kept if nothing more happens."""
        return sum(1 << (self.shift + place) for place, state in enumerate(self.states) if state.truth.is_kept)

    @property
    def unkept(self) -> int:
        """The bits of the states in which it is broken if nothing more happens."""
        return self.mask & ~self.kept


@dataclass(frozen=True, slots=True)
class Turn:
    """What a choice does to the bits of one rule: for each set of states, the set after it and the set before it."""

    shift: int
    mask: int
    onward: tuple[int, ...]
    back: tuple[int, ...]

    def after(self, sets: int) -> int:
        """Return the sets of states after the choice, of which only those of this rule are moved."""
        part = (sets >> self.shift) & self.mask
        return sets ^ ((part ^ self.onward[part]) << self.shift)

    def before(self, sets: int) -> int:
        """Return the sets of states from which the choice leads into these."""
        part = (sets >> self.shift) & self.mask
        return sets ^ ((part ^ self.back[part]) << self.shift)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of a protocol over one scenario; `start` has one bit for each rule."""

    stretches: tuple[Stretch, ...]
    start: int
    turns: Mapping[ChoiceId, tuple[Turn, ...]]

    def after(self, sets: int, choice: ChoiceId) -> int:
        """Return the sets of states after a choice."""
        for turn in self.turns[choice]:
            sets = turn.after(sets)
        return sets

    def before(self, sets: int, choice: ChoiceId) -> int:
        """Return the sets of states from which a choice leads into these."""
        for turn in self.turns[choice]:
            sets = turn.before(sets)
        return sets

    @property
    def norms(self) -> tuple[Stretch, ...]:
        """The rules that a source makes a norm."""
        return tuple(stretch for stretch in self.stretches if stretch.rule.severity is Severity.NORM)


def rulebook(scenario: Scenario, protocol: Protocol) -> Rulebook:
    """Return the rules of a protocol made ready for a scenario."""
    stretches = tuple(_stretches(protocol))
    choices = scenario.choices
    kinds = {choice.activities: tuple(_turns(choice.activities, stretches)) for choice in choices}
    start = sum(1 << stretch.shift for stretch in stretches)
    return Rulebook(stretches, start, {choice.id: kinds[choice.activities] for choice in choices})


def _stretches(protocol: Protocol) -> Iterator[Stretch]:
    shift = 0
    for rule in protocol.rules:
        states = _states(automaton(rule))
        yield Stretch(rule, shift, states)
        shift += len(states)


def _states(machine: Automaton) -> tuple[State, ...]:
    found = [machine.start]
    for state in found:  # grows while we walk
        after = dict.fromkeys(machine.after(state, activity) for activity in machine.rule.mentioned)
        found.extend(each for each in after if each not in found)
    return tuple(found)


def _turns(activities: tuple[str, ...], stretches: Iterable[Stretch]) -> Iterator[Turn]:
    for stretch in stretches:
        if set(activities) & set(stretch.rule.mentioned):
            machine = automaton(stretch.rule)
            moved = [stretch.states.index(reduce(machine.after, activities, state)) for state in stretch.states]
            sets = range(1 << len(moved))
            onward = tuple(_joined(1 << moved[at] for at in range(len(moved)) if chosen >> at & 1) for chosen in sets)
            back = tuple(_joined(1 << at for at in range(len(moved)) if chosen >> moved[at] & 1) for chosen in sets)
            yield Turn(stretch.shift, len(sets) - 1, onward, back)


def _joined(bits: Iterable[int]) -> int:
    return reduce(int.__or__, bits, 0)
