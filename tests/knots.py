"""A store with bottlenecks of several workshops in it, some of them weighed, and with playings of a case."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from casework.play.bottleneck import Bottleneck, Weight
from casework.play.network import ON, Meeting, Move, News, Receiver, Status, What
from casework.play.workshop import Act, Event
from casework.store import Card, Store, open_store
from tests.cases import setting
from tests.export.stores import played, put

PEOPLE = tuple(f"p{number}" for number in range(8))
WORKSHOPS = {
    "milan": (
        ("Niemand weet wie in onze regio de zorgcoördinator is", "Een lijst met functies per regio", 3),
        ("Geen tijd om te overleggen voordat de dienst voorbij is", "Een vast moment in het rooster", 2),
        ("Bij een jongere van zestien is onduidelijk wie er mag tekenen", "", 3),
    ),
    "leo": (
        ("We weten niet bij wie een zorg over een werkgever hoort", "Een kaart met de routes", 3),
        ("Overleggen met een collega past niet in de planning", "", 1),
    ),
    "een-oude-casus": (("De tolk is vaak iemand uit de eigen gemeenschap", "Een tolk aan de telefoon", 2),),
}
TABLES = (
    "news",
    "ties",
    "clusters",
    "weights",
    "bottlenecks",
    "participants",
    "events",
    "sessions",
    "decisions",
    "attempts",
)
CLUSTER = "wie-is-waar"


def workshop(store: Store, name: str, day: int = 1, people: tuple[str, ...] = PEOPLE) -> None:
    """Let a workshop hand in what stands in its way, weigh it and end."""
    session, at = f"workshop-{name}", f"2026-03-{day:02d}T19:00:00+00:00"
    store.sessions.open(Card(session, name.upper(), name, "1", "nl", (), 30, at))
    store.sessions.admit(session, people)
    for number, (text, wish, weight) in enumerate(WORKSHOPS[name]):
        one = Bottleneck(f"{name}-{number}", session, text, wish, at)
        store.sessions.hand_in(one)
        for place, each in enumerate(people):
            store.sessions.weigh(session, Weight(one.id, each, 1, max(0, weight - place % 2)))
    store.sessions.do(session, Event(1, Act.END, at=at), 0)


def playing(store: Store, name: str = "milan", count: int = 40) -> None:
    """Let a case be played so many times, by chance."""
    chance = random.Random(7)
    for _ in range(count):
        put(store, name, played(setting(name).scenario, chance, "2026-02-01T09:00:00+00:00"))


def in_memory() -> Store:
    """Return an empty store that lasts until it is closed."""
    return open_store(":memory:")


def empty(path: Path) -> None:
    """Take everything out of a store."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")


def filled(path: Path) -> Path:
    """Return a store with three workshops and forty playings, in which nobody has clustered anything yet."""
    with closing(open_store(str(path))) as store:
        for day, name in enumerate(WORKSHOPS, 1):
            workshop(store, name, day)
        playing(store)
    return path


def moves() -> tuple[Move, ...]:
    """Return what makes a cluster of two texts that was passed on and is on the agenda."""
    passed = News(1, Status.PASSED_ON, "2026-03-05", Receiver.MUNICIPALITY)
    return (
        Move(What.TITLE, CLUSTER, "", "Wie is waar in de regio?"),
        Move(What.PLACE, "milan-0", "", CLUSTER),
        Move(What.PLACE, "leo-0", "", CLUSTER),
        Move(What.QUESTION, CLUSTER, "", "Wie houdt in onze regio bij wie de zorgcoördinator is?"),
        Move(What.WEIGHT, CLUSTER, "", "3"),
        Move(What.MEETING, CLUSTER, "", Meeting.NEXT),
        Move(What.STEP, CLUSTER, "", ON, "2"),
        Move(What.RULE, CLUSTER, "", ON, "consulted"),
        Move(What.RECEIVER, CLUSTER, "", ON, Receiver.MUNICIPALITY),
        Move(What.STATUS, CLUSTER, "", passed.text, "1"),
    )


def clustered(path: Path) -> Path:
    """Return the same store with one cluster in it."""
    with closing(open_store(str(filled(path)))) as store:
        for move in moves():
            assert store.network.change(move, "2026-03-05T09:00:00+00:00")
    return path
