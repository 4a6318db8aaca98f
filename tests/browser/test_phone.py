"""A participant's phone in a workshop, in real Chromium: from the code to the end, and when something goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.browser.conftest import Visit
from tests.browser.line import Line
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import PHONE
from tests.browser.server import HOST, Server
from tests.browser.waiting import until
from tests.browser.workshop import Handset, begin, rounds
from tests.room.evening import Evening

from casework import room
from casework.play.workshop import Act, Phase
from casework.store import Store
from casework.widgets.phone import HEADINGS
from casework.words import words

NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
SIZES = {"390": PHONE, "320": NARROW}
CASES = {"nl": "leo", "en": "leo.en"}
LOST = ("WebSocket connection to", "ERR_CONNECTION", "Failed to load resource")
MOST_BYTES, MOST_REQUESTS = 60_000, 6

Enter = Callable[..., Handset]


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    with closing(server.opened()) as store:
        yield store


@pytest.fixture
def evening(server: Server, store: Store) -> Evening:
    return begin(server, store, "leo")


@pytest.fixture
def enter(visit: Visit, server: Server) -> Enter:
    """Let a phone in."""

    def at(evening: Evening, context: BrowserContext | None = None, origin: str = "", *forgiven: str) -> Handset:
        page = (context or visit(PHONE, *forgiven)).new_page()
        one = Handset(page, origin or server.origin, evening.scenario.language)
        one.join(evening.card.code)
        return one

    return at


def fill(evening: Evening, votes: list[int]) -> None:
    """Let phones without a browser vote, so many for each option."""
    options = evening.look().options
    for option, count in zip(options, votes, strict=False):
        for one in range(count):
            token = f"{option} {one}"
            evening.join(token)
            evening.vote(token, option, is_sure=one % 2 == 0)


@dataclass(frozen=True)
class Round:
    """One phone that goes along through an evening, and is looked at on every screen."""

    phone: Handset
    evening: Evening

    def look(self) -> None:
        page = self.phone.page
        assert (barriers(page), sideways(page), small(page)) == ([], [], []), self.phone.title.inner_text()

    def go(self, act: Act, phase: Phase) -> None:
        """Do this, wait until the phone shows this phase, and look."""
        self.evening.press(act)
        self.phone.sees(words(self.phone.language)(HEADINGS[phase]))
        self.look()


@pytest.fixture(params=[(size, language) for size in SIZES for language in CASES], ids="-".join)
def tour(request: pytest.FixtureRequest, visit: Visit, server: Server, store: Store) -> Round:
    size, language = request.param
    evening = begin(server, store, CASES[language])
    phone = Handset(visit(SIZES[size]).new_page(), server.origin, language)
    phone.join(evening.card.code)
    return Round(phone, evening)


def test_the_screens_of_a_question_can_be_read_and_pressed_by_everyone(tour: Round) -> None:
    phone = tour.phone
    tour.look()
    tour.go(Act.ASK, Phase.VOTE)
    phone.vote(0, is_sure=True)
    tour.look()
    fill(tour.evening, [3, 4])
    tour.go(Act.CLOSE, Phase.CLOSED)
    tour.go(Act.TALK, Phase.TALK)
    tour.go(Act.ASK, Phase.VOTE)
    expect(phone.page.locator("main")).to_contain_text(phone.words["first_time"])
    phone.vote(1)
    fill(tour.evening, [5, 1])
    tour.go(Act.REVEAL, Phase.VOTES)
    expect(phone.page.locator("table.votes tbody tr").first.locator("td")).to_have_text(["4", "5"])
    expect(phone.page.locator("table.votes tbody tr").nth(1)).to_contain_text(phone.words["own_vote"])
    tour.go(Act.RULES, Phase.RULES)


def test_the_screens_at_ones_own_pace_can_be_read_and_pressed_by_everyone(tour: Round) -> None:
    phone = tour.phone
    tour.go(Act.ALONE, Phase.ALONE)
    phone.press(phone.words["alone_begin"])
    evening = tour.evening
    room.set_clock(evening.store, evening.scenario, evening.id, evening.workshop.number + 1, 600)
    expect(phone.page.get_by_role("timer")).to_contain_text(phone.words["clock"])
    expect(phone.page.get_by_role("button", name=phone.words["more_time"])).to_have_count(0)
    phone.page.locator(".choice").first.click()
    expect(phone.page.get_by_role("button", name=phone.words["alone_next"])).to_be_visible()
    tour.look()
    phone.press(phone.words["alone_next"])
    expect(phone.page.locator(".choice").first).to_be_visible()
    tour.look()
    title = phone.title.inner_text()

    phone.page.reload()

    phone.sees(title)
    tour.go(Act.COMPARE, Phase.COMPARE)


def test_the_screens_at_the_end_can_be_read_and_pressed_by_everyone(tour: Round, store: Store) -> None:
    phone = tour.phone
    tour.go(Act.GATHER, Phase.GATHER)
    phone.page.locator("#bottleneck").fill("Geen tijd. <b>Nooit.</b>")
    phone.press(phone.words["hand_in"])
    expect(phone.page.get_by_text(phone.words["hand_in_done"])).to_be_visible()
    expect(phone.page.locator("#bottleneck")).to_have_value("")
    tour.go(Act.WEIGH, Phase.WEIGH)
    expect(phone.page.locator("legend").first).to_contain_text("Geen tijd. <b>Nooit.</b>")
    phone.page.locator("[type=radio]").nth(3).check()
    until(lambda: len(store.sessions.weights(tour.evening.id)) == 1, "the weight is stored")
    tour.go(Act.END, Phase.ENDED)
    expect(phone.page.locator("main .lines a").first).to_have_text("112")

    phone.page.reload()

    phone.sees(phone.words["ended"])
    tour.look()


def test_the_page_is_light_and_asks_for_little(visit: Visit, server: Server, evening: Evening) -> None:
    page = visit(PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(f"{server.origin}/join/{evening.card.code}")
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_timeout(500)

    # And one request for the line itself.
    assert len(sizes) + 1 <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES, sizes
    assert page.context.cookies() == []


def test_a_code_is_typed_as_it_is_read_from_the_screen(visit: Visit, server: Server, evening: Evening) -> None:
    page = visit(PHONE).new_page()
    page.goto(f"{server.origin}/join")
    code = evening.card.code

    page.get_by_label("Code").fill(f"{code[:3].lower()} {code[3:]}")
    page.get_by_role("button", name="Doe mee").click()

    expect(page.locator("main h1")).to_have_text("U doet mee")
    page.wait_for_url(f"**/join/{code}/nl")


def test_a_wrong_code_a_full_room_and_one_that_is_over_are_told_kindly(
    visit: Visit, server: Server, store: Store
) -> None:
    full, over = begin(server, store, "leo", seats=1), begin(server, store, "leo")
    full.join("somebody")
    over.press(Act.END)
    page = visit(PHONE).new_page()

    # Whose code nobody knows is told in the language of the address, all else in that of the session.
    rows = (("HHHHHH", "unknown", "en"), (full.card.code, "full", "nl"), (over.card.code, "ended", "nl"))
    for code, key, language in rows:
        page.goto(f"{server.origin}/join/{code}/en")
        phone = Handset(page, server.origin, language)
        phone.sees(phone.words[key])
        assert (barriers(page), sideways(page), small(page)) == ([], [], [])


def test_a_phone_that_was_reloaded_is_the_same_voter(enter: Enter, server: Server, evening: Evening) -> None:
    evening.press(Act.ASK)
    phone = enter(evening)
    phone.vote(0)

    phone.page.reload()
    phone.sees(phone.words["voted"])
    phone.press(phone.words["change"])
    phone.vote(1)

    (cast,) = rounds(server, evening.id).values()
    assert len({who for who, _, _ in cast}) == 1
    assert [number for _, _, number in cast] == [1, 2]
    assert evening.look().voted == 1


def test_two_tabs_of_one_phone_are_one_voter_and_both_show_the_vote(enter: Enter, evening: Evening) -> None:
    evening.press(Act.ASK)
    one = enter(evening)
    other = enter(evening, one.page.context)
    assert one.seat() == other.seat()

    one.vote(0)

    other.sees(other.words["voted"])
    look = evening.look()
    assert (look.joined, look.voted) == (1, 1)


def test_a_double_tap_is_one_vote(enter: Enter, server: Server, evening: Evening) -> None:
    evening.press(Act.ASK)
    phone = enter(evening)
    phone.choose(0)

    phone.page.get_by_role("button", name=phone.words["send"]).dblclick()

    phone.sees(phone.words["voted"])
    (cast,) = rounds(server, evening.id).values()
    assert len(cast) == 1


def test_a_vote_without_a_choice_is_not_sent_and_says_what_to_do(enter: Enter, evening: Evening) -> None:
    evening.press(Act.ASK)
    phone = enter(evening)

    phone.press(phone.words["send"])

    expect(phone.page.get_by_role("alert").filter(has_text=phone.words["not_sent"])).to_be_focused()
    phone.page.get_by_role("link", name=phone.words["choose_first"]).click()
    expect(phone.options.first).to_be_focused()
    assert barriers(phone.page) == []


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    one = Line(server.port)
    yield one
    one.close()


def test_a_vote_without_a_connection_goes_along_within_three_seconds_of_its_return(
    enter: Enter, line: Line, server: Server, evening: Evening
) -> None:
    evening.press(Act.ASK)
    phone = enter(evening, None, f"http://{HOST}:{line.port}", *LOST)
    line.cut()
    expect(phone.news).to_contain_text(phone.words["offline"])
    phone.choose(0)
    phone.press(phone.words["send"])
    phone.sees(phone.words["sending"])
    phone.page.wait_for_timeout(4000)

    line.mend()

    expect(phone.title).to_have_text(phone.words["voted"], timeout=3000)
    expect(phone.news).to_be_empty()
    assert sum(len(cast) for cast in rounds(server, evening.id).values()) == 1


def test_a_connection_that_stays_away_is_told_with_what_else_helps_although_the_page_goes_on_trying(
    enter: Enter, line: Line, server: Server, evening: Evening
) -> None:
    phone = enter(evening, None, f"http://{HOST}:{line.port}", *LOST)
    phone.page.clock.install()
    phone.page.reload()
    expect(phone.title).to_be_visible()
    line.cut()
    expect(phone.news).to_contain_text(phone.words["offline_more"])
    phone.page.wait_for_timeout(3000)
    expect(phone.news).not_to_contain_text(phone.words["offline_long"])

    phone.page.clock.fast_forward(15_000)

    expect(phone.news).to_contain_text(phone.words["offline_long"])
    line.mend()
    expect(phone.news).to_be_empty()


def test_a_vote_that_a_reload_interrupted_is_sent_by_the_page_that_comes_back(
    enter: Enter, line: Line, server: Server, evening: Evening
) -> None:
    evening.press(Act.ASK)
    phone = enter(evening, None, f"http://{HOST}:{line.port}", *LOST)
    line.cut()
    phone.choose(1)
    phone.press(phone.words["send"])
    phone.sees(phone.words["sending"])
    line.mend()

    phone.page.reload()

    phone.sees(phone.words["voted"])
    assert sum(len(cast) for cast in rounds(server, evening.id).values()) == 1


def test_a_vote_that_came_after_the_close_is_told_and_counts_for_nothing(
    enter: Enter, line: Line, evening: Evening
) -> None:
    evening.press(Act.ASK)
    phone = enter(evening, None, f"http://{HOST}:{line.port}", *LOST)
    line.cut()
    phone.choose(0)
    phone.press(phone.words["send"])
    evening.press(Act.CLOSE)

    line.mend()

    phone.sees("De stemming is gesloten")
    expect(phone.page.locator("main").get_by_text(phone.words["late"])).to_be_visible()
    assert evening.look().voted == 0


def test_the_clock_warns_and_more_time_may_be_asked_for(enter: Enter, store: Store, evening: Evening) -> None:
    evening.press(Act.ASK)
    phone = enter(evening)

    room.set_clock(store, evening.scenario, evening.id, evening.workshop.number + 1, 9)

    expect(phone.page.get_by_role("timer")).to_contain_text("0:0")
    expect(phone.page.locator("main").get_by_text(phone.words["closing"])).to_be_visible()
    phone.press(phone.words["more_time"])
    expect(phone.page.locator("main").get_by_text(phone.words["more_time_sent"])).to_be_visible()
    assert evening.notes().wishes == 1


def test_a_server_that_is_killed_in_a_vote_loses_nothing_and_phones_come_back(own_server: Server, visit: Visit) -> None:
    with closing(own_server.opened()) as store:
        evening = begin(own_server, store, "leo")
        evening.press(Act.ASK)
        phones = [Handset(visit(PHONE, *LOST).new_page(), own_server.origin, "nl") for _ in range(2)]
        for phone in phones:
            phone.join(evening.card.code)
        phones[0].vote(0)

        own_server.kill()
        expect(phones[1].news).to_contain_text(phones[1].words["offline"])
        phones[1].choose(1)
        phones[1].press(phones[1].words["send"])
        own_server.start()

        phones[1].sees(phones[1].words["voted"])
        phones[0].sees(phones[0].words["voted"])
        expect(phones[0].news).to_be_empty()
        assert evening.look().voted == 2


def test_the_way_out_hides_the_room_at_once(enter: Enter, evening: Evening) -> None:
    phone = enter(evening)

    phone.page.get_by_role("link", name="Snel weg").click()

    phone.page.wait_for_url("**/en")
    assert phone.page.evaluate("history.length") <= 2
