"""What a trainer is told when a protocol file is wrong: one row for every reason."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.house import CHILD, PARENT, RULE, extend

from casework.conformance import Protocol, parse
from casework.errors import ProtocolInvalid

LOOK = "look there for a quote, bracket or comma, or a date that is none"
EXAMPLE = 'write for example: any_of = ["consult-colleague"]'
WRONG = {
    "broken": (
        ('id = "talk-first"', 'id = "talk-first'),
        f"line 17 cannot be read: illegal character '\\n'; {LOOK}",
    ),
    "open at the end": (
        ('en = ["How?"] }', 'en = ["How?"'),
        f"line 36 cannot be read: unclosed array; {LOOK}",
    ),
    "a day that is none": (
        ("since = 2019-01-01", "since = 2019-13-01"),
        f"line 22 cannot be read: expected newline or end of document after a statement; {LOOK}",
    ),
    "no id": (('id = "house"\n', "\n"), "'id' is missing; write for example: id = \"my-own-name\""),
    "an id with a space": (
        ('id = "house"', 'id = "My house"'),
        "'id' is 'My house'; use a-z, digits and hyphens, between double quotes",
    ),
    "an unknown field": (
        ("scope =", "extend = 1\nscope ="),
        "'extend' is no field here; did you mean 'extends'?",
    ),
    "no scope": (
        ('scope = { nl = "Voor het huis.", en = "For the house." }', ""),
        '\'scope\' is missing; write for example: scope = { nl = "...", en = "..." }',
    ),
    "scope in one language": (
        (', en = "For the house."', ""),
        "'scope': 'en' is missing; write for example: en = \"...\"",
    ),
    "scope as one text": (
        ('{ nl = "Voor het huis.", en = "For the house." }', '"Voor het huis."'),
        '\'scope\' needs Dutch and English; write for example: scope = { nl = "...", en = "..." }',
    ),
    "a table for all activities": (
        ("[[activities]]", "[[activity]]"),
        "'activity' is no field here; did you mean 'activities'?",
    ),
    "no names": (
        ('names = { nl = "gesprek", en = "talk" }\n', ""),
        "activity 'talk': 'names' is missing; write for example: names = { nl = \"...\", en = \"...\" }",
    ),
    "an activity without id": (
        ('id = "talk"\n', ""),
        "activity number 1: 'id' is missing; write for example: id = \"my-own-name\"",
    ),
    "a third language": (
        ('en = "Have a talk" }', 'en = "Have a talk", fr = "Parler" }'),
        "activity 'talk': 'labels': 'fr' is no field here; right are: nl, en",
    ),
    "an empty label": (
        ('en = "Have a talk"', 'en = " "'),
        "activity 'talk': 'labels': 'en' is empty",
    ),
    "a label that is a number": (
        ('en = "Have a talk"', "en = 5"),
        "activity 'talk': 'labels': 'en' is 5; write text between double quotes",
    ),
    "a step that is none": (
        ("step = 3", "step = 6"),
        "activity 'talk': 'step' is 6; write a number from 1 to 5, or leave it out",
    ),
    "an unknown kind": (
        ('kind = "finding"', 'kind = "fact"'),
        "activity 'decide': 'kind' is 'fact'; right are: work, waived, finding, repair, wrong",
    ),
    "a name for two activities": (
        ('nl = "beslissen"', 'nl = "gesprek"'),
        "activity 'decide': 'gesprek' is already the name of activity 'talk'",
    ),
    "an id for two activities": (
        ('id = "decide"', 'id = "talk"'),
        "activity 'talk': 'talk' is already the name of activity 'talk'",
    ),
    "an id for two rules": (
        ('id = "talked"', 'id = "talk-first"'),
        "rule 'talk-first': this id stands on two rules; give one of them another",
    ),
    "an unknown template": (
        ('"existence"', '"existance"'),
        "rule 'talked': 'template' is 'existance'; did you mean 'existence'?",
    ),
    "a template far off": (
        ('"existence"', '"xyz"'),
        "rule 'talked': 'template' is 'xyz'; right are: existence, absence, precedence, response, not-coexistence",
    ),
    "an unknown severity": (
        ('"advice"', '"must"'),
        "rule 'talked': 'severity' is 'must'; right are: norm, advice",
    ),
    "no severity": (
        ('severity = "advice"\n', ""),
        "rule 'talked': 'severity' is missing; write for example: severity = \"norm\"",
    ),
    "a date between quotes": (
        ("since = 2019-01-01\n", 'since = "2019-01-01"\n'),
        "rule 'talk-first': 'since' is '2019-01-01', which is no date; write it without quotes: 2019-01-01",
    ),
    "a date with a time": (
        ("since = 2019-01-01\n", "since = 2019-01-01T09:00:00\n"),
        "rule 'talk-first': 'since' is '2019-01-01 09:00:00', which is no date; write it without quotes: 2019-01-01",
    ),
    "no date": (
        ("since = 2019-01-01\n", ""),
        "rule 'talk-first': 'since' is missing; write for example: since = 2019-01-01",
    ),
    "a source without brackets": (
        ('source = ["S6"]', 'source = "S6"'),
        "rule 'talk-first': 'source' must be a list with something in it; write for example: source = [\"S6\"]",
    ),
    "no source": (
        ('source = ["S6"]\n', ""),
        "rule 'talk-first': 'source' is missing; write for example: source = [\"S6\"]",
    ),
    "no reason": (
        ('why = { nl = "Omdat het helpt.", en = "Because it helps." }\n', ""),
        "rule 'talk-first': 'why' is missing; write for example: why = { nl = \"...\", en = \"...\" }",
    ),
    "a question in one language": (
        ('nl = ["Wat?"]', 'nl = ["Wat?", "Wie?"]'),
        "rule 'talk-first': 'questions' has 2 in Dutch and 1 in English; give as many of both",
    ),
    "no activities in the rule": (
        ('any_of = ["talk"]\n', ""),
        f"rule 'talked': 'any_of' is missing; {EXAMPLE}",
    ),
    "an empty list": (
        ('any_of = ["talk"]', "any_of = []"),
        f"rule 'talked': 'any_of' must be a list with something in it; {EXAMPLE}",
    ),
    "a list of another template": (
        ('any_of = ["talk"]', 'any_of = ["talk"]\nthen = ["decide"]'),
        "rule 'talked': 'then' does not belong to template 'existence', which reads any_of",
    ),
    "a misspelt exception": (
        ('then = ["decide"]', 'then = ["decide"]\nunles = ["talk"]'),
        "rule 'talk-first': 'unles' is no field here; did you mean 'unless'?",
    ),
    "an unknown activity": (
        ('any_of = ["talk"]', 'any_of = ["tak"]'),
        "rule 'talked': 'tak' in 'any_of' is no activity; did you mean 'talk'?",
    ),
    "a Dutch name in a rule": (
        ('any_of = ["talk"]', 'any_of = ["gesprek"]'),
        "rule 'talked': 'gesprek' in 'any_of' is a name; rules use the id: 'talk'",
    ),
    "an activity with two parts": (
        ('then = ["decide"]', 'then = ["decide"]\nunless = ["talk"]'),
        "rule 'talk-first': 'talk' stands in it twice; an activity has one part in a rule",
    ),
    "left out without a parent": (
        ("scope =", 'without = ["talked"]\nscope ='),
        "'without' needs a protocol to change; name it with: extends = \"meldcode\"",
    ),
    "weakened without a parent": (
        ("scope =", 'as_advice = ["talked"]\nscope ='),
        "'as_advice' needs a protocol to change; name it with: extends = \"meldcode\"",
    ),
}


@pytest.mark.parametrize(("change", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_what_to_mend(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse(PARENT.replace(*change, 1), {}, "file")

    assert caught.value.reason == reason


WRONG_CHILD = {
    "left out what is not there": (
        'without = ["talk-frist"]',
        "'without' names rule 'talk-frist', which 'house' lacks; did you mean 'talk-first'?",
    ),
    "weakened what is not there": (
        'as_advice = ["listen"]',
        "'as_advice' names rule 'listen', which 'house' lacks; right are: talk-first, talked",
    ),
    "left out and weakened": (
        'without = ["talk-first"]\nas_advice = ["talk-first"]',
        "rule 'talk-first' stands in 'without' and in 'as_advice'; choose one",
    ),
    "left out and repeated": (
        'without = ["talked"]\n' + RULE,
        "rule 'talked' stands in 'without' and is written anew below; choose one",
    ),
    "weakened and repeated": (
        'as_advice = ["talked"]\n' + RULE,
        "rule 'talked' stands in 'as_advice' and is written anew below; choose one",
    ),
    "without as one word": (
        'without = "talked"',
        "'without' must be a list with something in it; write for example: without = [\"...\"]",
    ),
    "rules that are no tables": ("rules = 5", "'rules' must be tables; open each with [[rules]]"),
    "activities that are no tables": (
        'activities = ["talk"]',
        "'activities' must be tables; open each with [[activities]]",
    ),
    "an activity of the parent": (
        PARENT[PARENT.index("[[activities]]") : PARENT.index("[[rules]]")],
        "activity 'talk': 'talk' is already the name of activity 'talk'",
    ),
    "a norm of the parent's advice": (
        RULE.replace('"advice"', '"norm"'),
        "rule 'talked' makes a norm of the parent's advice; name a source of its own for that",
    ),
}


@pytest.mark.parametrize(("text", "reason"), WRONG_CHILD.values(), ids=WRONG_CHILD)
def test_a_wrong_child_is_told_what_to_mend(text: str, reason: str, house: Protocol) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        extend(house, text)

    assert caught.value.reason == reason
    assert caught.value.protocol == "flat"


@pytest.mark.parametrize(
    ("parents", "hint"),
    [({}, ""), ({"home": None}, "; did you mean 'home'?"), ({"x": None}, "; right are: x"), ({}.__getitem__, "")],
)
def test_an_unknown_parent_is_refused(parents: Mapping[str, Protocol], hint: str) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse(CHILD, parents)

    assert caught.value.reason == f"it extends 'house', which does not exist{hint}"


def test_a_complaint_names_the_file_until_its_id_is_known() -> None:
    with pytest.raises(ProtocolInvalid, match=r"protocol 'mine\.toml': line 1 cannot be read"):
        parse("id = ", {}, "mine.toml")


@given(
    st.integers(0, len(PARENT)),
    st.integers(0, 40),
    st.sampled_from(["", "5", "[", "]", '"', "{}", "\n", "true", "x = [1]"]),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(start: int, length: int, put: str) -> None:
    damaged = PARENT[:start] + put + PARENT[start + length :]

    with suppress(ProtocolInvalid):
        assert parse(damaged, {}).id
