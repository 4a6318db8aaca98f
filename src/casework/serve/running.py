"""Running a notebook for one visitor: its code cells, in a kernel of the visitor's own, and what they showed.

Voilà's own way starts four threads and sockets for each run, and ends them while the whole server waits (a tenth of a
second for each visitor, up to a second when it is busy); this one shares what can be shared, and waits for nothing.
"""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from casework.widgets.mime import WIDGET

ANYWIDGET, OURS = "anywidget", "casework."
TEXT, HTML = "text/plain", "text/html"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
CHANGING = {"clear_output", "update_display_data"}
STARTING = 60.0  # seconds for a kernel to say its first word
ASKING = 1.0  # seconds without a word after which it is asked again, or looked after
SHOWN = {"display_data", "execute_result"}
# Our policy lets no script of a notebook run; a part that needs one would stand there and do nothing.
LIVE = re.compile(r"<(?:script|iframe|object|embed)\b|\son\w+\s*=|javascript:", re.IGNORECASE)

Bundle = Mapping[str, Any]
Bundles = tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A widget as its kernel opened it: the module that draws it, the class it has, and what it knows by now."""

    module: str = ""
    widget: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    has_buffers: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the lean page has the module that draws it."""
        return self.module == ANYWIDGET and self.widget.startswith(OURS) and not self.has_buffers


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook showed: the mime bundles of each code cell in order, and its widgets by id.

    `failed` says that a cell ended in an error; no further one ran. `is_changing`: a cell took back what it had shown.
    """

    bundles: tuple[Bundles, ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict)
    failed: bool = False
    is_changing: bool = False

    @property
    def drawn(self) -> tuple[str, ...]:
        """The models of the widgets that are shown, in order."""
        return tuple(bundle[WIDGET]["model_id"] for cell in self.bundles for bundle in cell if WIDGET in bundle)

    @property
    def player(self) -> str:
        """The model of the first widget that is shown; empty if there is none."""
        return next(iter(self.drawn), "")

    @property
    def state(self) -> dict[str, Any]:
        """What the first widget knows, without what every widget carries along for a notebook."""
        known = self.models.get(self.player, Model()).state
        return {name: value for name, value in known.items() if not name.startswith("_")}

    @property
    def fits(self) -> bool:
        """Whether the lean page can show all of it: one widget of ours at most; text and pictures besides."""
        drawn = [self.models.get(model, Model()) for model in self.drawn]
        can_draw = len(drawn) < 2 and all(model.is_ours for model in drawn)
        return can_draw and not self.is_changing and all(_is_plain(bundle) for cell in self.bundles for bundle in cell)


def _is_plain(bundle: Bundle) -> bool:
    if HTML in bundle:
        return not LIVE.search(bundle[HTML])
    # Where something richer is shown, its text is a stopgap, such as the name of a class.
    return bool(set(bundle) & {WIDGET, *PICTURES}) or set(bundle) == {TEXT}


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
    heard = replace(heard, bundles=(*heard.bundles, ()))
    while True:
        message = await _word(kernel, client)
        if message is None or message["parent_header"].get("msg_id") != asked:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return heard
        heard = _followed(_taken(heard, kind, content), kind, content)


def _taken(heard: Shown, kind: str, content: Mapping[str, Any]) -> Shown:
    """Return what was shown by now, with what this message shows."""
    if kind == "error":
        return replace(heard, failed=True)
    if kind in CHANGING:
        return replace(heard, is_changing=True)
    if kind in SHOWN:
        return _added(heard, content["data"])
    # What goes to the other stream are warnings, to whoever runs the server.
    return _added(heard, {TEXT: content["text"]}) if kind == "stream" and content["name"] == "stdout" else heard


def _added(heard: Shown, bundle: Bundle) -> Shown:
    *before, last = heard.bundles
    return replace(heard, bundles=(*before, (*last, bundle)))


def _followed(heard: Shown, kind: str, content: Mapping[str, Any]) -> Shown:
    """Return what was shown by now, with what this message tells of a widget."""
    said: Mapping[str, Any] = content.get("data") or {}
    known = heard.models
    if kind == "comm_open" and said:
        state = said.get("state", {})
        named = Model(state.get("_model_module", ""), state.get("_anywidget_id", ""))
    elif kind == "comm_msg" and content["comm_id"] in known and said.get("method") == "update":
        named, state = known[content["comm_id"]], said["state"]
    else:
        return heard
    has_buffers = named.has_buffers or bool(said.get("buffer_paths"))
    return replace(
        heard,
        models={**known, content["comm_id"]: replace(named, state={**named.state, **state}, has_buffers=has_buffers)},
    )
