"""The dashboards in the catalogue: which there are, for whom, in whose language, and none that is not served."""

import json
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.browser.waiting import finish
from tests.cases import SCENARIOS, setting

from casework import notebook
from casework.serve import pages
from casework.serve.dashboards import Dashboard, Folder, Role, dashboards, find
from casework.serve.evenings import Evenings
from casework.serve.hub import Hub
from casework.serve.reading import Part, before_code, parts
from casework.serve.roles import ALL, OPEN
from casework.serve.shelf import Shelf
from casework.store import Card

OWN = SCENARIOS.parent / "dashboards"
TRIES = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the dashboards that a test may spoil."""
    return Path(shutil.copytree(OWN, tmp_path / "dashboards"))


def named(folder: Folder, language: str = "nl") -> dict[str, Dashboard]:
    return {each.name: each for each in dashboards(folder, language, ALL)}


def texts(path: Path, language: str) -> list[str]:
    source = notebook.read(path, language, is_checked=True).source
    assert source is not None
    return [part.html for part in parts(source, language) if part.html]


def change(path: Path, **metadata: Any) -> None:
    document = json.loads(path.read_text("utf-8"))
    document["metadata"]["casework"] = metadata
    path.write_text(json.dumps(document), "utf-8")


def test_every_dashboard_says_for_whom_it_is_and_what_it_is_in_both_languages() -> None:
    dutch, english = named(Folder(OWN, has_desk=True)), named(Folder(OWN, has_desk=True), "en")

    assert set(dutch) == {path.stem for path in OWN.glob("*.ipynb")}
    for name, each in dutch.items():
        assert each.title != english[name].title
        assert each.text
        assert each.text != english[name].text


def test_the_author_s_desk_is_listed_and_opened_only_where_it_is_served() -> None:
    assert "author" not in named(Folder(OWN))
    assert find(Folder(OWN), "author") is None
    assert "author" in named(Folder(OWN, has_desk=True))
    assert find(Folder(OWN, has_desk=True), "author") == OWN / "author.ipynb"


def test_what_is_listed_can_be_opened() -> None:
    for has_desk in (True, False):
        folder = Folder(OWN, has_desk)
        assert all(find(folder, name) for name in named(folder))


def test_a_damaged_notebook_is_left_out_and_one_that_says_nothing_is_for_facilitators(folder: Path) -> None:
    (folder / "half.ipynb").write_text('{"cells": [', "utf-8")
    for name in ("cases", "network"):
        change(folder / f"{name}.ipynb")
    for name in ("toolkit", "trends"):
        change(folder / f"{name}.ipynb", **{"for": ["odd"]})

    found = named(Folder(folder))

    assert "half" not in found
    assert {each.role for each in found.values()} == {Role.FACILITATOR}


def test_a_folder_that_is_not_there_has_no_dashboards(tmp_path: Path) -> None:
    assert dashboards(Folder(tmp_path / "nowhere"), "nl", ALL) == ()
    assert pages.catalogue(Shelf(SCENARIOS), Folder(tmp_path / "nowhere"), "nl", "/", ALL)["roles"] == []


def test_the_catalogue_lists_dashboards_by_role_with_an_address_in_its_language() -> None:
    roles = pages.catalogue(Shelf(SCENARIOS), Folder(OWN, has_desk=True), "en", "/base/", ALL)["roles"]

    first = roles[0]["dashboards"][0]
    assert (roles[0]["title"], first["address"]) == (
        "For participants, and for conversations",
        "/base/dashboard/toolkit/en",
    )
    assert [[each["address"] for each in role["dashboards"]] for role in roles] == [
        ["/base/dashboard/toolkit/en", "/base/dashboard/trends/en"],
        ["/base/dashboard/facilitator/en", "/base/dashboard/insight/en"],
        ["/base/dashboard/network/en", "/base/dashboard/cases/en", "/base/dashboard/author/en"],
    ]


def test_the_catalogue_lists_for_a_trainee_what_a_trainee_may_open_and_the_door_for_who_leads() -> None:
    page = pages.catalogue(Shelf(SCENARIOS), Folder(OWN, has_desk=True), "en", "/", OPEN)

    assert [each["address"] for role in page["roles"] for each in role["dashboards"]] == [
        "/dashboard/toolkit/en",
        "/dashboard/trends/en",
    ]
    assert page["leads"] == {"title": "For who leads a group", "address": "/enter/en"}


def test_who_leads_a_group_finds_the_status_page_in_the_catalogue() -> None:
    page = pages.catalogue(Shelf(SCENARIOS), Folder(OWN), "nl", "/", ALL)

    assert page["leads"] == {"title": "Hoe het met de server gaat", "address": "/status/nl"}


def test_a_dashboard_shows_the_cells_of_its_language_and_leads_to_the_other() -> None:
    page = pages.dashboard(OWN / "toolkit.ipynb", "en", "/")

    assert page["title"] == "Cards to take along"
    assert texts(OWN / "toolkit.ipynb", "en")[0].startswith("<h1>Cards to take along</h1>")
    assert len(texts(OWN / "toolkit.ipynb", "en")) == 1
    assert page["other_language"] == {"language": "nl", "address": "/dashboard/toolkit/nl"}


def test_a_dashboard_without_tagged_cells_speaks_to_all_at_once(folder: Path) -> None:
    path = folder / "toolkit.ipynb"
    path.write_text(path.read_text("utf-8").replace('"nl"\n', '"x"\n').replace('"en"\n', '"y"\n'), "utf-8")

    page = pages.dashboard(path, "en", "/")

    assert len(texts(path, "en")) == 2
    assert page["other_language"] is None


def test_a_case_leads_to_its_cards_only_where_there_is_a_toolkit(folder: Path) -> None:
    scenario = next(case.scenario for case in Shelf(SCENARIOS).cases() if case.scenario)

    assert pages.case(scenario, "/", Folder(folder))["cards"] == f"/dashboard/toolkit/{scenario.language}"
    (folder / "toolkit.ipynb").unlink()
    assert pages.case(scenario, "/", Folder(folder))["cards"] == ""


def test_what_comes_before_any_code_can_be_read_while_the_rest_is_made() -> None:
    told = (Part(html="a"), Part(html="b"), Part(code="c"), Part(html="d"))

    assert before_code(told) == told[:2]
    assert before_code(told[:2]) == told[:2]
    assert before_code(told[2:]) == ()


def card(name: str, language: str, begun: str) -> Card:
    return Card("an-id", "HKRTWX", name, "1", language, (), 10, begun)


def test_who_leads_a_group_sees_each_open_workshop_with_its_screens_and_others_only_that_there_is_one() -> None:
    now = datetime.now(UTC)
    cards = (card("milan", "en", now.isoformat()), card("gone", "nl", (now - timedelta(days=3)).isoformat()))
    shelf = Shelf(SCENARIOS)

    lead = pages.going_on(shelf, cards, "en", "/base/", leads=True, at="192.168.1.7:8866")
    guest = pages.going_on(shelf, cards, "en", "/base/", leads=False)

    first, second = lead["going_on"]["rows"]
    assert (first["title"], first["language"], first["code"]) == (setting("milan.en").scenario.title, "en", "HKR TWX")
    assert first["stage"] == "/base/stage/an-id?at=192.168.1.7%3A8866"
    assert first["notes"].startswith("/base/notes/an-id")
    assert second["title"] == "gone"
    assert guest["going_on"] is None
    assert guest["join"]["text"] == lead["join"]["text"] != ""
    assert guest["join"]["address"] == "/base/join/en"
    assert not any(secret in str(guest) for secret in ("an-id", "HKR", "milan"))


def test_a_workshop_that_nobody_ended_three_days_ago_is_not_going_on_now() -> None:
    old = card("milan", "nl", (datetime.now(UTC) - timedelta(days=3)).isoformat())

    assert pages.going_on(Shelf(SCENARIOS), (old,), "nl", "/", leads=False)["join"]["text"] == ""


@pytest.mark.parametrize(
    ("cards", "said"),
    [((), "No workshop is open."), (None, "We cannot see now which workshops are open.")],
    ids=["none", "unknown"],
)
def test_a_store_that_does_not_tell_is_not_taken_for_one_without_workshops(
    cards: tuple[Card, ...] | None, said: str
) -> None:
    page = pages.going_on(Shelf(SCENARIOS), cards, "en", "/", leads=True)

    assert page["going_on"]["none"].startswith(said)
    assert page["going_on"]["rows"] == []
    assert page["join"]["text"] == ""


def test_which_workshops_are_open_is_unknown_where_the_store_is_none_and_known_once_it_tells(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"This is no database. " * 100)

    async def look(store: Path, wanted: tuple[Card, ...] | None) -> bool:
        with closing(Hub(Shelf(SCENARIOS), str(store))) as hub:
            evenings = Evenings(hub)
            return any([await evenings.cards() == wanted for _ in range(TRIES)])

    assert finish(look(letter, None))
    assert not finish(look(letter, ()))
    # A new store takes a busy machine longer than a start page waits; who asks again hears the same look's answer.
    assert finish(look(tmp_path / "s.sqlite", ()))
