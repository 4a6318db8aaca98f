"""The kernel provisioner that Jupyter asks for a kernel: it forks one where that is possible, and spawns elsewhere.

Registered as `casework`; `casework serve` uses it for every kernel, and with the environment variable
`JUPYTER_DEFAULT_PROVISIONER_NAME=casework` papermill or any other program does so.
"""

import asyncio
import os
import sys
from contextlib import suppress
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from casework.serve.forking import nursery
from casework.serve.forking.environment import scrubbed
from casework.serve.forking.kind import Kind, kind
from casework.serve.forking.messages import Request

# The command of IPython's own kernel; another language, or a kernel with options of its own, cannot be forked.
ORDINARY = ("-m", "ipykernel_launcher", "-f")
# What papermill and `casework test` ask for, and a forked kernel has anyway: nothing of what was typed is kept on disk,
# and nothing is said of its own wiring.
GRANTED = {"--HistoryManager.hist_file=:memory:", "--log-level=CRITICAL"}


class ForkingProvisioner(LocalProvisioner):
    """Starts kernels by forking, and by spawning wherever forking fails, with a line in the log."""

    @property
    def is_forked(self) -> bool:
        """Whether the kernel that runs now was forked."""
        return isinstance(self.process, nursery.Child)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel for this command."""
        environment = scrubbed(kwargs.get("env") or os.environ)
        if is_ordinary(cmd) and nursery.is_possible():
            request = Request(cmd[4], str(kwargs.get("cwd") or os.getcwd()), environment)  # noqa: PTH109
            try:
                # A template that must first be started takes a second, in which everybody else would wait.
                child = await asyncio.to_thread(_forked, request)
            except nursery.NoFork as trouble:
                self.log.warning("a kernel could not be forked (%s); starting an ordinary one", trouble)
            else:
                self.process, self.pid, self.pgid = child, child.pid, child.pid
                self.cwd = request.folder
                return self.connection_info
        return await super().launch_kernel(cmd, **{**kwargs, "env": environment})


def _forked(request: Request) -> nursery.Child:
    """Return a kernel for this request. Raises `NoFork`."""
    wanted = kind(request.environment)
    if wanted is not Kind.CASES:
        own = nursery.shared(wanted)
        if own.is_ready():
            # Should it die now, one of the other kind is still a kernel: it loads what it lacks.
            with suppress(nursery.NoFork):
                return own.fork(request)
    return nursery.shared().fork(request)


def is_ordinary(command: list[str]) -> bool:
    """Whether this command starts IPython's kernel with this Python and nothing else."""
    is_ours = len(command) > 4 and command[0] == sys.executable and tuple(command[1:4]) == ORDINARY
    return is_ours and set(command[5:]) <= GRANTED
