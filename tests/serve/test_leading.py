"""Who sees the projector, the notes and the report of a session: who showed the token, and nobody else."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.serve.hall import Hall, Message, hall, happen
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.websocket import websocket_connect

from casework.play.workshop import Act

Scene = Callable[[Hall], Awaitable[None]]


def play(store: Path, scene: Scene) -> None:
    async def evening() -> None:
        async with hall(store, "milan") as one:
            await scene(one)

    happen(evening())


async def leader(one: Hall, path: str) -> HTTPResponse:
    """Return what who leads the group is answered."""
    headers = {"Cookie": one.cookie}
    return await AsyncHTTPClient().fetch(f"http://127.0.0.1:{one.port}/{path}", headers=headers, raise_error=False)


async def stranger(one: Hall, path: str) -> HTTPResponse:
    """Return what somebody without the token is answered."""
    return await AsyncHTTPClient().fetch(f"http://127.0.0.1:{one.port}/{path}", raise_error=False)


@pytest.mark.parametrize("screen", ["stage", "notes"])
def test_who_did_not_show_the_token_is_asked_for_it_and_hears_nothing(tmp_path: Path, screen: str) -> None:
    async def scene(one: Hall) -> None:
        answer = await stranger(one, f"{screen}/{one.card.id}")
        assert answer.code == 403
        assert one.card.code not in answer.body.decode()
        line = await websocket_connect(f"ws://127.0.0.1:{one.port}/{screen}/{one.card.id}/line")
        assert json.loads(str(await line.read_message())) == {"kind": "gone"}
        assert await line.read_message() is None
        line.close()

    play(tmp_path / "s.sqlite", scene)


def test_the_report_is_there_for_who_leads_once_the_session_has_ended(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        report = f"notes/{one.card.id}/report"
        assert (await leader(one, report)).code == 409
        await one.press(Act.END)
        assert (await stranger(one, report)).code == 403
        answer = await leader(one, report)
        assert answer.code == 200
        assert "Milan en de pakjes" in answer.body.decode()
        assert (await leader(one, "notes/nobody/report")).code == 404

    play(tmp_path / "s.sqlite", scene)


def test_a_page_of_the_projector_holds_the_way_in_at_the_address_that_was_picked(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        picked = (await leader(one, f"stage/{one.card.id}?at=192.168.1.7:8866")).body.decode()
        assert f"http://192.168.1.7:8866/join/{one.card.code}" in picked
        odd = (await leader(one, f"stage/{one.card.id}?at=a%20b/%3Cscript%3E")).body.decode()
        assert f"http://127.0.0.1:{one.port}/join/{one.card.code}" in odd

    play(tmp_path / "s.sqlite", scene)


def test_the_projector_and_the_notes_are_told_of_an_act_and_a_second_press_changes_nothing(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        stage, notes = await one.line(f"stage/{one.card.id}"), await one.line(f"notes/{one.card.id}")
        first: Message = await notes.hear(kind="view")
        send = first["view"]["next"]["send"]
        for _ in range(2):
            told = await notes.ask(send["kind"], **{key: value for key, value in send.items() if key != "kind"})
            assert (told["notice"], told["at"]) == ("", 1)
        await stage.hear_phase("read")
        # The view may have come before the answer to the second press.
        while notes.shown["number"] != 1:
            await notes.hear(kind="view")
        assert notes.shown["next"]["send"]["act"] == "ask"

    play(tmp_path / "s.sqlite", scene)


@pytest.mark.parametrize(("asked", "turn"), [({"survey": True}, 1), ({"survey": "yes"}, 0), ({}, 0)])
def test_a_session_asks_for_knowledge_only_where_it_was_opened_so(
    tmp_path: Path, asked: dict[str, object], turn: int
) -> None:
    async def scene(one: Hall) -> None:
        answer = await one.post("sessions", json.dumps({"case": "milan", "language": "nl", **asked}))
        assert answer.code == 200
        other = Hall(one.hub, one.port, one.card)
        card = await one.hub.run(one.hub.store.sessions.card, json.loads(answer.body)["id"])
        assert card is not None
        other.card = card
        assert (await other.look()).asked == turn

    play(tmp_path / "s.sqlite", scene)
