"""Rules packed into numbers say what the monitor says; searching finds a road exactly where trying all of them does."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st
from tests.play.strategies import scenarios

from casework import library
from casework.conformance.model import Severity
from casework.conformance.monitor import judge
from casework.play.attempt import Attempt, Decision, decide, has_ended, offered, replay, start
from casework.play.explore import Road
from casework.play.reach import START, WELL, search, shortest, study
from casework.scenario.model import Scenario

# Rules of each template over the activities of random scenarios, all of them norms: the whole protocol asks for more
# than such a small story can do.
RULES = ("talk-or-waive", "consult-before-deciding", "promise-corrected", "no-empty-promises")
WHOLE = library.protocol("meldcode")
PROTOCOL = replace(WHOLE, id="small", rules=tuple(replace(WHOLE.rule(rule), severity=Severity.NORM) for rule in RULES))


def finished(scenario: Scenario, attempt: Attempt) -> Iterator[Attempt]:
    """Yield every attempt that comes to an ending."""
    if has_ended(scenario, attempt):
        yield attempt
    for choice in offered(scenario, attempt):
        yield from finished(scenario, decide(scenario, attempt, choice.id))


def kept(attempt: Attempt) -> frozenset[str]:
    """Return the ids of the rules that a finished attempt keeps."""
    return frozenset(one.rule.id for one in judge(PROTOCOL, attempt.trace).verdicts if one.truth.is_kept)


def played(scenario: Scenario, road: Road) -> Attempt:
    return replay(scenario, "a", [Decision(number, choice) for number, choice in enumerate(road, 1)])


@given(scenarios(), st.data())
def test_along_any_road_each_rule_stands_where_the_monitor_says(scenario: Scenario, data: st.DataObject) -> None:
    found = study(scenario, PROTOCOL)
    rules = found.rules
    attempt = start(scenario, "a")
    for _ in range(data.draw(st.integers(0, 8))):
        choices = offered(scenario, attempt)
        if not choices:
            break
        attempt = decide(scenario, attempt, data.draw(st.sampled_from(choices)).id)

    *_, (_, sets) = found.nodes(decision.choice for decision in attempt.decisions)

    assert all((sets & stretch.mask).bit_count() == 1 for stretch in rules.stretches)
    assert {stretch.rule.id for stretch in rules.stretches if sets & stretch.kept} == kept(attempt)


@given(scenarios(can_circle=False))
def test_at_every_state_each_rule_stands_as_on_some_road_there_and_in_no_other_way(scenario: Scenario) -> None:
    found = study(scenario, PROTOCOL)
    stood: dict[int, set[tuple[str, bool]]] = {}
    for attempt in finished(scenario, start(scenario, "a")):
        state = found.graph.along(decision.choice for decision in attempt.decisions)[-1]
        report = judge(PROTOCOL, attempt.trace)
        stood.setdefault(state, set()).update((one.rule.id, one.truth.is_kept) for one in report.verdicts)

    for state in found.graph.ends:
        met = found.met[state]
        ways = {(s.rule.id, True) for s in found.rules.stretches if met & s.kept}
        ways |= {(s.rule.id, False) for s in found.rules.stretches if met & s.unkept}
        assert ways == stood[state]


@given(scenarios(can_circle=False))
def test_a_road_that_keeps_all_norms_together_is_found_exactly_where_one_exists(scenario: Scenario) -> None:
    found = study(scenario, PROTOCOL)
    norms = set(RULES)
    event(f"keeps {max((len(kept(one)) for one in finished(scenario, start(scenario, 'a'))), default=0)} of 4")
    exists = any(norms <= kept(attempt) for attempt in finished(scenario, start(scenario, "a")))
    goals = found.at(WELL)

    road = search(found, (START, found.rules.start), found.hopes(goals, found.rules.norms), frozenset(goals), set())

    assert (road is not None) == exists
    if road is not None:
        assert norms <= kept(played(scenario, road))


@given(scenarios(can_circle=False), st.sampled_from(PROTOCOL.rules), st.booleans())
def test_no_road_that_keeps_or_breaks_a_rule_is_shorter_than_the_one_found(
    scenario: Scenario, rule, is_kept: bool
) -> None:
    found = study(scenario, PROTOCOL)
    stretch = next(one for one in found.rules.stretches if one.rule.id == rule.id)
    wanted = stretch.kept if is_kept else stretch.unkept
    lengths = [
        len(attempt.decisions)
        for attempt in finished(scenario, start(scenario, "a"))
        if (rule.id in kept(attempt)) == is_kept
    ]

    plain = shortest(found, stretch, frozenset(found.graph.ends), wanted)
    led = shortest(found, stretch, frozenset(found.graph.ends), wanted, found.leading(found.graph.ends, wanted))

    assert [plain is None, led is None] == [not lengths] * 2
    if plain is not None and led is not None:
        assert len(plain) == len(led) == min(lengths)
        assert (rule.id in kept(played(scenario, plain))) == is_kept
