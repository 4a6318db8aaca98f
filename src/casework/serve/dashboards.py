"""The dashboards: which there are, for whom each is, and which of them a visitor may open."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from casework import library, notebook
from casework.scenario.cells import Cell, Source
from casework.words import LANGUAGES

DESK, CARDS = "author", "toolkit"
FOR = "for"


class Role(StrEnum):
    """For whom a dashboard is, in the order of the catalogue; a notebook says it in its metadata, under `casework`."""

    TRAINEE = "trainee"
    FACILITATOR = "facilitator"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the dashboards are, and whether the author's desk is among those that may be opened."""

    path: Path
    has_desk: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard as the catalogue shows it: its address in one word, and what it says of itself."""

    name: str
    role: Role
    title: str
    text: str


def find(folder: Folder, name: str) -> Path | None:
    """Return the notebook of a dashboard, or nothing where there is none or this visitor may not open it."""
    path = folder.path / f"{name}.ipynb"
    # The desk shows a whole story and repairs its file: whoever only plays must not come there by an address.
    return path if path.is_file() and (name != DESK or folder.has_desk) else None


def dashboards(folder: Folder, language: str, roles: Collection[Role]) -> tuple[Dashboard, ...]:
    """Return the dashboards for these roles, by role and then by title; a damaged notebook is left out."""
    found = tuple(each for each in _opened(folder, language) if each.role in roles)
    return tuple(sorted(found, key=lambda each: (tuple(Role).index(each.role), each.title)))


def role(path: Path) -> Role:
    """Return for whom a dashboard is."""
    said = notebook.own_metadata(path).get(FOR)
    # Whoever did not say for whom it is meant the people who lead a group: trainees get what is made for them.
    return Role(said) if said in tuple(Role) else Role.FACILITATOR


def heading(source: Source, language: str) -> tuple[str, str]:
    """Return what a dashboard calls itself in a language, and the first thing that it says; empty where it does not."""
    texts = (cell.text for cell in source.cells if cell.kind == "markdown" and is_spoken(cell, language))
    lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
    title = next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")
    said = next((line for line in lines if not line.startswith("#")), "")
    return title, said.replace("*", "")


def is_spoken(cell: Cell, language: str) -> bool:
    """Whether a cell is for readers of this language: it has that tag, or the tag of none."""
    tagged = [tag for tag in cell.tags if tag in LANGUAGES]
    return not tagged or language in tagged


def _opened(folder: Folder, language: str) -> Iterator[Dashboard]:
    if not folder.path.is_dir():
        return
    for path in library.notebooks(folder.path):
        name = path.stem
        source = notebook.read(path, language, is_checked=True).source if find(folder, name) else None
        if source is not None:
            title, text = heading(source, language)
            yield Dashboard(name, role(path), title or name, text)
