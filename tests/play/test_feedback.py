"""What the Meldcode says of one decision: what it kept, broke, or left to be mended or done."""

import pytest

from casework import library
from casework.play.feedback import Mark, is_mended, last_step, marked, remarks, step_of, steps

PROTOCOL = library.protocol("meldcode-jeugd")


def said(before: str, now: str) -> dict[str, Mark]:
    """Return the remarks on the activities *now* after those *before*, both as words with spaces between."""
    trace = tuple(before.split())
    return {remark.rule.id: remark.mark for remark in remarks(PROTOCOL, trace, (*trace, *now.split()))}


def standing(trace: str) -> dict[int, Mark]:
    """Return how the steps stand after a trace."""
    return {step.number: step.mark for step in steps(PROTOCOL, tuple(trace.split()), ())}


@pytest.mark.parametrize(
    ("before", "now", "rule", "mark"),
    [
        ("", "record-facts", "facts-recorded", Mark.KEPT),
        ("", "promise-secrecy", "no-empty-promises", Mark.BROKEN),
        ("", "promise-secrecy", "promise-corrected", Mark.MEND),
        ("promise-secrecy", "correct-promise", "promise-corrected", Mark.KEPT),
        ("", "acute-danger", "report-unsafety", Mark.NOW),
        ("acute-danger inform-about-report", "report-veilig-thuis", "report-unsafety", Mark.KEPT),
        ("", "report-veilig-thuis", "inform-before-report", Mark.BROKEN),
        ("", "inform-about-report report-veilig-thuis", "inform-before-report", Mark.KEPT),
        ("", "decide-report", "consult-before-deciding", Mark.BROKEN),
        ("consult-colleague", "decide-report", "consult-before-deciding", Mark.KEPT),
        ("", "decide-report decide-help", "both-decisions", Mark.KEPT),
    ],
)
def test_a_decision_is_remarked_on_by_the_rules_that_it_touches(before: str, now: str, rule: str, mark: Mark) -> None:
    assert said(before, now)[rule] is mark


@pytest.mark.parametrize(
    ("before", "now", "rule"),
    [
        ("", "consult-colleague", "consult-before-deciding"),
        ("promise-secrecy", "promise-secrecy", "no-empty-promises"),
        ("acute-danger", "suspicion-removed", "report-unsafety"),
        ("emergency-112", "report-veilig-thuis", "inform-before-report"),
        ("", "give-care", "facts-recorded"),
    ],
)
def test_a_rule_is_silent_about_what_it_does_not_ask_or_has_said_before(before: str, now: str, rule: str) -> None:
    assert rule not in said(before, now)


def test_the_gravest_remark_comes_first() -> None:
    marks = [remark.mark for remark in remarks(PROTOCOL, (), ("record-facts", "promise-secrecy", "acute-danger"))]

    assert marks == sorted(marks, key=[Mark.BROKEN, Mark.MEND, Mark.NOW, Mark.KEPT].index)
    assert marks[0] is Mark.BROKEN


@pytest.mark.parametrize(
    ("trace", "step", "mark"),
    [
        ("", 3, Mark.TODO),
        ("talk", 3, Mark.BROKEN),
        ("check-safety see-alone talk", 3, Mark.DONE),
        ("promise-secrecy", 3, Mark.MEND),
        ("promise-secrecy correct-promise", 3, Mark.KEPT),
        ("question-details", 3, Mark.BROKEN),
    ],
)
def test_a_step_stands_as_its_gravest_activity(trace: str, step: int, mark: Mark) -> None:
    assert standing(trace)[step] is mark


def test_what_a_rule_forbids_is_marked_each_time_it_is_done() -> None:
    marks = marked(PROTOCOL, ("ignore-signal", "record-facts", "ignore-signal"))

    assert [mark for _, mark in marks] == [Mark.BROKEN, Mark.DONE, Mark.BROKEN]


def test_a_repair_belongs_to_the_step_of_what_it_mends() -> None:
    assert step_of(PROTOCOL, "correct-promise") == 3


def test_an_activity_without_a_step_belongs_to_none() -> None:
    assert step_of(PROTOCOL, "give-care") is None
    assert last_step(PROTOCOL, ("talk", "give-care")) == 3


def test_only_what_a_rule_asks_for_mends_and_only_afterwards() -> None:
    assert is_mended(PROTOCOL, ("promise-secrecy", "correct-promise"), 1)
    assert not is_mended(PROTOCOL, ("correct-promise", "promise-secrecy"), 2)
    assert not is_mended(PROTOCOL, ("question-details", "apologise"), 1)
