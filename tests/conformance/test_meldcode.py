"""The shipped protocols: what they hold, and how they judge whole stories."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.conformance import Protocol, Severity, Truth, judge, watch

TRACES = tomllib.loads((Path(__file__).parent / "traces.toml").read_text(encoding="utf-8"))["traces"]


@pytest.mark.parametrize("story", TRACES, ids=lambda story: story["name"])
def test_a_story_breaks_these_rules_and_no_others(story: Mapping[str, Any], shipped: Mapping[str, Protocol]) -> None:
    report = judge(shipped[story["protocol"]], story["trace"].split())

    assert sorted(each.rule.id for each in report.broken if each.rule.severity == "norm") == sorted(story["norms"])
    assert sorted(each.rule.id for each in report.broken if each.rule.severity == "advice") == sorted(story["advice"])


def test_there_are_twenty_one_stories() -> None:
    assert len(TRACES) == 21


def test_a_broken_promise_can_be_mended_while_the_story_runs(shipped: Mapping[str, Protocol]) -> None:
    protocol = shipped["meldcode-jeugd"]

    promised = watch(protocol, ["talk", "promise-secrecy", "record-facts"]).verdict("promise-corrected")
    mended = watch(protocol, ["talk", "promise-secrecy", "correct-promise"]).verdict("promise-corrected")

    assert (promised.truth, promised.at) == (Truth.OPEN, 2)
    assert (mended.truth, mended.at) == (Truth.KEPT_SO_FAR, None)


def test_activities_are_counted_by_kind(shipped: Mapping[str, Protocol]) -> None:
    kinds = Counter(str(activity.kind) for activity in shipped["meldcode"].activities)

    assert kinds == {"work": 62, "waived": 5, "finding": 17, "repair": 5, "wrong": 31}


@pytest.mark.parametrize(
    ("name", "norms", "advice"),
    [
        ("meldcode", 14, 9),
        ("meldcode-artsen", 19, 9),
        ("meldcode-verpleegkundigen", 15, 10),
        ("meldcode-sociaal-werk", 15, 12),
        ("methode-sociaal-werk", 4, 21),
        ("meldcode-jeugd", 15, 15),
        ("meldcode-coa", 15, 15),
        ("meldcode-gemeente", 15, 15),
    ],
)
def test_rules_are_counted_by_severity(name: str, norms: int, advice: int, shipped: Mapping[str, Protocol]) -> None:
    severities = Counter(rule.severity for rule in shipped[name].rules)

    assert (severities[Severity.NORM], severities[Severity.ADVICE]) == (norms, advice)


def test_norms_stand_before_advice(protocol: Protocol) -> None:
    severities = [rule.severity for rule in protocol.rules]

    assert severities == sorted(severities, key=[Severity.NORM, Severity.ADVICE].index)


def test_work_without_a_step_is_what_helps_at_any_moment(protocol: Protocol) -> None:
    without = [each.id for each in protocol.activities if each.step is None and each.kind in ("work", "waived")]

    assert without == ["emergency-112", "give-care", "look-after-self"]


def test_extending_makes_no_norm_of_a_parents_advice(protocol: Protocol, shipped: Mapping[str, Protocol]) -> None:
    parent = shipped.get(protocol.extends)
    advice = {rule.id for rule in parent.rules if rule.severity == "advice"} if parent else set()

    assert not {rule.id for rule in protocol.rules if rule.severity == "norm"} & advice


def test_every_rule_speaks_both_languages(protocol: Protocol) -> None:
    for rule in protocol.rules:
        assert rule.title.nl != rule.title.en
        assert rule.title != rule.why
        assert rule.why.nl != rule.why.en
        assert len(rule.questions.nl) == len(rule.questions.en) == 2


def test_a_title_is_a_short_line_without_a_full_stop(protocol: Protocol) -> None:
    for rule in protocol.rules:
        for title in (rule.title.nl, rule.title.en):
            assert len(title) <= 85
            assert title[0].isupper()
            assert title[-1] not in ".!"


def test_every_activity_speaks_both_languages(protocol: Protocol) -> None:
    for activity in protocol.activities:
        assert activity.id == activity.names.en
        assert activity.labels.nl
        assert activity.labels.en


def test_no_rule_is_from_the_future_or_from_before_its_oldest_source(protocol: Protocol) -> None:
    for rule in protocol.rules:
        assert date(2003, 1, 1) <= rule.since <= date(2026, 1, 1)


def test_every_source_of_a_rule_a_route_and_an_age_is_in_the_list_of_sources(protocol: Protocol, package: Path) -> None:
    listed = {entry["id"] for entry in _sources(package)}

    for found in (*protocol.rules, *protocol.routes, *protocol.consent):
        assert found.source
        assert set(found.source) <= listed


def test_every_source_has_an_id_of_its_own_and_a_title_in_both_languages(package: Path) -> None:
    sources = _sources(package)

    assert len({entry["id"] for entry in sources}) == len(sources) == 128
    for entry in sources:
        assert {"id", "title", "address", "carries"} <= set(entry) <= {"id", "title", "address", "carries", "dated"}
        assert set(entry["carries"]) == {"nl", "en"}
        assert entry["title"]["nl"]
        assert entry["title"]["en"]
        assert "://" not in entry["address"]


def _sources(package: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((package / "sources.toml").read_text(encoding="utf-8"))["sources"]
    return found
