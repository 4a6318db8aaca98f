"""What stood in a file at an earlier commit. git is asked, never told to change anything; without it there is none."""

import shutil
import subprocess
from pathlib import Path

LAST = "HEAD"
PROTOCOLS = ".toml"
PATIENCE = 30.0


def committed(path: Path, revision: str = LAST) -> bytes | None:
    """Return a file as it was committed; None without git or a repository, or where this revision has no such file."""
    # One that looks like an option would be taken for one; an empty one means what is staged.
    if not revision or revision.startswith("-"):
        return None
    return _git(path.parent, "cat-file", "blob", f"{revision}:./{path.name}")


def unpack(path: Path, revision: str, folder: Path) -> Path | None:
    """Write a notebook and the protocols beside it, as they were committed, into *folder*; return where it is now.

    A case is more than its own bytes: its protocol may stand beside it, and must be of the same day. The file keeps its
    name, which the case's own name is taken from. Returns None as `committed` does.
    """
    content = committed(path, revision)
    if content is None:
        return None
    target = folder / path.name
    target.write_bytes(content)
    for name in _beside(path.parent, revision):
        (folder / name).write_bytes(committed(path.with_name(name), revision) or b"")
    return target


def _beside(folder: Path, revision: str) -> tuple[str, ...]:
    listed = _git(folder, "ls-tree", "-z", "--name-only", revision, "./") or b""
    names = (Path(name).name for name in listed.decode("utf-8", "surrogateescape").split("\0"))
    return tuple(name for name in names if name.endswith(PROTOCOLS) and not name.startswith("."))


def _git(folder: Path, *arguments: str) -> bytes | None:
    program = shutil.which("git")
    if program is None or not folder.is_dir():
        return None
    try:
        asked = [program, "-C", str(folder), *arguments]
        return subprocess.run(asked, capture_output=True, check=True, timeout=PATIENCE).stdout  # noqa: S603 -- no shell
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
