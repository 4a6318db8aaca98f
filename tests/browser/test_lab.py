"""The author's desk inside JupyterLab: a fault is seen when it is saved, found at its cell, mended, and played.

And the toolkit, as far as a notebook is another host than a page of ours.
"""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit
from tests.browser.lab import Lab
from tests.browser.measure import barriers
from tests.browser.screen import KERNEL, LAPTOP, is_focused
from tests.browser.test_desk import place_of
from tests.cases import SCENARIOS, setting

from casework.widgets.labels import NONE
from casework.words import words

FAULTY, SOUND = "(#de-kruin)", "(#de-kraan)"
START = setting("milan").scenario.start.title


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("lab")
    folder = home / "work"
    folder.mkdir()
    shutil.copy(SCENARIOS / "kamertje.svg", folder)
    one = Lab(folder, home)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def page(lab: Lab, visit: Visit) -> Page:
    """A notebook with the desk in it, run in JupyterLab, beside a Milan in which one choice leads nowhere."""
    lab.save("milan.ipynb", milan(FAULTY))
    lab.save("bureau.ipynb", bureau())
    page = ran(lab, visit, "bureau.ipynb")
    page.locator(".desk .title").wait_for(timeout=KERNEL)
    return page


def ran(lab: Lab, visit: Visit, name: str) -> Page:
    """Return a page of JupyterLab on which the first cell of this notebook runs."""
    page = visit(LAPTOP).new_page()
    page.goto(f"{lab.origin}/lab/tree/{name}?reset")
    page.get_by_text("| Idle").wait_for(timeout=KERNEL)
    page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    return page


def milan(link: str) -> dict[str, Any]:
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.replace(SOUND, link, 1))
    return found


def bureau(call: str = 'desk("milan.ipynb")') -> dict[str, Any]:
    desk = {"cell_type": "code", "execution_count": None, "id": "bureau", "metadata": {}, "outputs": []}
    space = {"cell_type": "markdown", "id": "wit", "metadata": {}, "source": "wit\n\n" * 40}
    story = {"cell_type": "markdown", "id": "verhaal", "metadata": {}, "source": f"## {START}"}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {
        "cells": [{**desk, "source": f"import casework\n\ncasework.{call}"}, space, story],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def finding(page: Page) -> Locator:
    return page.locator('.findings > li[data-slug="broken-link"]')


def button(page: Page, name: str) -> Locator:
    return page.locator(".desk").get_by_role("button", name=words("nl")(name), exact=True)


def test_a_fault_is_seen_at_its_cell_mended_by_saving_and_the_scene_played(page: Page, lab: Lab) -> None:
    cell, line = place_of(lab.folder / "milan.ipynb", FAULTY)
    expect(finding(page)).to_contain_text(f"cel {cell}, regel {line} · {START}")
    expect(finding(page).locator("dd").nth(1)).to_contain_text(SOUND)

    lab.save("milan.ipynb", milan(SOUND))
    expect(finding(page)).to_have_count(0)
    page.locator('a.scene[data-scene="de-kraan"]').click()
    button(page, "Play from here").click()
    expect(page.locator(".guest h1")).to_have_text("De kraan")
    page.locator(".guest .choice").first.click()

    expect(page.locator(".guest section.card:has(> .story)")).to_be_visible()


def test_the_line_that_was_meant_is_taken_over_into_the_file(page: Page, lab: Lab) -> None:
    button(page, "Use this line").click()

    expect(finding(page)).to_have_count(0)
    assert json.loads((lab.folder / "milan.ipynb").read_text(encoding="utf-8")) == milan(SOUND)


def test_a_finding_leads_to_its_cell_where_that_is_on_the_page_and_says_so_where_it_is_not(
    page: Page, lab: Lab
) -> None:
    cell = page.locator(".jp-MarkdownOutput h2")
    expect(cell).not_to_be_in_viewport()

    button(page, "To the cell").first.click()
    expect(cell).to_be_in_viewport()

    elsewhere = milan(SOUND)
    elsewhere["cells"][2]["source"] = "".join(elsewhere["cells"][2]["source"]).replace("(#", "(#x", 1)
    lab.save("milan.ipynb", elsewhere)
    expect(finding(page)).to_contain_text("De kraan")
    button(page, "To the cell").first.click()
    expect(finding(page)).to_contain_text(
        words("nl")("This cell is not in this window. Open the notebook of the case to go to it.")
    )


def test_the_arrow_keys_walk_the_map_and_not_the_notebook(page: Page) -> None:
    first = page.locator('a.scene[data-scene="het-kamertje"]')
    first.focus()

    page.keyboard.press("ArrowRight")

    expect(page.locator("a.scene:focus")).not_to_have_attribute("data-scene", "het-kamertje")
    page.keyboard.press("ArrowLeft")
    assert is_focused(first)
    expect(page.locator(".jp-Cell.jp-mod-selected")).to_have_count(1)
    expect(page.locator(".jp-Cell.jp-mod-selected .desk")).to_have_count(1)


def test_axe_finds_nothing_serious_on_the_desk_in_jupyterlab(page: Page) -> None:
    inside = [found for found in barriers(page) if "desk" in found or "casework" in found]

    assert inside == []


def test_the_toolkit_in_a_notebook_changes_its_language_and_finds_a_card_without_waking_the_lab(
    lab: Lab, visit: Visit
) -> None:
    lab.save("kaarten.ipynb", bureau("toolkit()"))
    page = ran(lab, visit, "kaarten.ipynb")
    kit = page.locator(".kit[data-ready]")
    kit.wait_for(timeout=KERNEL)
    cells = page.locator(".jp-NotebookPanel .jp-Cell").count()

    kit.get_by_label("Taal van deze kaarten").select_option("en")
    expect(kit.locator("h2")).to_have_text("Signals")
    kit.get_by_label("Search for a word").focus()
    page.keyboard.type("ababa phones", delay=30)
    expect(kit.get_by_role("status")).to_have_text(words("en")(NONE))
    for _ in "ababa ":
        page.keyboard.press("Home")
        page.keyboard.press("Delete")

    expect(kit.locator(".kit-card").first).to_contain_text("phones")
    assert page.locator(".jp-NotebookPanel .jp-Cell").count() == cells
