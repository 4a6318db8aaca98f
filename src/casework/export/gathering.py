"""From the store to a session's report: what the report is made from, read once."""

from datetime import datetime

from casework import library, room
from casework.conformance.protocol import Protocol
from casework.errors import SessionRunning
from casework.export.report import Gathered, report
from casework.scenario.model import Scenario
from casework.store import Card, Store


def write(store: Store, scenario: Scenario, protocol: Protocol, card: Card) -> str:
    """Return the report of an ended session; raises `SessionRunning` before its end, and `StoreUnusable`."""
    if not card.ended:
        raise SessionRunning(card.id)
    compared = room.compare(store, scenario, card.id)
    gathered = Gathered(
        day=datetime.fromisoformat(card.begun).date(),
        minutes=room.minutes(store, scenario, protocol, card.id),
        bottlenecks=room.bottlenecks(store, scenario, card.id),
        titles=library.source_titles(scenario.language),
        left_out=card.left_out,
        alone=compared.endings,
        under_way=compared.under_way,
        learned=room.learned(store, scenario, card.id),
    )
    return report(scenario, protocol, gathered)
