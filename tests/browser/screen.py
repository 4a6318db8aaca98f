"""A trainee's screen: what is to be read there according to the engine, and three ways to press something."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.browser import roads
from tests.browser.server import Server
from tests.browser.waiting import until
from tests.cases import setting

from casework.play.attempt import Attempt, offered
from casework.scenario.model import ChoiceId
from casework.widgets.lookback import debrief
from casework.widgets.view import Setting, show
from casework.widgets.vocabulary import vocabulary

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
KERNEL = 60_000  # a kernel starts in three seconds, in twenty when two cores are very busy
MOST_TABS = 30

Hand = Callable[[Locator], None]


def tap(target: Locator) -> None:
    """Press with a thumb."""
    target.tap()


def click(target: Locator) -> None:
    """Press with a mouse."""
    target.click()


def tab(target: Locator) -> None:
    """Press with the keyboard alone, from wherever focus is."""
    expect(target).to_be_enabled()
    for _ in range(MOST_TABS):
        target.page.keyboard.press("Tab")
        if is_focused(target):
            target.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{target} has no focus after {MOST_TABS} times Tab")


def is_focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


@dataclass(frozen=True)
class Screen:
    """One page that shows one case of one server."""

    page: Page
    server: Server
    name: str

    @property
    def case(self) -> Setting:
        return setting(self.name)

    @property
    def words(self) -> dict[str, Any]:
        return vocabulary(self.case.scenario.language)

    @property
    def address(self) -> str:
        return f"{self.server.origin}/case/{self.name}"

    # ---- parts

    @property
    def title(self) -> Locator:
        return self.page.locator("h1:not(.hush)")

    @property
    def card(self) -> Locator:
        return self.page.locator("section.card:has(> .story)")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert").filter(has_text=re.compile(r"\w"))

    @property
    def told(self) -> Locator:
        return self.page.locator(".told")

    @property
    def choices(self) -> Locator:
        return self.page.locator("ol.choices .choice > span")

    def button(self, word: str) -> Locator:
        return self.page.get_by_role("button", name=self.words[word], exact=True)

    def choice(self, choice: ChoiceId) -> Locator:
        return self.page.locator(f'.choice[data-choice="{choice}"]')

    def kept(self, key: str) -> str:
        """Return what this device remembers of the case under `key`."""
        return self.page.evaluate("key => localStorage.getItem(key) ?? ''", f"casework:{key}:{self.name}")

    @property
    def attempt(self) -> str:
        return self.kept("attempt")

    @property
    def kernel(self) -> str:
        """The id of the kernel behind the page; empty while there is none."""
        given = self.page.locator("#casework-page")
        return json.loads(given.text_content() or "{}").get("kernel", "") if given.count() else ""

    # ---- moves

    def open(self) -> None:
        """Load the page, and wait for the cover's button or for the place that this device remembers."""
        self.page.goto(self.address, wait_until="commit")
        self.ready()

    def ready(self) -> None:
        """Wait until a kernel has drawn something."""
        drawn = "html:not([data-returns]) :is(.button.large:enabled, article, .path, .card > .story)"
        self.page.locator(f"{drawn}, .failed").first.wait_for(timeout=KERNEL)
        expect(self.page.locator(".failed")).to_have_count(0)

    def begin(self, press: Hand = click) -> None:
        press(self.button("begin"))
        expect(self.choices.first).to_be_visible()

    def go_on(self, press: Hand = click) -> None:
        press(self.button("next"))
        expect(self.card).to_have_count(0)

    def start_over(self, press: Hand = click) -> None:
        """Ask for a new attempt, and say yes."""
        press(self.page.locator(":is(main, footer)").get_by_role("button", name=self.words["again"]).first)
        press(self.page.get_by_role("dialog").get_by_role("button", name=self.words["again"]))
        expect(self.title).to_have_text(self.case.scenario.start.title)
        expect(self.choices.first).to_be_visible()

    # ---- what is to be read

    def is_at(self, attempt: Attempt) -> None:
        """Hold the scene on screen against the engine: title, story and the choices on offer, in order."""
        scene = self.case.scenario.scene(attempt.scene)
        expect(self.title).to_have_text(scene.title)
        expect(self.page.locator("article .story").first).to_have_text(roads.text(scene.story))
        expect(self.choices).to_have_text([choice.text for choice in offered(self.case.scenario, attempt)])
        assert self.page.title() == f"{scene.title} · casework"

    def tells(self, attempt: Attempt) -> None:
        """Hold the consequence on screen against the engine: the person, what changed and what the Meldcode says."""
        told = show(self.case, attempt)["consequence"]
        expect(self.card.get_by_role("heading", level=2)).to_have_text(told["heading"])
        expect(self.card.locator("> .meta").first).to_have_text(f"{self.words['chosen']} {told['chosen']}")
        expect(self.card.locator(".story p")).to_have_text([_read(one) for one in told["story"]])
        changes = [f"{change['label']}: {change['word']}" for change in told["changes"]]
        expect(self.card.locator("> .facts > li")).to_have_text(changes)
        verdicts = self.card.locator(".verdict")
        expect(verdicts.locator("> p > strong")).to_have_text([verdict["title"] for verdict in told["verdicts"]])
        expect(verdicts.locator(".verdict-is")).to_have_text([f"{v['word']}{v['tag']}" for v in told["verdicts"]])

    def looks_back(self, attempt: Attempt) -> None:
        """Hold the debrief against the engine: ending, every decision, rules, signals and questions."""
        back, page = debrief(self.case, attempt), self.page
        expect(self.title).to_have_text(self.case.scenario.scene(attempt.scene).title)
        expect(page.locator("header .tag")).to_have_text(back["ending"]["label"])
        expect(page.locator(".turn h2")).to_have_text(back["moment"]["title"])
        turned = {back["moment"]["turn"]: f" · {self.words['turned']}"}
        rows = [f"{s['number']} · {s['scene']}{turned.get(s['number'], '')}{s['choice']}" for s in back["path"]]
        expect(page.locator(".path tbody th")).to_have_text(rows)
        assert [_words(row) for row in back["path"]] == [
            [sign.inner_text() for sign in row.locator(".sign .hush").all()]
            for row in page.locator(".path tbody tr").all()
        ]
        expect(page.locator(".verdict > h3")).to_have_text([rule["title"] for rule in back["rules"]])
        expect(page.get_by_role("heading", name=back["signals"]["title"])).to_be_visible()
        signals = [one for kind in ("acted", "noted", "missed", "away", "harmless") for one in back["signals"][kind]]
        expect(page.locator(".four .facts > li:has(small)")).to_have_text([f"{s['text']}{s['scene']}" for s in signals])
        for question in back["questions"]:
            expect(page.get_by_role("listitem").filter(has_text=question)).to_be_visible()

    def has_focus(self, target: Locator) -> None:
        until(lambda: is_focused(target), f"focus on {target}", 5)


def _read(paragraph: list[dict[str, Any]]) -> str:
    return " ".join("".join(text for text, _ in sentence["runs"]) for sentence in paragraph)


def _words(stop: dict[str, Any]) -> list[str]:
    return [mark["word"] for mark in stop["marks"]]
