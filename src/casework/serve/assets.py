"""The files that our pages load: each joined, named after its content and packed once, when the server starts.

A name with its content in it can be kept for ever: what changes gets another name, also for an author who edits a
sheet and starts the server again. Packed with gzip and not with brotli: a browser takes brotli over https alone, which
a laptop in a training room does not have, and on what we send it would save three kilobytes.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tornado.web import HTTPError, RequestHandler

from casework.widgets.module import bundled

FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
DIGITS = 12
WORTH = 0.9  # what packing leaves of a file must be less than this share, or it only costs the phone time
_FONT = re.compile(r'url\("(fonts/[\w.]+)"\)')
# A system may know these otherwise, or not at all; a browser refuses a module of another kind.
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it goes over the line: `address` is its name with its content in it; `packed` may be empty."""

    address: str
    kind: str
    plain: bytes
    packed: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All files: by the name that they have on disk (`casework.css`, `fonts/literata.woff2`), and by their address."""

    files: Mapping[str, Asset]
    lasting: Mapping[str, Asset]

    def address(self, name: str, folder: str = "") -> str:
        """Return where a file is asked for, in this *folder*. Raises `KeyError` if there is no such file."""
        return folder + self.files[name].address

    def find(self, asked: str) -> tuple[Asset, str] | None:
        """Return what is asked for, and how long it may be kept: by its own name it is whatever it is by then."""
        if asked in self.lasting:
            return self.lasting[asked], FOR_EVER
        return (self.files[asked], ASK_FIRST) if asked in self.files else None


def gather(folders: Sequence[Path]) -> Assets:
    """Return all files in these folders."""
    press = _Press(folders)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                press.asset(path.relative_to(folder).as_posix())
    return Assets(press.made, {asset.address: asset for asset in press.made.values()})


class Finds(Protocol):
    """Where files are found: those of casework itself, and those that widgets bring along."""

    def find(self, asked: str) -> tuple[Asset, str] | None:
        """Return what is asked for, and how long it may be kept."""


class AssetHandler(RequestHandler):
    """Answers with one file, packed if the browser takes it so."""

    def initialize(self, assets: Finds) -> None:
        """Keep the files."""
        self.assets = assets

    def get(self, name: str) -> None:
        """Answer with the file of this name."""
        found = self.assets.find(name)
        if found is None:
            raise HTTPError(404)
        asset, kept = found
        is_packed = bool(asset.packed) and "gzip" in self.request.headers.get("Accept-Encoding", "")
        self.set_header("Content-Type", asset.kind)
        self.set_header("Cache-Control", kept)
        self.set_header("X-Content-Type-Options", "nosniff")
        # Without this header Tornado packs the answer itself, each time. That it varies by what is taken, Tornado adds.
        self.set_header("Content-Encoding", "gzip" if is_packed else "identity")
        self.tag = f'"{asset.address}{".gz" if is_packed else ""}"'
        self.finish(asset.packed if is_packed else asset.plain)

    def compute_etag(self) -> str | None:
        """Return the name that has the content in it: Tornado would count all bytes again for each request."""
        return getattr(self, "tag", None)


@dataclass(frozen=True, slots=True)
class _Press:
    """Makes the files; one that names another needs that one's address first."""

    folders: Sequence[Path]
    made: dict[str, Asset] = field(default_factory=dict)

    def asset(self, name: str) -> Asset:
        if name not in self.made:
            self.made[name] = packed(name, self._content(name))
        return self.made[name]

    def _content(self, name: str) -> bytes:
        path = next(path for folder in self.folders if (path := folder / name).is_file())
        if path.suffix == ".js":
            return bundled(path.stem, self.folders, lambda other: self.asset(other).address).encode()
        if path.suffix == ".css":
            text = path.read_text(encoding="utf-8")
            return _FONT.sub(lambda found: f'url("{self.asset(found[1]).address}")', text).encode()
        return path.read_bytes()


def named(name: str, content: bytes) -> str:
    """Return the address of a file of this name with this content."""
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:DIGITS]}{path.suffix}"


def packed(name: str, content: bytes) -> Asset:
    """Return a file as it goes over the line."""
    kind = KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    small = gzip.compress(content, 9, mtime=0)
    return Asset(named(name, content), kind, content, small if len(small) < WORTH * len(content) else b"")
