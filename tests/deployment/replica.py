"""Servers over one PostgreSQL, alone or behind a balancer."""

from pathlib import Path

import psutil
from tests.browser.server import HOST, Server
from tests.cases import some
from tests.deployment.nginx import Nginx

NAMES = ("leo", "milan")


class Pooled(Server):
    """`casework serve` over a database that others use too."""

    def __init__(self, folder: Path, store: str, *more: str) -> None:
        super().__init__(folder, some(folder / "scenarios", *NAMES), "--log", "json", *more)
        self.store = store  # type: ignore[assignment]


class Replica(Pooled):
    """One that runs behind nginx; its origin is that of nginx, as for whoever comes to it."""

    nginx: Nginx

    def __init__(self, folder: Path, store: str, name: str) -> None:
        super().__init__(folder, store, "--proxy", HOST)
        self.name = name

    @property
    def origin(self) -> str:
        return self.nginx.origin

    @property
    def lines(self) -> int:
        """How many lines it holds at this moment."""
        held = psutil.Process(self.process.pid).net_connections("tcp")
        return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port == self.port for one in held)
