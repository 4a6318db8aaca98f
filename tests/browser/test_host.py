"""What the host sees, and who else does: the door with the token, the status page, the probes and the log."""

import http.client
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Look, Visit
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import KERNEL, LAPTOP, PHONE, PROJECTOR
from tests.browser.server import HOST, TOKEN, Server, free_port
from tests.browser.waiting import until
from tests.cases import SCENARIOS

from casework.serve.tries import FREE

FORBIDDEN = "status of 403"
NARROW = PHONE | {"viewport": {"width": 320, "height": 700}}
CLOSED = ("/status", "/status/en", "/dashboard/cases", "/dashboard/cases/en")


class Reply:
    """An answer with its headers."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read().decode()

    @property
    def cookies(self) -> SimpleCookie:
        found = SimpleCookie()
        for line in self.headers.get_all("Set-Cookie", []):
            found.load(line)
        return found


def ask(server: Server, path: str, cookie: str = "", form: dict[str, str] | None = None, **more: str) -> Reply:
    headers = more | ({"Cookie": cookie} if cookie else {})
    body = None
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form)
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as line:
        line.request("POST" if form is not None else "GET", path, body, headers)
        return Reply(line.getresponse())


def head(server: Server, path: str) -> int:
    """Return what a balancer hears that does not want the text."""
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as line:
        line.request("HEAD", path)
        return line.getresponse().status


def key(server: Server) -> str:
    """Return the cookie of who leads the group, as a browser sends it."""
    name, morsel = next((name, one) for name, one in entered(server).cookies.items() if name != "_xsrf")
    return f"{name}={morsel.coded_value}"


def entered(server: Server) -> Reply:
    return ask(server, f"/enter?token={TOKEN}")


@pytest.fixture
def stale(tmp_path: Path) -> Iterator[Server]:
    """A server whose folder of cases a test may empty."""
    one = Server(tmp_path, Path(shutil.copytree(SCENARIOS, tmp_path / "scenarios")), "--log", "json")
    one.start()
    yield one
    one.stop()


@pytest.mark.parametrize("path", ["/nl", "/case/nowhere", "/case/leo", "/dashboard/toolkit/nl", "/enter", *CLOSED])
def test_a_trainee_gets_no_cookie_but_the_one_that_guards_forms(server: Server, path: str) -> None:
    assert set(ask(server, path).cookies) == {"_xsrf"}


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_for_who_leads_asks_a_trainee_for_the_token(server: Server, path: str) -> None:
    reply = ask(server, path)

    assert reply.status == 403
    assert 'name="token"' in reply.body
    assert ("Toegangscode" in reply.body) is not path.endswith("/en")
    assert "data-live" not in reply.body
    assert "casework-page" not in reply.body


def test_the_link_gives_a_cookie_of_this_session_and_goes_on_to_an_address_without_the_token(server: Server) -> None:
    reply = entered(server)
    morsel = next(one for name, one in reply.cookies.items() if name != "_xsrf")

    assert (reply.status, reply.headers["Location"]) == (303, "/")
    assert (morsel["expires"], morsel["max-age"]) == ("", "")
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert TOKEN not in morsel.value


def test_behind_a_proxy_with_https_the_cookie_stays_on_https(server: Server) -> None:
    behind = ask(server, f"/enter?token={TOKEN}", **{"X-Forwarded-Proto": "https"})

    assert [bool(one["secure"]) for one in behind.cookies.values() if one.key != "_xsrf"] == [True]
    assert [bool(one["secure"]) for one in entered(server).cookies.values() if one.key != "_xsrf"] == [False]


def test_the_cookie_opens_the_status_page_and_a_changed_one_does_not(server: Server) -> None:
    right = key(server)
    wrong = right[:-4] + ("0000" if right[-4:] != "0000" else "1111")

    assert ask(server, "/status/nl", right).status == 200
    assert ask(server, "/status/nl", wrong).status == 403
    assert ask(server, f"/status/nl?token={TOKEN}").status == 403


def test_a_form_from_elsewhere_opens_nothing(server: Server) -> None:
    assert ask(server, "/enter", form={"token": TOKEN}).status == 403
    assert set(ask(server, "/enter", form={"token": TOKEN}).cookies) <= {"_xsrf"}


@pytest.mark.parametrize("to", ["//elsewhere.example/", "https://elsewhere.example/", "status/nl?x=1", "\\\\elsewhere"])
def test_the_door_leads_to_pages_of_ours_alone(server: Server, to: str) -> None:
    guard = ask(server, "/enter").cookies["_xsrf"]
    reply = ask(server, "/enter", f"_xsrf={guard.coded_value}", {"_xsrf": guard.value, "token": TOKEN, "to": to})

    assert (reply.status, reply.headers["Location"]) == (303, "/")


def test_guessing_is_slowed_down_and_then_not_even_the_right_token_is_looked_at(own_server: Server) -> None:
    before = key(own_server)
    tries = [ask(own_server, f"/enter?token=wrong-{number}") for number in range(FREE + 1)]

    late = entered(own_server)

    assert [reply.status for reply in tries] == [403] * FREE + [429]
    assert late.status == 429
    assert int(late.headers["Retry-After"]) in {1, 2}
    assert "Te veel pogingen" in late.body
    assert ask(own_server, "/status/nl", before).status == 200
    until(lambda: entered(own_server).status == 303, "the door opens again")


def test_a_token_that_was_mistyped_is_told_and_the_right_one_leads_to_the_page_that_was_asked_for(
    visit: Visit, server: Server
) -> None:
    page = visit(PHONE, FORBIDDEN).new_page()
    page.goto(f"{server.origin}/status/nl")
    expect(page.locator("h1")).to_have_text("Voor wie een groep begeleidt")

    page.get_by_label("Toegangscode").fill("not this one")
    page.get_by_role("button", name="Openen").tap()
    expect(page.get_by_role("alert")).to_contain_text("Dat is niet de toegangscode")
    assert barriers(page) == []
    assert small(page) == []
    page.get_by_label("Toegangscode").fill(TOKEN)
    page.keyboard.press("Enter")

    page.wait_for_url(f"{server.origin}/status/nl")
    expect(page.locator("h1")).to_have_text("Hoe het met de server gaat")


def test_whoever_came_in_by_the_link_finds_more_in_the_catalogue(visit: Visit, server: Server) -> None:
    page = visit(LAPTOP).new_page()
    cases = page.locator('a[href^="/dashboard/cases"]')
    page.goto(f"{server.origin}/nl")
    expect(cases).to_have_count(0)

    page.goto(server.link)

    assert urlsplit(page.url)[2:] == ("/", "", "")
    expect(cases).to_have_count(1)
    page.get_by_role("link", name="Hoe het met de server gaat").click()
    page.get_by_role("link", name="This page in English").click()
    expect(page.locator("h1")).to_have_text("How the server does")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.fixture
def status(visit: Visit, server: Server) -> Page:
    page = visit(LAPTOP).new_page()
    page.clock.install()
    page.goto(server.link)
    page.goto(f"{server.origin}/status/nl")
    return page


def later(page: Page) -> bool:
    page.clock.run_for(6000)
    return True


def value(page: Page, name: str) -> str:
    return page.locator("dl > div", has=page.get_by_text(name, exact=True)).locator("dd").inner_text()


@pytest.mark.parametrize("device", [NARROW, PHONE, PROJECTOR], ids=["narrow", "phone", "projector"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_status_page_is_in_nobody_s_way(
    visit: Visit, server: Server, device: dict[str, object], scheme: str
) -> None:
    page = visit(device | {"color_scheme": scheme}).new_page()
    page.goto(server.link)

    page.goto(f"{server.origin}/status/nl")

    expect(page.locator("[data-live]")).to_contain_text("Mensen kunnen beginnen.", timeout=KERNEL)
    assert barriers(page) == []
    assert sideways(page) == []
    assert small(page) == []


def test_new_figures_come_without_loading_the_page_again(status: Page, look: Look, server: Server) -> None:
    before = int(value(status, "Bezet"))
    status.evaluate("() => { globalThis.stayed = true; }")

    look("milan")

    until(lambda: later(status) and int(value(status, "Bezet")) > before, "the page counts who plays")
    assert status.evaluate("() => globalThis.stayed")
    assert value(status, "Alle spelers samen").endswith(" MB")
    until(lambda: later(status) and value(status, "Mensen geteld").isdigit(), "the page tells how long people waited")
    assert value(status, "Het langst").endswith(" seconden")


def test_whoever_stops_renewing_can_read_in_peace(status: Page) -> None:
    button = status.get_by_role("button", name="Niet meer verversen")
    button.focus()
    status.keyboard.press("Enter")
    status.evaluate("() => { document.querySelector('[data-live]').dataset.old = ''; }")
    asked: list[str] = []
    status.on("request", lambda request: asked.append(request.url))
    status.clock.run_for(60_000)

    assert asked == []
    status.get_by_role("button", name="Weer verversen").click()

    expect(status.locator("[data-live]:not([data-old])")).to_be_visible()


def test_a_server_that_is_gone_is_told_once(visit: Visit, own_server: Server) -> None:
    page = visit(LAPTOP, "ERR_").new_page()
    page.goto(own_server.link)
    page.goto(f"{own_server.origin}/status/en")
    expect(page.locator("[data-live]")).to_be_visible()

    own_server.kill()

    expect(page.get_by_text("The server does not answer. You see the last figures.")).to_be_visible()
    expect(page.locator("[data-live]")).to_be_visible()


@pytest.mark.skipif(os.name == "nt", reason="the browser of this test is a shell script")
def test_the_browser_that_is_opened_carries_the_token_in_a_file_and_not_in_its_command(tmp_path: Path) -> None:
    opened, browser, log = tmp_path / "opened", tmp_path / "browser", tmp_path / "log"
    browser.write_text(f'#!/bin/sh\necho "$@" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    command = [sys.executable, "-m", "casework", "serve", "--port", str(free_port()), "--store", str(tmp_path / "s")]
    environment = {name: text for name, text in os.environ.items() if name != "CASEWORK_TOKEN"}
    with log.open("w") as told:
        server = subprocess.Popen(
            command, stdout=told, stderr=told, cwd=SCENARIOS.parent, env={**environment, "BROWSER": str(browser)}
        )
    try:
        until(opened.exists, "the browser is opened", 60)
        until(lambda: "/enter?token=" in log.read_text(), "the link is printed")
        address = opened.read_text().strip()
        file = Path(urlsplit(address).path)
        link = next(word for word in log.read_text().split() if "/enter?token=" in word)

        assert "token" not in address
        assert link in file.read_text()
        assert file.parent.stat().st_mode & 0o077 == 0
        assert len(link.partition("=")[2]) >= 32
    finally:
        server.terminate()
        server.wait(60)
    assert not file.exists()


def test_a_sound_server_lives_and_is_ready_and_gives_no_cookie_for_saying_so(server: Server) -> None:
    until(lambda: ask(server, "/readyz").status == 200, "all is prepared", 60)
    alive, ready = ask(server, "/healthz"), ask(server, "/readyz")

    assert (alive.status, json.loads(alive.body)) == (200, {"is_alive": True})
    assert (ready.status, json.loads(ready.body)) == (200, {"is_ready": True, "reasons": []})
    assert [head(server, path) for path in ("/healthz", "/readyz")] == [200, 200]
    assert not alive.cookies
    assert not ready.cookies


def test_a_server_without_cases_lives_and_is_not_ready_and_logs_one_object_for_each_line(stale: Server) -> None:
    for path in ("/nl?who=me", "/case/nowhere?token=abc"):
        ask(stale, path)
    for case in stale.scenarios.glob("*.ipynb"):
        case.unlink()

    until(lambda: ask(stale, "/readyz").status == 503, "it is no longer ready")

    assert json.loads(ask(stale, "/readyz").body)["reasons"] == ["no case can be played"]
    assert ask(stale, "/healthz").status == 200
    told, *lines = sorted(stale.log.read_text("utf-8").splitlines(), key=lambda line: line.startswith("{"))
    said = [json.loads(line) for line in lines]
    assert told.endswith(f"{stale.origin}/enter")
    assert {"method": "GET", "place": "/case/nowhere", "status": 404}.items() <= next(
        one.items() for one in said if one.get("place") == "/case/nowhere"
    )
    assert TOKEN not in stale.log.read_text("utf-8")
    assert "who=" not in stale.log.read_text("utf-8")


def test_no_process_behind_the_server_knows_the_token(look: Look, server: Server) -> None:
    look("milan").begin()

    known = [psutil.Process(child.pid).environ() for child in server.children()]

    assert known
    assert not [one for one in known if TOKEN in one.values()]
