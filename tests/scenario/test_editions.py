"""Which cells of a translation were held against their original, and which went stale since."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.scenario.examples import a_case, examples

from casework import library, notebook
from casework.scenario.cells import Source
from casework.scenario.diagnostics import Diagnostic
from casework.scenario.editions import MARKS, Standing, digest, marks, standings

SCENE = "## Het kamertje\n\nSam vraagt om een pleister.\n\n1. [U plakt de pleister](#de-gang)\n   > Sam is weg.\n"
ORIGINAL = a_case(SCENE)
OLDER = a_case(SCENE.replace("pleister.", "verband."))
HELD = {cell.id: digest(cell) for cell in ORIGINAL.cells if cell.kind == "markdown"}
LACKING = {
    "edition-stale": HELD | {"het-kamertje": digest(OLDER.cells[1])},
    "edition-unmarked": {cell: mark for cell, mark in HELD.items() if cell != "het-kamertje"},
}


def placed(folder: Path, edition: Source, marked: object) -> Path:
    """Write an original and its translation with these marks; return where the translation is."""
    path = folder / "sam.en.ipynb"
    (folder / "sam.ipynb").write_text(notebook.dump(notebook.document(ORIGINAL)), "utf-8")
    document = notebook.document(edition)
    document["metadata"]["casework"] = {MARKS: marked}
    path.write_text(notebook.dump(document), "utf-8")
    return path


def told(path: Path) -> list[tuple[str, str, int, str]]:
    return [_told(each) for each in library.open_case(path).diagnostics if each.slug.startswith("edition-")]


def _told(each: Diagnostic) -> tuple[str, str, int, str]:
    return each.code, each.slug, each.cell, each.message


@pytest.mark.parametrize("slug", LACKING)
def test_an_edition_whose_mark_does_not_fit_gets_exactly_its_remark(tmp_path: Path, slug: str) -> None:
    example = examples()[slug]
    path = placed(tmp_path, example.source, LACKING[slug])

    assert told(path) == [(example.code, slug, example.cell, example.message)]


def test_an_edition_that_was_held_against_its_original_gets_no_remark(tmp_path: Path) -> None:
    assert told(placed(tmp_path, examples()["edition-stale"].source, HELD)) == []


@pytest.mark.parametrize("marked", [{}, None, [], "x", 3])
def test_where_no_marks_are_kept_nothing_is_said_of_them(tmp_path: Path, marked: object) -> None:
    assert told(placed(tmp_path, examples()["edition-stale"].source, marked)) == []


def test_whatever_changes_in_the_original_makes_its_translation_stale_and_no_other() -> None:
    edition = examples()["edition-stale"].source

    found = standings(edition, OLDER, HELD)

    assert [(held.id, held.title, held.cell, held.standing) for held in found] == [
        ("voorblad", "De pleister", 1, Standing.HELD),
        ("het-kamertje", "Het kamertje", 2, Standing.STALE),
        ("de-gang", "De gang", 3, Standing.HELD),
    ]


def test_a_cell_that_is_not_there_is_missing_even_if_it_has_a_mark() -> None:
    edition = examples()["edition-stale"].source
    smaller = replace(edition, cells=(edition.cells[0], *edition.cells[2:]))

    found = {held.id: (held.cell, held.standing) for held in standings(smaller, ORIGINAL, HELD)}

    assert found["het-kamertje"] == (0, Standing.MISSING)
    assert found["de-gang"] == (2, Standing.HELD)


def test_marks_of_another_shape_are_no_marks() -> None:
    assert marks({MARKS: {"a": 1}}) == {"a": "1"}
    assert marks({MARKS: ["a"]}) == {}
    assert marks({}) == {}
