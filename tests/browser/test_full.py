"""A notebook that shows more than our light page can: the full page comes by itself, and from then on at once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.guard import Guard
from tests.browser.screen import KERNEL, LAPTOP, PHONE, Screen
from tests.browser.server import HOST, Server
from tests.browser.waiting import until
from tests.cases import SCENARIOS, boards, some

from casework.widgets.vocabulary import vocabulary

SLIDER = "import ipywidgets\n\nipywidgets.IntSlider(value=7, description='Hoe zeker?')"
GREETING = """import anywidget


class Greeting(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'Dag vanuit een eigen widget'; } };"


Greeting()"""
PICTURE = """from IPython.display import Image, display

print("twaalf")
display(Image(data=__import__("base64").b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)))"""
# Voilà's own page says in the console that its packages differ in age; and a widget's sheet names a font beside itself.
NOISE = ("Unsatisfied version", "No satisfying version", "status of 404")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Milan with a slider, with somebody's widget, with a picture, and alone; and a dashboard with a slider."""
    folder = tmp_path_factory.mktemp("full")
    cases, pages = some(folder / "scenarios"), boards(folder / "dashboards", "cases", "author")
    codes = {"schuif": SLIDER, "nog": SLIDER, "groet": GREETING, "plaat": PICTURE, "milan": ""}
    for name, code in codes.items():
        write(cases / f"{name}.ipynb", code)
    more = [text("# Een schuif", "nl"), text("# A slider", "en"), code_cell(SLIDER)]
    document = json.loads((pages / "cases.ipynb").read_text("utf-8"))
    (pages / "schuif.ipynb").write_text(json.dumps({**document, "cells": more}), "utf-8")
    one = Server(folder, cases, "--dashboards", str(pages))
    one.start()
    yield one
    one.stop()


def write(path: Path, code: str) -> None:
    """Write Milan's notebook under another name, with one more code cell before the story's own."""
    document = json.loads((SCENARIOS / "milan.ipynb").read_text("utf-8"))
    for cell in document["cells"]:
        cell["source"] = "".join(cell["source"]).replace("milan.ipynb", path.name)
    at = next(number for number, cell in enumerate(document["cells"]) if cell["cell_type"] == "code")
    document["cells"][at:at] = [code_cell(code)] if code else []
    path.write_text(json.dumps(document), "utf-8")


def code_cell(code: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": "meer", "metadata": {}, "source": code, "outputs": [], "execution_count": None}


def text(said: str, language: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"t-{language}", "metadata": {"tags": [language]}, "source": said}


def slider(page: Page) -> Any:
    return page.locator(".widget-slider, .jupyter-widgets.widget-inline-hbox").first


def test_a_story_with_another_widget_opens_the_full_page_and_is_played_there(visit: Visit, server: Server) -> None:
    context = visit(LAPTOP, *NOISE)
    guard, page = Guard(context, NOISE), context.new_page()

    page.goto(f"{server.origin}/case/schuif")
    page.wait_for_url("**/full/case/schuif", timeout=KERNEL)
    expect(slider(page)).to_be_visible(timeout=KERNEL)
    page.get_by_role("button", name=vocabulary("nl")["begin"], exact=True).click(timeout=KERNEL)

    expect(page.get_by_text(roads.scenario("milan").start.title).first).to_be_visible()
    assert guard.hosts == {HOST}
    kernels = set(server.kernels())
    assert len(kernels) == 1, "the light page's kernel was let go"


def test_the_story_s_own_cells_are_not_on_the_full_page(visit: Visit, server: Server) -> None:
    page = visit(LAPTOP, *NOISE).new_page()

    page.goto(f"{server.origin}/case/schuif")
    page.wait_for_url("**/full/case/schuif", timeout=KERNEL)
    expect(slider(page)).to_be_visible(timeout=KERNEL)

    source = page.content()
    hidden = [one for scene in roads.scenario("milan").scenes for one in roads.secrets(scene) if len(one) > 12]
    assert [one for one in hidden if one in source] == []
    assert [
        note for scene in roads.scenario("milan").scenes for note in roads.sentences(scene.note) if note in source
    ] == []


def test_the_next_visitor_goes_there_at_once_until_the_file_changes(visit: Visit, server: Server) -> None:
    page = visit(LAPTOP, *NOISE).new_page()
    page.goto(f"{server.origin}/case/nog")
    page.wait_for_url("**/full/case/nog", timeout=KERNEL)
    expect(slider(page)).to_be_visible(timeout=KERNEL)

    again = visit(LAPTOP, *NOISE).new_page()
    first = again.goto(f"{server.origin}/case/nog", wait_until="commit")
    write(server.scenarios / "nog.ipynb", "")
    screen = Screen(visit().new_page(), server, "nog")
    screen.page.goto(f"{server.origin}/full/case/nog", wait_until="commit")
    screen.ready()

    assert first is not None
    assert first.request.redirected_from is not None
    assert screen.page.url.endswith("/case/nog")
    assert "/full/" not in screen.page.url


def test_text_and_pictures_stand_beside_the_story_on_the_light_page(visit: Visit, server: Server) -> None:
    screen = Screen(visit().new_page(), server, "plaat")

    screen.open()

    beside = screen.page.get_by_role("complementary", name=vocabulary("nl")["beside"])
    expect(beside.locator("pre")).to_have_text("twaalf\n")
    expect(beside.locator("img")).to_have_attribute("alt", "<IPython.core.display.Image object>")
    screen.page.get_by_role("button", name=vocabulary("nl")["begin"], exact=True).click()
    expect(screen.title).to_have_text(roads.scenario("milan").start.title)
    expect(beside.locator("img")).to_be_visible()


def test_somebody_s_widget_stands_beside_the_story_on_the_light_page(visit: Visit, server: Server) -> None:
    screen = Screen(visit(PHONE).new_page(), server, "groet")

    screen.open()

    beside = screen.page.get_by_role("complementary", name=vocabulary("nl")["beside"])
    expect(beside).to_have_text("Dag vanuit een eigen widget")
    screen.page.get_by_role("button", name=vocabulary("nl")["begin"], exact=True).tap()
    expect(screen.title).to_have_text(roads.scenario("milan").start.title)
    screen.choices.first.tap()
    until(lambda: len(server.road(screen.attempt)) == 1, "the choice is stored once")
    expect(beside).to_have_text("Dag vanuit een eigen widget")
    assert screen.page.url == screen.address


def test_a_story_that_needs_nothing_more_is_sent_back_to_the_light_page(visit: Visit, server: Server) -> None:
    screen = Screen(visit().new_page(), server, "milan")

    screen.page.goto(f"{server.origin}/full/case/milan", wait_until="commit")
    screen.ready()

    assert screen.page.url == screen.address


@pytest.mark.parametrize(
    ("language", "title", "other"), [("nl", "Een schuif", "A slider"), ("en", "A slider", "Een schuif")]
)
def test_a_dashboard_with_another_widget_opens_the_full_page_in_its_language(
    visit: Visit, server: Server, language: str, title: str, other: str
) -> None:
    page = visit(LAPTOP, *NOISE).new_page()

    page.goto(server.link)
    page.goto(f"{server.origin}/dashboard/schuif/{language}", wait_until="commit")
    page.wait_for_url(f"**/full/dashboard/schuif/{language}", timeout=KERNEL)

    expect(slider(page)).to_be_visible(timeout=KERNEL)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(other)).to_have_count(0)
    # It is for authors: whoever comes without the token does not get it by this address either.
    assert server.get(f"/full/dashboard/schuif/{language}").status == 403


@pytest.mark.parametrize(
    "path", ["full/case/nergens", "full/dashboard/author", "full/dashboard/..%2fscenarios%2fmilan"]
)
def test_nothing_else_can_be_opened_there(server: Server, path: str) -> None:
    assert server.get(f"/{path}").status == 404
