"""Running a notebook for one visitor: its code cells, in a kernel of the visitor's own, and what they showed.

Voilà's own way starts four threads and sockets for each run, and ends them while the whole server waits (a tenth of a
second for each visitor, up to a second when it is busy); this one shares what can be shared, and waits for nothing.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

WIDGET = "application/vnd.jupyter.widget-view+json"
ANYWIDGET = "anywidget"
OURS = {WIDGET, "application/vnd.casework.module+json"}
PLAIN = {"text/plain", "text/html", "image/svg+xml", "image/png", "image/jpeg"}
STARTING = 60.0  # seconds for a kernel to say its first word
ASKING = 1.0  # seconds without a word after which it is asked again, or looked after
SHOWN = {"display_data", "execute_result"}


Bundles = tuple[dict[str, Any], ...]
Models = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook showed: the mime bundles of each code cell in order, and the models of its widgets by id.

    A model is the name of the module that draws it. `failed` says that a cell ended in an error; no further one ran.
    """

    bundles: tuple[Bundles, ...] = ()
    models: Models = ()
    failed: bool = False

    @property
    def player(self) -> str:
        """The model of the first widget that is shown; empty if there is none."""
        shown = (bundle[WIDGET]["model_id"] for cell in self.bundles for bundle in cell if WIDGET in bundle)
        return str(next(shown, ""))

    @property
    def fits(self) -> bool:
        """Whether the lean page can show all of it: one anywidget at most; text and pictures besides."""
        bundles = [bundle for cell in self.bundles for bundle in cell]
        drawn = [bundle[WIDGET]["model_id"] for bundle in bundles if WIDGET in bundle]
        modules = dict(self.models)
        can_draw = len(drawn) < 2 and all(modules.get(model) == ANYWIDGET for model in drawn)
        return can_draw and all(set(bundle) & (OURS | PLAIN) for bundle in bundles)


async def run(kernel: AsyncKernelManager, cells: Iterable[str]) -> Shown:
    """Return what these cells show in this kernel.

    Raises `TimeoutError` if it never says a word, and `ProcessLookupError` if it ends before the last cell has.
    """
    client: AsyncKernelClient = kernel.client(context=zmq.asyncio.Context.instance())
    client.start_channels(stdin=False, hb=False, control=False)
    try:
        await _hear(kernel, client)
        bundles: list[Bundles] = []
        models: list[tuple[str, str]] = []
        for code in cells:
            shown, found, failed = await _execute(kernel, client, code)
            bundles.append(shown)
            models.extend(found)
            if failed:
                return Shown(tuple(bundles), tuple(models), failed=True)
        return Shown(tuple(bundles), tuple(models))
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


async def _execute(kernel: AsyncKernelManager, client: AsyncKernelClient, code: str) -> tuple[Bundles, Models, bool]:
    asked = client.execute(code, store_history=False, allow_stdin=False)
    shown: list[dict[str, Any]] = []
    models: list[tuple[str, str]] = []
    failed = False
    while True:
        message = await _word(kernel, client)
        if message is None or message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind in SHOWN:
            shown.append(content["data"])
        elif kind == "comm_open":
            models.append((content["comm_id"], content["data"].get("state", {}).get("_model_module", "")))
        elif kind == "error":
            failed = True
        elif kind == "status" and content["execution_state"] == "idle":
            return tuple(shown), tuple(models), failed
