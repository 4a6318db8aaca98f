"""A real nginx with the very file that the documentation shows: only names, addresses and the certificate are ours."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.browser.server import HOST, free_port
from tests.browser.waiting import until

FILE = Path(__file__).resolve().parents[2] / ".github" / "deployment" / "nginx.conf"
PLACES = ("10.0.0.11:8866", "10.0.0.12:8866")
MISSING = "no {program} was found; install it (Debian: apt install nginx openssl)"
# Around the file, as in the nginx.conf of a system; nothing of it is kept outside our folder.
AROUND = """daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    {temporary}
    include {folder}/casework.conf;
}}
"""
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
CERTIFICATE = (
    *("req", "-x509", "-nodes", "-days", "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
    *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}"),
)


@dataclass
class Nginx:
    """A balancer before two servers on these ports."""

    folder: Path
    ports: tuple[int, int]
    plain: int = field(default_factory=free_port)
    secure: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.secure}"

    @property
    def log(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def start(self) -> None:
        """Start, and return once it listens."""
        certificate, key = self.folder / "fullchain.pem", self.folder / "privkey.pem"
        made = [find("openssl"), *CERTIFICATE, "-out", certificate, "-keyout", key]
        subprocess.run(made, check=True, capture_output=True)
        (self.folder / "casework.conf").write_text(self.filled())
        temporary = "\n    ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in KINDS)
        settings = self.folder / "nginx.conf"
        settings.write_text(AROUND.format(folder=self.folder, temporary=temporary))
        command = [find("nginx"), "-p", self.folder, "-c", settings, "-e", self.folder / "error.log"]
        said = (self.folder / "said.log").open("w")
        with said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said)
        until((self.folder / "pid").exists, f"nginx listens; it says:\n{self.log}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def filled(self) -> str:
        """Return the file of the documentation with our names in it; each must stand there."""
        text = FILE.read_text(encoding="utf-8")
        servers = [f"{HOST}:{port}" for port in self.ports]
        ours = {
            **dict(zip(PLACES, servers, strict=True)),
            **dict(zip(map(re.escape, PLACES), map(re.escape, servers), strict=True)),
            "listen 80;": f"listen {HOST}:{self.plain};",
            "listen 443 ssl;": f"listen {HOST}:{self.secure} ssl;",
            "training.example.org": HOST,
            "/etc/ssl/casework": str(self.folder),
            "/var/log/nginx/casework.log": str(self.folder / "casework.log"),
        }
        for theirs, own in ours.items():
            assert theirs in text
            text = text.replace(theirs, own)
        return text


def find(program: str) -> str:
    """Return where a program is; fails the test with what to install if it is nowhere."""
    # Debian keeps servers where only root looks.
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])
    found = shutil.which(program, path=places)
    if found is None:
        pytest.fail(MISSING.format(program=program), pytrace=False)
    return found
