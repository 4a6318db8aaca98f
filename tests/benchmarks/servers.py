"""The servers that are compared, each a process of its own, with what it and its kernels use."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks import overlay
from tests.benchmarks.kinds import HOST, ROOT, Kind, lay
from tests.benchmarks.trouble import Trouble

resource: Any = None
with suppress(ImportError):  # Windows has no such limits
    import resource

START = 90  # seconds; a busy machine needs twenty
STOP = 20
PAUSE = 0.1
MOST_LINES = 15
MOST_FILES = 65_536
# Settings of a shell from which the benchmark is started; only whether kernels may fork is left to it.
FOREIGN = (
    "CASEWORK_PAGE",
    "CASEWORK_SCENARIOS",
    "CASEWORK_EXIT",
    "CASEWORK_STORE",
    "CASEWORK_LANGUAGE",
    "JUPYTER_DEFAULT_PROVISIONER_NAME",
)
# What Solara would ask other hosts for is beside it, and it has nobody to report to.
ALONE = {"SOLARA_ASSETS_PROXY": "True", "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}


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

    kind: Kind
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
    program = overlay.python() if kind.is_apart else sys.executable
    with tempfile.TemporaryDirectory(prefix="casework-bench-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        notebook = lay(folder, case, imports=kind.imports, has_guests=kind.has_guests)
        command = [part.format(port=port, store=folder / "store.sqlite") for part in kind.command]
        with (folder / "server.log").open("wb") as log:
            # In a session of its own, Ctrl+C reaches the benchmark first, which then ends the server in good order.
            process = subprocess.Popen(
                [program, *command],
                cwd=folder,
                env=_env(folder, notebook),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        server = Server(kind, kind.address(port, case), process, folder / "server.log")
        try:
            _await(server, f"http://{HOST}:{port}/")
            yield server
        finally:
            _end(server)


def open_files() -> None:
    """Let this process and all servers that it starts have as many descriptors as the system allows.

    Each visitor takes a dozen of a server; the usual limit of a login shell would end any of them at eighty visitors.
    """
    if resource is not None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def memory_available() -> float:
    """Return how many MB are still to be had on this machine."""
    return psutil.virtual_memory().available / 1e6


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


def _env(folder: Path, notebook: Path) -> dict[str, str]:
    """Return an environment in which no server finds settings of this machine, and all store decisions alike."""
    inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    places = {name: str(folder / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    # They run in a folder of their own, and must still measure this checkout.
    paths = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    ours = {"PYTHONPATH": paths, "TMPDIR": str(folder), "CASEWORK_STORE": str(folder / "store.sqlite")}
    return {**inherited, **places, **ALONE, **ours, "CASEWORK_BENCH_CASE": str(notebook)}


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
