"""Vega as one file of this server: it comes with vl-convert, is put together when first asked for, and is kept packed.

Its name has in it what it is made of, so that a browser may keep it for ever.
"""

import asyncio
import gzip
import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import version

from tornado.web import HTTPError, RequestHandler

from casework.serve.assets import DIGITS, FOR_EVER, KINDS

SNIPPET = "export { vegaEmbed };"
PACKAGE = "vl-convert-python"
PATTERN = r"casework/static/vega\.[0-9a-f]+\.js"
PATIENCE = 120.0  # seconds; it takes two on a machine that is at rest


def name() -> str:
    """Return the name of the file."""
    made_of = f"{PACKAGE} {version(PACKAGE)} {SNIPPET}"
    return f"vega.{hashlib.sha256(made_of.encode()).hexdigest()[:DIGITS]}.js"


@dataclass(slots=True)
class Bundle:
    """The file, once somebody asked for it; all who ask meanwhile wait for the same one."""

    _making: "asyncio.Task[bytes] | None" = field(default=None, init=False)

    async def packed(self) -> bytes:
        """Return it as gzip. Raises `ChildProcessError` where it cannot be made, and `TimeoutError`."""
        if self._making is None or (self._making.done() and self._making.exception()):
            self._making = asyncio.create_task(self._made())
        # Whoever leaves must not end it for the others.
        return await asyncio.wait_for(asyncio.shield(self._making), PATIENCE)

    async def _made(self) -> bytes:
        # In a process of its own: this one would keep threads and a hundred MB of it. And on a thread: on Windows the
        # loop of the server cannot start a process.
        maker = await asyncio.to_thread(subprocess.run, [sys.executable, "-m", __name__], stdout=subprocess.PIPE)
        if maker.returncode or not maker.stdout:
            raise ChildProcessError(f"Vega could not be put together (code {maker.returncode})")
        made: bytes = maker.stdout
        return made


class VegaHandler(RequestHandler):
    """Answers with Vega."""

    def initialize(self, bundle: Bundle) -> None:
        """Keep the file."""
        self.bundle = bundle

    async def get(self) -> None:
        """Answer with the file, or with 503 where it could not be made: the drawing on the page is complete without."""
        if not self.request.path.endswith(f"/{name()}"):
            raise HTTPError(404)
        try:
            packed = await self.bundle.packed()
        except (ChildProcessError, TimeoutError) as trouble:
            raise HTTPError(503, str(trouble)) from trouble
        is_packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        self.set_header("Content-Type", KINDS[".js"])
        self.set_header("Cache-Control", FOR_EVER)
        self.set_header("X-Content-Type-Options", "nosniff")
        # Without this header Tornado packs the answer itself, each time.
        self.set_header("Content-Encoding", "gzip" if is_packed else "identity")
        self.finish(packed if is_packed else gzip.decompress(packed))


def made() -> bytes:
    """Return Vega with its Lite and its embedding as one module, packed."""
    # Only the process that makes it pays for this.
    import vl_convert  # noqa: PLC0415

    return gzip.compress(vl_convert.javascript_bundle(SNIPPET).encode(), 9, mtime=0)


if __name__ == "__main__":
    sys.stdout.buffer.write(made())
