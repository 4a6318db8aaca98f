"""What stands around the scenes: the two code cells at the end of a notebook, and how they are put right."""

from collections.abc import Iterator
from dataclasses import replace

from casework.scenario.cells import INJECTED, PARAMETERS, Cell, Source, parameters_cell, play_cell, played, renamed
from casework.scenario.diagnostics import Remark, remark
from casework.scenario.repair import mend


def check_ends(source: Source) -> Iterator[Remark]:
    """Yield what is wrong with the code cells of a notebook."""
    parameters = _parameters(source)
    if parameters is None:
        yield remark("missing-parameters-cell", 0)
    playing = _playing(source)
    if playing is None:
        yield remark("missing-play-cell", 0, file=source.file)
    for number, cell in enumerate(source.cells, 1):
        if cell.kind != "code" or not cell.text.strip() or number == parameters or INJECTED in cell.tags:
            continue
        found = played(cell)
        if number != playing or not found.is_alone:
            yield remark("extra-code", number)
        if number == playing and found.name != source.file:
            yield remark("wrong-play-name", number, _line(cell), name=found.name or "", file=source.file)


def mend_source(source: Source) -> Source:
    """Return the notebook with everything repaired that can be repaired without a choice."""
    cells = [replace(cell, text=mend(cell.text).text) if cell.kind == "markdown" else cell for cell in source.cells]
    playing, parameters = _playing(source), _parameters(source)
    if playing is not None and played(cells[playing - 1]).name != source.file:
        cells[playing - 1] = renamed(cells[playing - 1], source.file)
    if parameters is None:
        at = playing - 1 if playing is not None else len(cells)
        cells.insert(at, _with_free_id(parameters_cell(), source))
    if playing is None:
        cells.append(_with_free_id(play_cell(source.file), source))
    return replace(source, cells=tuple(cells))


def _parameters(source: Source) -> int | None:
    return next((number for number, cell in enumerate(source.cells, 1) if PARAMETERS in cell.tags), None)


def _playing(source: Source) -> int | None:
    code = ((number, cell) for number, cell in enumerate(source.cells, 1) if cell.kind == "code")
    return next((number for number, cell in code if played(cell).name is not None), None)


def _with_free_id(cell: Cell, source: Source) -> Cell:
    taken = {each.id for each in source.cells}
    fresh = cell.id
    while fresh in taken:
        fresh += "-2"
    return replace(cell, id=fresh)


def _line(cell: Cell) -> int:
    lines = cell.text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if "play" in line and "import" not in line), 1)
