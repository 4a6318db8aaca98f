"""The server's side of the template process: it is started when it is first needed, and again when it has died."""

import atexit
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from functools import cache
from typing import Any

from casework.serve import memory
from casework.serve.forking import messages
from casework.serve.forking.environment import scrubbed
from casework.serve.forking.kind import ALONE, Kind
from casework.serve.forking.messages import Request

STARTING = 60.0  # seconds that a template may take to load everything, on a machine that is busy
ANSWERING = 15.0  # seconds that one fork may take
PAUSE = 60.0  # seconds to leave forking alone after it has failed twice in a row
FOR_EVER = 0.0
# Seconds without a kernel after which a template gives its memory back: somebody may come to play at any time.
IDLE = {Kind.CASES: FOR_EVER, Kind.DASHBOARDS: 900.0}
ROOM = 600 * 1024 * 1024  # bytes that must be free for a further template, and what draws for it
LOG = logging.getLogger(__name__)


class NoFork(Exception):
    """A kernel could not be forked; it says why. An ordinary one can still be started."""


class Child:
    """A forked kernel, in the terms of `subprocess.Popen`.

    Its parent is the template process, so its exit code is not ours to see; `poll` and `wait` tell that it ended. All
    goes through a handle of the process itself: a number may belong to another process by the time it is used.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle

    def poll(self) -> int | None:
        """Return nothing while it runs, and 0 once it has ended."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return 0 once it has ended; raises `subprocess.TimeoutExpired` after so many seconds."""
        ended = self._look(None if timeout is None else int(timeout * 1000))
        if ended is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return ended

    def send_signal(self, number: int) -> None:
        """Send a signal; nothing happens to one that has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _look(self, milliseconds: int | None) -> int | None:
        if self.returncode is None:
            watch = select.poll()
            watch.register(self._handle, select.POLLIN)
            if watch.poll(milliseconds):
                self.returncode = 0
                os.close(self._handle)
        return self.returncode


class Nursery:
    """Kernels by forking, for the process that owns it; they end when it does. Threads may share one."""

    def __init__(self, kind: Kind = Kind.CASES) -> None:
        self._kind = kind
        self._lock = threading.Lock()
        self._template: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._life = -1
        self._is_warm = self._is_closing = False
        self._starting = threading.Thread()
        self._failures = 0
        self._rests_until = 0.0

    @property
    def pid(self) -> int | None:
        """The process id of the template, once there is one."""
        return self._template.pid if self._template else None

    def warm(self) -> None:
        """Start the template now, before anybody waits for it. Raises `NoFork`."""
        with self._lock:
            self._begin()

    def is_ready(self) -> bool:
        """Whether a kernel can be forked without waiting.

        Where it cannot, the template is started meanwhile, if the machine has the memory for it.
        """
        # Not under the lock: whoever asks while another kernel is forked would be told that there is no template.
        if self._is_up():
            return True
        free = memory.free()
        if not self._starting.is_alive() and (free is None or free > ROOM):
            self._starting = threading.Thread(target=self._start_meanwhile, daemon=True)
            self._starting.start()
        return False

    def fork(self, request: Request) -> Child:
        """Return a new kernel that listens on all its sockets. Raises `NoFork`.

        A client that connects before that tries again a while later, socket by socket, and may so miss an output.
        """
        child, word = self._forked(request)
        with word, suppress(OSError):
            word.settimeout(ANSWERING)
            word.send(messages.GO)
            if word.recv(len(messages.READY)) == messages.READY:
                return child
        child.kill()
        # Without this wait its handle would stay open, and its process might.
        child.wait()
        raise NoFork("the kernel did not come up")

    def _forked(self, request: Request) -> tuple[Child, socket.socket]:
        with self._lock:
            try:
                return self._ask(request)
            except OSError as trouble:
                # It was there for the last kernel, and died since: a new one may well live.
                LOG.warning("the template process is gone (%s); starting another", trouble)
                self._end()
            try:
                return self._ask(request)
            except OSError as trouble:
                self._end()
                raise NoFork(str(trouble)) from trouble

    def close(self) -> None:
        """End the template; the kernels end with this process, or when they are told."""
        template, self._is_closing = self._template, True
        if template is not None and not self._is_warm:
            # Whoever stops the server must not wait until it has loaded everything.
            template.kill()
        with self._lock:
            self._end()
        if self._starting.is_alive():
            self._starting.join()
        self._is_closing = False

    def _ask(self, request: Request) -> tuple[Child, socket.socket]:
        """Return a child, and the line on which it waits to be told to go on, and says that it listens.

        A template may die between a fork and its answer. A child that nobody knows of hears nothing, and ends before it
        has taken the sockets of the one that is forked in its place.
        """
        line = self._begin()
        line.settimeout(ANSWERING)
        ours, theirs = socket.socketpair()
        with theirs, ExitStack() as undo:
            undo.enter_context(ours)
            socket.send_fds(line, [messages.pack(request)], [theirs.fileno()])
            answer, handles, _, _ = socket.recv_fds(line, messages.LARGEST, 1)
            if not answer:
                raise ConnectionResetError("it ended without an answer")
            if not handles:
                raise NoFork(answer.decode())
            undo.pop_all()
        return Child(int(answer), handles[0]), ours

    def _start_meanwhile(self) -> None:
        try:
            with self._lock:
                if not self._is_closing:
                    self._begin()
        except NoFork as trouble:
            if not self._is_closing:
                LOG.warning("no template for %s (%s); their kernels load everything themselves", self._kind, trouble)

    def _is_up(self) -> bool:
        template = self._template
        return self._is_warm and template is not None and template.poll() is None

    def _begin(self) -> socket.socket:
        if self._line is not None and self._is_up():
            return self._line
        if not is_possible():
            raise NoFork("this system cannot fork kernels")
        if time.monotonic() < self._rests_until:
            raise NoFork("it failed a moment ago")
        self._end()
        try:
            return self._start()
        except (OSError, NoFork) as trouble:
            self._end()
            self._failures += 1
            if self._failures > 1:
                self._rests_until = time.monotonic() + PAUSE
            raise NoFork(str(trouble)) from trouble

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if self._life < 0:
            self._lifeline, self._life = os.pipe()
        command = [sys.executable, "-m", "casework.serve.forking.template"]
        command += [str(theirs.fileno()), str(self._lifeline), self._kind, str(IDLE[self._kind])]
        self._line = ours
        self._template = subprocess.Popen(  # noqa: S603
            command,
            pass_fds=(theirs.fileno(), self._lifeline),
            stdin=subprocess.DEVNULL,
            env={**scrubbed(os.environ), **(ALONE if self._kind is Kind.DASHBOARDS else {})},
            # A Ctrl+C at the terminal is for the server, which then ends its kernels one by one.
            start_new_session=True,
        )
        theirs.close()
        ours.settimeout(STARTING)
        if ours.recv(len(messages.READY)) != messages.READY:
            raise NoFork("the template process did not come up")
        self._failures, self._is_warm = 0, True
        return ours

    def _end(self) -> None:
        self._is_warm = False
        if self._line is not None:
            self._line.close()
        if self._template is not None:
            # It leaves by itself when its line closes; one that hangs must not stay.
            try:
                self._template.wait(1)
            except subprocess.TimeoutExpired:
                self._template.kill()
                self._template.wait()
        self._line = self._template = None


def shared(kind: Kind = Kind.CASES) -> Nursery:
    """Return the nursery of this process for kernels of this kind."""
    return _shared(kind)


@cache
def _shared(kind: Kind) -> Nursery:
    nursery = Nursery(kind)
    atexit.register(nursery.close)
    return nursery


def is_possible() -> bool:
    """Whether this system can fork kernels: Linux can; it is switched off with `CASEWORK_FORK=off`."""
    wanted: Any = os.environ.get("CASEWORK_FORK", "")
    return wanted != "off" and sys.platform == "linux" and hasattr(os, "pidfd_open")
