"""What differs between two protocols."""

from collections.abc import Mapping
from dataclasses import replace

from tests.conformance.house import RULE, WHOLE, extend

from casework.conformance import Protocol, Severity, parse
from casework.conformance.compare import Difference, compare


def test_a_protocol_does_not_differ_from_itself(protocol: Protocol) -> None:
    assert compare(protocol, protocol) == ()


def test_differences_are_the_same_from_both_sides(protocol: Protocol, shipped: Mapping[str, Protocol]) -> None:
    one, other = compare(protocol, shipped["meldcode"]), compare(shipped["meldcode"], protocol)

    turned = {(each.kind, each.id, each.field, str(each.other), str(each.one)) for each in other}
    assert {(each.kind, each.id, each.field, str(each.one), str(each.other)) for each in one} == turned


def test_what_only_one_has_is_named_with_nothing_on_the_other_side(house: Protocol) -> None:
    child = extend(house, 'without = ["talked"]\n' + RULE.replace('"talked"', '"heard"'))

    found = [each for each in compare(house, child) if each.kind == "rule"]

    assert found == [
        Difference("rule", "talked", "", house.rule("talked"), None),
        Difference("rule", "heard", "", None, child.rule("heard")),
    ]


def test_a_weakened_rule_differs_in_its_severity_alone(house: Protocol) -> None:
    child = extend(house, 'as_advice = ["talk-first"]')

    found = [each for each in compare(house, child) if each.kind == "rule"]

    assert found == [Difference("rule", "talk-first", "severity", Severity.NORM, Severity.ADVICE)]


def test_a_rule_written_anew_differs_field_by_field(house: Protocol) -> None:
    again = RULE.replace("2019-01-01", "2020-01-01").replace('["S6"]', '["S7"]').replace('["talk"]', '["decide"]')

    found = {each.field: (each.one, each.other) for each in compare(house, extend(house, again)) if each.kind == "rule"}

    assert set(found) == {"since", "source", "any_of"}
    assert found["any_of"] == (("talk",), ("decide",))


def test_scope_activities_routes_and_ages_differ_too() -> None:
    whole = parse(WHOLE, {})
    other = replace(whole, scope=whole.rules[0].why, activities=whole.activities[1:], routes=(), consent=())

    assert [(each.kind, each.id) for each in compare(whole, other)] == [
        ("scope", ""),
        ("activity", "talk"),
        ("route", "stay"),
        ("age", "18+"),
    ]
