"""The easel: one process that draws the charts of all kernels, and remembers what it drew.

A kernel that draws for itself takes half a second and 70 MB before its first chart, and has threads from then on. Where
there is no easel, as in JupyterLab, a chart is drawn by whoever asks.
"""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

Specification = Mapping[str, Any]

PATIENCE = 20.0  # seconds to wait for a drawing before one draws it oneself
IDLE = 60.0  # seconds
KEPT = 256  # drawings, of some ten kB each
CHUNK = 1 << 16
ASKED = b"draw"

_easel: list[tuple[socket.socket, "subprocess.Popen[bytes]"]] = []


def set_up(idle: float = IDLE) -> None:
    """Start the process that draws for this one and for all that are forked from it; it ends with the last of them.

    After so many seconds without a question it gives its memory back.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", __name__, str(theirs.fileno()), str(idle)],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            # A Ctrl+C at the terminal is for the server.
            start_new_session=True,
        )
    _easel[:] = [(ours, process)]


def draw(specification: Specification, version: str) -> str:
    """Return a chart in this version of Vega-Lite as SVG; raises `ValueError` where it is none."""
    wanted = json.dumps([version, specification], separators=(",", ":"))
    for line, _ in _easel:
        with suppress(OSError):
            return _asked(line, wanted)
    return _drawn(wanted)


def main(line: socket.socket, idle: float) -> None:
    """Draw for whoever asks, until nobody is left who could; begin anew, small, after so many seconds of rest."""
    while True:
        ready, _, _ = select.select([line], [], [], idle)
        if not ready:
            _rest(line)
            continue
        asked, handles, _, _ = socket.recv_fds(line, len(ASKED), 1)
        if not asked:
            return
        for handle in handles:
            with socket.socket(fileno=handle) as who, suppress(OSError, ValueError):
                who.settimeout(PATIENCE)
                who.sendall(_drawn(_heard(who)).encode())


def _asked(easel: socket.socket, wanted: str) -> str:
    """Return what the easel drew, over a line of one's own. Raises `OSError` where it did not draw."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            socket.send_fds(easel, [ASKED], [theirs.fileno()])
        ours.settimeout(PATIENCE)
        ours.sendall(wanted.encode())
        ours.shutdown(socket.SHUT_WR)
        drawn = _heard(ours)
    if not drawn:
        raise ConnectionError("the easel did not draw")
    return drawn


def _heard(line: socket.socket) -> str:
    return b"".join(iter(lambda: line.recv(CHUNK), b"")).decode()


@lru_cache(KEPT)
def _drawn(wanted: str) -> str:
    # Only whoever draws pays for the memory of it.
    import vl_convert  # noqa: PLC0415

    version, specification = json.loads(wanted)
    drawn: str = vl_convert.vegalite_to_svg(specification, vl_version=version, allowed_base_urls=[])
    return drawn


def _rest(line: socket.socket) -> None:
    if "vl_convert" in sys.modules:
        line.set_inheritable(True)
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), float(sys.argv[2]))
