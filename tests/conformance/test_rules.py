"""The five templates, one table each and the definition in words; letters stand for activities."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.definition import said_in_words

from casework.conformance import Activity, Kind, Protocol, Questions, Rule, Severity, Text, Truth, judge, watch
from casework.conformance.rules import TEMPLATES

SATISFIED, VIOLATED, KEPT, OPEN = Truth.SATISFIED, Truth.VIOLATED, Truth.KEPT_SO_FAR, Truth.OPEN
LETTERS = "abcdux"
WORD = Text("woord", "word")
LISTS = {"any_of": ("a", "b"), "first": ("a", "b"), "then": ("c", "d"), "unless": ("u",)}


def make_rule(template: str, unless: tuple[str, ...] = ("u",)) -> Rule:
    """Return a rule: `any_of` and `first` are a or b, `then` is c or d, and u lifts it."""
    lists = {key: LISTS[key] for key in TEMPLATES[template].lists}
    asked = Questions(("Wat?",), ("What?",))
    return Rule("r", template, Severity.NORM, date(2019, 1, 1), ("S6",), WORD, WORD, asked, unless=unless, **lists)


def make_protocol(rule: Rule) -> Protocol:
    """Return a protocol with this one rule, whose activities are letters."""
    letters = (Activity(each, None, Kind.WORK, Text(each, each), WORD) for each in LETTERS)
    return Protocol("letters", WORD, tuple(letters), (rule,))


PROTOCOLS = {template: make_protocol(make_rule(template)) for template in TEMPLATES}
traces = st.text(LETTERS, max_size=12)
templates = st.sampled_from(tuple(TEMPLATES))


@pytest.mark.parametrize(
    ("template", "trace", "truth", "at"),
    [
        ("existence", "", OPEN, None),
        ("existence", "xx", OPEN, None),
        ("existence", "xb", SATISFIED, None),
        ("existence", "u", SATISFIED, None),
        ("existence", "xu", SATISFIED, None),
        ("absence", "", KEPT, None),
        ("absence", "xx", KEPT, None),
        ("absence", "xb", VIOLATED, 2),
        ("absence", "xba", VIOLATED, 2),
        ("absence", "ub", SATISFIED, None),
        ("absence", "bu", VIOLATED, 1),
        ("precedence", "", KEPT, None),
        ("precedence", "x", KEPT, None),
        ("precedence", "ac", SATISFIED, None),
        ("precedence", "xc", VIOLATED, 2),
        ("precedence", "cad", VIOLATED, 1),
        ("precedence", "uc", SATISFIED, None),
        ("precedence", "cu", VIOLATED, 1),
        ("response", "", KEPT, None),
        ("response", "c", KEPT, None),
        ("response", "xa", OPEN, 2),
        ("response", "xaxb", OPEN, 2),
        ("response", "abc", KEPT, None),
        ("response", "acb", OPEN, 3),
        ("response", "acbu", SATISFIED, None),
        ("response", "ua", SATISFIED, None),
        ("not-coexistence", "", KEPT, None),
        ("not-coexistence", "abab", KEPT, None),
        ("not-coexistence", "cdx", KEPT, None),
        ("not-coexistence", "axc", VIOLATED, 3),
        ("not-coexistence", "cxb", VIOLATED, 3),
        ("not-coexistence", "auc", SATISFIED, None),
        ("not-coexistence", "acu", VIOLATED, 2),
    ],
)
def test_a_template_says_of_a_trace(template: str, trace: str, truth: Truth, at: int | None) -> None:
    verdict = watch(PROTOCOLS[template], trace).verdict("r")

    assert (verdict.truth, verdict.at) == (truth, at)


@given(templates, traces)
def test_judging_agrees_with_the_words(template: str, trace: str) -> None:
    verdict = judge(PROTOCOLS[template], trace).verdict("r")

    assert (verdict.truth is SATISFIED, verdict.at) == said_in_words(make_rule(template), trace)


@given(templates, traces)
def test_judging_agrees_with_the_words_where_nothing_lifts_the_rule(template: str, trace: str) -> None:
    rule = make_rule(template, unless=())

    verdict = judge(make_protocol(rule), trace).verdict("r")

    assert (verdict.truth is SATISFIED, verdict.at) == said_in_words(rule, trace)


@given(templates, traces, traces)
def test_a_final_truth_never_changes(template: str, trace: str, more: str) -> None:
    before = watch(PROTOCOLS[template], trace).verdict("r")

    after = watch(PROTOCOLS[template], trace + more).verdict("r")

    assert after == before or not before.truth.is_final


@given(templates, traces)
def test_what_is_not_final_can_still_go_both_ways(template: str, trace: str) -> None:
    truth = watch(PROTOCOLS[template], trace).verdict("r").truth
    futures = ("".join(future) for length in range(3) for future in product(LETTERS, repeat=length))

    ends = {judge(PROTOCOLS[template], trace + future).verdict("r").truth for future in futures}

    assert ends == ({truth} if truth.is_final else {SATISFIED, VIOLATED})


@given(templates, traces)
def test_judging_is_watching_with_nothing_more_to_come(template: str, trace: str) -> None:
    now = watch(PROTOCOLS[template], trace).verdict("r")

    end = judge(PROTOCOLS[template], trace).verdict("r")

    assert end.truth == {OPEN: VIOLATED, KEPT: SATISFIED}.get(now.truth, now.truth)
    assert end.at == now.at
