"""Where a case's claims come from: sources listed, named, dated, and what an expert has still to settle."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NAMES, SCENARIOS
from tests.scenario.examples import SCENE, Example, a_case, compiled_remarks, examples

from casework import library, notebook, review
from casework.cli import main
from casework.scenario.cells import Source
from casework.scenario.sources import is_older

EXAMPLES = examples()
DATED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def put(folder: Path, source: Source) -> Path:
    path = folder / source.file
    path.write_text(notebook.dump(notebook.document(source)), "utf-8")
    return path


def slugs(folder: Path, note: str, bronnen: str) -> list[str]:
    source = a_case(SCENE.replace("Lees de scène voor.", note), Bronnen=bronnen)
    (folder / "kruk.svg").write_text("<svg/>")
    return [each.slug for each in compiled_remarks(library.open_case(put(folder, source)))]


@pytest.mark.parametrize("entry", library.sources().values(), ids=lambda entry: entry.id)
def test_a_source_says_what_it_carries_in_both_languages(entry: library.SourceEntry) -> None:
    assert entry.carries.nl
    assert entry.carries.en
    assert entry.carries.nl != entry.carries.en
    assert "\n" not in entry.carries.nl
    assert len(entry.carries.nl) <= 80
    assert not entry.dated or DATED.fullmatch(entry.dated)


def test_every_source_of_a_protocol_and_of_an_open_point_is_listed() -> None:
    known = set(library.sources())
    protocols = library.Protocols()

    ruled = {source for each in protocols for rule in protocols[each].rules for source in rule.source}
    asked = {source for point in review.points() for source in point.sources}
    assert ruled <= known
    assert asked <= known


@pytest.mark.parametrize(
    ("note", "bronnen", "said"),
    [
        ("Lees voor (S6).", "S6", []),
        ("Lees voor (S6, S8).", "S8, S6", []),
        ("Lees voor (S6; S8).", "S6; S8", []),
        ("Lees voor (zie ook S6).", "S6", []),
        ("Lees voor (Z1).", "Z1", []),
        ("Lees voor, zoals S6 zegt.", "S6", ["unused-source"]),
        ("Lees voor (S60).", "S6", ["unused-source", "uncited-source"]),
        ("Lees voor (S6) en wacht (S8).", "S6", ["uncited-source"]),
        ("Lees voor (in kamer S6b).", "S6", ["unused-source"]),
        ("Lees voor.", "S999", ["unknown-source"]),
    ],
)
def test_what_is_listed_is_named_and_what_is_named_is_listed(
    note: str, bronnen: str, said: list[str], tmp_path: Path
) -> None:
    assert slugs(tmp_path, note, bronnen) == said


def test_a_source_that_is_not_listed_is_shown_at_its_own_line(tmp_path: Path) -> None:
    source = a_case(
        SCENE.replace("Lees de scène voor.", "Lees voor.\n> Wacht even.\n> Vraag dan door (S8)."), Bronnen="S6"
    )
    (tmp_path / "kruk.svg").write_text("<svg/>")

    found = compiled_remarks(library.open_case(put(tmp_path, source)))

    assert [(each.slug, each.cell, each.line) for each in found] == [("unused-source", 1, 8), ("uncited-source", 2, 16)]


def test_a_source_may_be_named_in_the_introduction(tmp_path: Path) -> None:
    source = a_case(SCENE.replace('- **Beeld:** kruk.svg "Een lege kruk"\n', ""), Bronnen="S6")
    cells = source.cells
    first = cells[0].text.replace("verzonnen.", "verzonnen. De stappen zijn een hulpmiddel (S6).")
    written = Source(source.file, (type(cells[0])(cells[0].id, "markdown", first), *cells[1:]))

    assert compiled_remarks(library.open_case(put(tmp_path, written))) == ()


def test_a_case_without_a_list_of_sources_may_not_name_one(tmp_path: Path) -> None:
    source = a_case(SCENE.replace("Lees de scène voor.", "Lees voor (S6)."))
    (tmp_path / "kruk.svg").write_text("<svg/>")

    (said,) = compiled_remarks(library.open_case(put(tmp_path, source)))

    assert (said.slug, said.cell, said.line) == ("uncited-source", 2, 14)


def expected(example: Example) -> tuple[str, str, int, int, str]:
    return (example.code, example.slug, example.cell, example.line, example.message)


def test_an_old_source_is_named_when_asked(tmp_path: Path) -> None:
    example = EXAMPLES["old-source"]
    case = library.open_case(put(tmp_path, example.source))

    (said,) = library.old_sources(case, "2020-01-01")

    assert (said.code, said.slug, said.cell, said.line, said.message) == expected(example)
    assert library.old_sources(case, "2019-12-31") == ()
    assert compiled_remarks(case) == ()
    assert library.old_sources(case, "2020-01-01", "en")[0].message.startswith("Source S28 is of 2019")


def test_an_open_point_is_named_when_asked(tmp_path: Path) -> None:
    example = EXAMPLES["open-point"]
    case = library.open_case(put(tmp_path, example.source))

    said = library.open_points(case)

    assert case.scenario is not None
    assert case.protocol is not None
    assert len(said) == len(review.touched(case.scenario, case.protocol, review.points()))
    assert expected(example) in [(each.code, each.slug, each.cell, each.line, each.message) for each in said]
    assert compiled_remarks(case) == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_case_that_comes_with_casework_lists_what_it_names(name: str) -> None:
    case = library.open_case(SCENARIOS / f"{name}.ipynb", is_checked=True)

    assert [str(each) for each in case.diagnostics if each.slug.endswith("-source")] == []


@pytest.mark.parametrize(
    ("dated", "before", "is_it"),
    [
        ("2018", "2019-01-01", True),
        ("2018", "2018-12-31", False),
        ("2019", "2019-06-01", False),
        ("2019-05", "2019-06-01", True),
        ("2019-05", "2019-05-31", False),
        ("2019-05-30", "2019-05-31", True),
        ("2019-05-31", "2019-05-31", False),
    ],
)
def test_a_source_is_old_when_its_last_possible_day_is_past(dated: str, before: str, *, is_it: bool) -> None:
    assert is_older(dated, before) is is_it


@given(st.dates(), st.dates())
def test_a_day_is_older_than_each_later_day(written, before) -> None:
    assert is_older(written.isoformat(), before.isoformat()) is (written < before)


def test_check_names_old_sources_and_open_points_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(put(tmp_path, EXAMPLES["old-source"].source))
    slugs = {"old-source": "CW319 old-source", "open-point": "CW320 open-point"}
    asked = {"old-source": ["--older-than", "2020-01-01"], "open-point": ["--review"]}

    assert main(["check", path]) == 0
    assert not any(each in capsys.readouterr().out for each in slugs.values())
    for slug, flags in asked.items():
        assert main(["check", path, *flags]) == 0
        out = capsys.readouterr().out
        assert [each for each in slugs if slugs[each] in out] == [slug]


def test_a_date_that_is_none_is_unusable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", str(SCENARIOS), "--older-than", "gisteren"])

    assert stop.value.code == 2
    assert "'gisteren' is no day; write one as 2019-01-01" in capsys.readouterr().err
