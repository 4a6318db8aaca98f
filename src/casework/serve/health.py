"""What a supervisor or a balancer asks: whether the process lives, and whether people may be sent here."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tornado.web import RequestHandler

from casework.errors import FolderWithoutScenarios, StoreUnusable
from casework.serve.forking import nursery
from casework.serve.shelf import Shelf
from casework.store import open_store

# Anybody may ask, and each look opens the store: at most one in so many seconds.
FRESH = 2.0
PATIENCE = 5.0  # seconds; a balancer gives up before long
NO_STORE, NO_TEMPLATE, NO_CASE = "the store does not answer", "kernels cannot be forked", "no case can be played"
SLOW = "still looking"


@dataclass(slots=True)
class Readiness:
    """Why nobody is to be sent here; looked up in a thread of its own, once for all who ask at the same time."""

    shelf: Shelf
    store: str
    clock: Callable[[], float] = time.monotonic
    _looking: "asyncio.Task[tuple[str, ...]] | None" = field(default=None, init=False)
    _looked_at: float = field(default=0.0, init=False)

    async def reasons(self, patience: float = PATIENCE) -> tuple[str, ...]:
        """Return the reasons, within so many seconds; none when all is well. They name no place: anybody may ask."""
        is_old = self.clock() - self._looked_at > FRESH
        if self._looking is None or (self._looking.done() and is_old):
            self._looking, self._looked_at = asyncio.create_task(self._look()), self.clock()
        try:
            # A database that is away can hold a look for a minute. Whoever asks next waits for the same one: a new
            # one each time would take all the threads that kernels are forked from.
            return await asyncio.wait_for(asyncio.shield(self._looking), patience)
        except TimeoutError:
            return (SLOW,)

    async def _look(self) -> tuple[str, ...]:
        return await asyncio.to_thread(lambda: tuple(found(self.shelf, self.store)))


def found(shelf: Shelf, store: str) -> Iterator[str]:
    """Yield what is wrong; may take as long as the store takes to answer."""
    try:
        open_store(store).close()
    except StoreUnusable:
        yield NO_STORE
    try:
        # It is started here if it is not up, so that the first visitor does not wait for it.
        if nursery.is_possible():
            nursery.shared().warm()
    except nursery.NoFork:
        yield NO_TEMPLATE
    if not _has_case(shelf):
        yield NO_CASE


def _has_case(shelf: Shelf) -> bool:
    try:
        return any(case.scenario and case.protocol for case in shelf.cases())
    except FolderWithoutScenarios:
        return False


class HealthHandler(RequestHandler):
    """`/healthz`: whoever can answer lives."""

    def get(self) -> None:
        """Answer."""
        self.set_header("Cache-Control", "no-store")
        self.finish({"is_alive": True})

    head = get


class ReadyHandler(RequestHandler):
    """`/readyz`: whether people may be sent here, and why not."""

    def initialize(self, readiness: Readiness) -> None:
        """Keep who knows."""
        self.readiness = readiness

    async def get(self) -> None:
        """Answer with the reasons, and 503 if there are any."""
        reasons = await self.readiness.reasons()
        self.set_header("Cache-Control", "no-store")
        self.set_status(503 if reasons else 200)
        self.finish({"is_ready": not reasons, "reasons": list(reasons)})

    head = get
