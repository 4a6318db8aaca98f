"""The Meldcode as data, and what it says of a trace: protocols, Declare rules as automata, verdicts.

Pure: standard library only, no disk, no clock, no randomness.
"""

from casework.conformance.model import Activity, Consent, Kind, Protocol, Questions, Route, Rule, Severity, Text
from casework.conformance.monitor import Monitor, Report, Verdict, begin, judge, watch
from casework.conformance.protocol import parse
from casework.conformance.routing import routes
from casework.conformance.rules import Truth
from casework.conformance.situation import Age, Circumstance, Danger, Relation, Situation

__all__ = [
    "Activity",
    "Age",
    "Circumstance",
    "Consent",
    "Danger",
    "Kind",
    "Monitor",
    "Protocol",
    "Questions",
    "Relation",
    "Report",
    "Route",
    "Rule",
    "Severity",
    "Situation",
    "Text",
    "Truth",
    "Verdict",
    "begin",
    "judge",
    "parse",
    "routes",
    "watch",
]
