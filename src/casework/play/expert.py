"""The road of an experienced colleague: it ends well, keeps every norm, and breaks as little advice as can be."""

from functools import lru_cache
from heapq import heappop, heappush

from casework.conformance.model import Protocol
from casework.play.explore import Road
from casework.play.reach import GOOD, START, WELL, Node, Study, study, traced
from casework.scenario.model import ChoiceId, Scenario

PATIENCE, HURRY = 20_000, -1


@lru_cache(maxsize=16)
def expert(scenario: Scenario, protocol: Protocol) -> Road | None:
    """Return a road on which all norms are kept and the least advice is left aside; None if norms cannot all be kept.

    It ends in an ending declared good; only where no such road does, in a defensible one. Among equals it is one of the
    shortest, unless more than `PATIENCE` nodes lie before it; then it is the first that is met.
    """
    found = study(scenario, protocol)
    for ends in (GOOD, WELL):
        goals = frozenset(found.at(ends))
        road = _search(found, goals) if goals else None
        if road is not None:
            return road
    return None


def _search(found: Study, goals: frozenset[int]) -> Road | None:
    """Go on from the best node first: the least advice lost for good, then the fewest choices behind and ahead."""
    far = found.distances(goals)
    hopes = found.hopes(goals, found.rules.stretches)
    norms = sum(stretch.mask for stretch in found.rules.norms)
    origin = (START, found.rules.start)
    came: dict[Node, tuple[Node, ChoiceId]] = {}
    waiting = [(0, 0, 0, 0, origin)]
    known = {origin}
    while waiting:
        *_, depth, _, node = heappop(waiting)
        if node[0] in goals and not node[1] & ~hopes[node[0]] & norms:
            return traced(came, origin, node)
        for choice, after in found.step(node):
            lost = after[1] & ~hopes[after[0]]
            if after in known or after[0] not in far or lost & norms:
                continue
            known.add(after)
            came[after] = (node, choice)
            rank = (lost.bit_count(), depth + 1 + far[after[0]])
            if len(known) > PATIENCE:
                rank = (HURRY, far[after[0]])
            heappush(waiting, (*rank, depth + 1, len(known), after))
    return None
