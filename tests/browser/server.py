"""casework's own server as a process that a test may kill, with the store that its trainees write to."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
from tests.browser.waiting import until
from tests.cases import SCENARIOS, setting

from casework.play.attempt import Attempt, Decision
from casework.scenario.model import ChoiceId
from casework.session import new_id
from casework.store import Record, Store, open_store

HOST = "127.0.0.1"
KERNEL = re.compile(r"kernel-([0-9a-f-]{36})(?:\.json|-ipc-\d+)$")
# Chosen for tests; it is in the environment and not in the command, as the page for hosts says.
TOKEN = "only-for-the-tests"
LONG_AGO = "2026-01-01T09:00:00+00:00"


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: str


class Server:
    """`casework serve` on a port of its own, with a store in *folder*."""

    def __init__(self, folder: Path, scenarios: Path = SCENARIOS, *more: str) -> None:
        self.folder, self.scenarios, self.more = folder, scenarios, more
        self.port = free_port()
        self.store = folder / "s.sqlite"
        self.log = folder / "server.log"

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def link(self) -> str:
        """The address that makes a browser that of who leads the group."""
        return f"{self.origin}/enter?token={TOKEN}"

    def start(self) -> None:
        """Start, and return when it answers; also after `kill`, on the same port and with the same store."""
        command = [sys.executable, "-m", "casework", "serve", "--no-browser", "--port", str(self.port)]
        where = ["--store", str(self.store), "--scenarios", str(self.scenarios), "--exit", "/en"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *where, *self.more],
                stdout=log,
                stderr=log,
                cwd=SCENARIOS.parent,
                env={**os.environ, "CASEWORK_TOKEN": TOKEN},
            )
        until(self._answers, f"the server answers; it says:\n{self.log.read_text()}", 60)

    def wait_for_kernels(self, wanted: set[str]) -> None:
        """Return once exactly these kernels run."""
        until(lambda: set(self.kernels()) == wanted, f"these kernels and no others: {wanted}")

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.get("/nl").status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        orphans = self.children()
        self.process.kill()
        self.process.wait()
        _end(orphans)

    def stop(self) -> None:
        """End it as Ctrl-C would, and leave no kernel behind."""
        children = self.children()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        _end(children)

    def children(self) -> list[psutil.Process]:
        if self.process.poll() is not None:
            return []
        return psutil.Process(self.process.pid).children(recursive=True)

    def kernels(self) -> dict[str, int]:
        """Return the kernels that run: their ids, each with its process."""
        return {kernel: child.pid for child in self.children() if (kernel := _kernel_of(child))}

    def get(self, path: str) -> Answer:
        """Ask for a path exactly as it is written."""
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=60)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())

    def put(self, name: str, attempt: Attempt) -> str:
        """Write the decisions and kept sentences of an attempt to the store; return the id that it has there."""
        scenario = setting(name).scenario
        record = Record(new_id(), name, scenario.version, scenario.language, LONG_AGO)
        with closing(self.opened()) as store:
            store.begin(record, [Decision(one.number, one.choice, LONG_AGO) for one in attempt.decisions], attempt.kept)
        return record.id

    def road(self, attempt: str) -> tuple[ChoiceId, ...]:
        """Return the choices that the store has of an attempt, in order."""
        with closing(self.opened()) as store:
            return tuple(decision.choice for decision in store.decisions(attempt))

    def opened(self) -> Store:
        return open_store(str(self.store))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def kill(pid: int) -> None:
    """End a process that one of our servers started as the system does when memory is full."""
    os.kill(pid, signal.SIGKILL)


def _kernel_of(process: psutil.Process) -> str:
    """Return the id of the kernel that runs in a process: it stands in its command, or in the names of its sockets."""
    try:
        words = [*process.cmdline(), *(str(line.laddr) for line in process.net_connections("unix"))]
    except psutil.Error:
        return ""
    return next((found[1] for word in words if (found := KERNEL.search(word))), "")


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        if process.is_running():
            process.kill()
    psutil.wait_procs(processes, timeout=10)
