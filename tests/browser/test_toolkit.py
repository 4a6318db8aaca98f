"""The toolkit on a phone, on a projector and on paper: found by thumb and by keyboard, and in nobody's way."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests import tongues
from tests.browser import roads, tour
from tests.browser.conftest import Visit
from tests.browser.screen import KERNEL, LAPTOP, MOST_TABS, PHONE, PROJECTOR, is_focused
from tests.browser.server import Server
from tests.browser.stage import Stage
from tests.cases import boards, setting, some

from casework.cards import deck
from casework.conformance.routing import routes
from casework.conformance.situation import Age, Situation
from casework.scenario.model import Ending
from casework.widgets.labels import captions
from casework.widgets.lookback import debrief
from casework.words import words

MOST_REQUESTS = 16
LIGHT = 200_000  # bytes over the line for a first visit, of which a third is the typeface
REGION = """
[[regions]]
id = "zuidoost"
names = { nl = "Zuidoost", en = "South-east" }
reporting = "veilig-thuis"
replaces = ["minor"]
when = { ages = ["16-17"] }
to = { nl = "Bel het meldpunt.", en = "Ring the reporting point." }
source = ["S21"]
read = 2024-03-01
"""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose toolkit has a further language, written from right to left, and a region."""
    place = tmp_path_factory.mktemp("toolkit")
    scenarios, dashboards = some(place / "scenarios", "milan"), boards(place / "dashboards", "toolkit")
    (scenarios / "regions.toml").write_text(REGION, encoding="utf-8")
    tongues.write(dashboards, "ar", tongues.everything())
    one = Server(place, scenarios, "--dashboards", str(dashboards))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def kit(visit: Visit, server: Server) -> Open:
    """Open the toolkit in a fresh browser."""

    def at(options: dict[str, Any] = LAPTOP, language: str = "nl", of: Server = server) -> Page:
        page = visit(options).new_page()
        page.goto(f"{of.origin}/dashboard/toolkit/{language}")
        ready(page)
        return page

    return at


def ready(page: Page) -> None:
    page.locator(".kit[data-ready]").wait_for(timeout=KERNEL)


def go(page: Page, part: str) -> None:
    """Go to a part of the toolkit."""
    page.locator(f'.kit [data-key="part-{part}"]').click()
    expect(page.locator(f'.kit [data-key="part-{part}"]')).to_have_attribute("aria-current", "true")


def pages(page: Page) -> int:
    """Return on how many pages of paper this page comes."""
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_thumb_finds_the_cards_of_a_place_and_a_form(kit: Open) -> None:
    page = kit(PHONE)

    page.get_by_role("button", name="School").tap()
    page.get_by_label("Welke vorm van uitbuiting?").select_option("begging")

    wanted = [
        card.text.nl for card in deck.signals() if "school" in card.settings and {"begging", "any"} & set(card.forms)
    ]
    expect(page.locator(".kit-card")).to_have_count(len(wanted))
    assert sorted(page.locator(".kit-card h3").all_text_contents()) == sorted(wanted)
    expect(page.get_by_text(deck.rule().text.nl).first).to_be_visible()


def test_searching_with_the_keyboard_keeps_the_cursor_and_says_how_many_there_are(kit: Open) -> None:
    page = kit()
    search = page.get_by_label("Zoek op een woord")

    search.focus()
    page.keyboard.type("telefoon", delay=40)

    expect(page.locator(".kit-card").first).to_be_visible()
    count = page.locator(".kit-card").count()
    expect(page.get_by_role("status")).to_have_text(f"Kaarten: {count}")
    assert is_focused(search)
    assert search.input_value() == "telefoon"
    expect(page.locator('[data-key="part-talks"] .tag')).to_have_text("1")


def test_the_keyboard_alone_comes_to_a_route(kit: Open) -> None:
    page = kit()
    part = page.locator('[data-key="part-now"]')
    part.focus()
    page.keyboard.press("Enter")
    age = page.get_by_label("Hoe oud is de persoon?")
    expect(age).to_be_visible()
    assert is_focused(part)

    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if is_focused(age):
            break
    page.keyboard.type("16")

    wanted = routes(setting("kim").protocol, Situation(Age.FROM_16))
    expect(page.locator(".routes h3")).to_have_text([route.title.nl for route in wanted])
    assert is_focused(age)


def test_an_answer_that_is_changed_changes_the_routes_and_says_so(kit: Open) -> None:
    page = kit(PHONE)
    go(page, "now")

    page.get_by_label("Hoe oud is de persoon?").select_option("18+")
    expect(page.get_by_text("Kies ook wie misschien uitbuit").first).to_be_visible()
    page.get_by_label("Wie buit misschien uit?").select_option("employer")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Stappen die passen: \d+$"))
    before = page.locator(".routes > li").count()
    page.get_by_text("Wat speelt er nog meer?").first.tap()
    page.get_by_label("De persoon is ook verdachte").check()

    expect(page.locator(".routes > li")).to_have_count(before + 1)
    expect(page.get_by_label("De persoon is ook verdachte")).to_be_checked()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_part_of_the_toolkit_is_in_anybodys_way(kit: Open, language: str) -> None:
    page = kit(PHONE | {"is_mobile": False}, language)
    found = list(tour.everything(page, "begin"))
    for part in ("signals", "talks", "now", "lines"):
        go(page, part)
        if part == "signals":
            page.locator(".option").first.click()
            page.locator(".kit-card summary").first.click()
        if part == "talks":
            page.locator(".option").first.click()
            page.locator(".kit-card").first.wait_for()
        if part == "now":
            page.locator('.kit select[name="age"]').select_option("12-15")
            page.locator(".kit summary").first.click()
        found.extend(tour.everything(page, part))

    assert found == []


def test_all_cards_come_on_paper_one_on_a_page_and_nothing_that_can_be_pressed(kit: Open) -> None:
    page = kit(PROJECTOR)
    page.get_by_role("button", name="Alle kaarten").click()
    expect(page.locator(".kit-card")).to_have_count(len(deck.signals()))

    assert pages(page) == len(deck.signals())
    page.emulate_media(media="print")
    pressable = page.locator("button, select, input, .bar, .exit, summary").locator("visible=true")
    assert [one.evaluate("element => element.outerHTML") for one in pressable.all()] == []
    expect(page.locator(".kit-card").first.get_by_text(deck.rule().text.nl)).to_be_visible()
    page.emulate_media(media="null")
    go(page, "talks")
    expect(page.locator(".kit-card")).to_have_count(len(deck.talks()))
    assert pages(page) == len(deck.talks())


def test_one_card_comes_alone_on_its_page_and_the_others_are_back_afterwards(kit: Open) -> None:
    page = kit()
    page.get_by_role("button", name="School").click()
    page.evaluate("() => { globalThis.print = () => {}; }")
    second = page.locator(".kit-card").nth(1)

    second.get_by_role("button", name="Druk deze kaart af").click()

    page.emulate_media(media="print")
    expect(page.locator(".kit-card:visible")).to_have_count(1)
    expect(second).to_be_visible()
    assert pages(page) == 1
    expect(page.locator(".kit-card:visible")).to_have_count(page.locator(".kit-card").count())


@pytest.mark.parametrize("part", ["now", "lines"])
def test_routes_and_help_lines_fit_on_one_sheet(kit: Open, part: str) -> None:
    page = kit()
    go(page, part)
    if part == "now":
        page.get_by_label("Hoe oud is de persoon?").select_option("16-17")
        page.locator(".routes").wait_for()

    assert pages(page) == 1


def test_the_help_lines_are_those_of_the_product(kit: Open) -> None:
    page = kit(PHONE)
    go(page, "lines")

    wanted = [line["number"] for line in captions(words("nl"))["lines"]]
    expect(page.locator(".kit .lines a")).to_have_text(wanted)


def test_the_look_back_leads_to_the_cards_of_its_signals_and_no_server_sees_which(
    browser: Browser, server: Server
) -> None:
    there = roads.endings("milan")[Ending.HARM]
    ids = debrief(setting("milan"), there)["signals"]["cards"]
    with Stage(browser, server, "milan") as stage:
        stage.show(there)
        stage.page.get_by_role("link", name="Kaarten van deze signalen").click()
        ready(stage.page)

        expect(stage.page.locator(".kit-card")).to_have_count(len(ids))
        shown = stage.page.locator(".kit-card").evaluate_all("cards => cards.map((card) => card.dataset.card)")
        assert sorted(shown) == sorted(ids)
        assert stage.page.url == f"{server.origin}/dashboard/toolkit/nl"
        stage.guard.check()
    assert not any(each in server.log.read_text() for each in ids)


def test_a_page_that_is_loaded_again_shows_what_it_showed_and_has_forgotten_the_person(kit: Open) -> None:
    page = kit()
    go(page, "now")
    page.get_by_label("Hoe oud is de persoon?").select_option("16-17")
    page.locator(".routes").wait_for()
    page.reload()
    ready(page)

    expect(page.locator('[data-key="part-now"]')).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Hoe oud is de persoon?")).to_have_value("")
    go(page, "signals")
    page.get_by_role("button", name="Gemeente").click()
    page.locator(".kit-card").first.wait_for()
    count = page.locator(".kit-card").count()
    page.reload()
    ready(page)
    expect(page.locator(".kit-card")).to_have_count(count)


def test_a_further_language_is_chosen_on_the_page_runs_its_own_way_and_stays(kit: Open, own: Server) -> None:
    page = kit(PHONE | {"is_mobile": False}, of=own)

    page.get_by_label("Taal van deze kaarten").focus()
    page.get_by_label("Taal van deze kaarten").select_option("ar")
    expect(page.locator(".kit")).to_have_attribute("dir", "rtl")
    expect(page.locator(".kit")).to_have_attribute("lang", "ar")
    expect(page.locator(".kit h2")).to_have_text("«Signals»")
    assert is_focused(page.locator('.kit [data-key="language"]'))
    page.locator(".option").last.click()
    expect(page.locator(".kit-card")).to_have_count(len(deck.signals()))
    assert list(tour.everything(page, "Arabic")) == []
    page.reload()
    ready(page)
    expect(page.locator(".kit")).to_have_attribute("lang", "ar")
    page.get_by_label("«Language of these cards»").select_option("nl")
    expect(page.locator(".kit h2")).to_have_text("Signalen")


def test_a_region_is_asked_for_where_there_are_regions_and_answers_first(kit: Open, own: Server) -> None:
    page = kit(language="en", of=own)
    go(page, "now")
    page.get_by_label("How old is the person?").select_option("16-17")
    page.get_by_label("Which region?").select_option("zuidoost")

    expect(page.locator(".routes h3").first).to_have_text("Your region: South-east")


def test_the_page_speaks_one_language_and_leads_to_the_other(kit: Open) -> None:
    page = kit(language="en")

    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("h1")).to_contain_text("Cards to take along")
    expect(page.get_by_text("Kaarten voor onderweg")).to_have_count(0)
    page.get_by_role("link", name="Deze pagina in het Nederlands").click()
    ready(page)
    expect(page.locator("h1")).to_contain_text("Kaarten voor onderweg")
    expect(page.locator(".kit h2")).to_have_text("Signalen")


def test_a_first_visit_asks_little_of_a_phone(visit: Visit, server: Server) -> None:
    page = visit(PHONE).new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(sum(request.sizes().values())))
    page.goto(f"{server.origin}/dashboard/toolkit/nl")
    ready(page)

    assert sum(sizes) < LIGHT
    assert len(sizes) < MOST_REQUESTS


def test_the_catalogue_leads_to_the_toolkit_and_not_to_the_desk_that_is_not_served(
    visit: Visit, server: Server
) -> None:
    page = visit(PHONE).new_page()
    page.goto(f"{server.origin}/nl")

    expect(page.get_by_role("heading", name="Hulpmiddelen en overzichten")).to_be_visible()
    expect(page.get_by_role("link", name="Maken en nakijken")).to_have_count(0)
    page.get_by_role("link", name="Kaarten voor onderweg").tap()
    ready(page)
    expect(page.locator(".kit h2")).to_have_text("Signalen")


def test_an_address_in_no_language_is_no_page(server: Server) -> None:
    assert server.get("/dashboard/toolkit/xx").status == 404
