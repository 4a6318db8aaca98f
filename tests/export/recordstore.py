"""A learning record store by others, Ralph by France Université Numérique, as a process that a test may kill.

`python -m tests.export.recordstore PORT` runs it; what it took is in a file in the folder that the environment names.
"""

import json
import os
import subprocess
import sys
import urllib.request
from base64 import b64encode
from pathlib import Path
from typing import Any

from tests.browser.server import HOST, free_port
from tests.browser.waiting import until

USER, PASSWORD = "casework", "a secret"
FILE = "statements.jsonl"
ACCOUNT = {"username": USER, "scopes": ["all"], "agent": {"mbox": "mailto:lrs@example.org"}}


class RecordStore:
    """Ralph on a port of its own; what it took stays in *folder*, also when it is killed and started again."""

    def __init__(self, folder: Path) -> None:
        import bcrypt

        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        hashed = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
        (folder / "auth.json").write_text(json.dumps([{**ACCOUNT, "hash": hashed}]))
        (folder / FILE).touch()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/xAPI/"

    def start(self) -> None:
        """Start, and return when it answers."""
        told = {
            "RALPH_APP_DIR": str(self.folder),
            "RALPH_AUTH_FILE": str(self.folder / "auth.json"),
            "RALPH_RUNSERVER_BACKEND": "fs",
            "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(self.folder),
            "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": FILE,
        }
        command = [sys.executable, "-m", "tests.export.recordstore", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            root = Path(__file__).parent.parent.parent
            self.process = subprocess.Popen(command, env={**os.environ, **told}, stdout=log, stderr=log, cwd=root)
        until(self._answers, "the record store answers", 60)

    def stop(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def statements(self) -> list[dict[str, Any]]:
        """Return all that it has, in the order in which they came."""
        return [json.loads(line) for line in (self.folder / FILE).read_text("utf-8").splitlines()]

    def one(self, statement: str) -> dict[str, Any]:
        """Ask it for a statement as any other program would."""
        request = urllib.request.Request(f"{self.address}statements?statementId={statement}")
        request.add_header("Authorization", f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}")
        request.add_header("X-Experience-API-Version", "1.0.3")
        with urllib.request.urlopen(request, timeout=10) as answer:
            found = json.load(answer)
        return found["statements"][0] if "statements" in found else found

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/__lbheartbeat__", timeout=5):
                return True
        except OSError:
            return False


def main() -> None:
    """Run Ralph over a file; without the setting it would take one batch and no second."""
    import uvicorn
    from ralph.backends.data.base import BaseOperationType
    from ralph.backends.data.fs import FSDataBackend

    FSDataBackend.default_operation_type = BaseOperationType.APPEND
    uvicorn.run("ralph.api:app", host=HOST, port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
