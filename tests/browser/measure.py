"""What can be measured on a page: accessibility by axe, overflow, the size of what is pressed."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

GRAVE = {"serious", "critical"}

SMALL = """() => {
  const pressable = "a[href], button, input, select, summary";
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const isInline = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  const box = (one) => (one.closest("label") ?? one).getBoundingClientRect();
  return [...document.querySelectorAll(pressable)]
    .filter((one) => isShown(one) && !one.matches(".skip") && !isInline(one))
    .filter((one) => box(one).width < 43.9 || box(one).height < 43.9)
    .map((one) => `${one.outerHTML.slice(0, 90)}: ${box(one).width} x ${box(one).height}`);
}"""

# The element that sticks out says more than the page that scrolls.
SIDEWAYS = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const sticks = (one) => one.right > page.clientWidth + 0.5 || one.left < -0.5;
  const out = [...document.body.querySelectorAll("*")].filter((one) => sticks(one.getBoundingClientRect()));
  return [`${page.scrollWidth} px in ${page.clientWidth}`, ...out.slice(-3).map((one) => one.outerHTML.slice(0, 90))];
}"""

# Which kinds of elements there are, in which, with which attributes; not how many, nor what they say.
SHAPE = """() => {
  const kind = (one) => [one.localName, one.className, ...one.getAttributeNames()].join(" ");
  const all = [...document.body.querySelectorAll("*")];
  return [...new Set(all.map((one) => `${kind(one.parentElement)} > ${kind(one)}`))].sort().join("\\n");
}"""

AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const shown = ({ html, failureSummary }) => `${html} ${failureSummary}`;
  return violations.map(({ id, impact, nodes }) => [impact, id, nodes.map(shown)]);
}"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text()


def barriers(page: Page) -> list[str]:
    """Return what axe calls serious or critical on the page as it stands."""
    _still(page)
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(_axe())
    found: list[list[Any]] = page.evaluate(AXE)
    return [f"{impact} {rule}: {nodes}" for impact, rule, nodes in found if impact in GRAVE]


def shape_of(page: Page) -> str:
    """Return what kinds of elements a page is built of: the same for pages that differ in their words alone."""
    found: str = page.evaluate(SHAPE)
    return found


def small(page: Page) -> list[str]:
    """Return what can be pressed and is smaller than a thumb: 44 by 44 pixels. Links within a sentence may be."""
    found: list[str] = page.evaluate(SMALL)
    return found


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return found


def _still(page: Page) -> None:
    # A card that still fades in has too little contrast for a moment.
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
