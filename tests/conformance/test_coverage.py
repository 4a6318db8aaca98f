"""Which topics a protocol covers."""

from collections.abc import Mapping

import pytest
from tests.conformance.house import PARENT, extend

from casework.conformance import Protocol
from casework.conformance.coverage import TOPICS, Grade, coverage

NORM, ADVICE, NAMED, LACKING = Grade.NORM, Grade.ADVICE, Grade.NAMED, Grade.LACKING


def grades(protocol: Protocol) -> dict[str, Grade]:
    """Return the grade of every topic by its id."""
    return {cell.topic.id: cell.grade for cell in coverage(protocol)}


def test_the_topics_are_these_in_both_languages() -> None:
    assert [topic.id for topic in TOPICS] == [
        *("signals", "kindcheck", "consult", "talk", "weigh", "decisions"),
        *("registration", "consent", "interpreter", "reflection-period"),
    ]
    assert all(topic.label.nl and topic.label.en for topic in TOPICS)


def test_every_activity_of_a_topic_exists_in_the_general_protocol(shipped: Mapping[str, Protocol]) -> None:
    named = {each for topic in TOPICS for part in topic.parts for each in (*part.asked, *part.ahead, *part.held)}

    assert named <= {activity.id for activity in shipped["meldcode"].activities}


@pytest.mark.parametrize(
    ("name", "topic", "grade"),
    [
        ("meldcode", "signals", NORM),
        ("meldcode", "decisions", NORM),
        ("meldcode", "registration", NORM),
        ("meldcode", "interpreter", ADVICE),
        ("meldcode", "reflection-period", NAMED),
        ("meldcode-jeugd", "kindcheck", NAMED),
        ("meldcode-coa", "reflection-period", ADVICE),
        ("methode-sociaal-werk", "kindcheck", ADVICE),
        ("methode-sociaal-werk", "decisions", NAMED),
        ("methode-sociaal-werk", "consent", NORM),
    ],
)
def test_a_shipped_protocol_covers_a_topic_so_far(
    name: str, topic: str, grade: Grade, shipped: Mapping[str, Protocol]
) -> None:
    assert grades(shipped[name])[topic] is grade


def test_to_weigh_before_going_to_the_police_is_not_to_weigh(shipped: Mapping[str, Protocol]) -> None:
    method = shipped["methode-sociaal-werk"]

    assert method.rule("conflict-weighed").severity == "norm"
    assert grades(method)["weigh"] is ADVICE


def test_a_cell_names_the_rules_that_cover_the_topic(shipped: Mapping[str, Protocol]) -> None:
    cells = {cell.topic.id: cell.rules for cell in coverage(shipped["meldcode-coa"])}

    assert cells["registration"] == ("comensha-with-consent",)
    assert cells["reflection-period"] == ("coa-informed-before-police",)
    assert cells["decisions"] == ("decision-on-reporting", "both-decisions")


def test_a_protocol_of_its_own_lacks_what_it_never_names(house: Protocol) -> None:
    assert grades(house) == {**dict.fromkeys((topic.id for topic in TOPICS), LACKING), "talk": ADVICE}


def test_a_topic_with_two_parts_is_covered_as_far_as_the_lesser(house: Protocol) -> None:
    activities = "".join(_activity(name) for name in ("decide-report", "decide-help"))

    one = extend(house, activities + _rule("norm", "decide-report"))
    both = extend(house, activities + _rule("norm", "decide-report") + _rule("advice", "decide-help"))

    assert grades(one)["decisions"] is NAMED
    assert grades(both)["decisions"] is ADVICE


def test_a_rule_left_out_leaves_the_topic_to_another(shipped: Mapping[str, Protocol], house: Protocol) -> None:
    without = extend(house, 'without = ["talked"]')

    assert grades(house)["talk"] is ADVICE
    assert grades(without)["talk"] is NAMED


def _activity(name: str) -> str:
    start = PARENT.index("[[activities]]")
    one = PARENT[start : PARENT.index("[[activities]]", start + 1)]
    return one.replace('"talk"', f'"{name}"').replace('"gesprek"', f'"nl-{name}"')


def _rule(severity: str, activity: str) -> str:
    rule = PARENT[PARENT.rindex("[[rules]]") :]
    return rule.replace('"talked"', f'"asks-{activity}"').replace('"talk"', f'"{activity}"').replace("advice", severity)
