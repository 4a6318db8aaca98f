"""Decisions leave as a table in which nobody can be found, whatever is wrong with the cases or the store."""

import csv
import random
import re
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from pyarrow import parquet
from tests.cases import SCENARIOS, setting
from tests.export.stores import filled, played, put

from casework.cli import main
from casework.export.alias import Alias
from casework.export.cells import precisions
from casework.export.decisions import TIME, admitted, columns, rows
from casework.export.dictionary import dictionary
from casework.export.files import write_csv
from casework.export.retold import Cases
from casework.play.attempt import Decision
from casework.spreadsheet import FORMULAS
from casework.store import Record, open_store

Rows = list[dict[str, str]]


def exported(store: Path, tmp_path: Path, *more: str, scenarios: Path = SCENARIOS) -> Rows:
    """Return the rows of a store as they come out."""
    file = tmp_path / "d.csv"
    assert main(["export", "csv", "--store", str(store), "--scenarios", str(scenarios), "-o", str(file), *more]) == 0
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def attempts(found: Rows) -> dict[str, Rows]:
    kept: dict[str, Rows] = {}
    for row in found:
        kept.setdefault(row["attempt"], []).append(row)
    return kept


def test_every_decision_is_one_row_and_tells_what_the_case_says(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 6})
    scenario = setting("milan").scenario
    texts = {choice.id: choice.text for choice in scenario.choices}

    found = exported(store, tmp_path)

    assert len(attempts(found)) == 6
    for road in attempts(found).values():
        assert [row["number"] for row in road] == [str(number) for number in range(1, len(road) + 1)]
        assert all(row["choice_text"] == texts[row["choice"]] for row in road)
        assert all(row["standing"] == "current" for row in road)
        assert [bool(row["ending"]) for row in road] == [False] * (len(road) - 1) + [True]


def test_the_row_of_an_ending_names_the_signals_that_passed_by_unnoted(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "s.sqlite"))) as store:
        attempt = played(setting("milan").scenario, random.Random(3), "2026-01-01T00:00:00")
        first = put(store, "milan", attempt)
        for _ in range(4):
            put(store, "milan", attempt, origin=first)
    signals = {signal.id for scene in setting("milan").scenario.scenes for signal in scene.signals}

    # Those that were branched off from another are one playing with it.
    assert exported(tmp_path / "s.sqlite", tmp_path) == []

    with closing(open_store(str(tmp_path / "s.sqlite"))) as store:
        found = [Cases.within(SCENARIOS).one(each) for each in store.played()]
    assert all(each.missed and set(each.missed) <= signals for each in found)


def test_nothing_in_the_file_leads_back_to_a_browser_or_a_moment(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5, "2026-02": 5})
    with closing(open_store(str(store))) as opened:
        ids = [each.record.id for each in opened.played()]

    exported(store, tmp_path)
    text = (tmp_path / "d.csv").read_text("utf-8")

    assert not any(one in text for one in ids)
    assert not re.search(r"\d\d:\d\d:\d\d|2026-\d\d-\d\d", text)
    assert "at" not in text.splitlines()[0].split(",")


def test_two_exports_call_the_same_attempt_otherwise_and_put_it_elsewhere(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 12})

    one, other = (attempts(exported(store, tmp_path)) for _ in range(2))

    assert not set(one) & set(other)
    roads = [[tuple(row["choice"] for row in road) for road in each.values()] for each in (one, other)]
    assert sorted(roads[0]) == sorted(roads[1])


def test_the_moment_of_a_decision_is_told_only_where_it_was_asked_for(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5})

    assert {row["at"] for row in exported(store, tmp_path, "--times")} == {
        f"2026-01-{day:02d}T09:00:00+00:00" for day in range(1, 6)
    }
    assert TIME not in columns()


def test_a_version_that_fewer_than_five_played_stays_out(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 4})
    filled(store, {"2026-01": 5}, "kim")

    assert {row["case"] for row in exported(store, tmp_path)} == {"kim"}


def test_a_month_with_few_makes_all_rows_of_a_version_less_exact(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5, "2026-02": 1})

    assert {row["period"] for row in exported(store, tmp_path)} == {"2026"}
    assert {row["period"] for row in exported(store, tmp_path, "--until", "2026-01")} == {"2026-01"}


def test_a_case_that_has_changed_or_gone_leaves_its_decisions_and_nothing_that_it_would_say(tmp_path: Path) -> None:
    chance = random.Random(1)
    with closing(open_store(str(tmp_path / "s.sqlite"))) as store:
        for second in range(5):
            attempt = played(setting("milan").scenario, chance, f"2026-01-01T00:00:0{second}")
            put(store, "milan", attempt, version="an-older-one")
            put(store, "milan", attempt, language="fr")

    found = exported(tmp_path / "s.sqlite", tmp_path)

    assert {(row["language"], row["standing"]) for row in found} == {("nl", "changed"), ("fr", "gone")}
    assert all(row["choice"] and row["number"] for row in found)
    assert not any(row["scene"] or row["choice_text"] or row["trust"] or row["ending"] for row in found)


def test_decisions_that_cannot_be_followed_are_told_as_of_a_changed_case(tmp_path: Path) -> None:
    scenario = setting("milan").scenario
    with closing(open_store(str(tmp_path / "s.sqlite"))) as store:
        for second in range(5):
            record = Record(f"a{second}", "milan", scenario.version, "nl", f"2026-01-01T00:00:0{second}")
            store.begin(record, [Decision(1, "nowhere/at-all")])

    assert {row["standing"] for row in exported(tmp_path / "s.sqlite", tmp_path)} == {"changed"}


def test_an_empty_store_and_a_folder_without_cases_give_a_head_without_rows(tmp_path: Path) -> None:
    open_store(str(tmp_path / "s.sqlite")).close()

    assert exported(tmp_path / "s.sqlite", tmp_path, scenarios=tmp_path) == []
    assert (tmp_path / "d.csv").read_text("utf-8").startswith("attempt,case,version")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "s.sqlite"

    assert main(["export", "csv", "--store", str(missing)]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert not missing.exists()


def test_a_file_that_cannot_be_written_is_said_in_one_line_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5})
    target = tmp_path / "no" / "d.csv"

    assert main(["export", "csv", "--store", str(store), "-o", str(target)]) == 2
    assert capsys.readouterr().err.startswith(f"casework export: cannot write {target}")


def test_a_bad_month_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "csv", "--until", "2026-13"])

    assert "write it as 2026-03" in capsys.readouterr().err


def test_parquet_holds_the_same_rows_each_column_with_its_meaning(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 6})
    file = tmp_path / "d.parquet"

    assert main(["export", "parquet", "--store", str(store), "--scenarios", str(SCENARIOS), "-o", str(file)]) == 0

    found = parquet.read_table(file)
    roads = sorted(zip(found["number"].to_pylist(), found["choice"].to_pylist(), strict=True))
    assert roads == sorted((int(row["number"]), row["choice"]) for row in exported(store, tmp_path))
    described = {field.name: field.metadata[b"description"].decode() for field in found.schema}
    assert described == {column.name: column.meaning.nl for column in columns()}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_dictionary_names_every_column_and_what_was_done_for_privacy(language: str) -> None:
    page = dictionary(columns(has_times=True), language)

    assert all(f"| `{column.name}` | " in page and column.meaning.in_(language) in page for column in columns())
    assert TIME.meaning.in_(language) in page
    assert "{" not in page


def test_the_dictionary_stands_beside_the_table(tmp_path: Path) -> None:
    exported(filled(tmp_path / "s.sqlite", {"2026-01": 5}), tmp_path)

    assert sorted(path.name for path in tmp_path.glob("d*")) == ["d.csv", "d.dictionary.md"]


@pytest.mark.parametrize("start", FORMULAS)
def test_a_sentence_never_becomes_a_formula(tmp_path: Path, start: str) -> None:
    column = columns()[0]
    with (tmp_path / "d.csv").open("w", encoding="utf-8", newline="") as file:
        write_csv([(f"{start}1+1",), (-1,)], [column], file)

    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [[f"'{start}1+1"], ["-1"]]


def test_an_alias_keeps_attempts_apart_and_its_key_makes_it_another() -> None:
    one, other = Alias(b"one"), Alias(b"other")
    names = [one.name(f"a{number}") for number in range(1000)]

    assert len(set(names)) == len(names)
    assert one.name("a") == one.name("a") != other.name("a")


def test_no_more_than_a_page_of_attempts_is_held_in_memory(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 1200})
    with closing(open_store(str(store))) as opened:
        exact, alias, cases = precisions(opened.beginnings()), Alias(b"k"), Cases.within(SCENARIOS)
        assert cases.known
        tracemalloc.start()
        found = rows(cases.retell(alias.mixed(admitted(opened.played(100), exact), 100)), columns(), alias, exact)
        count = sum(1 for _ in found)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert count > 5000
    # All rows at once would be three times as much, and grow with the store.
    assert peak < 4 * 2**20
