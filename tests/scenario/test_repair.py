"""What is forgiven can be repaired, no word is lost, and a second repair changes nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.examples import SCENE, a_case, examples

from casework import library
from casework.scenario.cells import Cell, Source
from casework.scenario.compiler import compile_scenario
from casework.scenario.ends import mend_source
from casework.scenario.repair import mend

ROWS = [
    ("1. [U wacht](#y)\n> Stil.", "1. [U wacht](#y)\n   > Stil."),
    ("1. [U wacht](#y)\n\n> Stil.\n> Heel stil.", "1. [U wacht](#y)\n\n   > Stil.\n   > Heel stil."),
    ("1. [U wacht](#y)\n > Stil.", "1. [U wacht](#y)\n   > Stil."),
    ("1. [U wacht](#y)\n        > Stil.", "1. [U wacht](#y)\n   > Stil."),
    ("10. [U wacht](#y)\n   > Stil.", "10. [U wacht](#y)\n    > Stil."),
    ("1. [U wacht] (#y)", "1. [U wacht](#y)"),
    ("1. [U wacht](#de lege kruk)", "1. [U wacht](#de-lege-kruk)"),
    ("1. [U wacht](de-kruk)", "1. [U wacht](#de-kruk)"),
    ("1. [U wacht](# de kruk (2))", "1. [U wacht](#de-kruk-(2))"),
    ("- [U wacht](#y)\n  > Stil.", "1. [U wacht](#y)\n   > Stil."),
    ("* [U wacht](#y)\n> Stil.", "1. [U wacht](#y)\n   > Stil."),
    ("1) [U wacht](#y)\n2) [U gaat](#z)", "1. [U wacht](#y)\n2. [U gaat](#z)"),
    ("1.[U wacht](#y)", "1. [U wacht](#y)"),
    ("Wat doet u?\n2. [U wacht](#y)", "Wat doet u?\n1. [U wacht](#y)"),
    ("1. [U wacht](#y) `als vertrouwen>=2`", "1. [U wacht](#y) `als vertrouwen >= 2`"),
    ("1. [U wacht](#y)\n   `Eenmalig`", "1. [U wacht](#y)\n   `eenmalig`"),
    ("- **signaal:** een wond `w`", "- **Signaal:** een wond `w`"),
    ("- **EINDE**: goed", "- **Einde**: goed"),
]
NOTE = "> **Begeleider:** Vraag door."
ROWS += [
    (f"1. [U wacht](#y)\n> Stil.\n{NOTE}", f"1. [U wacht](#y)\n   > Stil.\n{NOTE}"),
    (f"1. [U wacht](#y)\n   > Stil.\n{NOTE}", f"1. [U wacht](#y)\n   > Stil.\n{NOTE}"),
    (f"1. [U wacht](#y)\n{NOTE}\n> Meer.", f"1. [U wacht](#y)\n{NOTE}\n> Meer."),
]
RIGHT = [
    SCENE,
    "## X\n\nMelk:\n\n- melk\n- [x] gedaan",
    "## X\n\n- [CoMensha](https://example.org)",
    "## X\n\n> Beste Sam,\n\n1. [U wacht](#y)\n   > Stil.\n\n> **Begeleider:** Lees voor.",
    "## X\n\n1. [U wacht](#y)\n> **Begleider:** Lees voor.",
    "## X\n\n1. [U wacht](#y)\n   > Stil.\n\n> Voor wie is dit?",
    "```\n- [x](#y)\n```",
    '1. [U wacht](#y "titel")',
    "1. [U wacht](<#de lege kruk>)",
    "1. [U zegt `Ja`](#y)",
]
LINES = st.one_of(
    st.sampled_from([line for row in ROWS for part in row for line in part.split("\n")]),
    st.sampled_from(SCENE.split("\n")),
    st.sampled_from(["", " ", ">", "   >", "- ", "1. ", "2) [", "```", "\t> tekst", "- **duur:** 3", "# Titel"]),
    st.text(max_size=30),
)
CELLS = st.lists(LINES, max_size=14).map("\n".join)
MARKER = re.compile(r"^\s*(?:\d{1,9}[.)]|[-*+])\s*(?=\[)", re.MULTILINE)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", MARKER.sub("", text).casefold())


@pytest.mark.parametrize(("before", "after"), ROWS)
def test_repairs(before: str, after: str) -> None:
    assert mend(before).text == after


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_unclear_is_left_alone(text: str) -> None:
    assert mend(text).text == text
    assert mend(text).fixes == ()


@given(CELLS)
@settings(max_examples=300, deadline=None)
def test_a_repair_keeps_every_word_on_its_line(text: str) -> None:
    before, after = text.split("\n"), mend(text).text.split("\n")

    assert [words(line) for line in after] == [words(line) for line in before]


@given(CELLS)
@settings(max_examples=300, deadline=None)
def test_a_second_repair_finds_nothing(text: str) -> None:
    once = mend(text).text

    assert mend(once).text == once
    assert mend(once).fixes == ()


MENDED = [
    "unindented-consequence",
    "malformed-link",
    "choice-as-bullet",
    "choice-number",
    "code-spelling",
    "keyword-spelling",
    "missing-parameters-cell",
    "missing-play-cell",
    "wrong-play-name",
]


@pytest.mark.parametrize("slug", MENDED)
def test_after_repair_the_remark_is_gone(slug: str) -> None:
    mended = mend_source(examples()[slug].source)

    assert compile_scenario(mended, library.Protocols()).diagnostics == ()
    assert mend_source(mended) == mended


@pytest.mark.parametrize("slug", MENDED[:6])
def test_a_forgiven_case_plays_as_the_repaired_one(slug: str) -> None:
    source = examples()[slug].source

    forgiven = compile_scenario(source, library.Protocols()).scenario
    mended = compile_scenario(mend_source(source), library.Protocols()).scenario

    assert forgiven is not None
    assert forgiven == mended


def test_new_cells_get_ids_that_are_free() -> None:
    source = Source("sam.ipynb", (Cell("parameters", "markdown", "# X"), Cell("spelen", "markdown", "## Y")))

    ids = [cell.id for cell in mend_source(source).cells]

    assert len(set(ids)) == 4


def test_the_parameters_stand_before_the_cell_that_plays() -> None:
    source = a_case(SCENE)
    without = Source(source.file, tuple(cell for cell in source.cells if cell.id != "parameters"))

    assert mend_source(without) == source
