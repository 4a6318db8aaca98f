"""The cases of a folder, compiled once and again when a file changes: an author saves, a trainee reloads."""

from dataclasses import dataclass, field
from pathlib import Path

from casework import library, notebook
from casework.errors import FolderWithoutScenarios
from casework.library import Case

Stamp = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """Notebooks of which something was found out; forgotten again when their file changes."""

    _stamps: dict[Path, Stamp] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        """Mark a notebook as it is now."""
        self._stamps[path] = _stamp(path)

    def has(self, path: Path) -> bool:
        """Whether a notebook was marked as it is now."""
        return self._stamps.get(path) == _stamp(path)


@dataclass(slots=True)
class Shelf:
    """The scenario notebooks in one folder. `full` are the notebooks that showed more than the lean page can."""

    folder: Path
    full: Marked = field(default_factory=Marked)
    _known: dict[Path, tuple[Stamp, Case]] = field(default_factory=dict)
    _codes: dict[Path, tuple[Stamp, tuple[str, ...]]] = field(default_factory=dict)

    def cases(self) -> tuple[Case, ...]:
        """Return all cases, sorted by file name; broken ones too. Raises `FolderWithoutScenarios`."""
        found = tuple(self._open(path) for path in library.notebooks(self.folder))
        if not found:
            raise FolderWithoutScenarios(str(self.folder))
        return found

    def case(self, name: str) -> Case | None:
        """Return the case with this name (its file's name without `.ipynb`), or None."""
        known = {path.name.removesuffix(".ipynb"): path for path in library.notebooks(self.folder)}
        return self._open(known[name]) if name in known else None

    def codes(self, path: Path) -> tuple[str, ...]:
        """Return what the code cells of a notebook say, in order; read again when its file changes."""
        stamp = _stamp(path)
        if path not in self._codes or self._codes[path][0] != stamp:
            found = notebook.read(path, is_checked=True).source
            codes = tuple(cell.text for cell in found.cells if cell.kind == "code") if found else ()
            self._codes[path] = (stamp, codes)
        return self._codes[path][1]

    def _open(self, path: Path) -> Case:
        stamp = _stamp(path)
        if path not in self._known or self._known[path][0] != stamp:
            self._known[path] = (stamp, library.open_case(path))
        return self._known[path][1]


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
