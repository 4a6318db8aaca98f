"""JupyterLab as a process that a test may kill, on a folder of its own, and without a word to anybody outside."""

import http.client
import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
from tests.browser.server import HOST, free_port
from tests.browser.waiting import until

# Without these, JupyterLab asks its user about news, and asks other hosts whether it is the newest.
QUIET = (
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
NEWS = ("@jupyterlab/apputils-extension/notification.jupyterlab-settings", '{"fetchNews": "false"}')


class Lab:
    """`jupyter lab` on a folder; what it keeps for its user goes into another."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        self.port = free_port()
        self.log = home / "lab.log"

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start, and return when it answers."""
        command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={self.port}"]
        where = [f"--ServerApp.root_dir={self.folder}", f"--ServerApp.ip={HOST}"]
        own = {f"JUPYTER_{part}": str(self.home / part.lower()) for part in ("CONFIG_DIR", "RUNTIME_DIR")}
        own |= {"JUPYTERLAB_SETTINGS_DIR": str(self.home / "s"), "JUPYTERLAB_WORKSPACES_DIR": str(self.home / "w")}
        settings = self.home / "s" / NEWS[0]
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(NEWS[1])
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *QUIET, *where], stdout=log, stderr=log, env={**os.environ, **own}, cwd=self.folder
            )
        until(self._answers, f"JupyterLab answers; it says:\n{self.log.read_text()}", 90)

    def stop(self) -> None:
        """End it, and leave no kernel behind."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for child in children:
            if child.is_running():
                child.kill()
        psutil.wait_procs(children, timeout=10)

    def save(self, name: str, notebook: dict[str, Any]) -> None:
        """Save a notebook as JupyterLab's own page does: through its contents service."""
        body = json.dumps({"type": "notebook", "format": "json", "content": notebook})
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=60)) as connection:
            connection.request("PUT", f"/api/contents/{name}", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            assert answer.status in {200, 201}, answer.read()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            with closing(http.client.HTTPConnection(HOST, self.port, timeout=10)) as connection:
                connection.request("GET", "/api/status")
                return connection.getresponse().status == 200
        except OSError:
            return False
