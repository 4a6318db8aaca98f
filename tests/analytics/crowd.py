"""Stores in which many have played, made for tests, and what a page of insight says of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.cases import SCENARIOS, setting

from casework.analytics.asking import Asking
from casework.analytics.charts import WIDE
from casework.analytics.insight import Insight
from casework.analytics.shelf import Shelf
from casework.play.attempt import Decision
from casework.store import Record, Store

RUNNING = "2026-07"
MAY = "2026-05-04T10:00:00+00:00"


def people(store: Store, road: Sequence[str], count: int, *, name: str = "milan", **told: Any) -> list[str]:
    """Let so many people take a road; return the ids of their attempts."""
    begun, scenario = told.pop("begun", MAY), setting(name).scenario
    made = [Decision(number, choice, begun) for number, choice in enumerate(road, 1)]
    version = told.pop("version", scenario.version)
    ids = [str(hash((name, begun, version, *road, *told.items(), number))) for number in range(count)]
    for one in ids:
        store.begin(Record(one, name, version, "nl", begun, **told), made)
    return ids


def page(store: Store, *messages: dict[str, Any], folder: Path = SCENARIOS, language: str = "nl") -> dict[str, Any]:
    """Return the page after these messages, without its drawings."""
    asking = Asking(Insight(store, Shelf(folder), RUNNING), language, ())
    view, _ = asking({})
    for message in messages:
        view, _ = asking({"kind": "ask", **message})
    return view


def drawn(store: Store, part: str) -> dict[str, Any]:
    """Return a part of the page with its charts."""
    asking = Asking(Insight(store, Shelf(SCENARIOS), RUNNING), "nl", (WIDE,))
    return asking({"kind": "ask", "case": "milan", "part": part})[0]
