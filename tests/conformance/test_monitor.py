"""Verdicts over traces, on the shipped protocols."""

from collections.abc import Mapping
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.conformance import Monitor, Protocol, Truth, begin, judge, watch
from casework.errors import ActivityUnknown

ACTIVITIES = (
    *("acute-danger", "structural-unsafety", "disclosure", "suspicion-removed", "outside-circle", "in-doubt"),
    *("talk", "waive-talk", "see-alone", "check-safety", "weigh", "decide-report", "decide-help", "follow-up"),
    *("report-veilig-thuis", "report-police-conflict", "inform-about-report", "ask-consent", "register-comensha"),
    *("promise-secrecy", "correct-promise", "share-in-group", "emergency-112", "give-care", "consult-colleague"),
)
traces = st.lists(st.sampled_from(ACTIVITIES), max_size=30)


@pytest.fixture(scope="session")
def meldcode(shipped: Mapping[str, Protocol]) -> Protocol:
    """The general protocol."""
    return shipped["meldcode"]


def test_an_unknown_activity_is_refused_with_the_nearest(meldcode: Protocol) -> None:
    with pytest.raises(ActivityUnknown) as caught:
        judge(meldcode, ["record-facts", "consult-coleague"])

    assert caught.value.nearest[0] == "consult-colleague"


def test_every_rule_of_the_protocol_gets_a_verdict_in_order(protocol: Protocol) -> None:
    report = watch(protocol, ["record-facts"])

    assert [verdict.rule for verdict in report.verdicts] == list(protocol.rules)
    assert report.protocol == protocol.id


def test_a_report_knows_no_other_rules(meldcode: Protocol) -> None:
    with pytest.raises(KeyError):
        watch(meldcode, []).verdict("knmg-answer-weighed")


def test_a_monitor_is_a_value(meldcode: Protocol) -> None:
    monitor = begin(meldcode)

    after = monitor.after("record-facts")

    assert monitor == begin(meldcode)
    assert after != monitor
    assert {after} == {begin(meldcode).after("record-facts")}


def test_an_activity_that_no_rule_looks_at_changes_no_state(meldcode: Protocol) -> None:
    monitor = begin(meldcode)

    after = monitor.after("give-care")

    assert after.states == monitor.states
    assert after.length == 1


def test_two_protocols_of_one_name_are_kept_apart(meldcode: Protocol) -> None:
    full = meldcode
    short = Protocol(full.id, full.scope, full.activities, full.rules[:1])

    assert len(judge(full, []).verdicts) == 23
    assert len(judge(short, []).verdicts) == 1


@given(traces)
def test_step_by_step_and_all_at_once_are_the_same(meldcode: Protocol, trace: list[str]) -> None:
    monitor = reduce(Monitor.after, trace, begin(meldcode))

    assert monitor.watch() == watch(meldcode, trace)
    assert monitor.judge() == judge(meldcode, trace)


@given(traces, traces)
def test_a_final_verdict_stays(meldcode: Protocol, trace: list[str], more: list[str]) -> None:
    before, after = watch(meldcode, trace), watch(meldcode, trace + more)

    for old, new in zip(before.verdicts, after.verdicts, strict=True):
        assert old == new or not old.truth.is_final


@given(traces)
def test_a_finished_trace_leaves_nothing_open(meldcode: Protocol, trace: list[str]) -> None:
    now, end = watch(meldcode, trace), judge(meldcode, trace)

    for before, after in zip(now.verdicts, end.verdicts, strict=True):
        assert after.truth is before.truth.at_the_end
        assert after.at == before.at
    assert {verdict.truth for verdict in end.verdicts} <= {Truth.SATISFIED, Truth.VIOLATED}


@given(traces, traces, traces)
def test_equal_states_judge_every_future_alike(
    meldcode: Protocol, one: list[str], other: list[str], more: list[str]
) -> None:
    padded = [*["give-care"] * len(other), *one]
    left, right = (reduce(Monitor.after, trace, begin(meldcode)) for trace in (one, padded))

    ends = [reduce(Monitor.after, more, monitor).states for monitor in (left, right)]

    assert left.states == right.states
    assert ends[0] == ends[1]
