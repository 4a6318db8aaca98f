"""When something is broken: a story, its notebook, or the store. A trainee reads an apology, never a traceback."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.screen import Screen
from tests.browser.server import Server
from tests.browser.stage import Stage
from tests.cases import SCENARIOS, some

from casework.play.attempt import decide, offered
from casework.widgets.playing import NOTICES
from casework.widgets.vocabulary import vocabulary

NAME = "leo"
FULL = "CREATE TRIGGER full BEFORE INSERT ON decisions BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
WORDS = vocabulary("nl")
SECRET = "het stuk dat niemand mag lezen"


@pytest.fixture(scope="module")
def sick_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of three cases: Milan is well, `kapot` has an error in its story, `valt` raises when it is run."""
    folder = tmp_path_factory.mktemp("sick")
    cases = some(folder / "scenarios", "milan")
    write(cases / "kapot.ipynb", "](#", "](#nergens-")
    write(cases / "valt.ipynb", "casework.play(", f"raise ValueError('{SECRET}')\ncasework.play(")
    one = Server(folder, cases)
    one.start()
    yield one
    one.stop()


def write(path: Path, old: str, new: str) -> None:
    """Write Milan's notebook under another name, with this text changed in every cell."""
    notebook = json.loads((SCENARIOS / "milan.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace(old, new).replace("milan.ipynb", path.name)
    path.write_text(json.dumps(notebook))


def test_a_broken_story_gives_an_apology_with_remarks_for_its_author(visit: Visit, sick_server: Server) -> None:
    page = visit({}, "status of 500").new_page()

    response = page.goto(f"{sick_server.origin}/case/kapot")

    assert response is not None
    assert response.status == 500
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["sorry_title"])
    remarks = page.get_by_role("region", name=WORDS["sorry_author"])
    expect(remarks).to_contain_text("kapot.ipynb")
    expect(remarks).to_contain_text("nergens-")
    assert "Traceback" not in page.content()
    assert page.title() == f"{WORDS['cases']} · casework"


def test_a_notebook_that_raises_gives_an_apology_and_no_traceback(visit: Visit, sick_server: Server) -> None:
    page = visit({}, "status of 500").new_page()

    page.goto(f"{sick_server.origin}/case/valt")

    expect(page.get_by_role("alert")).to_contain_text(WORDS["sorry_start"])
    for word in ("Traceback", "ValueError", SECRET):
        assert word not in page.content()


def test_beside_broken_cases_the_others_are_listed_and_play(visit: Visit, sick_server: Server) -> None:
    screen = Screen(visit().new_page(), sick_server, "milan")

    screen.page.goto(f"{sick_server.origin}/nl")
    listed = [link.get_attribute("href") for link in screen.page.locator(".cases a.button").all()]
    screen.page.locator('.cases a[href="/case/milan"]').click()
    screen.ready()
    screen.begin()

    screen.is_at(roads.start("milan"))
    assert "/case/milan" in listed
    assert "/case/kapot" not in listed


@pytest.mark.parametrize(
    ("harm", "repair"),
    [
        pytest.param(FULL, "DROP TRIGGER full", id="full"),
        pytest.param("ALTER TABLE decisions RENAME TO gone", "ALTER TABLE gone RENAME TO decisions", id="damaged"),
    ],
)
def test_a_choice_that_cannot_be_stored_is_told_and_goes_through_after_repair(
    stage: Stage, harm: str, repair: str
) -> None:
    there, screen, scenario = roads.midway(NAME), stage.screen, roads.scenario(NAME)
    choice = offered(scenario, there)[0].id
    stage.show(there)
    before = screen.server.road(screen.attempt)

    with closing(sqlite3.connect(screen.server.store, isolation_level=None)) as store:
        store.execute(harm)
        screen.choice(choice).click()
        expect(screen.told).to_contain_text(screen.case.say(NOTICES["unsaved"]))
        screen.is_at(there)
        store.execute(repair)
    assert screen.server.road(screen.attempt) == before
    screen.choice(choice).click()

    screen.tells(decide(scenario, there, choice))
    assert screen.server.road(screen.attempt) == (*before, choice)
    expect(screen.told).to_be_empty()
    screen.go_on()
