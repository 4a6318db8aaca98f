"""Running a notebook for one visitor: its code cells, in a kernel of the visitor's own, and what they showed.

Voilà's own way starts four threads and sockets for each run, and ends them while the whole server waits (a tenth of a
second for each visitor, up to a second when it is busy); this one shares what can be shared, and waits for nothing.
"""

import time
from collections.abc import Iterable
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from casework.serve.shown import Shown, begun, taken

STARTING = 60.0  # seconds for a kernel to say its first word
ASKING = 1.0  # seconds without a word after which it is asked again, or looked after


async def run(kernel: AsyncKernelManager, cells: Iterable[str]) -> Shown:
    """Return what these cells show in this kernel.

    Raises `TimeoutError` if it never says a word, and `ProcessLookupError` if it ends before the last cell has.
    """
    client: AsyncKernelClient = kernel.client(context=zmq.asyncio.Context.instance())
    client.start_channels(stdin=False, hb=False, control=False)
    try:
        await _hear(kernel, client)
        heard = Shown()
        for code in cells:
            heard = await _execute(kernel, client, code, heard)
            if heard.failed:
                break
        return heard
    finally:
        client.stop_channels()


async def _hear(kernel: AsyncKernelManager, client: AsyncKernelClient) -> None:
    """Wait for the first word on the channel on which everything is shown: what was said before it is lost."""
    limit = time.monotonic() + STARTING
    while time.monotonic() < limit:
        client.kernel_info()
        if await _word(kernel, client):
            return
    raise TimeoutError


async def _word(kernel: AsyncKernelManager, client: AsyncKernelClient) -> dict[str, Any] | None:
    """Return the next message that shows something, or nothing after a second without one."""
    try:
        message: dict[str, Any] = await client.get_iopub_msg(timeout=ASKING)
    except Empty:
        # A process that is gone says nothing for ever; the page of its visitor would wait as long.
        if not await kernel.is_alive():
            raise ProcessLookupError("the kernel has ended") from None
        return None
    return message


async def _execute(kernel: AsyncKernelManager, client: AsyncKernelClient, code: str, heard: Shown) -> Shown:
    asked = client.execute(code, store_history=False, allow_stdin=False)
    heard = begun(heard, asked)
    while True:
        message = await _word(kernel, client)
        if message is None or message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return heard
        heard = taken(heard, kind, content)
