"""The facilitator's page: a case, its run sheet, what may be left out, and the way in to a session."""

from pathlib import Path
from typing import Any

import pytest
from tests.cases import SCENARIOS, setting

from casework.play.omission import omissions
from casework.play.runsheet import run_sheet
from casework.widgets import homes
from casework.widgets.evening import Evening, heard
from casework.widgets.facilitator import Facilitator, Shelf
from casework.widgets.homes import Home

ORIGIN = "http://localhost:8866"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(SCENARIOS)


@pytest.fixture
def page(shelf: Shelf) -> Facilitator:
    return Facilitator(shelf)


def ask(page: Facilitator, **message: Any) -> dict[str, Any]:
    page._receive(page, {"kind": "ask", **message}, [])
    return dict(page.view)


def test_every_case_can_be_chosen_in_each_of_its_languages(page: Facilitator) -> None:
    view = ask(page, case="milan")

    assert {each["value"] for each in view["cases"]} == {"ana", "dennis", "jill", "kim", "leo", "milan"}
    assert {each["value"] for each in view["stories"]} == {"nl", "en"}
    assert view["title"] == setting("milan").scenario.title
    assert ask(page, story="en")["title"] == setting("milan.en").scenario.title


def test_the_run_sheet_says_where_to_vote_and_how_long_each_road_takes(page: Facilitator) -> None:
    case = setting("milan")
    found = run_sheet(case.scenario, case.protocol, 45)

    sheet = ask(page, case="milan", minutes=45)["sheet"]

    assert len(sheet["votes"]) == len(found.votes)
    assert [place["is_vote"] for place in sheet["places"]] == [place.is_vote for place in found.places]
    assert len(sheet["ways"]) == len(found.ways)
    assert sheet["ways"][0]["title"] == "De weg van een ervaren collega"
    assert all(place["note"] for place in sheet["places"] if place["is_vote"])


def test_a_scene_is_left_out_only_with_the_proof_that_all_still_holds(page: Facilitator) -> None:
    case = setting("leo")
    found = omissions(case.scenario, case.protocol)
    sound = next(each for each in found if each.is_sound)
    unsound = next(each for each in found if not each.is_sound)

    proofs = ask(page, case="leo", proofs=True)["proofs"]

    assert [each["is_sound"] for each in proofs] == [each.is_sound for each in found]
    assert all(each["said"] for each in proofs)
    kept = ask(page, left_out=list(sound.scenes))
    assert kept["open"]["left_out"] == list(sound.scenes)
    assert kept["together"]["is_sound"]
    refused = ask(page, left_out=list(unsound.scenes))
    assert refused["open"] is None
    assert not refused["together"]["is_sound"]


def test_another_case_forgets_what_was_left_out(page: Facilitator) -> None:
    ask(page, case="leo", left_out=["x"])

    assert ask(page, case="milan")["left_out"] == []


def test_an_open_session_shows_the_code_an_address_and_the_two_screens(page: Facilitator) -> None:
    view = ask(page, origin="http://192.0.2.77:8866", base="/", session="an-id", code="HKRTWX", spoken="en")

    session = view["session"]
    assert session["door"]["link"] == "http://192.0.2.77:8866/join/HKRTWX/en"
    assert session["phone"]["size"] > session["door"]["qr"]["size"]
    assert session["door"]["code"] == "HKR TWX"
    assert session["door"]["address"] == "192.0.2.77:8866/join"
    assert session["stage"] == "/stage/an-id?at=192.0.2.77%3A8866"
    assert session["notes"].startswith("/notes/an-id")
    assert view["remembered"]["session"] == "an-id"


def test_on_this_machine_itself_its_addresses_in_the_network_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "addresses", lambda: ("192.168.1.7", "fd00::7"))

    assert [home.place for home in homes.homes(ORIGIN, "/")] == ["192.168.1.7:8866", "[fd00::7]:8866"]
    assert homes.homes("http://192.168.1.7:8866", "/")[0].place == "192.168.1.7:8866"
    behind = homes.homes("https://oefenen.example", "/")
    assert [(home.place, home.address) for home in behind] == [("oefenen.example", "https://oefenen.example/")]


def test_phones_most_likely_come_in_where_something_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "addresses", lambda: ("192.168.1.7", "fd00::7"))
    monkeypatch.setattr(homes, "answers", lambda host, _port: host == "fd00::7")

    assert homes.likely(ORIGIN, "/") == "[fd00::7]:8866"
    monkeypatch.setattr(homes, "answers", lambda _host, _port: False)
    assert homes.likely(ORIGIN, "/") == "localhost:8866"
    assert homes.likely("https://oefenen.example", "/") == "oefenen.example"


def test_an_address_at_which_nothing_answers_says_what_to_do(page: Facilitator) -> None:
    deaf = Home("127.0.0.1:9", "http://127.0.0.1:9/", "127.0.0.1", 9, is_own=True)

    assert deaf.trouble(page._say).endswith("casework serve --ip 0.0.0.0")


@pytest.mark.parametrize(
    "message",
    [
        {"case": "nobody"},
        {"case": 3, "minutes": 50, "left_out": "x"},
        {"session": "<b>", "code": "HKRTWX"},
        {"origin": "javascript:alert(1)", "base": "//elsewhere/"},
        {"host": "a b"},
        {"language": "xx"},
        {},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing_and_is_answered(page: Facilitator, message: dict[str, Any]) -> None:
    view = ask(page, **message)

    assert view["session"] is None
    assert view["case"] == ""
    assert not view["is_waiting"]


def test_a_page_that_comes_back_is_as_it_was(page: Facilitator, shelf: Shelf) -> None:
    before = ask(page, case="milan", story="en", minutes=90, origin="http://192.0.2.77", session="an-id", code="HKRTWX")

    after = ask(Facilitator(shelf), **before["remembered"], origin="http://192.0.2.77")

    assert {**after, "lang": ""} == {**before, "lang": ""}


def test_all_words_change_with_the_language_of_the_page(page: Facilitator) -> None:
    dutch = dict(page.words)

    view = ask(page, language="en", case="milan")

    assert view["lang"] == "en"
    assert all(page.words[key] != sentence for key, sentence in dutch.items())


def test_without_cases_the_page_is_there_and_offers_none(tmp_path: Path) -> None:
    assert Facilitator(Shelf(tmp_path / "nowhere")).view["cases"] == []


def test_an_evening_remembers_nothing_of_a_room() -> None:
    asked = heard(Evening(), {"case": "leo", "session": "an-id", "code": "HKRTWX"})

    assert set(asked.remembered) == {
        "case",
        "story",
        "minutes",
        "left_out",
        "survey",
        "host",
        "session",
        "code",
        "spoken",
    }


def test_the_questions_are_off_until_they_are_switched_on(page: Facilitator) -> None:
    assert ask(page, case="milan")["open"]["survey"] is False
    assert ask(page, survey=True)["open"]["survey"] is True
    assert page.view["remembered"]["survey"] is True
    assert ask(page, survey="yes")["open"]["survey"] is True
    assert ask(page, survey=False)["open"]["survey"] is False
