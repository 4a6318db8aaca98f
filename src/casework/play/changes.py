"""What changed between two versions of a case, and for whom: over all roads at once, none of them listed.

Both versions are walked side by side along the same choices. A road that one version has and the other has not vanished
or appeared; one that both have may end differently, or be judged differently by a rule of the protocol.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from casework.conformance.model import Protocol, Rule
from casework.conformance.rules import automaton
from casework.play.edits import Edits, aligned, edits
from casework.play.explore import Road, explore
from casework.play.fold import Folded, fold
from casework.play.walk import Roads, Walk, walk
from casework.scenario.model import ActivityId, ChoiceId, Ending, Scenario

# One decision on a road, as the old version names it and as the new one does; a side that lacks it has None.
Step = tuple[ChoiceId | None, ChoiceId | None]
Node = tuple[int | None, int | None]
Fates = tuple[Ending | None, Ending | None]
Deeds = tuple[tuple[ActivityId, ...] | None, tuple[ActivityId, ...] | None]


@dataclass(frozen=True, slots=True)
class EndingChange:
    """The roads that ended in one way and now end in another."""

    old: Ending
    new: Ending
    roads: Roads[Step]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule with the number of roads that break it, then and now, and the common ones on which its verdict turned."""

    rule: Rule
    before: int | None
    after: int | None
    broken: Roads[Step]
    mended: Roads[Step]


@dataclass(frozen=True, slots=True)
class RuleEdits:
    """The ids of the rules that the protocol gained, lost or changed in any part."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed. Numbers of roads are exact; None where they are without number, as roads can run in circles."""

    edits: Edits
    rule_edits: RuleEdits
    before: int | None
    after: int | None
    common: Roads[Step]
    vanished: Roads[Step]
    appeared: Roads[Step]
    endings: tuple[EndingChange, ...]
    rules: tuple[RuleChange, ...]

    @property
    def has_effect(self) -> bool:
        """Whether there is a road that is new, gone, or comes out differently."""
        return bool(self.vanished or self.appeared or self.endings or self.rules)

    def __bool__(self) -> bool:
        return bool(self.edits or self.rule_edits or self.has_effect)


def changes(old: Scenario, new: Scenario, protocol_old: Protocol, protocol_new: Protocol) -> Changes:
    """Return what changed from *old*, judged by its protocol, to *new*, judged by its own."""
    pair = _Pair(fold(explore(old)), fold(explore(new)), aligned(old, new))
    both = walk(pair.start, pair.leaving)
    fates = {node: pair.fates(node) for node in both.nodes}
    ground = _Ground(both, tuple(fates.values()), pair.deeds(both))
    return Changes(
        edits=edits(old, new),
        rule_edits=_rule_edits(protocol_old, protocol_new),
        before=both.roads(lambda node: fates[node][0] is not None).count,
        after=both.roads(lambda node: fates[node][1] is not None).count,
        common=both.roads(lambda node: None not in fates[node]),
        vanished=both.roads(lambda node: fates[node][0] is not None and fates[node][1] is None),
        appeared=both.roads(lambda node: fates[node][0] is None and fates[node][1] is not None),
        endings=tuple(_endings(both, fates)),
        rules=tuple(_rules(ground, protocol_old, protocol_new)),
    )


def before(steps: tuple[Step, ...]) -> Road:
    """Return a road as the old version has it, as far as it goes there."""
    return tuple(old for old, _ in steps if old is not None)


def after(steps: tuple[Step, ...]) -> Road:
    """Return a road as the new version has it, as far as it goes there."""
    return tuple(new for _, new in steps if new is not None)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two graphs side by side; `was` names for a choice of the new one the same choice in the old."""

    old: Folded
    new: Folded
    was: Mapping[ChoiceId, ChoiceId]

    @property
    def start(self) -> Node:
        """Where both begin."""
        return self.old.start, self.new.start

    def leaving(self, node: Node) -> Iterator[tuple[Step, Node]]:
        """Yield the steps from two states, together where both offer the choice, and else of one alone."""
        old = {} if node[0] is None else dict(self.old.edges[node[0]])
        new = {} if node[1] is None else dict(self.new.edges[node[1]])
        now = {self.was[choice]: choice for choice in new if self.was.get(choice) in old}
        for choice, target in old.items():
            if choice in now:
                yield (choice, now[choice]), (target, new[now[choice]])
            else:
                yield (choice, None), (target, None)
        for choice, target in new.items():
            if self.was.get(choice) not in old:
                yield (None, choice), (None, target)

    def fates(self, node: Node) -> Fates:
        """Return how the story has ended in two states, on each side."""
        return _fate(self.old, node[0]), _fate(self.new, node[1])

    def deeds(self, both: Walk[Node, Step]) -> Mapping[Step, Deeds]:
        """Return what is done in each step of the walk, on each side; None where that side lacks it."""
        old, new = _activities(self.old.scenario), _activities(self.new.scenario)
        steps = {step for onward in both.steps for step, _ in onward}
        return {step: (old[step[0]] if step[0] else None, new[step[1]] if step[1] else None) for step in steps}


@dataclass(frozen=True, slots=True)
class _Ground:
    """The two graphs walked side by side, with what any rule needs of it: the deeds of each step, and how it ends."""

    both: Walk[Node, Step]
    fates: tuple[Fates, ...]
    deeds: Mapping[Step, Deeds]

    def is_alike_for(self, rule: Rule) -> bool:
        """Whether each road is there on both sides, and does there the same as far as this rule looks."""
        seen = frozenset(rule.mentioned)
        return all((old is None) is (new is None) for old, new in self.fates) and all(
            _seen(old, seen) == _seen(new, seen) for old, new in self.deeds.values()
        )


class _Bench:
    """One rule over the whole ground: the automaton of each side, their joint states as small numbers."""

    def __init__(self, ground: _Ground, old: Rule, new: Rule) -> None:
        self.ground = ground
        self.rule = new
        self.sides = automaton(old), automaton(new)
        self.states = [(self.sides[0].start, self.sides[1].start)]
        self.known: dict[tuple[int, Step], int] = {}

    def leaving(self, node: tuple[int, int]) -> Iterator[tuple[Step, tuple[int, int]]]:
        """Yield the steps from a node of the ground and a joint state of the rule."""
        place, state = node
        for step, target in self.ground.both.steps[place]:
            after = self.known.get((state, step))
            if after is None:
                after = self.known[state, step] = self._after(state, self.ground.deeds[step])
            yield step, (target, after)

    def change(self) -> RuleChange:
        """Return what became of the rule."""
        judged = walk((0, 0), self.leaving)
        told = {node: self._verdicts(node) for node in judged.nodes}
        return RuleChange(
            self.rule,
            judged.roads(lambda node: told[node][0] is False).count,
            judged.roads(lambda node: told[node][1] is False).count,
            judged.roads(lambda node: told[node] == (True, False)),
            judged.roads(lambda node: told[node] == (False, True)),
        )

    def _after(self, state: int, deeds: Deeds) -> int:
        # A side that has gone stays where it started, so that what it would have been multiplies nothing.
        old, new = (
            side.start if done is None else reduce(side.after, done, before)
            for side, done, before in zip(self.sides, deeds, self.states[state], strict=True)
        )
        if (old, new) not in self.states:
            self.states.append((old, new))
        return self.states.index((old, new))

    def _verdicts(self, node: tuple[int, int]) -> tuple[bool | None, bool | None]:
        (old, new), (was, now) = self.ground.fates[node[0]], self.states[node[1]]
        return (was.truth.is_kept if old else None, now.truth.is_kept if new else None)


def _fate(graph: Folded, state: int | None) -> Ending | None:
    return None if state is None else graph.ending(state)


def _endings(both: Walk[Node, Step], fates: Mapping[Node, Fates]) -> Iterator[EndingChange]:
    for old in Ending:
        for new in Ending:
            roads = both.roads(lambda node, pair=(old, new): fates[node] == pair)  # type: ignore[misc]
            if old is not new and roads:
                yield EndingChange(old, new, roads)


def _rules(ground: _Ground, old: Protocol, new: Protocol) -> Iterator[RuleChange]:
    known = {rule.id: rule for rule in old.rules}
    for rule in new.rules:
        if rule.id not in known or (known[rule.id] == rule and ground.is_alike_for(rule)):
            continue
        change = _Bench(ground, known[rule.id], rule).change()
        if change.before != change.after or change.broken or change.mended:
            yield change


def _seen(done: tuple[ActivityId, ...] | None, mentioned: frozenset[ActivityId]) -> object:
    return None if done is None else [activity for activity in done if activity in mentioned]


def _activities(scenario: Scenario) -> Mapping[ChoiceId, tuple[str, ...]]:
    return {choice.id: choice.activities for choice in scenario.choices}


def _rule_edits(old: Protocol, new: Protocol) -> RuleEdits:
    was, now = ({rule.id: rule for rule in protocol.rules} for protocol in (old, new))
    return RuleEdits(
        added=tuple(rule for rule in now if rule not in was),
        removed=tuple(rule for rule in was if rule not in now),
        changed=tuple(rule for rule in now if rule in was and was[rule] != now[rule]),
    )
