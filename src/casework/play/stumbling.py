"""Where trainees stumble: of each rule how many playings did not follow it, told so that no cell is a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from casework.conformance.model import Protocol, Rule
from casework.play.attempt import Trace
from casework.play.debrief import Judged, rules
from casework.play.disclosure import Cell, protect
from casework.play.feedback import Mark, step_of
from casework.play.network import Cluster


@dataclass(frozen=True, slots=True)
class Playings:
    """So many finished playings that went alike: what was done in them, and the protocol that judges it."""

    protocol: Protocol
    trace: Trace
    count: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """One rule in so many playings, exactly: nothing to be shown. `steps` are those of what it asks for."""

    rule: Rule
    steps: tuple[int, ...]
    broken: int = 0
    kept: int = 0

    def with_(self, mark: Mark, count: int) -> "Score":
        """Return the score with so many playings more; whoever mended it later had stumbled too."""
        if mark is Mark.KEPT:
            return replace(self, kept=self.kept + count)
        return replace(self, broken=self.broken + count)


@dataclass(frozen=True, slots=True)
class Stumble:
    """One rule that was put to the test, as a report may show it: how many playings broke it and how many kept it."""

    rule: Rule
    steps: tuple[int, ...]
    broken: Cell
    kept: Cell

    @property
    def total(self) -> int | None:
        """In how many playings it was put to the test; None where that is not shown."""
        return None if self.broken.count is None or self.kept.count is None else self.broken.count + self.kept.count


def scores(playings: Iterable[Playings], before: Mapping[str, Score]) -> Mapping[str, Score]:
    """Return the scores by rule after these finished playings too; a rule that several protocols have is one.

    A million decisions are judged a stride at a time, each with what came before it.
    """
    found = dict(before)
    for alike in playings:
        for judged in _judged(alike.protocol, alike.trace):
            rule = judged.rule
            known = found.get(rule.id) or Score(rule, steps_of(alike.protocol, rule))
            found[rule.id] = known.with_(judged.mark, alike.count)
    return found


def stumbles(found: Mapping[str, Score]) -> tuple[Stumble, ...]:
    """Return the rules that were broken, the most broken first, where five playings or more put them to the test."""
    cells = ((each, protect((each.broken, each.kept))) for each in found.values())
    shown = (Stumble(each.rule, each.steps, *pair) for each, pair in cells if pair is not None)
    return tuple(sorted((each for each in shown if each.broken.count != 0), key=_place))


def steps_of(protocol: Protocol, rule: Rule) -> tuple[int, ...]:
    """Return the steps of what a rule asks for or forbids; none where its activities belong to no step."""
    asked = rule.then if rule.template == "response" else (rule.any_of or rule.first)
    found = {step_of(protocol, activity) for activity in asked if protocol.has_activity(activity)}
    return tuple(sorted(step for step in found if step is not None))


def is_tied(cluster: Cluster, stumble: Stumble) -> bool:
    """Whether a cluster hangs together with a rule, or with one of its steps."""
    return stumble.rule.id in cluster.rules or bool(set(stumble.steps) & set(cluster.steps))


# Of a thousand who play a case, many take the same road.
@lru_cache(maxsize=8192)
def _judged(protocol: Protocol, trace: Trace) -> tuple[Judged, ...]:
    return rules(protocol, trace)


def _place(stumble: Stumble) -> tuple[bool, float, str]:
    # By what is shown alone: an order by hidden cells would tell which of two is larger.
    total = stumble.total
    share = stumble.broken.count / total if total and stumble.broken.count else 0.0
    return (total is None, -share, stumble.rule.id)
