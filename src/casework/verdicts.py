"""Attempts and verdicts as JSON, for other programs, and versions that say by which protocol they were given."""

import json
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from typing import Any

from casework.conformance.model import Protocol, Rule
from casework.conformance.monitor import judge
from casework.play.attempt import Attempt
from casework.play.debrief import ledger
from casework.scenario.model import Measure, Scenario

# The name under which a notebook's output holds an attempt: one writes it, another reads it, and both must agree. It
# stays v1 as long as names are only added: whoever read yesterday's output finds the same names in today's.
ATTEMPT = "application/vnd.casework.attempt.v1+json"


def as_json(protocol: Protocol, trace: tuple[str, ...]) -> dict[str, Any]:
    """Return the verdicts over a finished trace; `at` is the 1-based position that broke a rule, or null.

    Raises `ActivityUnknown` for a name that is no activity's id.
    """
    rows = [
        {
            "id": verdict.rule.id,
            "template": str(verdict.rule.template),
            "severity": verdict.rule.severity.value,
            "verdict": verdict.truth.value,
            "at": verdict.at,
        }
        for verdict in judge(protocol, trace).verdicts
    ]
    return {"protocol": protocol.id, "rules": rows}


def summarise(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> dict[str, Any]:
    """Return an attempt as JSON: what was decided and kept, where it led, what the rules say, and by which protocol."""
    signals = ledger(scenario, attempt)
    here = scenario.scene(attempt.scene)
    return {
        "scenario": scenario.name,
        "version": scenario.version,
        "language": scenario.language,
        "decisions": [decision.choice for decision in attempt.decisions],
        "kept": sorted(attempt.kept),
        "scene": here.id,
        "ending": here.ending.value if here.ending else None,
        "outcomes": {measure.value: attempt.outcomes.value(measure) for measure in Measure},
        "report": as_json(protocol, attempt.trace),
        "protocol": {
            "id": protocol.id,
            "version": version(protocol),
            "rules": {rule.id: rule_version(rule) for rule in protocol.rules},
        },
        "signals": {
            "offered": list(signals.offered),
            "noted": list(signals.noted),
            "acted": list(signals.acted),
            "missed": list(signals.missed),
        },
    }


def headline(scenario: Scenario, attempt: Attempt) -> str:
    """Return an attempt as one line, for a host that can show nothing else."""
    here = scenario.scene(attempt.scene)
    made = f"{len(attempt.decisions)} decisions" if len(attempt.decisions) != 1 else "1 decision"
    end = f", ending: {here.ending.value}" if here.ending else ""
    return f"{scenario.title}: {made}, now at '{here.title}'{end}"


@lru_cache(maxsize=64)
def version(protocol: Protocol) -> str:
    """Return twelve hexadecimal digits that change with everything in a protocol, its parent's part included."""
    return _digest(asdict(protocol), 12)


def rule_version(rule: Rule) -> str:
    """Return eight hexadecimal digits that change with everything in a rule."""
    return _digest(asdict(rule), 8)


def _digest(value: dict[str, Any], length: int) -> str:
    text = json.dumps(value, default=_plain, ensure_ascii=True, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:length]


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)
