"""A case as its author has it on disk: read, looked at again when the file changes, and put right."""

from dataclasses import dataclass, replace
from pathlib import Path

from casework import drawing, library, notebook
from casework.conformance.model import Protocol
from casework.drawing import Chart
from casework.errors import CaseworkError
from casework.library import Case
from casework.notebook import Notebook
from casework.play.explore import Graph, explore
from casework.scenario.cells import Cell, Source
from casework.scenario.cover import cover
from casework.scenario.diagnostics import Diagnostic
from casework.scenario.drafts import draft
from casework.scenario.ends import mend_source
from casework.widgets.view import Setting

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What the desk knows of a notebook: its text, what was compiled of it, and all states if it can be played."""

    path: Path
    language: str
    stamp: Stamp
    found: Notebook
    case: Case
    graph: Graph | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the notebook; none where it cannot be read."""
        return self.found.source.cells if self.found.source else ()

    def line(self, said: Diagnostic) -> str:
        """Return the line that a remark is about, as it stands; nothing for a remark about more than a line."""
        if not 0 < said.cell <= len(self.cells):
            return ""
        lines = self.cells[said.cell - 1].text.split("\n")
        return lines[said.line - 1] if 0 < said.line <= len(lines) else ""


def read(path: Path, language: str) -> Manuscript:
    """Return a notebook as it is now; a file that is gone or half saved is a remark, as everywhere."""
    # The stamp first: what is saved while we read is then read again, and never taken for what we have.
    seen = stamp(path)
    found, case = notebook.read(path, language), library.open_case(path, language)
    graph = explore(case.scenario) if case.scenario else None
    return Manuscript(path, language, seen, found, case, graph)


def stamp(path: Path) -> Stamp:
    """Return what changes when the case is saved: time and size of its notebooks and of the protocols beside it."""
    stem = path.name.split(".")[0]
    files = (*path.parent.glob(f"{stem}*.ipynb"), *path.parent.glob("*.toml"))
    return tuple(sorted(each for file in files if (each := _stamped(file))))


def repaired(manuscript: Manuscript) -> Source | None:
    """Return the notebook with all repairs that need no choice, or None where there are none."""
    source = manuscript.found.source
    if source is None:
        return None
    mended = mend_source(source)
    return mended if mended != source or manuscript.found.diagnostics else None


def rewritten(manuscript: Manuscript, said: Diagnostic, line: str) -> Source | None:
    """Return the notebook with the line that a remark is about replaced; None where there is no such line."""
    source = manuscript.found.source
    if source is None or not manuscript.line(said):
        return None
    cell = source.cells[said.cell - 1]
    lines = cell.text.split("\n")
    lines[said.line - 1] = line
    cells = list(source.cells)
    cells[said.cell - 1] = replace(cell, text="\n".join(lines))
    return replace(source, cells=tuple(cells))


def chart(manuscript: Manuscript) -> Chart | None:
    """Return what can be drawn of the case; None where there is no scene to draw."""
    case, source = manuscript.case, manuscript.found.source
    if case.scenario is not None and case.protocol is not None:
        return drawing.chart(case.scenario, case.protocol, case.diagnostics)
    drawn = drawing.sketch(source, _protocol(manuscript.path, source), case.diagnostics) if source else None
    return drawn if drawn and drawn.nodes else None


def title(manuscript: Manuscript) -> str:
    """Return what the case is called, or its file where it has no title yet."""
    drawn = chart(manuscript)
    return drawn.title if drawn else manuscript.path.name


def setting(manuscript: Manuscript) -> Setting | None:
    """Return what it takes to play the case, or None where it has errors."""
    case = manuscript.case
    if case.scenario is None or case.protocol is None:
        return None
    return Setting(case.scenario, case.protocol, library.source_titles(case.scenario.language), library.pictures(case))


def _protocol(path: Path, source: Source) -> Protocol | None:
    case = draft(source).case
    if case is None:
        return None
    try:
        return library.Protocols(path.parent)[cover(case).protocol]
    except (CaseworkError, LookupError):
        # That the protocol is not sound stands among the remarks; the scenes can be drawn without their steps.
        return None


def _stamped(file: Path) -> tuple[str, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return file.name, found.st_mtime_ns, found.st_size
