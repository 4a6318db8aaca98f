"""A trainee takes a certificate home from the look back; the name on it goes nowhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import LAPTOP, PHONE, Screen, click, tab
from tests.browser.server import Server
from tests.cases import SCENARIOS

from casework.cli import main
from casework.export.certificate import read

NAME = "milan"
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
REFUSED = r"Failed to load resource: .*(403|404|405)"


def looking_back(visit: Visit, server: Server, options: dict[str, Any] = LAPTOP) -> Screen:
    """Return a screen that stands at an ending."""
    attempt = server.put(NAME, next(iter(roads.endings(NAME).values())))
    context = visit(options)
    remembered = f"localStorage['casework:attempt:{NAME}'] = '{attempt}'; localStorage['casework:read:{NAME}'] = '1'"
    # A tab that is still empty has no memory, and would complain.
    context.add_init_script(f"if (location.protocol === 'http:') {{ {remembered} }}")
    screen = Screen(context.new_page(), server, NAME)
    screen.page.goto(screen.address)
    screen.ready()
    screen.go_on()
    expect(screen.button("certificate")).to_be_visible()
    return screen


def asked(screen: Screen, press: Any = click) -> Page:
    """Return the certificate, which opens in a tab of its own."""
    with screen.page.expect_popup() as opened:
        press(screen.button("certificate"))
    opened.value.wait_for_load_state()
    return opened.value


@pytest.fixture
def sheet(visit: Visit, server: Server) -> Page:
    return asked(looking_back(visit, server))


def test_the_certificate_is_true_says_no_choice_and_prints_on_one_sheet(
    sheet: Page, server: Server, tmp_path: Path
) -> None:
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Bewijs van deelname")
    stated = read(sheet.content())
    assert stated is not None
    (tmp_path / "bewijs.html").write_text(sheet.content(), "utf-8")

    assert (
        main(["verify", str(tmp_path / "bewijs.html"), "--store", str(server.store), "--scenarios", str(SCENARIOS)])
        == 0
    )
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.pdf(prefer_css_page_size=True))) == 1


def test_a_name_that_is_typed_stands_on_the_sheet_and_nowhere_else(sheet: Page, server: Server) -> None:
    asked_for: list[str] = []
    sheet.context.on("request", lambda request: asked_for.append(request.url))

    sheet.get_by_label("Naam").fill("Noor de Wit")
    sheet.keyboard.press("Enter")
    sheet.emulate_media(media="print")

    expect(sheet.get_by_label("Naam")).to_have_value("Noor de Wit")
    assert asked_for == []
    kept = sheet.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])")
    assert "Noor" not in kept
    assert "Noor" not in sheet.content()
    assert not any(b"Noor" in file.read_bytes() for file in server.folder.glob("*") if file.is_file())


def test_no_address_holds_the_attempt(sheet: Page) -> None:
    assert sheet.url.endswith("/certificate")


@pytest.mark.parametrize("options", [PHONE, NARROW], ids=["phone", "320"])
def test_it_can_be_read_and_pressed_on_a_small_screen_and_by_keyboard(
    visit: Visit, server: Server, options: dict[str, Any]
) -> None:
    screen = looking_back(visit, server, options)
    assert small(screen.page) == []
    assert sideways(screen.page) == []

    sheet = asked(screen, tab)

    assert barriers(sheet) == []
    assert sideways(sheet) == []
    assert small(sheet) == []


def test_axe_finds_nothing_on_it(sheet: Page) -> None:
    assert barriers(sheet) == []


def test_a_stranger_gets_none(visit: Visit, server: Server) -> None:
    page = visit(LAPTOP, REFUSED).new_page()
    page.goto(f"{server.origin}/nl")
    ask = """async ([attempt, token]) => {
      const found = document.cookie.match(/_xsrf=([^;]*)/)[1];
      const body = new URLSearchParams({ attempt, _xsrf: token ?? found });
      return (await fetch('/certificate', { method: 'POST', body })).status;
    }"""
    unfinished = server.put(NAME, roads.midway(NAME))

    assert page.evaluate(ask, ["nobody", None]) == 404
    assert page.evaluate(ask, [unfinished, None]) == 404
    assert page.evaluate(ask, [unfinished, "forged"]) == 403
    page.goto(f"{server.origin}/certificate")
    expect(page.locator("h1")).to_be_visible()
    assert server.get("/certificate").status == 405
