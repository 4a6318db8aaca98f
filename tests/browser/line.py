"""A line between browser and server that can be cut, as hotel Wi-Fi does it: a TCP proxy on a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from tests.browser.server import HOST
from tests.browser.waiting import PAUSE


class Line:
    """Listens on `port` and passes everything on to the server's port, until it is cut."""

    def __init__(self, target: int) -> None:
        self.target, self.is_up, self.writers = target, True, set[asyncio.StreamWriter]()
        self.severed = set[asyncio.StreamWriter]()
        self.flows = asyncio.Event()
        self.flows.set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.listener = self._run(asyncio.start_server(self._accept, HOST, 0))
        self.port = int(self.listener.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        self.is_up = False
        self._run(self._hang_up())

    def hold(self) -> None:
        """Let nothing through any more, and say so to nobody: what is sent arrives once the line is mended."""
        self.loop.call_soon_threadsafe(self.flows.clear)

    def sever(self) -> None:
        """Let nothing more through the connections there are, as after a change of network; new ones are well."""
        self.severed |= self.writers

    def mend(self) -> None:
        self.is_up = True
        self.loop.call_soon_threadsafe(self.flows.set)

    def close(self) -> None:
        self.cut()
        self._run(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _hang_up(self) -> None:
        for writer in tuple(self.writers):
            writer.transport.abort()

    async def _close(self) -> None:
        self.listener.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # A transport lets go of its socket in the next turn of the loop; one that never comes leaves it open.
        await asyncio.sleep(PAUSE)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.is_up:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self.target)
            self.writers |= {writer, far_writer}
            try:
                await asyncio.gather(self._pass_on(reader, far_writer), self._pass_on(far_reader, writer))
            finally:
                self.writers -= {writer, far_writer}
                far_writer.close()
        finally:
            # Whoever is cut off while the far end is still being reached would be left with an open socket.
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(65536):
                await self.flows.wait()
                if writer not in self.severed:
                    writer.write(chunk)
                    await writer.drain()
        except OSError:
            writer.transport.abort()
        finally:
            writer.close()
