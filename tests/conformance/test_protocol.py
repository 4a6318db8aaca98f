"""Protocol files: what is read from them, and what extending does."""

from datetime import date

import pytest
from tests.conformance.house import CHILD, PARENT, RULE, extend

from casework.conformance import Protocol, parse
from casework.errors import ActivityUnknown


def test_a_file_becomes_a_protocol(house: Protocol) -> None:
    rule = house.rule("talk-first")

    assert house.scope.in_("en") == "For the house."
    assert (rule.first, rule.then, rule.unless) == (("talk",), ("decide",), ())
    assert rule.since == date(2019, 1, 1)
    assert rule.title.in_("nl") == "Praat eerst"
    assert rule.questions.in_("en") == ("What?",)


def test_a_language_that_is_not_there_falls_back_on_dutch(house: Protocol) -> None:
    rule = house.rule("talk-first")

    assert rule.title.in_("fy") == "Praat eerst"
    assert rule.questions.in_("fy") == ("Wat?",)


def test_a_rule_without_a_title_shows_its_reason(house: Protocol) -> None:
    rule = house.rule("talked")

    assert rule.title == rule.why


def test_a_kind_may_be_left_out_and_a_finding_needs_no_step(house: Protocol) -> None:
    assert (house.activity("talk").step, house.activity("talk").kind) == (3, "work")
    assert (house.activity("decide").step, house.activity("decide").kind) == (None, "finding")


@pytest.mark.parametrize("kind", ["work", "waived"])
def test_work_may_say_that_it_belongs_to_no_step(kind: str) -> None:
    protocol = parse(PARENT.replace("step = 3", f'step = 0\nkind = "{kind}"'), {})

    assert protocol.activity("talk").step is None


def test_an_activity_answers_to_both_its_names(house: Protocol) -> None:
    assert house.activity("gesprek") == house.activity("talk")
    assert house.has_activity("gesprek")
    assert not house.has_activity("praten")


def test_an_unknown_activity_is_refused(house: Protocol) -> None:
    with pytest.raises(ActivityUnknown, match="gesprek"):
        house.activity("gesprk")


def test_an_unknown_rule_is_a_key_error(house: Protocol) -> None:
    with pytest.raises(KeyError):
        house.rule("talked-last")


def test_a_mark_before_the_first_letter_is_passed_over() -> None:
    assert parse("\ufeff" + PARENT, {}) == parse(PARENT, {})


def test_a_child_has_all_that_its_parent_has(house: Protocol) -> None:
    child = extend(house, "")

    assert (child.id, child.extends) == ("flat", "house")
    assert child.activities == house.activities
    assert child.rules == house.rules


def test_a_parent_may_come_from_a_function(house: Protocol) -> None:
    child = parse(CHILD, lambda _: house)

    assert child.rules == house.rules


def test_a_repeated_rule_stands_in_the_old_place(house: Protocol) -> None:
    again = RULE.replace("talked", "talk-first").replace('"advice"', '"norm"').replace('"S6"', '"S7"')

    child = extend(house, again)

    assert [rule.id for rule in child.rules] == ["talk-first", "talked"]
    assert child.rules[0].template == "existence"
    assert child.rules[0].source == ("S7",)


def test_a_rule_may_be_left_out(house: Protocol) -> None:
    child = extend(house, 'without = ["talk-first"]')

    assert [rule.id for rule in child.rules] == ["talked"]


def test_a_norm_may_be_weakened(house: Protocol) -> None:
    child = extend(house, 'as_advice = ["talk-first"]')

    assert child.rule("talk-first").severity == "advice"
    assert house.rule("talk-first").severity == "norm"


def test_a_childs_norm_stands_before_its_parents_advice(house: Protocol) -> None:
    child = extend(house, RULE.replace('"talked"', '"new"').replace('"advice"', '"norm"'))

    assert [rule.id for rule in child.rules] == ["talk-first", "new", "talked"]


def test_a_child_adds_activities_that_its_rules_use(house: Protocol) -> None:
    activity = """
    [[activities]]
    id = "listen"
    step = 3
    names = { nl = "luisteren", en = "listen" }
    labels = { nl = "Luisteren", en = "Listen" }
    """

    child = extend(house, activity + RULE.replace('"talked"', '"heard"').replace('["talk"]', '["listen"]'))

    assert child.rule("heard").any_of == ("listen",)
    assert not house.has_activity("listen")


def test_a_new_source_makes_a_norm_of_advice(house: Protocol) -> None:
    child = extend(house, RULE.replace('"advice"', '"norm"').replace('"S6"', '"S6", "S7"'))

    assert child.rule("talked").severity == "norm"
