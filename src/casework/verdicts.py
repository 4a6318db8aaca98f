"""Attempts and verdicts as JSON, for other programs."""

from typing import Any

from casework.conformance.monitor import judge
from casework.conformance.protocol import Protocol

# The name under which a notebook's output holds an attempt: one writes it, another reads it, and both must agree.
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
