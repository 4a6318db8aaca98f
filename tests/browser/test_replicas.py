"""Two servers over one PostgreSQL, behind nginx with the file that the documentation shows: one may go at any time."""

import gzip
import http.client
import signal
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie

import psutil
import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.screen import LAPTOP, PHONE, PROJECTOR, Screen
from tests.browser.server import HOST, Server
from tests.browser.waiting import until
from tests.browser.workshop import Handset, begin, rounds
from tests.deployment.crowd import Crowd
from tests.deployment.nginx import Nginx
from tests.deployment.replica import Replica
from tests.room.evening import Evening
from tests.store import cluster

from casework.play.attempt import decide, offered
from casework.play.workshop import Act

NAME = "leo"
COOKIE = "casework_server"
PEOPLE = 30
MOVED = 8.0  # seconds: on a machine that does nothing else it takes one
STOPPED = 30.0
LOST = ("WebSocket connection to", "ERR_CONNECTION", "Failed to load resource", "ERR_INCOMPLETE", "ERR_EMPTY")


@dataclass(frozen=True)
class House:
    """Both servers, and what stands before them."""

    first: Replica
    second: Replica
    nginx: Nginx

    def other(self, one: Replica) -> Replica:
        return self.second if one is self.first else self.first

    def ask(self, path: str, **headers: str) -> "Reply":
        """Ask nginx, as a browser without any cookie does."""
        line = http.client.HTTPSConnection(
            HOST, self.nginx.secure, timeout=60, context=ssl._create_unverified_context()
        )
        with closing(line):
            line.request("GET", path, headers=headers)
            return Reply(line.getresponse())


class Reply:
    """An answer as it was on the line."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def cookies(self) -> SimpleCookie:
        found = SimpleCookie()
        for line in self.headers.get_all("Set-Cookie", []):
            found.load(line)
        return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with cluster.running() as postgresql:
        store = postgresql.address(postgresql.new())
        replicas = [Replica(folder / name, store, name) for name in ("first", "second")]
        nginx = Nginx(folder, (replicas[0].port, replicas[1].port))
        for one in replicas:
            one.nginx = nginx
        with ThreadPoolExecutor(2) as both:
            list(both.map(Server.start, replicas))
        nginx.start()
        try:
            yield House(*replicas, nginx)
        finally:
            nginx.stop()
            for one in replicas:
                one.stop()


@pytest.fixture
def evening(house: House) -> Iterator[Evening]:
    with closing(house.first.opened()) as store:
        yield begin(house.first, store, NAME)


@pytest.fixture
def crowd(house: House, evening: Evening) -> Iterator[Crowd]:
    one = Crowd(house.nginx.origin, evening.card.code, PEOPLE)
    yield one
    one.close()


def behind(visit: Visit, options: dict[str, object]) -> Page:
    """Return a new page of somebody who comes through nginx; nobody vouches for its certificate."""
    return visit({**options, "ignore_https_errors": True}, *LOST).new_page()


def projector(visit: Visit, house: House, evening: Evening) -> Page:
    page = behind(visit, PROJECTOR)
    page.goto(house.first.link)
    page.goto(f"{house.nginx.origin}/stage/{evening.id}")
    expect(page.locator("main h1")).to_be_visible()
    return page


def trainee(visit: Visit, house: House, at: Replica) -> Screen:
    """Return somebody who plays, and has made one choice, on this server."""
    page = behind(visit, LAPTOP)
    page.context.add_cookies([{"name": COOKIE, "value": at.name, "url": house.nginx.origin}])
    screen = Screen(page, at, NAME)
    screen.open()
    screen.begin()
    screen.choice(first(NAME)).click()
    screen.go_on()
    return screen


def first(name: str) -> str:
    return offered(roads.scenario(name), roads.start(name))[0].id


def place(screen: Screen) -> str:
    """Return which server this browser keeps."""
    found = {one["name"]: one["value"] for one in screen.page.context.cookies()}
    return found[COOKIE]


def test_a_server_that_is_killed_in_a_vote_loses_nothing_and_all_move_to_the_other(
    visit: Visit, house: House, evening: Evening, crowd: Crowd
) -> None:
    stage = projector(visit, house, evening)
    until(lambda: {house.first.lines, house.second.lines} == {PEOPLE // 2, PEOPLE // 2 + 1}, "each has half of all")
    gone = house.first if house.first.lines > house.second.lines else house.second
    left = house.other(gone)
    screen = trainee(visit, house, gone)
    phones = [Handset(behind(visit, PHONE), house.nginx.origin, "nl") for _ in range(2)]
    for phone in phones:
        phone.join(evening.card.code)
    evening.press(Act.ASK)
    crowd.finish(phone.is_in("vote") for phone in crowd.phones)
    early, late = crowd.phones[: PEOPLE // 2], crowd.phones[PEOPLE // 2 :]
    crowd.finish(phone.vote(0) for phone in early)
    phones[0].vote(0)
    phones[1].choose(1)

    voting = [crowd.begin(phone.vote(1)) for phone in late]
    began = time.monotonic()
    gone.kill()
    phones[1].press(phones[1].words["send"])
    seconds = [vote.result(60) for vote in voting]
    phones[1].sees(phones[1].words["voted"])
    expect(stage.locator(".voted .count")).to_have_text(str(PEOPLE + 2))
    expect(stage.locator("p[role=alert]")).to_be_empty()
    moved = time.monotonic() - began

    assert max(seconds) < MOVED
    assert moved < MOVED
    assert sum(phone.lost for phone in crowd.phones) > 0
    (cast,) = rounds(left, evening.id).values()
    assert len({who for who, _, _ in cast}) == len(cast) == PEOPLE + 2
    assert [number for _, _, number in cast] == [1] * len(cast)
    look = evening.look()
    assert [sum(choice == option for _, choice, _ in cast) for option in look.options[:2]] == [PEOPLE // 2 + 1] * 2

    there = decide(roads.scenario(NAME), roads.start(NAME), first(NAME))
    attempt = screen.attempt
    screen.ready()
    screen.is_at(there)
    choice = offered(roads.scenario(NAME), there)[0].id
    screen.choice(choice).click()
    screen.tells(decide(roads.scenario(NAME), there, choice))
    assert screen.attempt == attempt
    assert left.road(attempt) == (first(NAME), choice)
    assert place(screen) == left.name

    gone.start()
    # nginx asks it again after ten seconds at most.
    screen.page.reload()
    screen.ready()
    assert place(screen) == left.name


def test_a_server_that_is_told_to_stop_sends_all_on_at_once_and_leaves_no_kernel(
    visit: Visit, house: House, evening: Evening, crowd: Crowd
) -> None:
    gone, left = house.first, house.second
    evening.press(Act.ASK)
    crowd.finish(phone.is_in("vote") for phone in crowd.phones)
    screen = trainee(visit, house, gone)
    children = gone.children()

    began = time.monotonic()
    gone.process.send_signal(signal.SIGTERM)
    votes = crowd.finish(phone.vote(0) for phone in crowd.phones)
    until(lambda: left.lines >= PEOPLE, "all phones are there", MOVED)
    moved = time.monotonic() - began
    screen.ready()
    screen.is_at(decide(roads.scenario(NAME), roads.start(NAME), first(NAME)))

    assert gone.process.wait(STOPPED) == 0
    assert psutil.wait_procs(children, timeout=5)[1] == []
    assert max(votes) < MOVED
    assert moved < MOVED
    assert evening.look().voted == PEOPLE
    assert place(screen) == left.name
    assert "Traceback" not in gone.log.read_text()
    gone.start()


def test_servers_that_are_restarted_one_after_the_other_keep_all_who_vote(
    house: House, evening: Evening, crowd: Crowd
) -> None:
    """As in an update: the second one that goes sends all to one that nginx knows to have failed a moment before."""
    evening.press(Act.ASK)
    crowd.finish(phone.is_in("vote") for phone in crowd.phones)

    house.second.stop()
    until(lambda: house.first.lines >= PEOPLE, "all phones are at the first", MOVED)
    house.second.start()
    house.first.stop()
    until(lambda: house.second.lines >= PEOPLE, "all phones are at the second", MOVED)
    house.first.start()
    votes = crowd.finish(phone.vote(0) for phone in crowd.phones)

    assert max(votes) < MOVED
    assert evening.look().voted == PEOPLE


def test_what_is_packed_once_comes_through_packed_once(house: House) -> None:
    page = house.ask("/nl", **{"Accept-Encoding": "gzip"})

    assert page.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(page.body)
    assert set(page.cookies) == {"_xsrf"}
    assert page.cookies["_xsrf"]["secure"]


def test_a_phone_gets_no_cookie_and_a_code_with_the_address_of_the_house(
    visit: Visit, house: House, evening: Evening
) -> None:
    page = projector(visit, house, evening)

    given = page.locator("#casework-page").text_content() or ""

    assert f"{house.nginx.origin}/join/{evening.card.code}" in given
    assert not house.ask(f"/join/{evening.card.code}").cookies
    (kept,) = [one for one in page.context.cookies() if one["name"].startswith("casework-")]
    assert (kept["secure"], kept["httpOnly"]) == (True, True)


def test_files_are_kept_by_the_browser_for_ever_and_come_from_whichever_server_has_them(house: House) -> None:
    page = house.ask("/nl").body.decode()
    file = page.split('rel="stylesheet" href="')[1].split('"')[0]

    assert "immutable" in house.ask(file).headers["Cache-Control"]
    # nginx keeps away from a server for ten seconds after it was gone, and so may know of none for a moment.
    gone = "/casework/static/gone.0123456789.js"
    until(lambda: house.ask(gone).status == 404, "both say that they have no such file")


def test_whoever_asks_without_https_is_sent_to_it(house: House) -> None:
    with closing(http.client.HTTPConnection(HOST, house.nginx.plain, timeout=60)) as line:
        line.request("GET", "/join")
        answer = line.getresponse()

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/join")


def test_neither_proxy_nor_server_writes_down_who_asked_or_for_what(house: House) -> None:
    house.ask("/enter?token=somebody-guesses-this")
    said = house.nginx.log + house.first.log.read_text() + house.second.log.read_text()

    assert "somebody-guesses-this" not in said
    assert HOST not in house.nginx.log


def test_while_both_are_away_a_page_says_so_and_comes_back_by_itself(visit: Visit, house: House) -> None:
    for one in (house.first, house.second):
        one.stop()
    page = behind(visit, PHONE)
    page.goto(f"{house.nginx.origin}/nl")
    expect(page.locator("h1")).to_have_text("Even geduld")
    assert page.locator("p[lang=en]").count() == 1

    house.second.start()

    expect(page.locator("h1")).to_contain_text("Oefenen", timeout=30_000)
