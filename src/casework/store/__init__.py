"""The only floor with a database: attempts with their decisions and kept sentences, and sessions with their votes."""

from casework.store.cohort import Alike, Cohort, Pair, Polled
from casework.store.database import Beginnings, Played, Record, Store
from casework.store.opening import open_store, ready_store
from casework.store.sessions import Card, Sessions, Solo
from casework.store.watching import Watch

__all__ = [
    "Alike",
    "Beginnings",
    "Card",
    "Cohort",
    "Pair",
    "Played",
    "Polled",
    "Record",
    "Sessions",
    "Solo",
    "Store",
    "Watch",
    "open_store",
    "ready_store",
]
