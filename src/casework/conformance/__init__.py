"""The Meldcode as data, and what it says of a trace: protocols, Declare rules as automata, verdicts.

Pure: standard library only, no disk, no clock, no randomness.
"""

from casework.conformance.model import Activity, Kind, Protocol, Questions, Rule, Severity, Text
from casework.conformance.monitor import Monitor, Report, Verdict, begin, judge, watch
from casework.conformance.protocol import parse
from casework.conformance.rules import Truth

__all__ = [
    "Activity",
    "Kind",
    "Monitor",
    "Protocol",
    "Questions",
    "Report",
    "Rule",
    "Severity",
    "Text",
    "Truth",
    "Verdict",
    "begin",
    "judge",
    "parse",
    "watch",
]
