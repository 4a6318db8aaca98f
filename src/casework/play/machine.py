"""A scenario made ready to walk: a state as one whole number, so that walking all of them costs little.

A state holds the scene and, of all that has happened, only what a choice further on may still read: the signals seen,
the activities done, the choices that are offered once, and the measures that a condition compares. What nothing ahead
reads, or what will be the same whatever it was before, is left out. Two states that are equal have the same future.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from casework.play.attempt import HIGHEST, LOWEST
from casework.scenario.model import AtLeast, Choice, ChoiceId, Condition, Done, Effect, Measure, Scenario, Scene, Seen

MIDDLE = -LOWEST


@dataclass(frozen=True, slots=True)
class Field:
    """The bits in which a measure stands: its value from 0 up to `top`, `zero` standing for nought."""

    shift: int
    mask: int
    zero: int
    top: int

    def has(self, code: int, least: int) -> bool:
        """Whether the measure is *least* or more in this code."""
        return ((code >> self.shift) & self.mask) - self.zero >= least


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison that a choice asks for."""

    field: Field
    least: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A choice over codes: what it reads, what it sets, how it moves the measures, and what its target still needs."""

    choice: ChoiceId
    mask: int
    want: int
    tests: tuple[Test, ...]
    sets: int
    shifts: tuple[tuple[Field, tuple[int, ...]], ...]
    target: int
    live: int = -1

    @property
    def reads(self) -> int:
        """The bits that decide whether this choice is on offer."""
        return reduce(or_, (test.field.mask << test.field.shift for test in self.tests), self.mask)

    def is_open(self, code: int) -> bool:
        """Whether the choice is on offer in this code."""
        return code & self.mask == self.want and all(t.field.has(code, t.least) == t.wanted for t in self.tests)

    def after(self, code: int) -> int:
        """Return the code after this choice."""
        code |= self.sets
        for field, table in self.shifts:
            value = (code >> field.shift) & field.mask
            code += (table[value] - value) << field.shift
        return code & self.live


@dataclass(frozen=True, slots=True)
class Machine:
    """The moves of each scene, by its place in the scenario, and the code with which play starts.

    `reads` has for each scene the bits on which it depends what is on offer there.
    """

    moves: tuple[tuple[Move, ...], ...]
    reads: tuple[int, ...]
    start: int
    bits: Mapping[Condition, int]
    fields: Mapping[Measure, Field]

    def holds(self, condition: Condition) -> Callable[[int], bool]:
        """Return the question whether a condition of a choice holds in a code of its scene."""
        wanted = condition.wanted
        if isinstance(condition, AtLeast):
            field, least = self.fields[condition.measure], condition.value
            return lambda code: field.has(code, least) == wanted
        bit = self.bits[_plain(condition)]
        return lambda code: bool(code & bit) == wanted


def machine(scenario: Scenario) -> Machine:
    """Return a scenario made ready to walk."""
    choices = scenario.choices
    conditions = [condition for choice in choices for condition in choice.conditions]
    bits = _bits(conditions)
    once = {choice.id: 1 << (len(bits) + at) for at, choice in enumerate(one for one in choices if one.once)}
    fields = _fields(conditions, len(bits) + len(once))
    compiler = _Compiler(scenario, bits, once, fields)
    moves = compiler.moves()
    lives = _lives(moves)
    ready = tuple(tuple(replace(move, live=lives[move.target]) for move in scene) for scene in moves)
    reads = tuple(reduce(or_, (move.reads for move in scene), 0) for scene in ready)
    return Machine(ready, reads, compiler.start() & lives[0], bits, fields)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Turns choices into moves, with every name at its bit."""

    scenario: Scenario
    bits: Mapping[Condition, int]
    once: Mapping[ChoiceId, int]
    fields: Mapping[Measure, Field]

    def moves(self) -> list[list[Move]]:
        """Return the moves of each scene, without what their targets need."""
        places = {scene.id: place for place, scene in enumerate(self.scenario.scenes)}
        return [[self._move(choice, places) for choice in scene.choices] for scene in self.scenario.scenes]

    def start(self) -> int:
        """Return the code of a fresh attempt."""
        zeros = sum(field.zero << field.shift for field in self.fields.values())
        return zeros | self._seen(self.scenario.start)

    def _move(self, choice: Choice, places: Mapping[str, int]) -> Move:
        target = places[choice.target]
        own = self.once.get(choice.id, 0)
        done = sum(self.bits.get(Done(activity), 0) for activity in set(choice.activities))
        mask, want = self._flags(choice.conditions)
        return Move(
            choice=choice.id,
            mask=mask | own,
            want=want,
            tests=tuple(self._tests(choice.conditions)),
            sets=own | done | self._seen(self.scenario.scenes[target]),
            shifts=tuple(self._shifts(choice.effects)),
            target=target,
        )

    def _seen(self, scene: Scene) -> int:
        return sum(self.bits.get(Seen(signal), 0) for signal in {signal.id for signal in scene.signals})

    def _flags(self, conditions: Sequence[Condition]) -> tuple[int, int]:
        mask = want = refused = 0
        for condition in conditions:
            if not isinstance(condition, AtLeast):
                bit = self.bits[_plain(condition)]
                mask |= bit
                want |= bit if condition.wanted else 0
                refused |= 0 if condition.wanted else bit
        # Asked to have happened and not to have happened, a choice is never on offer: no masked code equals -1.
        return (mask, -1) if want & refused else (mask, want)

    def _tests(self, conditions: Sequence[Condition]) -> Iterator[Test]:
        for condition in conditions:
            if isinstance(condition, AtLeast):
                yield Test(self.fields[condition.measure], condition.value, condition.wanted)

    def _shifts(self, effects: Sequence[Effect]) -> Iterator[tuple[Field, tuple[int, ...]]]:
        for measure in dict.fromkeys(effect.measure for effect in effects):
            if measure in self.fields:
                field = self.fields[measure]
                amounts = [effect.amount for effect in effects if effect.measure is measure]
                yield field, tuple(_moved(value, amounts, field.top) for value in range(field.mask + 1))


def _bits(conditions: Sequence[Condition]) -> dict[Condition, int]:
    flags = dict.fromkeys(_plain(condition) for condition in conditions if not isinstance(condition, AtLeast))
    return {condition: 1 << place for place, condition in enumerate(flags)}


def _plain(condition: Seen | Done) -> Condition:
    return Seen(condition.signal) if isinstance(condition, Seen) else Done(condition.activity)


def _fields(conditions: Sequence[Condition], shift: int) -> dict[Measure, Field]:
    fields: dict[Measure, Field] = {}
    compared = [condition for condition in conditions if isinstance(condition, AtLeast)]
    for measure in dict.fromkeys(condition.measure for condition in compared):
        # Days only add up: without a cap at the highest threshold a circle would never come back to a known state.
        cap = max(0, *(condition.value for condition in compared if condition.measure is measure))
        top = cap if measure is Measure.DAYS else HIGHEST - LOWEST
        mask = (1 << max(top.bit_length(), 1)) - 1
        fields[measure] = Field(shift, mask, 0 if measure is Measure.DAYS else MIDDLE, top)
        shift += mask.bit_length()
    return fields


def _moved(value: int, amounts: Sequence[int], top: int) -> int:
    for amount in amounts:
        value = min(max(value + amount, 0), top)
    return value


def _lives(moves: list[list[Move]]) -> list[int]:
    """Return for each scene the bits that something from there on may still read, by going back until nothing changes.

    A bit that a choice sets says nothing about what was before it, and is not needed in front of it.
    """
    lives = [0] * len(moves)
    entering: list[list[int]] = [[] for _ in moves]
    for scene, leaving in enumerate(moves):
        for target in {move.target for move in leaving}:
            entering[target].append(scene)
    waiting = list(range(len(moves)))
    while waiting:
        scene = waiting.pop()
        needed = 0
        for move in moves[scene]:
            needed |= move.reads | (lives[move.target] & ~move.sets)
        if needed != lives[scene]:
            lives[scene] = needed
            waiting.extend(entering[scene])
    return lives
