"""IPython's kernel in two halves: what can be made before a fork, and what each kernel needs for itself.

The first half also plays each case of the folder for a few moments, into nothing: what Python touches for the first
time it writes to (specialised bytecode, caches), and what is written to after a fork is no longer shared.
"""

import importlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import zmq
from ipykernel.control import ControlThread
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipywidgets.widgets import widget as registry
from jupyter_client.session import Session, new_id
from tornado import ioloop
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from casework import library, notebook
from casework.errors import StoreUnusable
from casework.serve.forking.messages import READY
from casework.store import ready_store
from casework.widgets.player import Player

LINGER = 250  # ms that a socket may take to send what is left when the kernel ends
# What a kernel would otherwise load for itself, each one anew.
LATER = ("faulthandler", "IPython.core.logger", "tornado.platform.asyncio")
TASTE = 3  # choices to make in each case beforehand


class Nowhere:
    """A socket for what is said before there is anybody to hear it."""

    def send_multipart(self, *_: object, **__: object) -> None:
        """Send nothing."""


class ForkedKernel(IPKernelApp):
    """A kernel application that is prepared once and begun in each fork.

    Left out, beside IPython's kernel as it is spawned: the debugger, the database of what was typed, a thread for
    subshells, and the pipe for what a kernel's own children print.
    """

    # What keeps gaps in memory filled, for as long as the kernel lives.
    filling: tuple[object, ...] = ()
    control_thread: ControlThread
    control_port: int
    iopub_port: int

    @classmethod
    def prepared(cls) -> Self:
        """Return the application with its kernel made, and everything it needs loaded and used."""
        config = Config()
        config.HistoryManager.enabled = False
        config.ForkedKernel.log_level = logging.ERROR
        app: Self = cls.instance(config=config, parent_handle=0, capture_fd_output=False)
        app.prepare()
        return app

    def prepare(self) -> None:
        """Make everything that does not depend on who will use it."""
        for module in LATER:
            importlib.import_module(module)
        super(IPKernelApp, self).initialize([])
        self.init_pdb()
        self.session = Session(parent=self, key=b"nobody")
        self.kernel = IPythonKernel.instance(
            parent=self,
            session=self.session,
            iopub_socket=Nowhere(),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        self.taste()
        self._open_store()

    def begin(self, file: str, tells: int) -> None:
        """Be the kernel of this connection file, until it is told to end.

        Once it listens, it says so in the pipe that `tells`.
        """
        self.connection_file = file
        self._make_session_ours()
        self.init_connection_file()
        self.init_sockets()
        self.write_connection_file()
        self.init_io()
        self.init_signal()
        self._connect()
        self.control_thread.start()
        self.kernel.start()
        os.write(tells, READY)
        os.close(tells)
        ioloop.IOLoop.current().start()
        # It goes on to say that it is idle. At exit the socket for that is closed first, under its hands, and ZeroMQ
        # would end the process with an assertion on somebody's terminal.
        self.control_thread.stop()
        self.control_thread.join()

    def init_control(self, context: zmq.Context[Any]) -> None:
        """Open the channel for interrupts and the end, without those of a debugger and of subshells."""
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = LINGER
        self._apply_curve_server_options(self.control_socket)
        self.control_port = self._bind_socket(self.control_socket, self.control_port)
        self.control_socket.router_handover = 1
        self.control_thread = ControlThread(daemon=True)

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Open the channel on which the kernel speaks."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = LINGER
        # Otherwise only the first who listens is greeted, and a second cannot tell when its line is there.
        self.iopub_socket.xpub_verbose = True
        self._apply_curve_server_options(self.iopub_socket)
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def _make_session_ours(self) -> None:
        # A session drops every message in silence while it takes itself for one of the process before the fork.
        self.session.pid = os.getpid()
        self.session.session = new_id()
        self.session.digest_history = set()
        self.session.message_count = 0

    def _connect(self) -> None:
        """Give the kernel that was made beforehand the sockets of this one."""
        kernel, shell = self.kernel, self.shell
        kernel.session, kernel.iopub_thread, kernel.iopub_socket = self.session, self.iopub_thread, self.iopub_socket
        kernel.stdin_socket, kernel.control_thread = self.stdin_socket, self.control_thread
        kernel.shell_stream = ZMQStream(self.shell_socket)
        kernel.control_stream = ZMQStream(self.control_socket, self.control_thread.io_loop)
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        for each in (shell.displayhook, shell.display_pub):
            each.session, each.pub_socket = self.session, self.iopub_socket
        ports = ("shell", "iopub", "stdin", "hb", "control")
        kernel.record_ports({f"{name}_port": getattr(self, f"{name}_port") for name in ports})
        self.displayhook.get_execution_count = lambda: kernel.execution_count

    def _open_store(self) -> None:
        """Open the store and close it again, so that no kernel need look whether it is up to date."""
        address = os.environ.get("CASEWORK_STORE")
        if address:
            # What is wrong with it each kernel says for itself, where somebody reads it.
            with suppress(StoreUnusable):
                ready_store(address).close()

    def taste(self) -> None:
        """Run the cells of each case and make a few choices, all into nothing, and leave no trace of it."""
        folder = os.environ.get("CASEWORK_SCENARIOS")
        if folder:
            self.run_all(folder)

    def run_all(self, folder: str) -> None:
        """Run the cells of each notebook in a folder into nothing, and let go of what they made."""
        known = set(self.shell.user_ns)
        with _into_nothing(folder):
            for path in library.notebooks(Path(folder)):
                found = notebook.read(path, is_checked=True).source
                for cell in found.cells if found else ():
                    if cell.kind == "code":
                        self.shell.run_cell(cell.text, store_history=False, silent=True)
                for widget in tuple(registry._instances.values()):
                    if isinstance(widget, Player):
                        widget.taste(TASTE)
                registry.Widget.close_all()
        for name in set(self.shell.user_ns) - known:
            del self.shell.user_ns[name]


@contextmanager
def _into_nothing(folder: str) -> Iterator[None]:
    kept, here = os.environ.get("CASEWORK_STORE"), Path.cwd()
    os.environ["CASEWORK_STORE"] = ":memory:"
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        if kept is None:
            del os.environ["CASEWORK_STORE"]
        else:
            os.environ["CASEWORK_STORE"] = kept
