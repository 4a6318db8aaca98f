"""The points that an expert has still to settle, and which of them a case touches."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from casework.conformance.model import Text
from casework.conformance.protocol import Protocol
from casework.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Point:
    """One open question. A case touches it by its protocol, by a source that it names, or by an act that it offers."""

    id: str
    question: Text
    protocols: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    is_always: bool = False


@cache
def points() -> tuple[Point, ...]:
    """Return all open points, in the order in which they are kept."""
    text = resources.files("casework").joinpath("review.toml").read_text("utf-8")
    return tuple(
        Point(
            id=row["id"],
            question=Text(**row["question"]),
            protocols=tuple(row.get("protocols", ())),
            sources=tuple(row.get("sources", ())),
            activities=tuple(row.get("activities", ())),
            is_always=row.get("always", False),
        )
        for row in tomllib.loads(text)["points"]
    )


def touched(scenario: Scenario, protocol: Protocol, known: Iterable[Point]) -> tuple[Point, ...]:
    """Return those of the known points that a case touches."""
    acts = {activity for choice in scenario.choices for activity in choice.activities}
    sources = set(scenario.sources)
    return tuple(
        point
        for point in known
        if point.is_always
        or protocol.id in point.protocols
        or sources & set(point.sources)
        or acts & set(point.activities)
    )
