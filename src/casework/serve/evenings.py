"""The workshops that are going on, for the start page: read once for all who open it at the same moment."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from casework import room
from casework.errors import StoreUnusable
from casework.serve.hub import Hub
from casework.store import Card

FRESH = 2.0
PATIENCE = 2.0  # seconds; a start page must not wait for a database that is away


@dataclass(slots=True)
class Evenings:
    """The sessions that are open. A room that opens the start page at once makes one question to the store."""

    hub: Hub
    clock: Callable[[], float] = time.monotonic
    _looking: "asyncio.Task[tuple[Card, ...] | None] | None" = field(default=None, init=False)
    _looked_at: float = field(default=0.0, init=False)

    async def cards(self) -> tuple[Card, ...] | None:
        """Return the sessions that have not ended, the newest first; nothing where the store does not tell in time."""
        is_old = self.clock() - self._looked_at > FRESH
        if self._looking is None or (self._looking.done() and is_old):
            self._looking, self._looked_at = asyncio.create_task(self._look()), self.clock()
        try:
            # Shielded: who gives up must not take the answer from the others.
            return await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE)
        except TimeoutError:
            return None

    async def _look(self) -> tuple[Card, ...] | None:
        try:
            return await self.hub.run(lambda: room.going_on(self.hub.store))
        except StoreUnusable:
            return None
