"""The last moment at which a story could still have gone well, by looking back from where it stands."""

from dataclasses import dataclass

from casework.conformance.model import Protocol
from casework.play.attempt import Attempt
from casework.play.reach import UNHARMED, Node, Study, search, study
from casework.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long a conforming ending stayed within reach: one without harm, with every norm kept on the way to it.

    `number` counts the decisions after which one still was, so that playing on begins with that many; None where even
    the start had none. `is_conforming` is whether nothing was lost: that ending was reached, or still can be.
    """

    is_conforming: bool
    number: int | None


def outlook(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> Outlook:
    """Return how long a conforming ending stayed within reach of an attempt."""
    found = study(scenario, protocol)
    nodes = found.nodes(decision.choice for decision in attempt.decisions)
    number = _last(found, nodes)
    return Outlook(number == len(attempt.decisions), number)


def _last(found: Study, nodes: tuple[Node, ...]) -> int | None:
    goals = frozenset(found.at(UNHARMED))
    hopes = found.hopes(goals, found.rules.norms)
    lost: set[Node] = set()
    for number in reversed(range(len(nodes))):
        if search(found, nodes[number], hopes, goals, lost) is not None:
            return number
    return None
