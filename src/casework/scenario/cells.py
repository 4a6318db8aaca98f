"""The cells of a notebook as values, and what its code cells say."""

import ast
import re
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["markdown", "code", "raw"]
PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_PLAYED = re.compile(r"(\bplay\(\s*)([\"'])(?:(?!\2).)*\2")
_EDITION = re.compile(r"\.(nl|en)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook.

    `shows` names what it showed when it was last run and only the full page can show; it is no part of the cell's own.
    """

    id: str
    kind: Kind
    text: str
    tags: tuple[str, ...] = ()
    shows: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A notebook as text: `file` is the name that remarks show, such as `leo.ipynb`."""

    file: str
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The name of the case: that of the file, the same for each of its languages."""
        return _EDITION.sub("", self.file.removesuffix(".ipynb"))


@dataclass(frozen=True, slots=True)
class Played:
    """What a code cell does: the name in `casework.play("...")`, if any, and whether it does anything else."""

    name: str | None
    is_alone: bool


def played(cell: Cell) -> Played:
    """Return what a code cell plays. Nothing is run: the text is read."""
    try:
        body = ast.parse(cell.text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Played(None, is_alone=False)
    calls = [name for statement in body if (name := _name(statement)) is not None]
    others = [each for each in body if _name(each) is None and not isinstance(each, ast.Import | ast.ImportFrom)]
    return Played(calls[0] if calls else None, is_alone=not others and len(calls) <= 1)


def parameters_cell() -> Cell:
    """Return the cell into which a test puts decisions."""
    return Cell("parameters", "code", "decisions = []", (PARAMETERS,))


def play_cell(file: str) -> Cell:
    """Return the cell that plays the case."""
    return Cell("spelen", "code", f'import casework\n\ncasework.play("{file}", decisions=decisions)')


def renamed(cell: Cell, file: str) -> Cell:
    """Return a playing cell with the name of its own file."""
    return replace(cell, text=_PLAYED.sub(lambda match: f'{match[1]}"{file}"', cell.text, count=1))


def _name(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(ast.Call(func=ast.Attribute(attr="play"), args=[ast.Constant(value=str(name)), *_])):
            return name
        case ast.Expr(ast.Call(func=ast.Name(id="play"), args=[ast.Constant(value=str(name)), *_])):
            return name
    return None
