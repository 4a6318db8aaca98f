"""A page of insight counts what happened, hides what is small, and says what it left out; never a traceback."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.analytics.crowd import MAY, drawn, page, people
from tests.benchmarks import many
from tests.cases import SCENARIOS, roads, setting
from tests.export.evening import play as evening

from casework.analytics.insight import PARTS, Part
from casework.store import Solo, Store, open_store
from casework.words import LANGUAGES

ROADS = sorted(roads("milan"), key=len)
SMALL = re.compile(r"^[1-4]$")
CASE = {"case": "milan"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(tmp_path / "s.sqlite"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    address = str(tmp_path_factory.mktemp("crowd") / "s.sqlite")
    many.fill(address, 6000, names=("milan", "ana"))
    with closing(open_store(address)) as opened:
        yield opened


def table(view: dict[str, Any], name: str) -> list[list[str]]:
    [found] = [one for one in view["findings"] if one["id"] == name]
    return found["rows"]


def cells(view: dict[str, Any]) -> list[str]:
    return [cell for one in view["findings"] for row in one["rows"] for cell in row]


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_gives_every_part_without_a_number(store: Store, part: Part, language: str) -> None:
    view = page(store, {"part": part.value}, language=language)

    assert view["findings"]
    assert cells(view) == []
    assert {one["value"] for one in view["parts"]} == set(Part)


def test_a_folder_without_cases_says_so(store: Store, tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        view = page(store, {"part": "votes"}, folder=folder)

        assert view["findings"] == view["fields"] == []
        assert view["notes"] == ["Er is hier geen casus die gespeeld kan worden."]


def test_people_are_counted_scene_by_scene(store: Store) -> None:
    road = ROADS[0]
    people(store, road, 20)
    people(store, road[:1], 10)

    view = page(store, CASE)
    scenario = setting("milan").scenario

    shown = {row[0]: row[1:] for row in table(view, "roads")}
    assert shown[scenario.start.title][0] == "30"
    assert "30 mensen" in view["findings"][0]["told"][0]
    stopped = page(store, CASE, {"part": "stops"})
    assert [row[1] for row in table(stopped, "stops")[:2]] == ["20", "10"]


def test_a_choice_of_fewer_than_five_is_no_number_nor_is_the_one_beside_it(store: Store) -> None:
    first, second = (road for road in (ROADS[0], next(one for one in ROADS if one[0] != ROADS[0][0])))
    people(store, first, 20)
    people(store, second, 3)

    view = page(store, CASE, {"part": "choices"})

    here = [row for row in table(view, "choices") if row[0] == setting("milan").scenario.start.title]
    assert sorted({row[2] for row in here} - {"0"}) == ["minder dan 5", "niet getoond"]


@pytest.mark.parametrize("part", Part)
def test_no_small_number_is_on_any_part_in_the_table_the_file_or_the_chart(crowd: Store, part: Part) -> None:
    view = page(crowd, CASE, {"part": part.value}, *([{"more": True}] * 6))

    assert [cell for cell in cells(view) if SMALL.match(cell)] == []
    for one in view["findings"]:
        parsed = list(csv.reader(io.StringIO(one["csv"])))
        assert parsed[0] == one["head"]
        told = [[cell.lstrip("'").replace(".", "") for cell in row] for row in parsed[1:]]
        assert told == [[cell.replace(".", "") for cell in row] for row in one["rows"]]
    charts = "".join(text for one in drawn(crowd, part.value)["findings"] for text in one["drawings"])
    assert not re.search(r">[1-4]( \(|<)", charts)


def test_two_filters_never_differ_by_fewer_than_five(crowd: Store) -> None:
    months = [one["value"] for one in page(crowd, CASE)["fields"][1]["options"]]
    for name in ("choices", "stops", "steps"):
        whole = {tuple(row[:-2]): row[-2] for row in table(page(crowd, CASE, {"part": name}), name)}
        for month in months[1:4]:
            some = table(page(crowd, CASE, {"part": name}, {"since": month}), name)
            for row in some:
                pair = [whole[tuple(row[:-2])], row[-2]]
                if all(cell.replace(".", "").isdigit() for cell in pair):
                    gap = int(pair[0].replace(".", "")) - int(pair[1].replace(".", ""))
                    assert gap % 5 == 0


def test_months_and_workshops_choose_people(store: Store) -> None:
    road = ROADS[0]
    people(store, road, 10)
    people(store, road, 15, begun="2026-06-01T10:00:00+00:00")
    people(store, road, 5, begun="2026-07-01T10:00:00+00:00")

    def total(*messages: dict[str, Any]) -> str:
        return page(store, CASE, *messages)["findings"][0]["told"][0].split()[0]

    assert total() == "25"
    assert total({"until": "2026-05"}) == "10"
    assert total({"since": "2026-06"}) == "15"
    assert total({"sessions": ["alone"]}) == "25"
    assert total({"sessions": ["nobody's"]}) == "Minder"


def test_months_with_fewer_than_five_are_not_named(store: Store) -> None:
    people(store, ROADS[0], 10)
    people(store, ROADS[0], 3, begun="2026-06-01T10:00:00+00:00")

    assert [one["name"] for one in page(store, CASE)["fields"]] == ["case"]


def test_the_case_that_most_people_played_comes_first(store: Store) -> None:
    people(store, ROADS[0], 6)
    people(store, roads("ana")[0], 7, name="ana")

    assert page(store)["remembered"]["case"] == "ana"


def test_what_was_played_before_a_change_is_counted_apart(store: Store) -> None:
    people(store, ROADS[0], 12, version="0123456789ab")
    people(store, ["nowhere", "else"], 7)
    people(store, ["a/b"], 3)

    notes = " ".join(page(store, CASE)["notes"])

    assert "voordat hij is veranderd, tellen hier niet mee: 10." in notes
    assert "niet te volgen waren, tellen hier niet mee: 10." in notes


def test_a_case_that_is_gone_is_told_and_not_shown(store: Store, tmp_path: Path) -> None:
    people(store, roads("ana")[0], 8, name="ana")
    shutil.copy(SCENARIOS / "milan.ipynb", tmp_path)

    view = page(store, {"case": "ana"}, folder=tmp_path)

    assert view["remembered"]["case"] == "milan"
    assert "Mensen die een casus speelden die er niet meer is, tellen niet mee: 10." in view["notes"]


def test_a_case_played_without_some_scenes_is_the_same_case(store: Store) -> None:
    people(store, ROADS[0], 8, version=f"{setting('milan').scenario.version}-het-plein")

    assert page(store, CASE)["findings"][0]["told"][0].startswith("10 ")


@pytest.mark.parametrize(
    "message",
    [{"part": "secrets"}, {"case": 3}, {"since": ["x"]}, {"sessions": 5}, {"sessions": [None]}, {"language": "xx"}],
)
def test_a_filter_that_no_page_sends_changes_nothing(crowd: Store, message: dict[str, Any]) -> None:
    assert page(crowd, CASE, message) == page(crowd, CASE)


def test_an_unknown_case_gives_the_one_that_most_people_played(crowd: Store) -> None:
    assert page(crowd, {"case": "<b>"})["remembered"]["case"] in {"ana", "milan"}


def test_votes_of_an_ended_workshop_show_what_talking_changed(store: Store) -> None:
    evening(store)

    view = page(store, CASE, {"part": "votes"})

    moved = [row for row in table(view, "moved") if row[0] == setting("milan").scenario.start.title]
    assert {row[2] for row in moved} != {row[3] for row in moved}
    assert table(view, "sure")
    assert len(view["workshops"]) == 2
    other = page(store, CASE, {"part": "votes", "sessions": ["alone"]})
    assert cells(other) == []


def test_first_and_later_are_the_same_people_with_an_interval(store: Store) -> None:
    scenario = setting("milan").scenario
    ends = {scenario.choices and road: road for road in ROADS}
    for number, one in enumerate(people(store, ROADS[0], 12)):
        people(store, list(ends)[1], 1, origin=one, taken=0, begun=f"{MAY[:-8]}{number:02d}+00:00")

    view = page(store, CASE, {"part": "learning"})

    assert view["findings"][0]["told"][0].startswith("10 mensen")
    assert all("procentpunten" in text for text in view["findings"][0]["told"][1:])
    assert all("–" in row[-1] or row[-1] == "niet getoond" for row in table(view, "learning"))


def test_who_played_in_a_running_workshop_is_not_counted(store: Store) -> None:
    ids = people(store, ROADS[0], 9)
    evening(store)
    [card] = store.sessions.cards()
    for number, one in enumerate(ids[:6]):
        store.sessions.walk(card.id, Solo(1, f"p{number}", one))

    # The session has ended: they are counted, and can be chosen.
    view = page(store, CASE, {"sessions": [card.id]})

    assert view["findings"][0]["told"][0].startswith("5 ")


def test_a_chart_of_every_part_is_an_svg_with_words_for_who_cannot_see_it(crowd: Store) -> None:
    for part in PARTS:
        for one in drawn(crowd, part.value)["findings"]:
            assert bool(one["drawings"]) == bool(one["rows"])
            for text in one["drawings"]:
                assert text.startswith("<svg ")
                assert 'role="img" aria-label="' in text


def test_every_finding_with_numbers_says_what_cannot_be_concluded(crowd: Store) -> None:
    for part in Part:
        for one in page(crowd, CASE, {"part": part.value})["findings"]:
            assert bool(one["caution"]) == bool(one["rows"])
