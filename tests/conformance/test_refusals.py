"""What a trainer is told when a protocol file is wrong: one row for every reason, in both languages."""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.house import CHILD, PARENT, RULE, WHOLE, extend

from casework.conformance import Protocol, parse
from casework.conformance.complaints import Complaint
from casework.errors import ProtocolInvalid


class Wrong(NamedTuple):
    """What to put in the place of what, the field that is complained of, and the complaint."""

    old: str
    new: str
    key: str
    nl: str
    en: str


ROWS = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))["wrong"]
WRONG = {row.pop("name"): Wrong(**row) for row in ROWS}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_what_to_mend(wrong: Wrong) -> None:
    assert wrong.old in WHOLE

    with pytest.raises(ProtocolInvalid) as caught:
        parse(WHOLE.replace(wrong.old, wrong.new, 1), {}, "file.toml")

    first = caught.value.complaints[0]
    assert (first.key, first.in_("nl"), first.in_("en")) == (wrong.key, wrong.nl, wrong.en)
    assert caught.value.file == "file.toml"


WRONG_CHILD = {
    "left out what is not there": (
        'without = ["talk-frist"]',
        "without",
        "'without' noemt 'talk-frist', maar 'house' heeft dat niet; bedoelde u 'talk-first'?",
        "'without' names 'talk-frist', which 'house' lacks; did you mean 'talk-first'?",
    ),
    "weakened what is not there": (
        'as_advice = ["listen"]',
        "as_advice",
        "'as_advice' noemt 'listen', maar 'house' heeft dat niet; u kunt kiezen uit: talk-first, talked",
        "'as_advice' names 'listen', which 'house' lacks; right are: talk-first, talked",
    ),
    "left out and weakened": (
        'without = ["talk-first"]\nas_advice = ["talk-first"]',
        "as_advice",
        "regel 'talk-first' staat in 'without' en in 'as_advice'; kies een van de twee",
        "rule 'talk-first' stands in 'without' and in 'as_advice'; choose one",
    ),
    "left out and repeated": (
        'without = ["talked"]\n' + RULE,
        "without",
        "'talked' staat in 'without' en wordt hieronder opnieuw geschreven; kies een van de twee",
        "'talked' stands in 'without' and is written anew below; choose one",
    ),
    "weakened and repeated": (
        'as_advice = ["talked"]\n' + RULE,
        "as_advice",
        "'talked' staat in 'as_advice' en wordt hieronder opnieuw geschreven; kies een van de twee",
        "'talked' stands in 'as_advice' and is written anew below; choose one",
    ),
    "without as one word": (
        'without = "talked"',
        "without",
        "'without' moet een lijst zijn met iets erin; schrijf bijvoorbeeld: without = [\"...\"]",
        "'without' must be a list with something in it; write for example: without = [\"...\"]",
    ),
    "rules that are no tables": (
        "rules = 5",
        "rules",
        "'rules' moet uit tabellen bestaan; open elke tabel met [[rules]]",
        "'rules' must be tables; open each with [[rules]]",
    ),
    "activities that are no tables": (
        'activities = ["talk"]',
        "activities",
        "'activities' moet uit tabellen bestaan; open elke tabel met [[activities]]",
        "'activities' must be tables; open each with [[activities]]",
    ),
    "an activity of the parent": (
        PARENT[PARENT.index("[[activities]]") : PARENT.index("[[rules]]")],
        "id",
        "activiteit 'talk': 'talk' is al de naam van activiteit 'talk'",
        "activity 'talk': 'talk' is already the name of activity 'talk'",
    ),
    "a norm of the parent's advice": (
        RULE.replace('"advice"', '"norm"'),
        "source",
        "regel 'talked': deze regel maakt een norm van een advies uit 'house'; noem daarvoor een eigen bron",
        "rule 'talked': this rule makes a norm of what is advice in 'house'; name a source of its own for that",
    ),
}


@pytest.mark.parametrize(("text", "key", "nl", "en"), WRONG_CHILD.values(), ids=WRONG_CHILD)
def test_a_wrong_child_is_told_what_to_mend(text: str, key: str, nl: str, en: str, house: Protocol) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        extend(house, text)

    first = caught.value.complaints[0]
    assert (first.key, first.in_("nl"), first.in_("en")) == (key, nl, en)
    assert caught.value.file == "flat.toml"


def test_everything_that_is_wrong_is_said_at_once_in_the_files_order() -> None:
    text = PARENT
    for wrong in ("an empty label", "an unknown template", "no source", "a date between quotes", "an unknown kind"):
        text = text.replace(WRONG[wrong].old, WRONG[wrong].new, 1)

    with pytest.raises(ProtocolInvalid) as caught:
        parse(text, {}, "file.toml")

    assert [(_place(each), each.key) for each in caught.value.complaints] == [
        ("activity 'talk': 'labels'", "labels.en"),
        ("activity 'decide'", "kind"),
        ("rule 'talk-first'", "since"),
        ("rule 'talk-first'", "source"),
        ("rule 'talked'", "template"),
    ]


def test_an_error_carries_every_complaint_in_its_text(house: Protocol) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        extend(house, 'without = ["x"]\nas_advice = ["y"]')

    first, second = caught.value.complaints
    assert str(caught.value) == f"protocol 'flat': {first.in_('en')}; {second.in_('en')}"
    assert caught.value.in_("nl") == f"{first.in_('nl')}; {second.in_('nl')}"


def _place(complaint: object) -> str:
    assert isinstance(complaint, Complaint)
    return complaint.place.en


@pytest.mark.parametrize(
    ("parents", "hint"),
    [({}, ""), ({"home": None}, "; did you mean 'home'?"), ({"x": None}, "; right are: x"), ({}.__getitem__, "")],
)
def test_an_unknown_parent_is_refused(parents: Mapping[str, Protocol], hint: str) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse(CHILD, parents)

    (only,) = caught.value.complaints
    assert (only.key, only.in_("en")) == ("extends", f"it extends 'house', which does not exist{hint}")


def test_without_its_parent_a_rule_is_not_blamed_for_the_activities(house: Protocol) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse(CHILD + RULE, {})

    assert [each.key for each in caught.value.complaints] == ["extends"]


def test_a_complaint_names_the_file() -> None:
    with pytest.raises(ProtocolInvalid, match=r"protocol 'mine\.toml': line 1 cannot be read"):
        parse("id = ", {}, "mine.toml")
    with pytest.raises(ProtocolInvalid) as caught:
        parse("id = 5", {}, "mine")

    assert caught.value.file == "mine.toml"


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 40),
    st.sampled_from(["", "5", "[", "]", '"', "{}", "\n", "true", "x = [1]"]),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(start: int, length: int, put: str) -> None:
    damaged = WHOLE[:start] + put + WHOLE[start + length :]

    with suppress(ProtocolInvalid):
        assert parse(damaged, {}).id
