"""A learning environment opens a case in a real browser, and hears that it was played to its end."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.measure import barriers
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import LONG_AGO, Server
from tests.browser.waiting import until
from tests.cases import some
from tests.export.lms import Lms, running

from casework.play.attempt import Decision

NAME = "milan"
REFUSED = r"Failed to load resource: .*(400|404)"


@pytest.fixture(scope="module")
def lms() -> Iterator[Lms]:
    with running(Lms()) as one:
        yield one


@pytest.fixture(scope="module")
def launching(tmp_path_factory: pytest.TempPathFactory, lms: Lms) -> Iterator[Server]:
    """A server that this environment may launch cases on."""
    folder = tmp_path_factory.mktemp("launching")
    one = Server(folder, some(folder / "scenarios", NAME), "--lms", lms.address, "--ledger", str(folder / "l.sqlite"))
    one.start()
    yield one
    one.stop()


def test_a_launched_case_is_played_and_the_environment_hears_it(visit: Visit, launching: Server, lms: Lms) -> None:
    page = visit(LAPTOP).new_page()
    page.goto(f"{launching.origin}/cmi5/{NAME}?{lms.launch()}", wait_until="commit")
    page.wait_for_url(f"{launching.origin}/case/{NAME}", wait_until="commit")
    screen = Screen(page, launching, NAME)
    screen.ready()
    screen.begin()
    until(lambda: lms.verbs == ["initialized"], "the environment hears that the case was opened", 30)

    there = next(iter(roads.endings(NAME).values()))
    with closing(launching.opened()) as store:
        for decision in there.decisions:
            store.append(screen.attempt, Decision(decision.number, decision.choice, LONG_AGO))
    page.reload()
    screen.ready()
    screen.go_on()

    until(lambda: lms.verbs[-1] == "terminated", "the environment hears that the session is over", 30)
    assert lms.verbs == ["initialized", "completed", "terminated"]
    way_back = page.get_by_role("link", name="Terug naar uw leeromgeving")
    expect(way_back).to_have_attribute("href", lms.back)
    assert lms.registration not in page.url
    assert barriers(page) == []


def test_an_address_that_is_no_launch_gets_an_apology_with_the_reason(visit: Visit, launching: Server) -> None:
    page = visit(LAPTOP, REFUSED).new_page()

    answer = page.goto(f"{launching.origin}/cmi5/{NAME}")

    assert answer is not None
    assert answer.status == 400
    expect(page.get_by_text("de link mist endpoint")).to_be_visible()
    assert barriers(page) == []
    assert launching.get("/cmi5/none").status == 404


def test_a_server_without_an_environment_launches_nothing(server: Server, lms: Lms) -> None:
    assert server.get(f"/cmi5/{NAME}?{lms.launch()}").status == 404
    assert not Path("casework-xapi.sqlite").exists()
