"""An attempt as JSON, and versions that change with whatever a protocol says."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from casework import library
from casework.conformance.model import Protocol, Severity, Text
from casework.play.attempt import Decision, keep, replay
from casework.verdicts import headline, rule_version, summarise, version
from tests.samples import CALL, LISTEN, SAMPLE, WOUND_SENTENCE

Change = Callable[[Protocol], Protocol]


def with_rule(protocol: Protocol, **parts: object) -> Protocol:
    """Return the protocol with parts of its first rule replaced."""
    first, *others = protocol.rules
    return replace(protocol, rules=(replace(first, **parts), *others))  # type: ignore[arg-type]


CHANGES: dict[str, Change] = {
    "a word of the scope": lambda each: replace(each, scope=Text(each.scope.nl + "!", each.scope.en)),
    "a source": lambda each: with_rule(each, source=("S999",)),
    "a question": lambda each: with_rule(each, questions=replace(each.rules[0].questions, en=("What?",))),
    "a severity": lambda each: with_rule(
        each, severity=Severity.ADVICE if each.rules[0].severity is Severity.NORM else Severity.NORM
    ),
    "an exception": lambda each: with_rule(each, unless=(*each.rules[0].unless, "talk")),
    "a rule less": lambda each: replace(each, rules=each.rules[1:]),
    "an activity less": lambda each: replace(each, activities=each.activities[1:]),
    "the order of rules": lambda each: replace(each, rules=each.rules[::-1]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_version_of_a_protocol_changes_with(change: str) -> None:
    protocol = library.protocol("meldcode")

    assert version(CHANGES[change](protocol)) != version(protocol)


def test_only_the_rule_that_changed_gets_another_version() -> None:
    protocol = library.protocol("meldcode")
    other = CHANGES["a source"](protocol)

    turned = [rule.id for rule in protocol.rules if rule_version(rule) != rule_version(other.rule(rule.id))]

    assert turned == [protocol.rules[0].id]


def test_another_process_gives_the_same_version() -> None:
    program = "from casework import library, verdicts; print(verdicts.version(library.protocol('meldcode-jeugd')))"

    told = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert told == {version(library.protocol("meldcode-jeugd"))}


def test_a_summary_holds_what_was_decided_and_kept_and_who_judged_it() -> None:
    protocol = library.protocol("meldcode")
    attempt = replay(SAMPLE, "a", [Decision(1, LISTEN), Decision(2, CALL)])

    found = summarise(SAMPLE, protocol, keep(attempt, [WOUND_SENTENCE]))

    assert (found["decisions"], found["kept"]) == ([LISTEN, CALL], [WOUND_SENTENCE])
    assert (found["scene"], found["ending"]) == ("good", "good")
    assert found["outcomes"] == {"trust": 1, "safety": 0, "autonomy": 0, "days": 0}
    assert (found["signals"]["noted"], found["signals"]["acted"]) == (["wound"], ["wound"])
    assert found["protocol"]["version"] == version(protocol)
    assert set(found["protocol"]["rules"]) == {rule["id"] for rule in found["report"]["rules"]}
    assert json.loads(json.dumps(found)) == found


def test_a_line_of_text_says_where_an_attempt_stands() -> None:
    begun = replay(SAMPLE, "a", [Decision(1, LISTEN)])
    ended = replay(SAMPLE, "a", [Decision(1, LISTEN), Decision(2, CALL)])

    assert headline(SAMPLE, begun) == "Aan de deur: 1 decision, now at 'De keuken'"
    assert headline(SAMPLE, ended) == "Aan de deur: 2 decisions, now at 'Hulp', ending: good"
