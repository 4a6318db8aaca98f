"""The kernels of all visitors and their lines: Jupyter's own, without what each would otherwise make for itself."""

import asyncio
from datetime import timedelta
from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from casework.serve.forking.provisioner import ForkingProvisioner
from casework.serve.seats import Seats

APART = "modules"
ASKING = 1.0  # seconds
GOING_AWAY = 1001  # what a websocket says of a server that stops (RFC 6455, 7.4.1)
AWAY = 60.0  # seconds after which a page without a line no longer keeps its seat from others


class Kernels(AsyncMappingKernelManager):
    """The kernels of this server, by id; each gives its visitor's seat back when it goes, however it goes."""

    seats: Seats

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self.seats.leave(kernel_id)
        return super().remove_kernel(kernel_id)

    async def make_room(self) -> None:
        """End the kernels whose pages have been away for a while: who comes back resumes in a new one."""
        limit = utcnow() - timedelta(seconds=AWAY)
        for kernel_id, kernel in tuple(self._kernels.items()):
            is_away = not self._kernel_connections.get(kernel_id) and kernel.last_activity < limit
            if is_away and kernel.execution_state == "idle":
                await self.shutdown_kernel(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        # Its process is gone; its sockets are files, and would stay.
        kernel = self._kernels.get(kernel_id)
        super()._handle_kernel_died(kernel_id)
        if kernel is not None:
            kernel.cleanup_connection_file()
            kernel.cleanup_ipc_files()


class Line(ZMQChannelsWebsocketConnection):
    """A browser's line to its kernel."""

    _listens_anew = False

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        # A page that says so takes the modules of widgets as files: in Jupyter's way each widget brings its own again.
        if self.subprotocol and self.websocket_handler.get_query_argument(APART, ""):
            msg_list = self.websocket_handler.settings["casework_modules"].lighten(msg_list)
        super()._on_zmq_reply(stream, msg_list)

    @classmethod
    def hang_up_all(cls) -> None:
        """End the lines of all browsers, because this server stops: they look for their kernel elsewhere at once."""
        for line in tuple(cls._open_sockets):
            line.websocket_handler.close(GOING_AWAY)

    def create_stream(self) -> None:
        """Begin to listen to the kernel."""
        self._listens_anew = True
        super().create_stream()

    def nudge(self) -> "asyncio.Future[None]":
        """Return a future that is done once the kernel's words reach this line.

        Jupyter asks each kernel for its details, on two more sockets. A forked one greets whoever begins to listen,
        which is all that has to be known; should a greeting get lost, it is asked after all. While a browser was away,
        Jupyter listened in its place: there is no greeting then, and nothing to wait for.
        """
        provisioner = getattr(self.kernel_manager, "provisioner", None)
        if not isinstance(provisioner, ForkingProvisioner) or not provisioner.is_forked:
            asked: asyncio.Future[None] = super().nudge()
            return asked
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[None] = loop.create_future()
        if not self._listens_anew:
            heard.set_result(None)
            return heard
        iopub = self.channels["iopub"]

        def hear(_: object) -> None:
            if not heard.done():
                iopub.stop_on_recv()
                heard.set_result(None)

        def ask() -> None:
            if not heard.done() and not iopub.closed():
                self.session.send(self.channels["control"], "kernel_info_request")
                loop.call_later(ASKING, ask)

        iopub.on_recv(hear)
        loop.call_later(ASKING, ask)
        return heard
