"""Widgets of others on the light page: as many as there are, each with its own module, without another host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import guests
from tests.browser.conftest import Visit
from tests.browser.measure import barriers, sideways
from tests.browser.screen import KERNEL, LAPTOP, PHONE
from tests.browser.server import Server, kill
from tests.cases import boards, some

from casework.serve.pages import GUESTS
from casework.words import words

NOISE = ("Unsatisfied version", "No satisfying version", "status of 404")
SAY = words("nl")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose dashboards are notebooks with widgets."""
    folder = tmp_path_factory.mktemp("hosting")
    cases, pages = some(folder / "scenarios", "milan"), boards(folder / "dashboards")
    between = ("# Ertussen", guests.PICTURE, guests.SECOND, "# Erna", guests.HELD)
    guests.write(pages, "vreemd", "# Vreemd", guests.LIST, *between)
    guests.write(pages, "bytes", "# Bytes", guests.BEGIN + guests.ECHO, guests.ASKS)
    guests.write(pages, "samen", "# Samen", guests.BEGIN + guests.COUNTER, guests.PARENT)
    first = guests.BEGIN + guests.COUNTER
    guests.write(pages, "later", "# Later", first, guests.LATER, guests.BUTTONS, "# Eind", guests.CLEARED)
    guests.write(pages, "schuif", "# Schuif", guests.BEGIN + guests.BEYOND, guests.BUTTONS)
    guests.write(pages, "stuk", "# Stuk", guests.BEGIN + guests.BROKEN, guests.COUNTER)
    guests.write(pages, "eval", "# Eval", guests.BEGIN + guests.EVAL)
    guests.write(pages, "script", "# Script", guests.BEGIN + "HTML('<script>let a = 1;</script>')")
    guests.write(pages, "tekst", "# Tekst")
    chart = "display({'application/vnd.vegalite.v5+json': {'mark': 'bar'}, 'text/plain': 'kaart'}, raw=True)"
    guests.write(pages, "kaart", "# Kaart", guests.BEGIN + chart)
    server = Server(folder, cases, "--dashboards", str(pages))
    server.start()
    yield server
    server.stop()


def opened(visit: Visit, server: Server, name: str, *forgiven: str) -> Page:
    page = visit(PHONE, *forgiven).new_page()
    page.goto(f"{server.origin}/dashboard/{name}/nl", timeout=KERNEL, wait_until="commit")
    return page


def counters(page: Page) -> Locator:
    return page.locator(".teller")


def under(page: Page, heading: str) -> Locator:
    """Return what is shown under a heading."""
    return page.locator(f"main > .narrow:has(h1:text-is('{heading}')) + [data-cell]")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def test_widgets_of_others_stand_between_text_and_pictures_and_work(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "vreemd")
    expect(page.locator(".list-item")).to_have_text(["hek", "sleutel"], timeout=KERNEL)

    page.get_by_role("textbox").fill("jas")
    page.keyboard.press("Enter")

    expect(under(page, "Vreemd").locator(".list-item")).to_have_text(["hek", "sleutel", "jas"])
    expect(under(page, "Ertussen").locator("pre")).to_have_text("hek, sleutel\n")
    expect(under(page, "Ertussen").locator("img")).to_have_count(2)
    expect(page.get_by_text("X: 0.50, Y: 0.25")).to_be_visible()
    expect(under(page, "Erna").get_by_role("button", name="Undo")).to_be_visible()  # inside another
    assert page.locator("[data-cell] img").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")
    assert sideways(page) == []
    # The field's own words are somebody else's, and too pale.
    assert [one for one in barriers(page) if "add-input" not in one] == []
    assert "/full/" not in page.url


def test_the_full_page_shows_the_same(visit: Visit, server: Server) -> None:
    page = visit(LAPTOP, *NOISE).new_page()

    page.goto(f"{server.origin}/full/dashboard/vreemd/nl?late=1", wait_until="commit")

    expect(page.locator(".list-item")).to_have_text(["hek", "sleutel"], timeout=KERNEL)
    expect(page.get_by_text("X: 0.50, Y: 0.25")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.get_by_text("hek, sleutel")).to_be_visible()
    # Asked for by one visitor, it is for that visitor: the next gets the light page.
    other = server.get("/full/dashboard/vreemd/nl")
    assert other.status == 302


def test_bytes_go_there_and_back_in_traits_and_messages(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "bytes")
    said = page.locator("output")
    expect(said).to_have_text(["1 2", "3", "", ""], timeout=KERNEL)

    press(page, "Stuur")
    press(page, "Vraag")

    expect(said).to_have_text(["9 8 7", "4 5", "back 3 2 1,250", "42"])
    expect(page.get_by_text("los: 5")).to_be_visible()  # a class of its own, without ipywidgets


def test_widgets_that_are_linked_or_held_go_together_and_a_module_is_fetched_once(visit: Visit, server: Server) -> None:
    page = visit(PHONE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.origin}/dashboard/samen/nl", timeout=KERNEL)
    expect(counters(page)).to_have_text(["een: 0", "twee: 0", "een: 0", "een: 0"], timeout=KERNEL)

    counters(page).nth(1).tap()
    expect(counters(page).nth(3)).to_have_text("een: 1")
    counters(page).nth(3).tap()

    expect(counters(page)).to_have_text(["een: 2", "twee: 2", "een: 2", "een: 2"])
    expect(page.locator("output")).to_have_text("kind: 2")
    expect(counters(page).first).to_have_css("border-top-width", "3px")
    expect(page.locator("[data-model]").first).to_have_css("width", "150px")
    assert page.evaluate("globalThis.changes") == 4, "each of the two widgets begins once, however often it is shown"
    modules = [one for one in asked if "/casework/module/" in one]
    assert len(modules) == len(set(modules)) == 3


def test_what_is_shown_or_taken_back_later_has_its_place(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "later", "ValueError")
    expect(page.get_by_text("blijft", exact=True)).to_be_visible(timeout=KERNEL)
    expect(under(page, "Eind")).to_have_text("blijft", use_inner_text=True)
    pressed = page.locator("[data-cell]").nth(2)

    for name in ("toon", "druk", "druk"):
        press(page, name)
    expect(counters(page)).to_have_count(4)
    expect(pressed.locator("pre")).to_have_text("gedrukt\ngedrukt\n")
    counters(page).last.tap()
    expect(counters(page).last).to_have_text("later: 1")
    press(page, "sluit")
    expect(counters(page)).to_have_count(3)
    assert page.evaluate("globalThis.left") == 1, "what is taken away cleans up behind itself"
    press(page, "ververs")
    expect(page.locator("[data-output]").first).to_have_text("ververst")
    expect(page.locator("[data-model]").first).to_have_css("width", "150px")
    press(page, "smal")
    expect(page.locator("[data-model]").first).to_have_css("width", "90px")
    press(page, "fout")
    expect(pressed.get_by_role("alert")).to_have_text(SAY(GUESTS["failed"]))
    expect(page.get_by_text("geheim")).to_have_count(0)
    press(page, "wis")
    expect(pressed).to_have_text("schoon", use_inner_text=True)


def test_a_line_that_was_lost_brings_what_was_filled_in_meanwhile_once(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "samen", "ERR_", "WebSocket")
    expect(counters(page)).to_have_count(4, timeout=KERNEL)

    page.context.set_offline(offline=True)
    expect(page.get_by_text(SAY(GUESTS["offline"]))).to_be_visible()
    for _ in range(3):
        counters(page).first.tap()
    expect(counters(page).nth(1)).to_have_text("twee: 0")
    page.context.set_offline(offline=False)

    expect(counters(page)).to_have_text(["een: 3", "twee: 3", "een: 3", "een: 3"])
    expect(page.get_by_text(SAY(GUESTS["offline"]))).to_be_hidden()


def test_after_its_kernel_has_ended_a_page_begins_anew(visit: Visit, server: Server) -> None:
    before = set(server.kernels())
    page = opened(visit, server, "samen")
    expect(counters(page)).to_have_count(4, timeout=KERNEL)
    counters(page).first.tap()
    expect(counters(page).nth(1)).to_have_text("twee: 1")

    kill(next(pid for kernel, pid in server.kernels().items() if kernel not in before))

    expect(counters(page).nth(1)).to_have_text("twee: 0", timeout=KERNEL)


def test_a_module_that_fails_says_so_in_its_place_and_the_others_work(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "stuk", "stuk", "status of 404", "dynamically imported")

    expect(counters(page)).to_have_count(3, timeout=KERNEL)
    expect(page.get_by_role("alert")).to_have_text([SAY(GUESTS["failed"])] * 2)
    counters(page).first.tap()
    expect(counters(page).nth(1)).to_have_text("twee: 1")


@pytest.mark.parametrize("name", ["script", "kaart"])
def test_what_needs_scripts_or_another_front_end_is_sent_to_the_full_page(server: Server, name: str) -> None:
    page = server.get(f"/dashboard/{name}/nl").body

    assert f'id="casework-page">{{"full": "/full/dashboard/{name}/nl"}}' in page
    assert server.get(f"/dashboard/{name}/nl").status == 302


def test_what_turns_out_late_holds_for_everybody_if_who_leads_the_group_found_it(visit: Visit, server: Server) -> None:
    request = visit(LAPTOP).request

    request.get(f"{server.origin}/full/dashboard/tekst/nl?late=1")
    assert server.get("/dashboard/tekst/nl").status == 200
    request.get(server.link)
    request.get(f"{server.origin}/full/dashboard/tekst/nl?late=1")

    assert server.get("/dashboard/tekst/nl").status == 302


def test_a_module_that_makes_code_of_text_opens_the_full_page_once(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "eval", *NOISE, "violates the following Content Security Policy", "script-src")

    page.wait_for_url("**/full/dashboard/eval/nl?late=1", timeout=KERNEL)

    expect(page.get_by_text("42")).to_be_visible(timeout=KERNEL)


def test_a_slider_after_a_click_opens_the_full_page_unless_something_was_typed(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "schuif", *NOISE)
    page.get_by_role("textbox").fill("niet kwijt")
    press(page, "schuif")
    way = page.get_by_role("link", name=SAY(GUESTS["open"]))
    expect(way).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("niet kwijt")
    page.reload(timeout=KERNEL)

    press(page, "schuif")

    page.wait_for_url("**/full/dashboard/schuif/nl?late=1", timeout=KERNEL)
