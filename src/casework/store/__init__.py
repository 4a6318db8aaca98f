"""The only floor with a database: attempts, their decisions and the sentences that were kept."""

from casework.store.database import Beginnings, Played, Record, Store
from casework.store.opening import open_store, ready_store

__all__ = ["Beginnings", "Played", "Record", "Store", "open_store", "ready_store"]
