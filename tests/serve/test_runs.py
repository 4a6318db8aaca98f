"""A notebook's cells in a kernel of the visitor's own, and what comes of them."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from jupyter_client.manager import AsyncKernelManager
from tests.cases import SCENARIOS

from casework.serve.running import ANYWIDGET, WIDGET, Shown, run

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

    return asyncio.run(begin_and_end())


def test_what_cells_show_comes_back_cell_by_cell_with_the_models_of_their_widgets() -> None:
    cells = ["kept = 42", TEXT, "kept", PLAY, "import ipywidgets; ipywidgets.Button()"]

    shown = use(lambda kernel: run(kernel, cells))

    silent, picture, value, player, button = shown.bundles
    models = dict(shown.models)
    assert silent == ()
    assert [set(bundle) for bundle in picture] == [{"text/plain", "image/svg+xml"}]
    assert value == ({"text/plain": "42"},)
    assert shown.player == player[0][WIDGET]["model_id"]
    assert models[shown.player] == ANYWIDGET
    assert models[button[0][WIDGET]["model_id"]] == "@jupyter-widgets/controls"
    assert not shown.failed
    assert not shown.fits


def test_after_a_cell_that_fails_no_further_one_runs() -> None:
    shown = use(lambda kernel: run(kernel, ["1", "raise ValueError('secret')", "3"]))

    assert shown.failed
    assert shown.bundles == (({"text/plain": "1"},), ())


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

    assert shown.bundles[1] == ({"text/plain": "'there'"},)


@pytest.mark.parametrize(
    ("bundles", "models", "fits"),
    [
        ((), (), True),
        (({"text/plain": "x"}, {"image/png": "", "text/html": ""}), (), True),
        ((MODULE,), (("m", ANYWIDGET),), True),
        ((MODULE,), (("m", "@jupyter-widgets/controls"),), False),
        ((MODULE,), (), False),
        ((MODULE, {WIDGET: {"model_id": "n"}}), (("m", ANYWIDGET), ("n", ANYWIDGET)), False),
        (({"application/vnd.vegalite.v5+json": {}},), (), False),
    ],
)
def test_the_lean_page_shows_text_pictures_and_one_anywidget(
    bundles: tuple[dict[str, Any], ...], models: tuple[tuple[str, str], ...], fits: bool
) -> None:
    assert Shown((bundles,), models).fits is fits


def test_what_shows_no_widget_has_no_player() -> None:
    assert Shown((({"text/plain": "x"},),)).player == ""
