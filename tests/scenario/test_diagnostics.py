"""Each remark has a broken example, and each example gets exactly its remark."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.scenario.examples import BROKEN, Example, a_case, compiled_remarks, examples

from casework import library, notebook
from casework.conformance.complaints import NOT_UTF8, complaint
from casework.errors import ProtocolInvalid
from casework.scenario.catalogue import CATALOGUE, ROWS
from casework.scenario.cells import Cell
from casework.scenario.compiler import Compiled, compile_scenario
from casework.scenario.diagnostics import Diagnostic, Severity

EXAMPLES = examples()
COMPILED = [example for example in EXAMPLES.values() if not example.file]
ON_DISK = [example for example in EXAMPLES.values() if example.file.endswith(".notebook")]


class Shelf(library.Protocols):
    """The shipped protocols, and one that is broken."""

    def __getitem__(self, protocol_id: str) -> library.Protocol:
        if protocol_id == "kapot":
            raise ProtocolInvalid("kapot", complaint("", NOT_UTF8))
        return super().__getitem__(protocol_id)


def compiled(example: Example, language: str = "nl") -> Compiled:
    return compile_scenario(example.source, Shelf(), language, library.sources())


def expected(example: Example) -> tuple[str, str, int, int, str]:
    return (example.code, example.slug, example.cell, example.line, example.message)


def found(diagnostic: Diagnostic) -> tuple[str, str, int, int, str]:
    said = diagnostic
    return (said.code, said.slug, said.cell, said.line, said.message)


def test_every_remark_has_a_broken_example() -> None:
    assert set(EXAMPLES) == set(CATALOGUE)


def test_codes_and_slugs_are_given_once() -> None:
    assert len({row.code for row in ROWS}) == len(ROWS)
    assert len({row.slug for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.slug)
def test_both_languages_fill_in_the_same_values(row) -> None:
    for both in (row.message, row.hint):
        assert both.nl
        assert both.en
        assert both.nl.count("{") == both.en.count("{")


@pytest.mark.parametrize("example", COMPILED, ids=lambda each: each.slug)
def test_an_example_gets_exactly_its_remark(example: Example) -> None:
    diagnostics = compiled(example).diagnostics

    assert [found(each) for each in diagnostics] == [expected(example)]


@pytest.mark.parametrize("example", COMPILED, ids=lambda each: each.slug)
def test_an_error_and_nothing_else_keeps_a_case_from_playing(example: Example) -> None:
    is_error = CATALOGUE[example.slug].severity is Severity.ERROR

    assert (compiled(example).scenario is None) == is_error


@pytest.mark.parametrize("example", COMPILED, ids=lambda each: each.slug)
def test_the_english_remark_stands_at_the_same_place(example: Example) -> None:
    dutch, english = compiled(example).diagnostics[0], compiled(example, "en").diagnostics[0]

    assert (dutch.code, dutch.cell, dutch.line) == (english.code, english.cell, english.line)
    assert dutch.message != english.message


@pytest.mark.parametrize("example", ON_DISK, ids=lambda each: each.slug)
def test_a_broken_file_gets_exactly_its_remark(example: Example, tmp_path: Path) -> None:
    path = tmp_path / f"{example.slug}.ipynb"
    path.write_bytes((BROKEN / example.file).read_bytes())

    case = library.open_case(path)

    assert [found(each) for each in compiled_remarks(case)] == [expected(example)]


STREET = Cell("de-straat", "markdown", "## De straat\n\n- **Einde:** schade\n\nDe straat is leeg.")
SHORT = "## Het kamertje\n\nSam vraagt om een pleister.\n\n1. [U plakt de pleister](#de-gang)\n   > Sam is weg.\n"
LONG = SHORT + "1. [U wacht](#de-straat)\n   > Sam wacht ook.\n"


@pytest.mark.parametrize(
    ("slug", "scene", "more"),
    [("edition-lacks-scene", LONG, (STREET,)), ("edition-extra-scene", SHORT, ()), ("edition-differs", SHORT, ())],
)
def test_an_edition_is_held_against_its_original(tmp_path: Path, slug: str, scene: str, more: tuple[Cell, ...]) -> None:
    original = a_case(scene)
    original = replace(original, cells=(*original.cells[:3], *more, *original.cells[3:]))
    for name, source in (("sam.ipynb", original), ("sam.en.ipynb", EXAMPLES[slug].source)):
        (tmp_path / name).write_text(notebook.dump(notebook.document(source)), "utf-8")

    case = library.open_case(tmp_path / "sam.en.ipynb")

    assert compiled_remarks(library.open_case(tmp_path / "sam.ipynb")) == ()
    assert [found(each) for each in compiled_remarks(case)] == [expected(EXAMPLES[slug])]


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    example = EXAMPLES["missing-picture"]
    path = tmp_path / "missing-picture.ipynb"
    path.write_text(notebook.dump(notebook.document(example.source)), "utf-8")

    case = library.open_case(path)

    assert [found(each) for each in compiled_remarks(case)] == [expected(example)]
    assert case.scenario is not None


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "too-large.ipynb"
    with path.open("wb") as file:
        file.truncate(60_000_000)

    case = library.open_case(path)

    assert [found(each) for each in compiled_remarks(case)] == [expected(EXAMPLES["too-large"])]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    case = library.open_case(tmp_path / "cannot-read.ipynb")

    assert [found(each) for each in compiled_remarks(case)] == [expected(EXAMPLES["cannot-read"])]


def test_a_file_that_changed_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "sam.ipynb"
    path.write_text(notebook.dump(notebook.document(a_case("## Het kamertje"))), "utf-8")
    read = notebook.read(path)
    path.write_text(notebook.dump(notebook.document(a_case("## Iets anders"))), "utf-8")

    said = notebook.write(read, a_case("## Mijn tekst"))

    assert said is not None
    assert found(said) == expected(EXAMPLES["changed-on-disk"])
    assert "Iets anders" in path.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="folders are closed in another way on Windows")
def test_a_file_that_cannot_be_written_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "sam.ipynb"
    path.write_text(notebook.dump(notebook.document(a_case("## Het kamertje"))), "utf-8")
    read, before = notebook.read(path), path.read_bytes()
    name = "x" * 250
    long = path.with_name(f"{name}.ipynb"[-255:])
    shutil.copyfile(path, long)
    read = notebook.read(long)

    said = notebook.write(read, a_case("## Mijn tekst"))

    assert said is not None
    assert found(said) == expected(EXAMPLES["cannot-write"])
    assert long.read_bytes() == before
