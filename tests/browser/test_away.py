"""A database or a line that goes away in the middle of a vote: every screen says so plainly, and nothing is lost."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.line import Line
from tests.browser.measure import barriers
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR, Screen
from tests.browser.server import HOST, Server
from tests.browser.waiting import HAS_TIME
from tests.browser.workshop import Handset, begin, rounds
from tests.deployment.replica import Pooled
from tests.room.evening import Evening
from tests.store import cluster
from tests.store.cluster import PASSWORD, Cluster

from casework.play.attempt import decide, offered
from casework.play.workshop import Act
from casework.widgets.playing import NOTICES
from casework.widgets.stage import WORDS
from casework.words import words

NAME = "leo"
LOST = ("status of 50[03]", "WebSocket connection to")
LEAKS = ("Traceback", "psycopg", "sqlalchemy", "OperationalError", PASSWORD)
ALERT = "[role=alert]"
say = words("nl")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Cluster]:
    with cluster.running() as running:
        yield running


@pytest.fixture(scope="module")
def pooled(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = Pooled(tmp_path_factory.mktemp("pooled"), postgresql.address(postgresql.new()))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def evening(pooled: Server) -> Iterator[Evening]:
    with closing(pooled.opened()) as store:
        yield begin(pooled, store, NAME)


def leading(visit: Visit, server: Server, place: str) -> Page:
    page = visit(PROJECTOR, *LOST).new_page()
    page.goto(server.link)
    page.goto(f"{server.origin}/{place}")
    expect(page.locator("h1").first).to_be_visible()
    return page


def is_plain(page: Page) -> None:
    """Hold a screen to what everybody may read; it can be read by everyone too."""
    shown = page.content()
    assert [leak for leak in LEAKS if leak in shown] == []
    assert barriers(page) == []


@pytest.mark.parametrize("seconds", [3, pytest.param(10, marks=pytest.mark.skipif(not HAS_TIME, reason="takes long"))])
def test_a_database_that_is_away_in_a_vote_is_told_on_every_screen_and_loses_nothing(
    visit: Visit, pooled: Server, postgresql: Cluster, evening: Evening, seconds: int
) -> None:
    stage, notes = (leading(visit, pooled, f"{name}/{evening.id}") for name in ("stage", "notes"))
    phones = [Handset(visit(PHONE, *LOST).new_page(), pooled.origin, "nl") for _ in range(3)]
    for phone in phones:
        phone.join(evening.card.code)
    screen = Screen(visit(LAPTOP, *LOST).new_page(), pooled, NAME)
    screen.open()
    screen.begin()
    choice = offered(roads.scenario(NAME), roads.start(NAME))[0].id
    evening.press(Act.ASK)
    phones[0].vote(0)

    postgresql.stop()
    gone = time.monotonic()
    phones[1].choose(1)
    phones[1].press(phones[1].words["send"])
    screen.choice(choice).click()
    phones[1].sees(phones[1].words["sending"])
    for phone in phones:
        expect(phone.news).to_contain_text(phone.words["trouble"])
    for page in (stage, notes):
        expect(page.locator(ALERT).first).to_contain_text(say(WORDS["lost"]).split(".")[0])
    expect(screen.told).to_contain_text(say(NOTICES["unsaved"]))
    assert pooled.get("/readyz").status == 503
    for page in (stage, notes, screen.page, *(phone.page for phone in phones)):
        is_plain(page)
    time.sleep(max(0.0, gone + seconds - time.monotonic()))
    postgresql.start()

    phones[1].sees(phones[1].words["voted"])
    expect(stage.locator(".voted .count")).to_have_text("2")
    for phone in phones:
        expect(phone.news).to_be_empty()
    for page in (stage, notes):
        expect(page.locator(ALERT).first).to_be_empty()
    phones[2].vote(2)
    expect(stage.locator(".voted .count")).to_have_text("3")
    screen.choice(choice).click()
    screen.tells(decide(roads.scenario(NAME), roads.start(NAME), choice))
    assert pooled.road(screen.attempt) == (choice,)
    assert [number for _, _, number in rounds(pooled, evening.id)[1]] == [1, 1, 1]
    evening.press(Act.CLOSE)
    phones[0].sees("De stemming is gesloten")
    assert [leak for leak in LEAKS if leak in pooled.log.read_text()] == []


def test_a_trainee_who_comes_back_while_the_database_is_away_finds_their_place_when_it_is_back(
    visit: Visit, pooled: Server, postgresql: Cluster
) -> None:
    screen = Screen(visit(LAPTOP, *LOST).new_page(), pooled, NAME)
    screen.open()
    screen.begin()
    choice = offered(roads.scenario(NAME), roads.start(NAME))[0].id
    screen.choice(choice).click()
    screen.go_on()

    postgresql.stop()
    screen.page.reload()
    expect(screen.told).to_contain_text(say(NOTICES["away"]), timeout=KERNEL)
    is_plain(screen.page)
    postgresql.start()

    screen.is_at(decide(roads.scenario(NAME), roads.start(NAME), choice))
    expect(screen.told).to_be_empty()
    assert pooled.road(screen.attempt) == (choice,)


def test_a_projector_that_was_without_a_line_shows_the_votes_that_came_meanwhile(visit: Visit, server: Server) -> None:
    line = Line(server.port)
    with closing(server.opened()) as store, closing(line):
        evening = begin(server, store, NAME)
        evening.press(Act.ASK)
        evening.join("early", "late")
        choice = offered(roads.scenario(NAME), roads.start(NAME))[0].id
        evening.vote("early", choice)
        stage = visit(PROJECTOR, *LOST).new_page()
        stage.goto(server.link.replace(server.origin, f"http://{HOST}:{line.port}"))
        stage.goto(f"http://{HOST}:{line.port}/stage/{evening.id}")
        expect(stage.locator(".voted .count")).to_have_text("1")

        line.cut()
        expect(stage.locator(ALERT).first).to_contain_text(say(WORDS["lost"]).split(".")[0])
        evening.vote("late", choice)
        line.mend()

        expect(stage.locator(".voted .count")).to_have_text("2")
        expect(stage.locator(ALERT).first).to_be_empty()
