"""A workshop on a served process: a session in its store, led from the test, and phones in real browsers."""

from contextlib import closing
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from tests.browser.server import Server
from tests.cases import setting
from tests.room.evening import Evening

from casework import room, session
from casework.store import Store
from casework.widgets.phone import captions

SEAT = "Object.keys(localStorage).filter((key) => key.startsWith('casework:seat:')).map((key) => localStorage[key])"


def begin(server: Server, store: Store, name: str, **options: object) -> Evening:
    """Open a session of a case on this server, and return it as its facilitator has it."""
    found = setting(name)
    card = room.open_session(store, found.scenario, found.protocol, **options)  # type: ignore[arg-type]
    return Evening(store, card, session.now, found.scenario)  # type: ignore[arg-type]


def rounds(server: Server, session_id: str) -> dict[int, list[tuple[str, str, int]]]:
    """Return the ballots of a session by round: who, what, and the how manieth."""
    with closing(server.opened()) as store:
        found = store.sessions.ballots(session_id)
    return {number: [(one.participant, one.choice, one.number) for one in cast] for number, cast in found.items()}


@dataclass(frozen=True)
class Handset:
    """One phone's page in a room."""

    page: Page
    origin: str
    language: str

    @property
    def words(self) -> dict[str, str]:
        return captions(self.language)

    @property
    def title(self) -> Locator:
        return self.page.locator("main h1")

    @property
    def options(self) -> Locator:
        return self.page.locator("[name=choice]")

    @property
    def news(self) -> Locator:
        return self.page.locator("#casework-news")

    def join(self, code: str) -> None:
        self.page.goto(f"{self.origin}/join/{code}/{self.language}")
        expect(self.title).to_be_visible()

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def choose(self, at: int, *, is_sure: bool = False) -> None:
        """Choose an option, and how sure."""
        self.options.nth(at).check()
        self.page.locator("[name=sure]").nth(0 if is_sure else 1).check()

    def vote(self, at: int, *, is_sure: bool = False) -> None:
        """Vote, and wait until the vote is in."""
        self.choose(at, is_sure=is_sure)
        self.press(self.words["send"])
        self.sees(self.words["voted"])

    def sees(self, title: str) -> None:
        expect(self.title).to_have_text(title)

    def seat(self) -> str:
        """Return the random number that this device keeps."""
        kept: list[str] = self.page.evaluate(SEAT)
        return kept[0]
