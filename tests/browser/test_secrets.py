"""What is not told: anything to another host, what lies ahead to a trainee, the server's files to anybody."""

import json

import pytest
from playwright.sync_api import Page, Response, WebSocket
from tests.browser import roads
from tests.browser.conftest import Visit
from tests.browser.guard import Guard
from tests.browser.screen import LAPTOP, Screen
from tests.browser.server import HOST, Server
from tests.browser.stage import Stage

from casework.play.attempt import decide, offered
from casework.scenario.model import Ending, SceneId

NAME = "leo"
SHORT = 12  # a sentence such as "Hij knikt." may stand anywhere


class Ear:
    """Hears everything that reaches a page: bodies of answers, and what its websocket receives."""

    def __init__(self, page: Page) -> None:
        self.answers: list[Response] = []
        self.frames: list[str] = []
        page.on("response", lambda answer: self.answers.append(answer))  # noqa: PLW0108 - Playwright marks what it calls
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(_plain(frame)))

    @property
    def bodies(self) -> str:
        return "\n".join(answer.text() for answer in self.answers if "font" not in answer.headers["content-type"])


def _plain(frame: str | bytes) -> str:
    assert isinstance(frame, str)
    return json.dumps(json.loads(frame), ensure_ascii=False)


def lying_ahead(reached: set[SceneId]) -> set[str]:
    """Return the sentences that nobody may have heard yet who was in these scenes and has just entered the last."""
    scenario = roads.scenario(NAME)
    hidden = {text for scene in scenario.scenes if scene.id not in reached for text in roads.secrets(scene)}
    notes = {text for scene in scenario.scenes for text in roads.sentences(scene.note)}
    open_to_all = {text for part in (scenario.introduction,) for text in roads.sentences(part)}
    known = {text for scene in scenario.scenes if scene.id in reached for text in roads.sentences(scene.story)}
    return {text for text in (hidden | notes) - known - open_to_all if len(text) > SHORT}


def found(texts: set[str], where: str) -> list[str]:
    return [text for text in texts if text in where or json.dumps(text, ensure_ascii=False)[1:-1] in where]


def test_neither_page_nor_answers_nor_the_wire_tell_what_lies_ahead(visit: Visit, server: Server) -> None:
    scenario, begun = roads.scenario(NAME), roads.start(NAME)
    start = scenario.start
    screen = Screen(visit().new_page(), server, NAME)
    ear = Ear(screen.page)
    ahead = {text for scene in scenario.scenes for text in roads.consequences(scene) if len(text) > SHORT}

    screen.open()
    in_source = found(lying_ahead({start.id}) | ahead, ear.bodies)
    on_the_wire = found(lying_ahead({start.id}) | ahead, "\n".join(ear.frames))
    screen.begin()
    choice = offered(scenario, begun)[0]
    entered = decide(scenario, begun, choice.id)
    screen.choice(choice.id).click()
    screen.tells(entered)
    later = found(lying_ahead({start.id, entered.scene}), "\n".join(ear.frames))
    others = {text for one in start.choices if one.id != choice.id for text in roads.sentences(one.consequence)}

    assert f"/case/{NAME}" in {answer.url.removeprefix(server.origin) for answer in ear.answers}
    assert found({sentence.text for part in start.story for sentence in part}, ear.bodies)
    assert in_source == []
    assert on_the_wire == []
    assert later == []
    assert found({text for text in others if len(text) > SHORT}, "\n".join(ear.frames)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/voila/api/contents",
        "/voila/tree",
        "/voila/files/scenarios/milan.ipynb",
        "/voila/render/scenarios/milan.ipynb",
        "/files/scenarios/milan.ipynb",
        "/api/contents/scenarios/milan.ipynb",
        "/api/kernels",
        "/api/sessions",
        "/case/../..",
        "/case/..%2f..%2fpyproject.toml",
        "/case/../../pyproject.toml",
        "/dashboard/..%2fscenarios%2fmilan",
    ],
)
def test_nothing_of_the_disk_or_the_kernels_can_be_asked_for(server: Server, path: str) -> None:
    answer = server.get(path)

    assert answer.status == 404
    assert roads.scenario("milan").title not in answer.body


def test_no_template_or_theme_can_be_asked_for(visit: Visit, server: Server) -> None:
    screen = Screen(visit().new_page(), server, "milan")

    screen.page.goto(
        f"{screen.address}?template=lab&voila-template=lab&theme=dark&voila-theme=dark", wait_until="commit"
    )
    screen.ready()
    screen.begin()

    screen.is_at(roads.start("milan"))


def test_no_page_asks_anything_of_another_host(visit: Visit, server: Server, stage: Stage) -> None:
    context = visit(LAPTOP, "status of 404")
    guard, page = Guard(context), context.new_page()

    for path in ("/nl", "/en", "/case/nowhere"):
        page.goto(server.origin + path)
    stage.tell(roads.midway(NAME))
    stage.show(roads.endings(NAME)[Ending.GOOD])

    assert guard.hosts == {HOST}
    assert stage.guard.hosts == {HOST}


def test_the_desk_is_not_served_to_who_only_plays(server: Server) -> None:
    answer = server.get("/dashboard/author")

    assert answer.status == 404
    assert "casework-page" not in answer.body
