"""The shortest traces that show what a rule asks."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from tests.conformance.conftest import NAMES, read_shipped
from tests.conformance.definition import said_in_words
from tests.conformance.test_rules import make_rule

from casework.conformance import Rule
from casework.conformance.rules import TEMPLATES
from casework.conformance.shortest import Pair, shortest

SHIPPED = read_shipped()
RULES = [pytest.param(rule, id=f"{name}-{rule.id}") for name in NAMES for rule in SHIPPED[name].rules]
FORBID = ("absence", "not-coexistence")


@pytest.mark.parametrize(
    ("template", "kept", "broken"),
    [
        ("existence", "a", ""),
        ("absence", "", "a"),
        ("precedence", "ac", "c"),
        ("response", "ac", "a"),
        ("not-coexistence", "a", "ac"),
    ],
)
def test_a_template_has_these_shortest_traces(template: str, kept: str, broken: str) -> None:
    assert shortest(make_rule(template)) == Pair(tuple(kept), tuple(broken))


def test_an_activity_that_lifts_a_rule_never_shows_what_it_asks() -> None:
    for template in TEMPLATES:
        assert "u" not in shortest(make_rule(template)).kept


@pytest.mark.parametrize("rule", RULES)
def test_no_shorter_trace_breaks_the_rule(rule: Rule) -> None:
    shorter = _all_shorter_than(len(shortest(rule).broken), rule)

    assert all(said_in_words(rule, trace)[0] for trace in shorter)


@pytest.mark.parametrize("rule", RULES)
def test_no_shorter_trace_keeps_the_rule_by_being_put_to_the_test(rule: Rule) -> None:
    shorter = _all_shorter_than(len(shortest(rule).kept), rule)

    assert not [trace for trace in shorter if _is_tested(rule, trace)]
    assert _is_tested(rule, shortest(rule).kept)


@pytest.mark.parametrize("template", TEMPLATES)
def test_without_exceptions_the_traces_are_the_same(template: str) -> None:
    rule = make_rule(template)

    assert shortest(replace(rule, unless=())) == shortest(rule)


def _all_shorter_than(length: int, rule: Rule) -> Iterator[tuple[str, ...]]:
    for shorter in range(length):
        yield from product((*rule.mentioned, "something-else"), repeat=shorter)


def _is_tested(rule: Rule, trace: tuple[str, ...]) -> bool:
    """Whether the rule is kept, not lifted, and hangs by one activity: in the words of the definition."""
    if not said_in_words(rule, trace)[0] or set(trace) & set(rule.unless):
        return False
    more = [(*trace, each) for each in rule.mentioned]
    less = [trace[:at] + trace[at + 1 :] for at in range(len(trace))]
    return any(not said_in_words(rule, near)[0] for near in (more if rule.template in FORBID else less))
