"""A notebook's cells in a kernel of the visitor's own, and what comes of them."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import pytest
from jupyter_client.manager import AsyncKernelManager
from tests.browser.waiting import finish
from tests.cases import SCENARIOS

from casework.serve.running import run
from casework.serve.shown import WIDGET, Cell, Output, Shown

TEXT = "from IPython.display import SVG, display; print('not shown'); display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))"
PLAY = "import casework; casework.play('milan.ipynb', decisions=[])"
DYING = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
MODULE = {WIDGET: {"model_id": "m"}}

Use = Callable[[AsyncKernelManager], Awaitable[Shown]]


def use(work: Use) -> Shown:
    """Return what *work* makes of a kernel in the folder of the cases."""

    async def begin_and_end() -> Shown:
        kernel = AsyncKernelManager(kernel_name="python3")
        await kernel.start_kernel(cwd=str(SCENARIOS), env={**os.environ, "CASEWORK_STORE": ":memory:"})
        try:
            return await work(kernel)
        finally:
            await kernel.shutdown_kernel(now=True)

    return finish(begin_and_end())


def test_after_a_cell_that_fails_no_further_one_runs() -> None:
    shown = use(lambda kernel: run(kernel, ["1", "raise ValueError('secret')", "3"]))

    assert shown.failed
    assert [len(cell.outputs) for cell in shown.cells] == [1, 0]
    assert shown.bundles == ({"text/plain": "1"},)


@pytest.mark.parametrize("cells", [[DYING], ["1", DYING, "2"]])
def test_a_kernel_that_dies_while_a_cell_runs_is_told_soon(cells: list[str]) -> None:
    with pytest.raises(ProcessLookupError):
        use(lambda kernel: asyncio.wait_for(run(kernel, cells), 10))


def test_a_kernel_that_is_dead_from_the_start_is_told_soon() -> None:
    async def kill_and_run(kernel: AsyncKernelManager) -> Shown:
        await kernel.signal_kernel(signal.SIGKILL)
        return await asyncio.wait_for(run(kernel, ["1"]), 10)

    with pytest.raises(ProcessLookupError):
        use(kill_and_run)


def test_a_cell_that_takes_long_is_waited_for() -> None:
    shown = use(lambda kernel: run(kernel, ["import time; time.sleep(2.5)", "'there'"]))

    assert shown.bundles == ({"text/plain": "'there'"},)


def test_what_shows_no_widget_has_no_player() -> None:
    assert Shown((Cell("", (Output({"text/plain": "x"}),)),)).player == ""
