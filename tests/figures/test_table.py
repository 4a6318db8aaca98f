"""Tables of official figures: read whole and exactly, or refused with every reason."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import FiguresInvalid
from casework.figures.complaints import complaints
from casework.figures.table import COLUMNS, TABLES, Evidence, Figure, read

BUNDLED = Path(read.__code__.co_filename).parent
GOOD = {
    "year": "2024",
    "geo": "NL",
    "series": "both",
    "indicator": "registered",
    "category": "total",
    "rank": "",
    "value": "944",
    "value_text": "944",
    "unit": "persons",
    "preferred": "true",
    "confirmed": "true",
    "evidence": "official_publication",
    "source": "Report",
    "source_url": "https://example.org/a",
    "note": "",
}


def said(**changed: str) -> list[str]:
    return list(complaints(COLUMNS, list({**GOOD, **changed}.values()), set(Evidence)))


def put(folder: Path, *rows: dict[str, str], head: tuple[str, ...] = COLUMNS) -> Path:
    with (folder / "registered.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(row.values() for row in rows)])
    return folder


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_comes_with_casework_is_read_as_it_stands(name: str) -> None:
    with (BUNDLED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    found = read(name)

    assert [(each.year, each.category, each.text, each.source, each.address) for each in found] == [
        (row["year"], row["category"], row["value_text"], row["source"], row["source_url"]) for row in rows
    ]
    assert [str(each.value or "") for each in found] == [row["value"] for row in rows]
    assert [(each.is_preferred, each.is_confirmed) for each in found] == [
        (row["preferred"] == "true", row["confirmed"] == "true") for row in rows
    ]


def test_every_file_in_the_folder_is_a_table() -> None:
    assert {path.stem for path in BUNDLED.glob("*.csv")} == set(TABLES)
    for name in TABLES:
        assert f"`{name}`" in (BUNDLED / "README.md").read_text("utf-8")


def test_a_line_is_where_the_row_stands_in_its_file() -> None:
    lines = (BUNDLED / "care.csv").read_text("utf-8").splitlines()

    assert all(each.source.split('"')[0] in lines[each.line - 1].replace('""', '"') for each in read("care"))


@pytest.mark.parametrize("figure", [each for name in TABLES for each in read(name) if each.is_preferred], ids=str)
def test_what_is_preferred_was_seen_in_a_named_source(figure: Figure) -> None:
    assert figure.is_confirmed
    assert figure.evidence is not Evidence.GENERAL


def test_a_number_that_its_publisher_hides_is_no_number() -> None:
    hidden = [each for name in TABLES for each in read(name) if each.text == "<5"]

    assert hidden
    assert {each.value for each in hidden} == {None}


def test_a_good_row_is_not_complained_about() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("year", "2024/25", "'year' is '2024/25'; right is a year, or two with a dash between"),
        ("year", "2019-2018", "'year' is '2019-2018'; right is a year, or two with a dash between"),
        ("rank", "first", "'rank' is 'first'; right is a whole number or nothing"),
        ("value", "944,0", "'value' is '944,0'; right is a number with a point before its decimals, or nothing"),
        ("value", "-1", "'value' is '-1'; right is a number with a point before its decimals, or nothing"),
        ("value", "449", "'value_text' is '944'; right is the same number as 'value'"),
        ("value", "", "'value_text' is '944'; right is the same number as 'value'"),
        ("preferred", "ja", "'preferred' is 'ja'; right is true or false"),
        ("confirmed", "", "'confirmed' is ''; right is true or false"),
        ("confirmed", "false", "'confirmed' is 'false'; right is true in a row that is preferred"),
        ("source_url", "javascript:alert(1)", "'source_url' is 'javascript:alert(1)'; right is an address"),
        ("source", " ", "'source' is empty"),
        ("unit", "", "'unit' is empty"),
        ("evidence", "rumour", "'evidence' is 'rumour'; right are computed, general_knowledge,"),
    ],
)
def test_a_bad_cell_is_named_with_what_would_be_right(column: str, value: str, expected: str) -> None:
    (complaint,) = said(**{column: value})

    assert complaint.startswith(expected)


@pytest.mark.parametrize("text", ["<5", "more than 95", "one in five", "6,300 to 7,000", ""])
def test_a_number_may_be_printed_in_words(text: str) -> None:
    assert said(value_text=text) == []


def test_thousands_may_be_printed_with_a_comma() -> None:
    assert said(value="1372", value_text="1,372") == []
    assert said(value="1.372", value_text="1,372") != []


@given(st.integers(0, 10**7))
def test_a_number_is_never_read_as_another(count: int) -> None:
    assert said(value=str(count), value_text=f"{count:,}") == []
    assert said(value=str(count + 1), value_text=f"{count:,}") != []


@given(st.lists(st.text(), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_any_text_in_a_row_is_a_complaint_and_never_a_crash(cells: list[str]) -> None:
    assert all(isinstance(each, str) for each in complaints(COLUMNS, cells, set(Evidence)))


def test_a_damaged_table_is_refused_with_everything_that_is_wrong(tmp_path: Path) -> None:
    put(tmp_path, GOOD, {**GOOD, "year": "soon", "preferred": "x"}, {**GOOD, "value": "449"})

    with pytest.raises(FiguresInvalid) as refusal:
        read("registered", tmp_path)

    assert refusal.value.file == "registered.csv"
    assert [re.match(r"line (\d+)", each)[1] for each in refusal.value.complaints] == ["3", "3", "4"]  # type: ignore[index]
    assert str(refusal.value).startswith("figures registered.csv cannot be used:\nline 3: 'year' is 'soon'")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "line 1: its columns are none; right are year, geo,"),
        (b"year;geo;value\n2024;NL;944\n", "line 1: its columns are year;geo;value; right are year, geo,"),
        (",".join(COLUMNS).encode(), "it has no rows"),
        (f"{','.join(COLUMNS)}\n2024,NL\n".encode(), "line 2: it has 2 cells; right are 15"),
        (b"\xff\xfe\x00", "it cannot be read; it must be there, be UTF-8,"),
        (f'{",".join(COLUMNS)}\n"2024,NL\n'.encode(), "it cannot be read; it must be there, be UTF-8,"),
        (None, "it cannot be read; it must be there, be UTF-8,"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes | None, expected: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "registered.csv").write_bytes(content)

    with pytest.raises(FiguresInvalid) as refusal:
        read("registered", tmp_path)

    assert refusal.value.complaints[0].startswith(expected)


def test_a_folder_of_ones_own_is_read_in_place_of_ours(tmp_path: Path) -> None:
    put(tmp_path, {**GOOD, "year": "2025", "value": "1001", "value_text": "1,001"})

    (found,) = read("registered", tmp_path)

    assert (found.year, found.value, found.line) == ("2025", Decimal(1001), 2)
