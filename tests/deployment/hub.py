"""A real JupyterHub with the very configuration that the documentation shows: only ports and folders are ours."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
from tests.browser.server import HOST, TOKEN, free_port
from tests.browser.waiting import until
from tests.cases import SCENARIOS

FILE = Path(__file__).resolve().parents[2] / ".github" / "deployment" / "jupyterhub_config.py"
WHO, PASSWORD = "somebody", "known-to-the-test"
PATIENCE = 60.0
# The proxy in Python promises browsers that lines are packed, and then cannot read what is packed. The one for Node
# can; CASEWORK_HUB_PROXY names it where it is installed.
PROXY = (
    os.environ.get("CASEWORK_HUB_PROXY") or "configurable-http-proxy --custom-header Sec-Websocket-Extensions:"
).split()
# What the hub keeps, and where its parts talk to each other; nobody needs an account of this machine.
OWN = """
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.default_url = "/hub/home"
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie"
c.JupyterHub.hub_bind_url = "http://{host}:{hub}"
c.ConfigurableHTTPProxy.api_url = "http://{host}:{proxy}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.ConfigurableHTTPProxy.command = {proxy_command}
"""


@dataclass
class JupyterHub:
    """A hub, its proxy, and casework as its service."""

    folder: Path
    port: int = field(default_factory=free_port)
    service: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def base(self) -> str:
        """Where casework is, with the slash at the end."""
        return f"{self.origin}/services/casework/"

    @property
    def store(self) -> Path:
        return self.folder / "s.sqlite"

    @property
    def log(self) -> str:
        return (self.folder / "hub.log").read_text()

    def start(self) -> None:
        """Start, and return once the service answers through the proxy."""
        settings = self.folder / "jupyterhub_config.py"
        settings.write_text(self.filled())
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with (self.folder / "hub.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", settings],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, "CASEWORK_TOKEN": TOKEN, "PATH": programs},
            )
        until(self._answers, "the service answers", 2 * PATIENCE)

    def stop(self) -> None:
        """Tell the hub to stop; what it started goes with it."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        _, left = psutil.wait_procs(family, timeout=PATIENCE)
        for one in left:
            one.kill()
        assert left == []

    def filled(self) -> str:
        text = FILE.read_text(encoding="utf-8")
        ours = {
            ":8000": f":{self.port}",
            "8866": str(self.service),
            "/opt/casework": str(SCENARIOS.parent),
            "casework.sqlite": str(self.store),
        }
        for theirs, own in ours.items():
            assert theirs in text
            text = text.replace(theirs, own)
        ports = {"hub": free_port(), "proxy": free_port()}
        return text + OWN.format(folder=self.folder, host=HOST, password=PASSWORD, proxy_command=PROXY, **ports)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log
        try:
            return status(self.base + "healthz") == 200
        except OSError:
            return False


def status(address: str) -> int:
    """Return the status of an answer."""
    try:
        with urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code
