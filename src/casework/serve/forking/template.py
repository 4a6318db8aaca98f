"""The template process: it loads and uses once all that its kernels need, then forks one for each request.

It has one thread and no event loop, and opens no socket of ZeroMQ: what cannot be carried over a fork does not exist
when one happens. It ends when its line to the server closes; its kernels live on until their lifeline does, so that a
template that is killed takes nobody along.
"""

import atexit
import fcntl
import gc
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

# Jupyter's debugger alone takes 10 MB in each kernel, and nobody debugs a trainee's.
sys.modules["debugpy"] = None  # type: ignore[assignment]

from casework.serve.forking import holes, immortal, merging, messages
from casework.serve.forking.kernel import ForkedKernel
from casework.serve.forking.kind import Kind
from casework.serve.forking.messages import Request

FAILED, NOBODY = 1, -1


def main(line: socket.socket, lifeline: int, kind: Kind, idle: float | None) -> None:
    """Serve requests until the line closes, or nobody has asked for so long; in a forked child, be its kernel."""
    is_allowed = merging.allow()
    app = _application(kind).prepared()
    # What is there now stays: the collector would touch every object of it, and each touched page is copied.
    gc.collect()
    immortal.made()
    app.filling = holes.filled()
    gc.freeze()
    if not is_allowed:
        merging.allow_present()
    bell = _bell()
    with suppress(OSError):
        line.send(messages.READY)
        wanted = _serve(line, bell, idle)
        if wanted is not None:
            line.close()
            _be(app, *wanted, lifeline)


def _application(kind: Kind) -> type[ForkedKernel]:
    if kind is Kind.CASES:
        return ForkedKernel
    # Whoever plays must not pay for what dashboards are drawn with.
    from casework.serve.forking.dashboards import DashboardKernel  # noqa: PLC0415

    return DashboardKernel


def _serve(line: socket.socket, bell: int, idle: float | None) -> tuple[Request, int] | None:
    """Return in each child with its request, and in the template with nothing, once nobody asks any more.

    With each request comes a descriptor, on which the child is told to go on, and says that it listens.
    """
    watched: list[Any] = [line, bell]
    kernels: set[int] = set()
    while True:
        ready, _, _ = select.select(watched, [], [], idle)
        # While one of its kernels lives it stays, to reap it: no system promises that anybody else would.
        if not ready and not kernels:
            return None
        if bell in ready:
            os.read(bell, 512)
            kernels -= _reaped()
        if line in ready:
            packet, handles, _, _ = socket.recv_fds(line, messages.LARGEST, 1)
            if not packet:
                return None
            pid = _fork(line)
            if pid == 0:
                return messages.unpack(packet), handles[0]
            kernels |= {pid} - {NOBODY}
            os.close(handles[0])


def _fork(line: socket.socket) -> int:
    """Fork, and say so over the line; return the process id of the child, and 0 in it."""
    try:
        pid = os.fork()
    except OSError as trouble:
        line.send(str(trouble).encode())
        return NOBODY
    if pid:
        handle = os.pidfd_open(pid)
        socket.send_fds(line, [str(pid).encode()], [handle])
        os.close(handle)
    return pid


def _be(app: ForkedKernel, request: Request, tells: int, lifeline: int) -> None:
    """Be the kernel that was asked for, and end with it."""
    code = FAILED
    try:
        os.setsid()
        _end_with(lifeline)
        if os.read(tells, len(messages.GO)) != messages.GO:
            os._exit(FAILED)  # without the farewells of a kernel: its files are those of the one that took its place
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _take(request.environment)
        os.chdir(request.folder)
        app.begin(request.file, tells)
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else FAILED
    except BaseException:  # noqa: BLE001
        traceback.print_exc(file=sys.__stderr__)
    finally:
        # Taking a whole interpreter apart would touch, and so copy, everything it shares with the others.
        atexit._run_exitfuncs()
        os._exit(code)


def _take(environment: dict[str, str]) -> None:
    # Most of it is as it was: to write all of it anew would copy the pages it stands on.
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    for name, value in environment.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _end_with(lifeline: int) -> None:
    """Have the system end this kernel, with all that it started, once its owner is gone and the lifeline breaks.

    A thread that watches would wait for a cell that never lets go of Python's lock; nobody else would end it then.
    """
    # Whom to signal belongs to an opened file, and the one from before the fork is shared with every other kernel.
    own = os.open(f"/proc/self/fd/{lifeline}", os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(own, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(own, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(own, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    if select.select([own], [], [], 0)[0]:
        raise SystemExit(FAILED)  # it broke just before


def _bell() -> int:
    """Return a descriptor that can be read whenever a child has ended."""
    heard, rings = os.pipe()
    os.set_blocking(rings, False)
    signal.set_wakeup_fd(rings, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return heard


def _reaped() -> set[int]:
    """Return the process ids of the children that have ended; nothing of them is left then."""
    ended = set()
    with suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.add(pid)
    return ended


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), Kind(sys.argv[3]), float(sys.argv[4]) or None)
