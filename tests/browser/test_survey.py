"""Knowledge and confidence, before a case and after it: a facilitator, a projector, six phones, up to the report."""

import json
import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.measure import sideways
from tests.browser.screen import KERNEL, PHONE, PROJECTOR
from tests.browser.server import Server
from tests.browser.test_evening import SMALLEST, Evening, Shot, is_well, shot
from tests.browser.workshop import Handset, begin
from tests.cases import setting

from casework import items, room
from casework.play.survey import FIRST, SECOND, UNKNOWN
from casework.play.workshop import Act
from casework.store import Store
from casework.widgets.hints import captions
from casework.widgets.notes import WORDS
from casework.widgets.phone import captions as phone_captions
from casework.words import words

__all__ = ["shot"]

PEOPLE = 6
LOST = ("WebSocket connection to", "ERR_CONNECTION", "Failed to load resource")
ITEMS = items.survey()
# A thumb would take a minute for six phones; the first of them is pressed like that.
FILL = """(answers) => {
  const isMeant = ({ name, value }) => answers[name] === value;
  for (const radio of [...document.querySelectorAll("[type=radio]")].filter(isMeant)) radio.click();
}"""


def answers(turn: int, phone: int) -> dict[str, str]:
    """Return what a phone answers: at first half of them know half of it, later all know all but one thing."""
    found = {statement.id: str(1 + (phone + 2 * turn) % 3 + turn - 1) for statement in ITEMS.statements}
    for at, question in enumerate(ITEMS.questions):
        wrong = next(option.id for option in question.options if option.id != question.right)
        knows = (at % 2 == 0 and phone % 2 == 0) if turn == FIRST else at > 0
        found[question.id] = question.right if knows else (wrong if at % 3 else UNKNOWN)
    return found


def fill(page: Page, given: dict[str, str], language: str, *, by_thumb: bool) -> None:
    told = phone_captions(language)
    if by_thumb:
        for item, answer in given.items():
            page.locator(f'[name="{item}"][value="{answer}"]').check()
    else:
        page.evaluate(FILL, given)
    page.get_by_role("button", name=told["survey_send"], exact=True).tap()
    expect(page.locator("main h1")).to_have_text(told["survey_in"])


def open_with_survey(page: Page, server: Server, language: str, shot: Shot) -> str:
    """Choose a case on the facilitator's page, switch the questions on, open a session, and return its code."""
    told = captions(words(language))
    page.goto(f"{server.origin}/dashboard/facilitator/{language}", wait_until="commit")
    page.locator(".lead[data-ready]").wait_for(timeout=KERNEL)
    page.get_by_label(told["case"]).select_option("milan")
    expect(page.get_by_role("heading", name=told["sheet"])).to_be_visible(timeout=KERNEL)
    page.get_by_label(told["survey"]).check()
    expect(page.locator(".lead[data-ready]")).to_be_visible()
    expect(page.get_by_label(told["survey"])).to_be_checked()
    shot(page, "survey-switch")
    page.get_by_role("button", name=told["open"], exact=True).click()
    expect(page.locator(".lead .code")).to_have_text(re.compile(r"^[A-Z]{3} [A-Z]{3}$"))
    return (page.locator(".lead .code").text_content() or "").replace(" ", "")


def enter(visit: Visit, server: Server, language: str, shot: Shot) -> Evening:
    """Open a session that asks; let a projector, notes and six phones come in."""
    lead = visit(PROJECTOR).new_page()
    lead.goto(server.link)
    code, told = open_with_survey(lead, server, language, shot), captions(words(language))
    shot(lead, "survey-facilitator")
    is_well(lead)
    stage, notes = lead.context.new_page(), visit(PHONE).new_page()
    notes.goto(server.link)
    for page, name in ((stage, "stage"), (notes, "notes")):
        page.goto(server.origin + str(lead.get_by_role("link", name=told[name]).get_attribute("href")))
    phones = [visit(PHONE).new_page() for _ in range(PEOPLE)]
    for phone in phones:
        phone.goto(f"{server.origin}/join/{code}/{language}", wait_until="commit")
    edition = "milan" if language == "nl" else f"milan.{language}"
    return Evening(words(language), setting(edition).scenario, stage, notes, phones)


def ask(evening: Evening, turn: int, shot: Shot) -> None:
    """Let every phone answer; the projector counts who has finished, and nothing else."""
    language = evening.say.language
    first, told = evening.phones[0], phone_captions(language)
    expect(first.locator(".item")).to_have_count(len(ITEMS.questions) + len(ITEMS.statements))
    shot(first, f"survey-{turn}-phone")
    first.get_by_role("button", name=told["survey_send"], exact=True).tap()
    expect(first.get_by_role("alert").filter(has_text=told["survey_none"])).to_be_focused()
    if turn == FIRST:
        is_well(first, has_thumbs=True)
    for number, phone in enumerate(evening.phones):
        expect(phone.locator(".item").first).to_be_visible()
        fill(phone, answers(turn, number), language, by_thumb=number == 0)
    finished = evening.say("{count} of {joined} have finished", count=PEOPLE, joined=PEOPLE)
    for screen in (evening.stage, evening.notes):
        expect(screen.locator("main [data-count=finished]")).to_have_text(finished)
        expect(screen.locator(".learned")).to_have_count(0)
    shot(first, f"survey-{turn}-sent")
    shot(evening.stage, f"survey-{turn}-stage")
    shot(evening.notes, f"survey-{turn}-notes")
    if turn == SECOND:
        is_well(evening.stage)


def play(evening: Evening) -> None:
    """Read and vote in one scene; hand in nothing."""
    say, case = evening.say, evening.case
    evening.go(say("Begin to read"))
    expect(evening.heading).to_have_text(case.start.title)
    for phone in evening.phones:
        expect(phone.locator(".item")).to_have_count(0)
    evening.go(say("Open the vote"))
    evening.vote((PEOPLE, 0, 0))
    evening.go(say("Show the votes"))
    evening.press(say("Ask what stands in the way"))
    evening.go(say("Let the room weigh what was handed in"))
    evening.go(say("Ask the questions once more"))


def tell(evening: Evening, shot: Shot) -> None:
    """Show the right answers on the phones, and on the projector what changed, from five pairs up."""
    say, stage = evening.say, evening.stage
    evening.go(say("Show the right answers and what changed"))
    expect(evening.heading).to_have_text(say("What changed in this room"))
    expect(stage.locator("main")).to_contain_text(say("{count} people answered both times.", count=PEOPLE))
    rows = stage.locator(".learned").first.locator("tbody tr")
    few, six = say("fewer than 5"), str(PEOPLE)
    shown = [[few, "0"], ["0", six], [few, six], ["0", six], [few, six], ["0", six], [few, six]]
    for at, cells in enumerate(shown):
        expect(rows.nth(at).locator("td").nth(0)).to_have_text(cells[0])
        expect(rows.nth(at).locator("td").nth(1)).to_have_text(cells[1])
    expect(rows.nth(1)).to_contain_text(say("more people"))
    expect(rows.nth(2)).to_contain_text(say("not clear"))
    shot(stage, "survey-3-stage")
    shot(evening.notes, "survey-3-notes")
    first = evening.phones[0]
    for question in ITEMS.questions:
        right = next(option for option in question.options if option.id == question.right)
        expect(first.locator(".right")).to_contain_text(right.text.in_(say.language))
        expect(first.locator(".right")).to_contain_text(question.reason.in_(say.language))
    expect(first.locator(".right [data-is=kept]")).to_have_count(7)
    shot(first, "survey-3-phone")
    is_well(stage)
    is_well(first, has_thumbs=True)
    stage.set_viewport_size(SMALLEST)
    assert sideways(stage) == []
    stage.set_viewport_size(PROJECTOR["viewport"])


def end(evening: Evening, shot: Shot) -> None:
    """End it; the phones still have the answers, and the report what the room learned."""
    say, notes, first = evening.say, evening.notes, evening.phones[0]
    evening.go(say("End the session and make the report"))
    notes.get_by_role("dialog").get_by_role("button", name=say(WORDS["yes"])).tap()
    expect(evening.heading).to_have_text(say("Thank you for taking part"))
    first.get_by_text(say("The right answers"), exact=True).tap()
    expect(first.locator(".right > li")).to_have_count(len(ITEMS.questions))
    assert first.evaluate("Object.keys(localStorage).filter((key) => /reply|draft|seat/.test(key))") == []
    notes.get_by_role("link", name=say(WORDS["report"])).click()
    expect(notes.locator("#learned")).to_have_text(say("What people knew and how sure they felt, before and after"))
    expect(notes.locator("body")).to_contain_text(say("{count} people answered both times.", count=PEOPLE))
    notes.locator("#learned").scroll_into_view_if_needed()
    notes.locator("#learned-2").scroll_into_view_if_needed()
    shot(notes, "survey-4-report")
    is_well(notes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_room_is_asked_before_and_after_and_reads_what_it_learned(
    visit: Visit, server: Server, shot: Shot, language: str
) -> None:
    evening = enter(visit, server, language, shot)

    ask(evening, FIRST, shot)
    play(evening)
    ask(evening, SECOND, shot)
    tell(evening, shot)
    end(evening, shot)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    with closing(server.opened()) as store:
        yield store


def replies(server: Server, session_id: str) -> list[dict[str, str]]:
    with closing(server.opened()) as store:
        return [dict(each.answers) for each in store.sessions.replies(session_id)]


def test_two_tabs_a_double_tap_and_a_lost_line_send_one_reply(visit: Visit, server: Server, store: Store) -> None:
    evening = begin(server, store, "leo")
    evening.press(Act.SURVEY)
    context = visit(PHONE, *LOST)
    one, other = (Handset(context.new_page(), server.origin, "nl") for _ in range(2))
    for tab in (one, other):
        tab.join(evening.card.code)
        expect(tab.page.locator(".item")).to_have_count(10)
    one.page.locator("[name=duty]").nth(1).check()
    one.page.reload()
    expect(one.page.locator("[name=duty]").nth(1)).to_be_checked()

    # The phone sleeps when its answers leave, and is pressed twice; the other tab forgets that they left.
    context.set_offline(True)
    one.page.get_by_role("button", name=one.words["survey_send"]).dblclick()
    one.sees(one.words["survey_sending"])
    context.set_offline(False)
    one.sees(one.words["survey_in"])

    other.sees(one.words["survey_in"])
    other.page.evaluate(
        "Object.keys(localStorage).forEach((key) => key.includes('reply1') && localStorage.removeItem(key))"
    )
    other.page.reload()
    other.page.locator("[name=duty]").first.check()
    other.press(one.words["survey_send"])
    expect(other.page.locator("main")).to_contain_text(one.words["survey_elsewhere"])
    assert replies(server, evening.card.id) == [{"duty": "steps"}]


def test_a_phone_may_skip_or_come_late_and_is_told_what_was_not_sent(
    visit: Visit, server: Server, store: Store
) -> None:
    evening = begin(server, store, "leo")
    evening.press(Act.SURVEY)
    skips, slow, late = (Handset(visit(PHONE).new_page(), server.origin, "nl") for _ in range(3))
    for phone in (skips, slow):
        phone.join(evening.card.code)
    skips.page.get_by_role("button", name=skips.words["survey_skip"]).first.click()
    skips.sees(skips.words["survey_skipped"])
    slow.page.locator("[name=duty]").first.check()

    evening.press(Act.READ)

    expect(slow.page.locator("main")).to_contain_text(slow.words["survey_over"])
    late.join(evening.card.code)
    expect(late.page.locator(".item")).to_have_count(0)
    evening.press(Act.AGAIN)
    expect(late.page.locator("main")).to_contain_text(late.words["survey_alone"])
    late.page.set_viewport_size(SMALLEST)
    is_well(late.page, has_thumbs=True)
    late.page.locator("[name=duty]").nth(1).check()
    late.press(late.words["survey_send"])
    late.sees(late.words["survey_in"])
    evening.press(Act.ANSWERS)
    expect(late.page.locator(".right > li")).to_have_count(7)
    expect(skips.page.locator(".right .verdict-is")).to_have_count(7)
    is_well(late.page, has_thumbs=True)
    assert replies(server, evening.card.id) == [{}, {"duty": "steps"}]
    evening.press(Act.END)
    assert room.learned(store, evening.scenario, evening.card.id).pairs == 0  # type: ignore[union-attr]


def test_before_the_answers_are_shown_no_view_says_which_is_right(visit: Visit, server: Server, store: Store) -> None:
    evening = begin(server, store, "leo")
    evening.press(Act.SURVEY)
    heard: list[str] = []
    page = visit(PHONE).new_page()
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    phone = Handset(page, server.origin, "nl")
    phone.join(evening.card.code)
    for act in (Act.READ, Act.GATHER, Act.AGAIN):
        evening.press(act)
    expect(page.locator(".item")).to_have_count(10)

    assert any(json.loads(frame).get("view") for frame in heard)
    assert not [frame for frame in heard if ITEMS.questions[0].reason.nl[:40] in frame or '"right"' in frame]
