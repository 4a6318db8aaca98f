"""The only floor with a database: attempts, their decisions and the sentences that were kept."""

from casework.store.database import Record, Store
from casework.store.opening import open_store

__all__ = ["Record", "Store", "open_store"]
