"""The two servers that are compared, each a process of its own, with what it and its kernels use."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
START = 90  # seconds; a busy machine needs twenty
STOP = 20
PAUSE = 0.1
MOST_LINES = 15
OWN = ("CASEWORK_PAGE", "CASEWORK_SCENARIOS", "CASEWORK_EXIT", "CASEWORK_STORE")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to serve a case: a program with its arguments, and where it shows a case."""

    name: str
    title: str
    command: tuple[str, ...]
    path: str

    def address(self, port: int, case: str) -> str:
        """Return where this server shows a case."""
        return f"http://{HOST}:{port}{self.path.format(case=case)}"


CASEWORK = Kind(
    "casework",
    "casework serve",
    ("-m", "casework", "serve", "--no-browser", "--port", "{port}", "--store", "{store}"),
    "/case/{case}",
)
STOCK = Kind(
    "voila",
    "Voilà, stock template",
    ("-m", "voila", "scenarios", "--no-browser", "--port", "{port}", "--Voila.port_retries=0"),
    "/voila/render/{case}.ipynb",
)


@dataclass(frozen=True, slots=True)
class Usage:
    """What processes use now, by process id: bytes of memory (each shared page counted once) and seconds of CPU."""

    memory: dict[int, int]
    cpu: dict[int, float]

    def memory_since(self, before: "Usage") -> int:
        """Return the bytes that came on top; what ended in the meantime counts on neither side."""
        return sum(used - before.memory.get(pid, 0) for pid, used in self.memory.items())

    def cpu_since(self, before: "Usage") -> float:
        """Return the seconds that came on top."""
        return sum(used - before.cpu.get(pid, 0.0) for pid, used in self.cpu.items())


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def processes(self) -> list[psutil.Process]:
        """Return the server and all that it started; nothing once it has ended."""
        try:
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def usage(self) -> Usage:
        """Return what the server and its kernels use now."""
        memory, cpu = {}, {}
        for each in self.processes():
            try:
                times = each.cpu_times()
                memory[each.pid], cpu[each.pid] = _memory(each), times.user + times.system
            except psutil.NoSuchProcess:
                continue
        return Usage(memory, cpu)

    def said(self) -> str:
        """Return the last lines of what the server wrote."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-MOST_LINES:])


@contextmanager
def running(kind: Kind, case: str) -> Iterator[Server]:
    """Serve from a folder that is gone afterwards, as are all processes. Raises `Trouble` if it does not start."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        command = [part.format(port=port, store=folder / "store.sqlite") for part in kind.command]
        with (folder / "server.log").open("wb") as log:
            # In a session of its own, Ctrl+C reaches the benchmark first, which then ends the server in good order.
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=_env(folder), stdout=log, stderr=log, start_new_session=True
            )
        server = Server(kind.address(port, case), process, folder / "server.log")
        try:
            _await(server, f"http://{HOST}:{port}/")
            yield server
        finally:
            _end(server)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def memory_name() -> str:
    """Return the name of what this system can say about memory."""
    return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "USS"


def _memory(process: psutil.Process) -> int:
    used = process.memory_full_info()
    return int(getattr(used, "pss", used.uss))


def _env(folder: Path) -> dict[str, str]:
    """Return an environment in which neither server finds settings of this machine, and both store decisions alike."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    places = {name: str(folder / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    return {**inherited, **places, "TMPDIR": str(folder), "CASEWORK_STORE": str(folder / "store.sqlite")}


def _await(server: Server, address: str) -> None:
    limit = time.monotonic() + START
    while not _answers(address):
        if server.process.poll() is not None:
            raise Trouble(f"the server ended with code {server.process.returncode}", server.said())
        if time.monotonic() > limit:
            raise Trouble(f"the server did not answer within {START} s", server.said())
        time.sleep(PAUSE)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=START) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(server: Server) -> None:
    started = server.processes()
    if server.process.poll() is None:
        server.process.terminate()
    try:
        server.process.wait(STOP)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    # Kernels run in sessions of their own and outlive a server that was killed.
    left = [each for each in started if each.is_running()]
    for each in left:
        each.kill()
    psutil.wait_procs(left, timeout=STOP)
