"""A whole evening: the facilitator's page and projector, her notes on a phone, eight phones, up to the report."""

import json
import os
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit
from tests.browser.measure import barriers, sideways, small
from tests.browser.screen import KERNEL, PHONE, PROJECTOR
from tests.browser.server import Server
from tests.cases import setting

from casework import room as together
from casework.play.workshop import Act, Event
from casework.scenario.model import Scenario
from casework.widgets.hints import captions
from casework.widgets.notes import WORDS
from casework.widgets.phone import captions as phone_captions
from casework.words import Words, words

PEOPLE = 8
FIRST, SECOND = (5, 2, 1), (1, 6, 1)
SMALLEST = {"width": 320, "height": 640}
Shot = Callable[[Page, str], None]


@dataclass
class Evening:
    """What there is in the room: the projector, the notes, the phones, and the words that are spoken."""

    say: Words
    case: Scenario
    stage: Page
    notes: Page
    phones: list[Page]

    @property
    def heading(self) -> Locator:
        return self.stage.locator("h1")

    def press(self, label: str) -> None:
        """Press a button in the notes by what it says, wherever it is."""
        button = self.notes.get_by_role("button", name=label, exact=True)
        if not button.is_visible():
            self.notes.locator("details:has(.button.whole) > summary").click()
        button.tap()

    def go(self, label: str) -> None:
        """Press the big button, once it says so."""
        following = self.notes.locator('[data-key="next"]')
        expect(following).to_have_text(label)
        following.tap()

    def vote(self, counts: tuple[int, ...]) -> None:
        """Let each phone vote, all of them sure."""
        told = phone_captions(self.say.language)
        chosen = [option for option, count in enumerate(counts) for _ in range(count)]
        for phone, option in zip(self.phones, chosen, strict=True):
            phone.locator("[name=choice]").nth(option).check()
            phone.locator("[name=sure]").nth(0).check()
            phone.locator("main").get_by_role("button", name=told["send"], exact=True).tap()
        expect(self.stage.locator(".voted .count")).to_have_text(str(sum(counts)))

    def counts(self, column: int) -> Locator:
        return self.stage.locator(f".votes tbody tr > td:nth-child({column})")


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Shot:
    """Keep a picture where the environment asks for them; they are looked at by people."""
    folder = os.environ.get("CASEWORK_SHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{request.node.callspec.params['language']}-{name}.png")

    return take


def is_well(page: Page, *, has_thumbs: bool = False) -> None:
    """Hold a screen to what every screen must be: reachable, as wide as the window, large enough to press."""
    assert barriers(page) == []
    assert sideways(page) == []
    assert not has_thumbs or small(page) == []


def secrets(case: Scenario) -> list[str]:
    """Return what the projector must not show in the first scene: its notes, and the titles of all others."""
    note = [sentence.text for part in case.start.note for sentence in part]
    return note + [scene.title for scene in case.scenes[1:]]


def open_session(page: Page, server: Server, say: Words) -> None:
    """Choose a case on the facilitator's page and open a session."""
    told = captions(say)
    page.goto(f"{server.origin}/dashboard/facilitator/{say.language}", wait_until="commit")
    page.locator(".lead[data-ready]").wait_for(timeout=KERNEL)
    page.get_by_label(told["case"]).select_option("milan")
    expect(page.get_by_role("heading", name=told["sheet"])).to_be_visible(timeout=KERNEL)
    expect(page.get_by_label(told["story"])).to_have_value(say.language)
    page.get_by_role("button", name=told["open"], exact=True).click()
    expect(page.locator(".lead .code")).to_have_text(re.compile(r"^[A-Z]{3} [A-Z]{3}$"))


def begin(visit: Visit, server: Server, say: Words, shot: Shot) -> Evening:
    lead = visit(PROJECTOR).new_page()
    lead.goto(server.link)
    open_session(lead, server, say)
    is_well(lead)
    shot(lead, "facilitator")
    told = captions(say)
    code = (lead.locator(".lead .code").text_content() or "").replace(" ", "")
    with lead.context.expect_page() as opened:
        lead.get_by_role("link", name=told["stage"]).click()
    stage = opened.value
    notes = visit(PHONE).new_page()
    notes.goto(server.link)
    notes.goto(server.origin + str(lead.get_by_role("link", name=told["notes"]).get_attribute("href")))
    phones = [visit(PHONE).new_page() for _ in range(PEOPLE)]
    for phone in phones:
        phone.goto(f"{server.origin}/join/{code}/{say.language}", wait_until="commit")
    edition = "milan" if say.language == "nl" else f"milan.{say.language}"
    expect(stage.locator(".door [data-count=joined]")).to_have_text(
        say.plural("{count} takes part", "{count} take part", PEOPLE)
    )
    return Evening(say, setting(edition).scenario, stage, notes, phones)


def read(room: Evening, shot: Shot) -> None:
    """Read the first scene, with notes for one pair of eyes only."""
    stage, notes, case = room.stage, room.notes, room.case
    room.go(room.say("Begin to read"))
    expect(room.heading).to_have_text(case.start.title)
    shot(stage, "2-scene")
    shot(notes, "2-scene-notes")
    is_well(stage)
    is_well(notes, has_thumbs=True)
    assert [one for one in secrets(case) if one in stage.locator("body").inner_text()] == []
    expect(notes.locator("[data-part=note]")).to_contain_text(case.start.note[0][0].text)


def vote_first(room: Evening, shot: Shot) -> None:
    """Vote: a count is on the screens, and nothing else."""
    room.go(room.say("Open the vote"))
    expect(room.heading).to_have_text(room.say("What do you do?"))
    room.vote(FIRST)
    expect(room.stage.locator(".votes")).to_have_count(0)
    expect(room.notes.locator(".votes")).to_have_count(0)
    shot(room.stage, "3-vote")
    shot(room.phones[0], "3-vote-phone")
    shot(room.notes, "3-vote-notes")
    is_well(room.stage)


def reveal(room: Evening, shot: Shot) -> None:
    """Show the votes and then what the Meldcode says, by the clicker at the projector."""
    stage, notes = room.stage, room.notes
    stage.keyboard.press("PageDown")
    expect(room.heading).to_have_text(room.say("This is how you voted"))
    expect(room.counts(3)).to_have_text([str(count) for count in FIRST])
    expect(stage.locator(".verdict-is")).to_have_count(0)
    shot(stage, "4-votes")
    stage.keyboard.press("PageDown")
    expect(room.heading).to_have_text(room.say("What the Meldcode says"))
    expect(stage.locator(".verdict-is").first).to_be_visible()
    expect(notes.locator(".notice[data-is=mend]")).to_contain_text("A")
    shot(stage, "5-rules")
    shot(room.phones[0], "5-rules-phone")
    shot(notes, "5-rules-notes")
    is_well(stage)
    is_well(notes, has_thumbs=True)


def look_along(room: Evening, shot: Shot) -> None:
    """See the road of a smaller group, and come back to where the room was."""
    second = room.notes.locator(".roads > li").nth(1)
    second.get_by_role("button", name=room.say("Look along this for two scenes")).tap()
    expect(room.heading).to_have_text(room.case.scene(room.case.start.choices[1].target).title)
    expect(room.stage.locator(".away")).not_to_be_empty()
    shot(room.stage, "6-away")
    room.press(room.say("Back from the other road"))
    expect(room.heading).to_have_text(room.say("What the Meldcode says"))


def vote_again(room: Evening, shot: Shot) -> None:
    """Talk in pairs, with a clock, and vote once more."""
    say, stage, notes = room.say, room.stage, room.notes
    room.go(say("Let them talk in pairs"))
    expect(room.heading).to_have_text(say("Talk in pairs"))
    expect(notes.locator('[data-key="next"]')).to_have_text(say("Vote once more"))
    two = say.plural("{count} minute", "{count} minutes", 2)
    notes.locator("[data-part=clock]").get_by_role("button", name=two, exact=True).tap()
    expect(stage.locator(".clock .count")).to_have_text(re.compile("^(2:00|1:5)"))
    shot(stage, "7-pairs")
    shot(notes, "7-pairs-notes")
    room.go(say("Vote once more"))
    expect(room.heading).to_have_text(say("Vote once more"))
    room.vote(SECOND)
    room.go(say("Show the votes"))
    expect(room.heading).to_have_text(say("What talking changed"))
    expect(room.counts(3)).to_have_text([str(count) for count in FIRST])
    expect(room.counts(4)).to_have_text([str(count) for count in SECOND])
    shot(stage, "8-shift")
    shot(room.phones[0], "8-shift-phone")
    shot(notes, "8-shift-notes")
    is_well(stage)
    is_well(notes, has_thumbs=True)


def go_on(room: Evening, shot: Shot) -> None:
    """Blank the screen by the point, and light it again; then take the road of most."""
    say, stage, choice = room.say, room.stage, room.case.start.choices[1]
    stage.keyboard.press(".")
    expect(stage.locator(".stage[data-screen=blank]")).to_be_visible()
    stage.keyboard.press(".")
    expect(room.heading).to_have_text(say("What talking changed"))
    room.go(say("Show what the Meldcode says"))
    room.go(say("Go on with {letter}, as most chose", letter="B"))
    expect(room.heading).to_have_text(room.case.scene(choice.target).title)
    expect(stage.locator(".came")).to_contain_text(choice.text)
    shot(stage, "9-after")
    is_well(stage)


def hand_in(room: Evening, shot: Shot) -> None:
    """Hand in what stands in the way by phone; merge it, and let the room weigh it."""
    told = phone_captions(room.say.language)
    rows = room.notes.locator("[data-part=handed] .plain > li")
    room.press(room.say("Ask what stands in the way"))
    for phone, text in zip(room.phones, ("Too little time", "No time"), strict=False):
        phone.locator("textarea").first.fill(text)
        phone.locator("main").get_by_role("button", name=told["hand_in"], exact=True).tap()
    expect(rows).to_have_count(2)
    room.notes.get_by_role("combobox").first.select_option(index=1)
    expect(rows).to_have_count(1)
    shot(room.notes, "10-handed-notes")
    is_well(room.notes, has_thumbs=True)
    room.go(room.say("Let the room weigh what was handed in"))
    expect(room.stage.locator(".handed li")).to_have_count(1)
    shot(room.stage, "10-weigh")
    shot(room.phones[0], "10-weigh-phone")


def end(room: Evening, shot: Shot) -> None:
    """End it, which is asked for twice; and read the report."""
    say, notes = room.say, room.notes
    room.go(say("End the session and make the report"))
    notes.get_by_role("dialog").get_by_role("button", name=say(WORDS["yes"])).tap()
    expect(room.heading).to_have_text(say("Thank you for taking part"))
    expect(room.stage.get_by_text("0800 2000")).to_be_visible()
    expect(room.stage.get_by_role("link")).to_have_count(0)
    shot(room.stage, "11-end")
    shot(room.phones[0], "11-end-phone")
    is_well(room.stage)
    notes.get_by_role("link", name=say(WORDS["report"])).click()
    expect(notes.locator("body")).to_contain_text(room.case.start.choices[1].text)
    expect(notes.locator("html")).to_have_attribute("lang", say.language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_joining_to_the_report(visit: Visit, server: Server, shot: Shot, language: str) -> None:
    room = begin(visit, server, words(language), shot)
    expect(room.heading).to_have_text(room.say("Join with your phone"))
    expect(room.stage.locator(".qr").first).to_be_visible()
    for page, name in ((room.stage, "1-door"), (room.notes, "1-door-notes")):
        shot(page, name)
        is_well(page, has_thumbs=page is room.notes)

    for part in (read, vote_first, reveal, look_along, vote_again, go_on, hand_in, end):
        part(room, shot)


def test_the_screens_hold_at_320_pixels_and_at_200_per_cent(
    visit: Visit, server: Server, opened: dict[str, Any]
) -> None:
    stage, notes = (visit(PHONE).new_page() for _ in range(2))
    for page in (stage, notes):
        page.goto(server.link)
    stage.goto(f"{server.origin}/stage/{opened['id']}")
    notes.goto(f"{server.origin}/notes/{opened['id']}")

    for page in (stage, notes):
        expect(page.locator("h1")).to_be_visible()
        page.set_viewport_size(SMALLEST)
        is_well(page, has_thumbs=True)
        page.set_viewport_size({"width": 640, "height": 400})
        assert sideways(page) == []


@pytest.fixture
def opened(visit: Visit, server: Server) -> dict[str, Any]:
    """A session that was opened as the facilitator's page opens one, with nobody in it yet."""
    page = visit(PROJECTOR).new_page()
    page.goto(server.link)
    asked = json.dumps({"case": "milan", "language": "nl"})
    answer = page.evaluate(
        """async (body) => {
          const token = document.cookie.match(/_xsrf=([^;]*)/)[1];
          const headers = { "Content-Type": "application/json", "X-XSRFToken": token };
          return (await fetch("/sessions", { method: "POST", headers, body })).json();
        }""",
        asked,
    )
    return dict(answer)


def test_a_clock_warns_and_closes_nothing(visit: Visit, server: Server, opened: dict[str, Any]) -> None:
    page = visit(PROJECTOR).new_page()
    page.goto(server.link)
    page.goto(f"{server.origin}/stage/{opened['id']}")
    expect(page.locator("h1")).to_be_visible()
    case = setting("milan").scenario
    with closing(server.opened()) as store:
        together.do(store, case, opened["id"], Event(1, Act.ASK))
        together.set_clock(store, case, opened["id"], 2, 32)

    expect(page.locator(".clock .warning")).to_have_text("Nog een halve minuut.")
    expect(page.get_by_role("status")).to_have_text("Nog een halve minuut.")
    with closing(server.opened()) as store:
        together.set_clock(store, case, opened["id"], 3, 1)
    expect(page.locator(".clock .warning")).to_have_text("De tijd is om. Neem gerust nog even.")
    expect(page.locator("h1")).to_have_text("Wat doet u?")
    with closing(server.opened()) as store:
        assert together.recall(store, case, opened["id"]).open_round
