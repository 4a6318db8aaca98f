"""casework as a service of a real JupyterHub, behind its proxy, with the configuration that the documentation shows."""

import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import roads
from tests.browser.conftest import guarded
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import TOKEN, Server
from tests.cases import setting
from tests.deployment.hub import PASSWORD, WHO, JupyterHub

from casework import room
from casework.play.attempt import decide, offered
from casework.store import open_store

NAME = "milan"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub does not run there")


class Service(Server):
    """casework as the hub started it; its origin is all that stands before `/case/...`."""

    def __init__(self, hub: JupyterHub) -> None:
        super().__init__(hub.folder)
        self.hub, self.store = hub, hub.store

    @property
    def origin(self) -> str:
        return self.hub.base.rstrip("/")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterHub]:
    one = JupyterHub(tmp_path_factory.mktemp("hub"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def page(browser: Browser, hub: JupyterHub) -> Iterator[Page]:
    # The hub's own pages have a policy that its own scripts do not keep.
    with guarded(browser, LAPTOP, (f"{hub.origin}/hub/",)) as context:
        yield context.new_page()


def test_a_case_loads_and_plays_through_the_hub_without_an_account(page: Page, hub: JupyterHub) -> None:
    screen, scenario, start = Screen(page, Service(hub), NAME), roads.scenario(NAME), roads.start(NAME)
    choice = offered(scenario, start)[0].id
    page.goto(hub.base.rstrip("/"))
    page.locator(f'a[data-begin="{NAME}"]').click()
    screen.ready()
    screen.begin()

    screen.choice(choice).click()

    screen.tells(decide(scenario, start, choice))
    assert screen.server.road(screen.attempt) == (choice,)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["path"]) == ("_xsrf", "/services/casework/")


def test_who_leads_a_group_opens_the_projector_with_the_code_at_the_address_of_the_hub(
    page: Page, hub: JupyterHub
) -> None:
    found = setting(NAME)
    with closing(open_store(str(hub.store))) as store:
        card = room.open_session(store, found.scenario, found.protocol)
    page.goto(f"{hub.base}enter?token={TOKEN}")
    page.goto(f"{hub.base}stage/{card.id}")
    expect(page.locator(".door .code")).to_have_text(room.spelled(card.code))
    given = page.locator("#casework-page").text_content() or ""

    phone = page.context.new_page()
    phone.goto(f"{hub.base}join/{card.code}")

    expect(phone.locator("main h1")).to_have_text("U doet mee")
    expect(page.locator(".door [data-count=joined]")).to_have_text("1 doet mee")
    assert f"{hub.base}join/{card.code}" in given


def test_the_hub_still_lets_in_whoever_has_been_at_casework(page: Page, hub: JupyterHub) -> None:
    page.goto(f"{hub.base}nl")
    page.goto(f"{hub.origin}/hub/login")
    page.locator("#username_input").fill(WHO)
    page.locator("#password_input").fill(PASSWORD)

    page.locator("#login_submit").click()

    page.wait_for_url(f"{hub.origin}/hub/home")
    expect(page.locator("#logout")).to_be_visible()


def test_the_log_of_the_hub_does_not_hold_the_token(hub: JupyterHub) -> None:
    assert TOKEN not in hub.log
