"""Kernels as a client sees them: what they print, with what they fail, and which process they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from tests.browser.waiting import until

from casework.serve.forking import nursery

PATIENCE = 60.0
TEMPLATE = "casework.serve.forking.template"

needs_fork = pytest.mark.skipif(not nursery.is_possible(), reason="kernels are not forked here")


def template(server: int) -> psutil.Process | None:
    """Return the process from which the kernels of a server's process are forked, if there is one."""
    return next((child for child in psutil.Process(server).children() if TEMPLATE in child.cmdline()), None)


@dataclass(frozen=True)
class Kernel:
    """A kernel that runs, with somebody who listens to it."""

    manager: KernelManager
    client: BlockingKernelClient

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.manager.provisioner.pid)

    @property
    def is_forked(self) -> bool:
        """Whether its process is a copy of a template process, as the system sees it."""
        return TEMPLATE in self.process.cmdline()

    def prints(self, code: str) -> str:
        """Return what this code prints."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            said.append(message["content"].get("text", ""))

        answer = self.client.execute_interactive(code, timeout=PATIENCE, output_hook=hear)
        assert answer["content"]["status"] == "ok", answer["content"]
        return "".join(said).strip()

    def begins(self, code: str) -> str:
        """Start this code and return as soon as it runs, with the id of the request."""
        with TemporaryDirectory() as folder:
            mark = Path(folder) / "runs"
            asked = str(self.client.execute(f"open({str(mark)!r}, 'w').close()\n{code}"))
            until(mark.exists, "the code runs")
        return asked

    def answer(self, asked: str) -> dict[str, Any]:
        """Return the answer to a request."""
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked:
                return dict(message["content"])


@contextmanager
def started(**how: Any) -> Iterator[Kernel]:
    """Start a kernel; at the end it is shut down, if it still is there."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(**how)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
