"""Proofs over all reachable states: what holds for every trainee, or the shortest road on which it does not.

The properties, each with the remark that says where it fails:

* every scene and every choice can be reached (`scene-out-of-reach`, `choice-out-of-reach`);
* nobody gets stuck, and an ending stays within reach of everybody (`stuck`, `no-end-ahead`);
* every choice that can be taken has a consequence (`missing-consequence`);
* every condition holds for some and fails for others (`condition-never-holds`, `condition-never-fails`);
* every signal can be found (`signal-out-of-reach`);
* every rule that is at stake is kept by some and broken by others (`norm-never-kept`, `advice-never-kept`,
  `rule-never-broken`);
* some road ends well and keeps all norms together (`no-good-ending`, `no-sound-road`);
* no ending that is declared good is reached with a norm broken (`good-breaks-norm`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from casework.conformance.model import Protocol, Rule, Severity
from casework.play.expert import expert
from casework.play.explore import Graph, Road, count_roads
from casework.play.reach import GOOD, START, WELL, Study, shortest, study
from casework.play.rulebook import Stretch
from casework.scenario.codes import spelled
from casework.scenario.diagnostics import Both, Remark, Value, remark
from casework.scenario.model import Choice, Condition, Scenario, Scene

MOST_ACTS = 6
NEVER_HOLDS, NEVER_FAILS = "condition-never-holds", "condition-never-fails"
# What must be done somewhere before a rule can be broken at all, or kept by more than doing nothing.
AT_STAKE: dict[str, Callable[[Rule], tuple[tuple[str, ...], ...]]] = {
    "existence": lambda _: (),
    "absence": lambda rule: (rule.any_of,),
    "precedence": lambda rule: (rule.then,),
    "response": lambda rule: (rule.first,),
    "not-coexistence": lambda rule: (rule.first, rule.then),
}


@dataclass(frozen=True, slots=True)
class RuleReach:
    """What all roads make of one rule: whether any act puts it to the test, and how it may stand at an ending."""

    rule: Rule
    is_at_stake: bool
    is_kept: bool
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved: the properties that fail, how large the story is, and what becomes of each rule.

    `states` and `roads` count what was walked and what that stands for; `roads` is None where they run in circles.
    `best` is the experienced colleague's road: it ends well and keeps all norms; None where none does.
    """

    findings: tuple[Remark, ...]
    states: int
    roads: int | None
    rules: tuple[RuleReach, ...]
    best: Road | None


def prove(scenario: Scenario, protocol: Protocol) -> Proof:
    """Return what holds for all roads through a scenario, with a finding for each property that fails."""
    found = study(scenario, protocol)
    rules = tuple(_rules(found))
    best = expert(scenario, protocol)
    findings = (
        *_reached(found.graph),
        *_caught(found),
        *_silent(found.graph),
        *_conditions(found.graph, protocol),
        *_signals(found.graph),
        *_rule_findings(found, rules, protocol),
        *_best_findings(found, best),
        *_good_findings(found),
    )
    return Proof(findings, len(found.graph), count_roads(found.graph), rules, best)


def road_to(scenario: Scenario, protocol: Protocol, rule_id: str, *, is_kept: bool) -> Road | None:
    """Return a shortest road to an ending at which this rule is kept, or broken; None where there is no such ending.

    Raises `KeyError` for an id that is no rule of the protocol.
    """
    found = study(scenario, protocol)
    stretch = next((one for one in found.rules.stretches if one.rule.id == rule_id), None)
    if stretch is None:
        raise KeyError(rule_id)
    return _road_to(found, stretch, frozenset(found.graph.ends), is_kept=is_kept)


# ---- scenes, choices and endings


def _reached(graph: Graph) -> Iterator[Remark]:
    linked = {choice.target for choice in graph.scenario.choices}
    for scene in graph.scenario.scenes:
        # Where no link leads, the compiler has said so already.
        if scene.id not in graph.standing and scene.id in linked:
            yield remark("scene-out-of-reach", scene.cell, scene=scene.title)
    for scene, choice in _choices(graph.scenario):
        is_explained = any(fault == NEVER_HOLDS for _, fault in _faults(graph, scene, choice))
        if scene.id in graph.standing and choice.id not in graph.offering and not is_explained:
            yield _at(graph, scene, choice, "choice-out-of-reach")


def _caught(found: Study) -> Iterator[Remark]:
    graph = found.graph
    ends = frozenset(graph.ends)
    stuck = [state for state, edges in enumerate(graph.edges) if not edges and state not in ends]
    led = found.distances(ends.union(stuck))
    circling = [state for state in range(len(graph)) if state not in led]
    for slug, states in (("stuck", stuck), ("no-end-ahead", circling)):
        nearest = {graph.places[state]: state for state in reversed(states)}
        for place, state in sorted(nearest.items()):
            scene = graph.scenario.scenes[place]
            yield _shown(remark(slug, scene.cell, scene=scene.title), graph.road(state))


def _silent(graph: Graph) -> Iterator[Remark]:
    for scene, choice in _choices(graph.scenario):
        if choice.id in graph.offering and not choice.consequence:
            said = remark("missing-consequence", scene.cell, choice.line, text=choice.text)
            yield _shown(said, (*graph.road(graph.offering[choice.id]), choice.id))


def _signals(graph: Graph) -> Iterator[Remark]:
    scenes = graph.scenario.scenes
    said = {signal.id for scene in scenes if scene.id in graph.standing for signal in scene.signals}
    for scene in scenes:
        for signal in scene.signals:
            if signal.id not in said:
                said.add(signal.id)
                yield remark("signal-out-of-reach", scene.cell, signal=signal.id, scene=scene.title)


# ---- conditions


def _conditions(graph: Graph, protocol: Protocol) -> Iterator[Remark]:
    for scene, choice in _choices(graph.scenario):
        for condition, fault in _faults(graph, scene, choice):
            yield _at(graph, scene, choice, fault, condition=spelled(condition, protocol))


def _faults(graph: Graph, scene: Scene, choice: Choice) -> Iterator[tuple[Condition, str]]:
    states = graph.standing.get(scene.id, ())
    for condition in dict.fromkeys(choice.conditions) if states else ():
        holds = graph.machine.holds(condition)
        # Both answers are found after a few states, nearly always; a set of all answers would ask every one.
        if not any(holds(graph.codes[state]) for state in states):
            yield condition, NEVER_HOLDS
        if all(holds(graph.codes[state]) for state in states):
            yield condition, NEVER_FAILS


def _at(graph: Graph, scene: Scene, choice: Choice, slug: str, **values: Value) -> Remark:
    said = remark(slug, scene.cell, choice.line, text=choice.text, **values)
    return _shown(said, graph.road(graph.standing[scene.id][0]))


# ---- rules


def _rules(found: Study) -> Iterator[RuleReach]:
    choices = (choice for choice in found.graph.scenario.choices if choice.id in found.graph.offering)
    done = frozenset(activity for choice in choices for activity in choice.activities)
    met = reduce(or_, (found.met[end] for end in found.graph.ends), 0)
    for stretch in found.rules.stretches:
        is_at_stake = all(done & set(asked) for asked in AT_STAKE[stretch.rule.template](stretch.rule))
        yield RuleReach(stretch.rule, is_at_stake, bool(met & stretch.kept), bool(met & stretch.unkept))


def _rule_findings(found: Study, rules: tuple[RuleReach, ...], protocol: Protocol) -> Iterator[Remark]:
    # A story without an ending keeps and breaks nothing; that it has none was said already.
    for reach, stretch in zip(rules, found.rules.stretches, strict=True) if found.graph.ends else ():
        cell, line = _place(found.graph, reach.rule)
        values: dict[str, Value] = {
            "rule": _title(reach.rule),
            "id": reach.rule.id,
            "acts": _acts(reach.rule, protocol),
        }
        if not reach.is_kept:
            slug = "norm-never-kept" if reach.rule.severity is Severity.NORM else "advice-never-kept"
            road = _road_to(found, stretch, frozenset(found.graph.ends), is_kept=False)
            yield _shown(remark(slug, cell, line, **values), road or ())
        elif reach.is_at_stake and not reach.is_broken:
            yield remark("rule-never-broken", cell, line, **values)


def _place(graph: Graph, rule: Rule) -> tuple[int, int]:
    """Return the cell and line of the first choice that has to do with a rule; the whole file where none has."""
    for scene, choice in _choices(graph.scenario):
        if choice.id in graph.offering and set(choice.activities) & set(rule.mentioned):
            return scene.cell, choice.line
    return 0, 0


def _best_findings(found: Study, best: Road | None) -> Iterator[Remark]:
    goals = found.at(WELL)
    if not goals:
        yield remark("no-good-ending", 0)
    elif best is None:
        scene = found.graph.scenario.scenes[found.graph.places[goals[0]]]
        said = remark("no-sound-road", scene.cell, scene=scene.title, rules=_in_the_way(found, goals))
        yield _shown(said, found.graph.road(goals[0]))


def _in_the_way(found: Study, goals: tuple[int, ...]) -> Both:
    missing = found.rules.start & ~found.hopes(goals, found.rules.norms)[START]
    titles = [_title(stretch.rule) for stretch in found.rules.norms if missing & stretch.mask]
    if not titles:
        return Both("elke regel kan, maar niet allemaal samen", "each rule can be kept, but not all together")
    return Both("; ".join(title.nl for title in titles), "; ".join(title.en for title in titles))


def _good_findings(found: Study) -> Iterator[Remark]:
    ends: dict[Scene, list[int]] = {}
    for end in found.at(GOOD):
        ends.setdefault(found.graph.scenario.scenes[found.graph.places[end]], []).append(end)
    broken = reduce(or_, (found.met[state] for states in ends.values() for state in states), 0)
    norms = [stretch for stretch in found.rules.norms if broken & stretch.unkept]
    leading = found.leading(found.at(GOOD), reduce(or_, (stretch.unkept for stretch in norms), 0)) if norms else None
    for scene, states in ends.items():
        for stretch in norms:
            if any(found.met[state] & stretch.unkept for state in states):
                said = remark("good-breaks-norm", scene.cell, scene=scene.title, rule=_title(stretch.rule))
                road = shortest(found, stretch, frozenset(states), stretch.unkept, leading)
                yield _shown(said, road or ())


def _road_to(found: Study, stretch: Stretch, ends: frozenset[int], *, is_kept: bool) -> Road | None:
    wanted = stretch.kept if is_kept else stretch.unkept
    return shortest(found, stretch, ends, wanted)


def _acts(rule: Rule, protocol: Protocol) -> Both:
    names = [protocol.activity(activity).names for activity in dict.fromkeys((*rule.any_of, *rule.first, *rule.then))]
    dutch, english = (", ".join(f"`{each.in_(language)}`" for each in names[:MOST_ACTS]) for language in ("nl", "en"))
    return Both(dutch, english)


def _title(rule: Rule) -> Both:
    return Both(rule.title.nl, rule.title.en)


# ---- what the properties share


def _choices(scenario: Scenario) -> Iterator[tuple[Scene, Choice]]:
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield scene, choice


def _shown(found: Remark, road: Road) -> Remark:
    return replace(found, road=road)
