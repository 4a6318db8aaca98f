"""Where trainees stumble: of each rule how many playings did not follow it, told so that no cell is a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.conformance.model import Protocol, Rule
from casework.play.attempt import Trace
from casework.play.debrief import rules
from casework.play.disclosure import Cell, protect
from casework.play.feedback import Mark, step_of
from casework.play.network import Cluster


@dataclass(frozen=True, slots=True)
class Stumble:
    """One rule that was put to the test: the steps of what it asks for, and how many playings broke and kept it.

    Whoever mended it later had stumbled too.
    """

    rule: Rule
    steps: tuple[int, ...]
    broken: Cell
    kept: Cell

    @property
    def total(self) -> int | None:
        """In how many playings it was put to the test; None where that is not shown."""
        return None if self.broken.count is None or self.kept.count is None else self.broken.count + self.kept.count


def stumbles(traces: Mapping[tuple[Protocol, Trace], int]) -> tuple[Stumble, ...]:
    """Return the rules that were broken, with how often, the most broken first, where five playings or more met them.

    *traces* says how many playings came to an ending with this trace. A rule that several protocols have is one.
    """
    known: dict[str, tuple[Rule, tuple[int, ...]]] = {}
    counts: dict[str, list[int]] = {}
    for (protocol, trace), count in traces.items():
        for judged in rules(protocol, trace):
            known.setdefault(judged.rule.id, (judged.rule, steps_of(protocol, judged.rule)))
            counts.setdefault(judged.rule.id, [0, 0])[judged.mark is Mark.KEPT] += count
    shown = {rule: protect(counted) for rule, counted in counts.items()}
    found = (Stumble(*known[rule], *cells) for rule, cells in shown.items() if cells is not None)
    return tuple(sorted((each for each in found if each.broken.count != 0), key=_place))


def steps_of(protocol: Protocol, rule: Rule) -> tuple[int, ...]:
    """Return the steps of what a rule asks for or forbids; none where its activities belong to no step."""
    asked = rule.then if rule.template == "response" else (rule.any_of or rule.first)
    found = {step_of(protocol, activity) for activity in asked if protocol.has_activity(activity)}
    return tuple(sorted(step for step in found if step is not None))


def is_tied(cluster: Cluster, stumble: Stumble) -> bool:
    """Whether a cluster hangs together with a rule, or with one of its steps."""
    return stumble.rule.id in cluster.rules or bool(set(stumble.steps) & set(cluster.steps))


def _place(stumble: Stumble) -> tuple[bool, float, str]:
    # By what is shown alone: an order by hidden cells would tell which of two is larger.
    total = stumble.total
    share = stumble.broken.count / total if total and stumble.broken.count else 0.0
    return (total is None, -share, stumble.rule.id)
