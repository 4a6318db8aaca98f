"""Work that is done together: what arrives while one batch is being written goes into the next."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")
# A batch holds a session's row while it is written; a thousand votes at once must not keep the facilitator waiting.
MOST = 250


@dataclass(slots=True)
class Batch(Generic[Asked, Told]):
    """Writes what is put into it on a thread of *pool*: one transaction for all that came together."""

    write: Callable[[Sequence[Asked]], Sequence[Told]]
    pool: Executor
    _waiting: list[tuple[Asked, "asyncio.Future[Told]"]] = field(default_factory=list)
    _writing: "asyncio.Task[None] | None" = None

    async def put(self, one: Asked) -> Told:
        """Return the answer to one of them, which is stored by then. Raises what writing the batch raises."""
        answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._writing is None:
            self._writing = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._settle(batch)
        self._writing = None

    async def _settle(self, batch: list[tuple[Asked, "asyncio.Future[Told]"]]) -> None:
        loop = asyncio.get_running_loop()
        try:
            told = await loop.run_in_executor(self.pool, self.write, [one for one, _ in batch])
        except Exception as error:  # noqa: BLE001 -- whatever it was, those who wait must hear it, and the next be written
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), one in zip(batch, told, strict=True):
            # Whoever asked may have hung up since.
            if not answer.done():
                answer.set_result(one)
