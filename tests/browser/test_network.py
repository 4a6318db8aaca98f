"""The board of bottlenecks in a real browser: by mouse, by thumb and by keyboard alone, on a projector and on paper."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests import knots
from tests.browser import tour
from tests.browser.conftest import Visit
from tests.browser.measure import barriers, sideways
from tests.browser.screen import KERNEL, LAPTOP, MOST_TABS, PHONE, PROJECTOR, is_focused
from tests.browser.server import Server
from tests.browser.waiting import until
from tests.cases import SCENARIOS, boards

from casework import library
from casework.export.network import Gathered, report
from casework.play.bottleneck import Bottleneck, Weighed
from casework.play.network import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Cluster,
    Meeting,
    News,
    Note,
    Receiver,
    Status,
    board,
)
from casework.play.stumbling import scores, stumbles
from casework.room import network
from casework.words import LANGUAGES

ENTER = "Druk op Enter om dit te kiezen."
FORBIDDEN = "status of 403"
SHEETS = 2
SENTENCE = "Niemand weet in deze regio wie van de zorgcoördinatoren bereikbaar is "
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that all tests share: each fills its store anew."""
    folder = tmp_path_factory.mktemp("network")
    one = Server(folder, SCENARIOS, "--dashboards", str(boards(folder / "dashboards", "network")))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def own(running: Server) -> Server:
    """A server with three workshops in its store, and one cluster."""
    knots.empty(running.store)
    knots.clustered(running.store)
    return running


@pytest.fixture
def at(visit: Visit, own: Server) -> Open:
    """Open the board in a fresh browser, as who leads a group."""

    def opened(options: dict[str, Any] = LAPTOP, language: str = "nl") -> Page:
        page = visit(options).new_page()
        page.goto(own.link)
        page.goto(f"{own.origin}/dashboard/network/{language}", wait_until="commit")
        ready(page)
        return page

    return opened


def ready(page: Page) -> None:
    page.locator(".network[data-ready]").wait_for(timeout=KERNEL)
    page.locator(".network table.hard").wait_for(timeout=KERNEL)


def slip(page: Page, note: str) -> Locator:
    return page.locator(f'[data-carried="{note}"]')


def card(page: Page, of: str = knots.CLUSTER) -> Locator:
    return page.locator(f'[data-cluster="{of}"]')


def middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def carry(page: Page, note: str, to: Locator) -> None:
    """Carry a text by its handle with the mouse."""
    grip = slip(page, note).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    page.mouse.move(*middle(grip))
    page.mouse.down()
    page.mouse.move(*middle(to.locator("h2, h3").first), steps=8)
    expect(to).to_have_attribute("data-over", "")
    page.mouse.up()


def tab_to(page: Page, target: Locator) -> None:
    """Come to something by the keyboard alone."""
    for _ in range(4 * MOST_TABS):
        if is_focused(target):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} has no focus after {4 * MOST_TABS} times Tab")


def pages(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_text_is_dragged_into_a_cluster_and_out_again_and_undone(at: Open) -> None:
    page = at(PROJECTOR)

    carry(page, "milan-1", card(page))

    expect(card(page).locator('[data-carried="milan-1"]')).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Bewaard.")
    page.get_by_role("button", name="Laatste stap ongedaan maken").click()
    expect(card(page).locator('[data-carried="milan-1"]')).to_have_count(0)
    expect(page.locator('[data-part="loose"] [data-carried="milan-1"]')).to_be_visible()
    carry(page, "milan-0", page.locator(".sides > section").first)
    expect(page.locator('[data-part="loose"] [data-carried="milan-0"]')).to_be_visible()


def test_a_text_that_is_let_go_beside_everything_or_with_escape_stays_where_it_was(at: Open) -> None:
    page = at(PROJECTOR)
    grip = slip(page, "milan-1").locator("[data-grip]")

    page.mouse.move(*middle(grip))
    page.mouse.down()
    page.mouse.move(*middle(card(page).locator("h3")), steps=5)
    expect(page.locator(".carried")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".carried")).to_have_count(0)
    expect(page.locator('[data-part="loose"] [data-carried="milan-1"]')).to_be_visible()
    expect(page.get_by_role("button", name="Laatste stap ongedaan maken")).to_have_count(0)


def test_a_finger_drags_a_text_and_the_page_does_not_scroll_away(at: Open) -> None:
    page = at(PHONE)
    last = page.locator('[data-part="loose"] [data-carried]').last
    last.scroll_into_view_if_needed()
    name = last.get_attribute("data-carried") or ""
    page.evaluate("top => scrollBy(0, top)", middle(last.locator("[data-grip]"))[1] - 150)
    line = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    begin, end = middle(last.locator("[data-grip]")), middle(card(page).locator("h3"))
    touch("touchStart", begin)
    for part in range(1, 9):
        touch("touchMove", tuple(a + (b - a) * part / 8 for a, b in zip(begin, end, strict=True)))  # type: ignore[arg-type]
    touch("touchEnd")

    expect(card(page).locator(f'[data-carried="{name}"]')).to_have_count(1)


def test_a_thumb_chooses_where_a_text_belongs_and_makes_a_cluster_of_another(at: Open) -> None:
    page = at(PHONE)

    slip(page, "milan-1").get_by_role("combobox").select_option(label="Wie is waar in de regio?")
    expect(card(page).locator('[data-carried="milan-1"]')).to_be_visible()
    slip(page, "leo-1").get_by_role("combobox").select_option(label="In een nieuw cluster")

    made = page.locator("[data-cluster]").last
    expect(made.locator("h3")).to_have_text("Overleggen met een collega past niet in de planning")
    expect(made.locator('[data-carried="leo-1"]')).to_be_visible()


def test_the_keyboard_alone_clusters_weighs_passes_on_and_undoes(at: Open, own: Server) -> None:
    page = at()
    page.locator(".network h2").first.focus()
    first = slip(page, "milan-1").get_by_role("combobox")
    tab_to(page, first)
    page.keyboard.type("Wie is waar")
    expect(page.get_by_text(ENTER)).to_be_visible()
    expect(card(page).locator('[data-carried="milan-1"]')).to_have_count(0)
    page.keyboard.press("Enter")
    expect(card(page).locator('[data-carried="milan-1"]')).to_be_visible()
    until(lambda: is_focused(slip(page, "milan-2").get_by_role("combobox")), "focus on the next text")

    title = page.get_by_label("Hoe heet het?")
    tab_to(page, title)
    page.keyboard.type("Te weinig tijd")
    page.keyboard.press("Enter")
    made = page.locator("[data-cluster]").last
    expect(made.locator("h3")).to_have_text("Te weinig tijd")
    expect(title).to_have_value("")

    weight = made.get_by_label("Hoe zwaar?")
    tab_to(page, weight)
    page.keyboard.type("Zwaar")
    assert _found(own, "Te weinig tijd").weight is None
    page.keyboard.press("Tab")
    until(lambda: _found(own, "Te weinig tijd").weight == 2, "the weight is stored on leaving")
    expect(weight).to_have_value("2")
    going = made.get_by_text("Naar wie, en wat ervan kwam")
    tab_to(page, going)
    page.keyboard.press("Enter")
    tab_to(page, made.get_by_label("Taskforce", exact=True))
    page.keyboard.press("Space")
    until(lambda: _found(own, "Te weinig tijd").receivers == (Receiver.TASKFORCE,), "the receiver is stored")
    tab_to(page, made.get_by_role("button", name="Voeg toe"))
    page.keyboard.press("Enter")
    expect(made.locator(".tag").first).to_contain_text("Doorgegeven · Taskforce")

    tab_to(page, page.get_by_role("button", name="Laatste stap ongedaan maken"))
    page.keyboard.press("Enter")
    expect(made.locator(".tag").first).to_have_text("Nieuw")
    expect(page.get_by_role("status")).to_have_text("Ongedaan gemaakt.")


def _found(server: Server, title: str) -> Cluster:
    with closing(server.opened()) as store:
        return next(each for each in store.network.clusters() if each.title == title)


def test_arrows_go_past_rows_without_choosing_them_also_while_others_change_the_board(at: Open) -> None:
    page, other = at(), at()
    where = slip(page, "milan-1").get_by_role("combobox")
    where.focus()
    page.keyboard.press("ArrowDown")
    expect(where).to_have_value(knots.CLUSTER)

    slip(other, "leo-1").get_by_role("combobox").select_option(label="Wie is waar in de regio?")
    expect(card(page).locator('[data-carried="leo-1"]')).to_be_visible()
    expect(where).to_have_value(knots.CLUSTER)
    assert is_focused(where)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text(ENTER)).to_have_count(1)
    page.keyboard.press("Tab")

    expect(page.locator("[data-cluster]")).to_have_count(2)
    expect(page.locator("[data-cluster]").last.locator('[data-carried="milan-1"]')).to_be_visible()
    expect(page.get_by_text(ENTER)).to_have_count(0)


def test_a_row_that_goes_while_somebody_is_on_the_way_to_it_is_not_chosen(at: Open, own: Server) -> None:
    page, other = at(), at()
    slip(page, "milan-1").get_by_role("combobox").select_option(label="Wie is waar in de regio?")
    page.get_by_label("Hoe heet het?").fill("Te weinig tijd")
    page.get_by_role("button", name="Maak een cluster").click()
    expect(other.locator("[data-cluster]")).to_have_count(2)
    where = card(page).locator('[data-carried="milan-1"]').get_by_role("combobox")
    where.focus()
    page.keyboard.type("Te weinig")
    expect(page.get_by_text(ENTER)).to_be_visible()

    other.locator("[data-cluster]").last.locator('[data-key^="apart"]').click()
    expect(page.locator("[data-cluster]")).to_have_count(1)
    expect(page.get_by_text(ENTER)).to_have_count(0)
    page.keyboard.press("Tab")
    card(page).get_by_label("Hoe zwaar?").select_option("2")

    until(lambda: _found(own, "Wie is waar in de regio?").weight == 2, "what was done after it is stored")
    expect(card(page).locator('[data-carried="milan-1"]')).to_be_visible()


def test_two_people_at_once_see_each_other_and_what_one_types_stays(at: Open) -> None:
    one, other = at(), at()
    for page in (one, other):
        card(page).get_by_text("Hoe het heet, wat u vraagt").click()
    typed = card(other).get_by_label("Wat is er geantwoord of gedaan?")
    typed.fill("Er komt een loket")

    card(one).get_by_label("Wat is er geantwoord of gedaan?").fill("De gemeente maakt een lijst")
    card(one).get_by_role("button", name="Bewaar").click()

    expect(card(other).get_by_text("Iemand anders schreef intussen:")).to_be_visible()
    expect(card(other).locator("q")).to_have_text("De gemeente maakt een lijst")
    expect(typed).to_have_value("Er komt een loket")
    slip(other, "milan-1").get_by_role("combobox").select_option(label="Wie is waar in de regio?")
    expect(card(one).locator('[data-carried="milan-1"]')).to_be_visible()


def test_a_title_that_cannot_be_is_told_and_stays_to_be_mended(at: Open) -> None:
    page = at()
    title = page.get_by_label("Hoe heet het?")

    title.fill("Bel 06 12345678")
    page.get_by_role("button", name="Maak een cluster").click()
    expect(page.get_by_role("alert").filter(has_text="telefoonnummer")).to_be_visible()
    expect(title).to_have_value("Bel 06 12345678")
    title.fill("")
    page.get_by_role("button", name="Maak een cluster").click()

    expect(page.get_by_role("alert").filter(has_text="Typ eerst een titel")).to_be_visible()
    expect(page.locator("[data-cluster]")).to_have_count(1)


def test_a_text_is_struck_only_after_a_yes(at: Open) -> None:
    page = at()
    strike = slip(page, "milan-1").get_by_role("button", name="Weghalen")

    strike.click()
    dialog = page.get_by_role("dialog", name="Deze tekst voorgoed weghalen?")
    expect(dialog.locator("blockquote")).to_have_text("Geen tijd om te overleggen voordat de dienst voorbij is")
    dialog.get_by_role("button", name="Laat staan").click()
    expect(slip(page, "milan-1")).to_be_visible()
    strike.click()
    dialog.get_by_role("button", name="Voorgoed weghalen").click()

    expect(slip(page, "milan-1")).to_have_count(0)


def test_a_cluster_is_tied_to_a_step_and_the_table_names_it(at: Open) -> None:
    page = at()
    card(page).get_by_text("Stappen en regels van de Meldcode").click()

    card(page).get_by_label("Waar hangt het mee samen?").select_option("step 1")

    expect(card(page).locator(".tag").filter(has_text="Stap 1: Signalen")).to_be_visible()
    row = page.locator("table.hard tbody tr").filter(has_text="Stap 1: Signalen").first
    expect(row).to_contain_text("Wie is waar in de regio?")
    card(page).get_by_role("button", name="Haal weg: Stap 1: Signalen").click()
    expect(card(page).locator(".tag").filter(has_text="Stap 1: Signalen")).to_have_count(0)


def test_a_page_that_is_loaded_again_shows_all_that_was_done(at: Open) -> None:
    page = at()
    slip(page, "milan-1").get_by_role("combobox").select_option(label="In een nieuw cluster")
    expect(page.locator("[data-cluster]")).to_have_count(2)

    page.reload()
    ready(page)

    expect(page.locator("[data-cluster]")).to_have_count(2)


def test_what_was_typed_and_not_saved_is_there_when_the_page_begins_anew_and_no_longer_once_it_is_saved(
    at: Open,
) -> None:
    page = at()
    card(page).get_by_text("Hoe het heet, wat u vraagt").click()
    card(page).get_by_label("Wat is er geantwoord of gedaan?").fill("Er komt een lijst")

    page.reload(wait_until="commit")
    ready(page)

    answer = card(page).get_by_label("Wat is er geantwoord of gedaan?")
    expect(answer).to_be_visible()
    expect(answer).to_have_value("Er komt een lijst")
    card(page).get_by_role("button", name="Bewaar").click()
    expect(card(page).get_by_text("Er komt een lijst").first).to_be_visible()
    until(lambda: page.evaluate("() => sessionStorage.getItem('casework:network')") == "{}", "the draft is forgotten")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_is_in_nobodys_way(at: Open, language: str) -> None:
    page = at(PHONE | {"is_mobile": False}, language)
    for summary in page.locator(".network summary").all():
        summary.click()
    slip(page, "milan-1").get_by_role("combobox").select_option("+")
    expect(page.locator("[data-cluster]")).to_have_count(2)

    assert list(tour.everything(page, "board")) == []
    slip(page, "milan-2").get_by_role("button").click()
    assert list(tour.everything(page, "strike?")) == []


def test_only_who_shows_the_token_comes_in_and_the_catalogue_says_so(visit: Visit, own: Server) -> None:
    page = visit(PHONE, FORBIDDEN).new_page()
    for path in ("/dashboard/network/nl", "/network/report/nl"):
        answer = page.goto(f"{own.origin}{path}")
        assert answer
        assert answer.status == 403
        expect(page.get_by_label("Toegangscode")).to_be_visible()
    page.goto(f"{own.origin}/nl")
    expect(page.get_by_role("link", name="Knelpunten uit de praktijk")).to_have_count(0)

    page.goto(own.link)
    page.goto(f"{own.origin}/nl")
    page.get_by_role("link", name="Knelpunten uit de praktijk").tap()
    ready(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_opens_from_the_board_fits_everywhere_and_prints_on_two_sheets(at: Open, language: str) -> None:
    page = at(language=language)
    with page.expect_popup() as opening:
        page.locator('.network a[target="_blank"]').click()
    paper = opening.value

    expect(paper.locator("h1")).to_have_text(
        {"nl": "Knelpunten uit de praktijk", "en": "Bottlenecks from practice"}[language]
    )
    for width in (320, 1280):
        paper.set_viewport_size({"width": width, "height": 800})
        assert barriers(paper) == []
        assert sideways(paper) == []
    assert pages(paper) == SHEETS


def full(count: int, sentence: str = SENTENCE) -> Gathered:
    """Return as many clusters as one likes, each with all that it can hold, as long as it may be."""
    title, text = (sentence * 9)[:LONGEST_TITLE], (sentence * 9)[:LONGEST_TEXT]
    news = (News(1, Status.PASSED_ON, "2026-09-30", Receiver.ASSOCIATION),)
    rows = [
        Cluster(
            id=str(number),
            begun=str(number),
            title=title,
            question=text,
            answer=text,
            meeting=tuple(Meeting)[number % 2],
            minutes=45,
            steps=(1, 2, 3, 4, 5),
            receivers=tuple(Receiver),
            news=news,
        )
        for number in range(count)
    ]
    notes = [
        Note(
            Weighed(Bottleneck(f"n{number}", f"s{number}", text, text, cluster=str(number % count)), (), None),
            "leo",
            "2026-01-01",
        )
        for number in range(2 * count)
    ]
    cases = [library.open_case(path, is_checked=True) for path in library.notebooks(SCENARIOS)]
    return Gathered(board(rows, notes), _hard(cases), library.source_titles("nl"), date(2026, 9, 30))


def _hard(cases: list[library.Case]) -> Any:
    with closing(knots.in_memory()) as store:
        knots.playing(store)
        knots.playing(store, "kim")
        return stumbles(scores([*network.playings(store, cases, "2026-04")] * 9, {}))


@pytest.mark.parametrize("sentence", [SENTENCE, SENTENCE.upper(), "Te druk. "])
@pytest.mark.parametrize("count", [1, 40])
def test_two_sheets_are_enough_however_much_there_is(browser: Browser, count: int, sentence: str) -> None:
    gathered = full(count, sentence)
    for language in LANGUAGES:
        page = browser.new_page()
        page.set_content(report(gathered, language))

        assert pages(page) == SHEETS
        page.close()
