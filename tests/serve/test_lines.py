"""Lines to phones, projector and notes: what is said on them, and that nothing is lost, doubled or told too early."""

import asyncio
import json
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.serve.hall import Hall, Message, Phone, hall, happen, same_store

from casework.play.workshop import Act

Scene = Callable[[Hall], Awaitable[None]]
FULL = "CREATE TRIGGER full BEFORE INSERT ON ballots BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
VOTES = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 2)), min_size=1, max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KINDS = ("join", "vote", "time", "alone", "choose", "hand-in", "weigh", "act", "extend", "merge")
NAMES = ("token", "round", "number", "choice", "sure", "text", "help", "bottleneck", "weight", "act", "subject")

SAID = st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), JSON))
Vote = tuple[int, int, int]
# An example is an evening of a second: making a failing one smaller would take minutes.
NO_SHRINKING = (Phase.explicit, Phase.generate)


def play(store: Path | str, scene: Scene, **options: object) -> None:
    """Let one evening happen."""

    async def evening() -> None:
        async with hall(store, **options) as one:  # type: ignore[arg-type]
            await scene(one)

    happen(evening())


def option(view: Message, at: int = 0) -> str:
    return str(view["view"]["options"][at]["id"])


async def asked(one: Hall, *tokens: str) -> list[tuple[Phone, Message]]:
    """Let phones in, ask the question of the scene, and return each with the view of it."""
    phones = [await one.inside(token) for token in tokens]
    await one.press(Act.ASK)
    return [(phone, await phone.hear_phase("vote")) for phone in phones]


async def vote(phone: Phone, view: Message, at: int = 0, number: int = 1) -> Message:
    return await phone.ask("vote", round=view["view"]["round"], number=number, choice=option(view, at), sure=True)


def test_a_phone_votes_and_everybody_else_sees_only_a_count(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        stage = await one.line(f"stage/{one.card.id}")
        ((phone, view),) = await asked(one, "phone")
        await stage.hear_phase("vote")

        told = await vote(phone, view)

        assert told["notice"] == ""
        assert told["own"] == {str(view["view"]["round"]): {"choice": option(view), "sure": True, "number": 1}}
        counts = (await stage.hear(kind="counts"))["counts"]
        assert (counts["voted"], counts["joined"]) == (1, 1)

    play(tmp_path / "s.sqlite", scene)


def test_before_the_reveal_nothing_of_a_vote_leaves_the_server(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        stage, notes = [await one.line(f"{name}/{one.card.id}") for name in ("stage", "notes")]
        phones = await asked(one, *map(str, range(7)))
        bystander = await one.inside("bystander")
        for number, (phone, view) in enumerate(phones):
            await vote(phone, view, number % 2)
        while (await stage.hear(kind="counts"))["counts"]["voted"] < 7:
            continue
        await one.press(Act.CLOSE)
        for line in (stage, notes, bystander):
            await line.hear_phase("closed")

        heard = [message for line in (stage, notes, bystander) for message in line.heard]
        assert all(not message["view"].get(name) for message in heard if "view" in message for name in SECRETS)
        assert all(not message.get("own") for message in heard)

        await one.press(Act.REVEAL)
        shown = (await bystander.hear_phase("votes"))["view"]["result"]
        assert [row["cells"][0]["text"] for row in shown["rows"][:2]] == ["4", "3"]

    play(tmp_path / "s.sqlite", scene)


SECRETS = ("result", "results", "leading", "flagged", "sureness", "dissent", "shift", "said", "alike")


@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(st.lists(VOTES, min_size=3, max_size=3), st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_votes_counts_each_phone_once(rounds: list[list[Vote]], chance: Random) -> None:
    async def scene(one: Hall) -> None:
        tabs = [await one.inside(token) for token in "012" * 2]
        for number, sent in enumerate(rounds):
            if number:
                await one.press(Act.RESET)
            await one.press(Act.ASK)
            opened = (await one.look()).round
            views = [await tab.hear_round(opened) for tab in tabs]
            again = [*sent, *chance.sample(sent, len(sent))]
            lines = list(zip(tabs, views, strict=True))
            await asyncio.gather(*(tell(lines, [row for row in again if row[0] == token]) for token in range(3)))

            cast = (await one.hub.run(one.hub.store.sessions.ballots, one.card.id)).get(opened, ())
            assert len({(ballot.participant, ballot.number) for ballot in cast}) == len(cast)
            assert len(cast) == len({(token, count) for token, count, _ in sent})
            assert (await one.look()).voted == len({token for token, _, _ in sent})

    async def tell(lines: list[tuple[Phone, Message]], rows: list[Vote]) -> None:
        # A phone has two tabs, and its votes come in by both in turn.
        for at, (token, number, choice) in enumerate(rows):
            told = await vote(*lines[token + 3 * (at % 2)], choice, number)
            assert told["notice"] in {"", "elsewhere"}

    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder) / "s.sqlite", scene)


@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(st.lists(SAID, min_size=20, max_size=40))
def test_whatever_a_stranger_says_the_line_lives_on_and_no_vote_is_stored(said: list[tuple[str, Message]]) -> None:
    async def scene(one: Hall) -> None:
        ((phone, _),) = await asked(one, "phone")
        notes = await one.line(f"notes/{one.card.id}")
        await phone.socket.write_message("no json {")
        for kind, values in said:
            for line in (phone, notes):
                await line.say(kind, **values)
        for line in (phone, notes):
            assert (await line.ask("beat"))["notice"] == ""
        assert await one.hub.run(one.hub.store.sessions.ballots, one.card.id) == {}

    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder) / "s.sqlite", scene)


def test_wrong_codes_are_told_so_and_slowed_down_after_a_few(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        notices = []
        for token in range(7):
            phone = await one.phone(f"guess {token}", code="HHHHHH")
            notices.append((await phone.hear(kind="door"))["notice"])

        assert notices == ["unknown"] * 5 + ["slow"] * 2
        right = await one.phone("right")
        assert (await right.hear(kind="door"))["wait"] >= 1

    play(tmp_path / "s.sqlite", scene)


def test_a_full_room_and_one_that_has_ended_keep_their_door_shut(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        first = await one.inside("first")
        second = await one.phone("second")
        assert (await second.hear(kind="door"))["notice"] == "full"
        await one.press(Act.END)
        await first.hear_phase("ended")
        third = await one.phone("first")
        assert (await third.hear(kind="door"))["notice"] == "ended"

    play(tmp_path / "s.sqlite", scene, seats=1)


def test_a_phone_that_comes_back_finds_its_vote_and_no_line_is_kept_of_one_that_left(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        ((phone, view),) = await asked(one, "phone")
        await vote(phone, view)
        await phone.hang_up()
        await one.rest()
        assert one.hub.sessions == ()

        back = await one.phone("phone")

        own = (await back.hear(kind="view"))["own"]
        assert own[str(view["view"]["round"])]["choice"] == option(view)

    play(tmp_path / "s.sqlite", scene)


def test_a_vote_that_cannot_be_stored_is_said_to_be_unsaved_and_counts_once_it_can(tmp_path: Path) -> None:
    file = tmp_path / "s.sqlite"

    async def scene(one: Hall) -> None:
        ((phone, view),) = await asked(one, "phone")
        change(file, FULL)
        assert (await vote(phone, view))["notice"] == "unsaved"
        assert (await one.look()).voted == 0
        change(file, "DROP TRIGGER full")

        assert (await vote(phone, view))["notice"] == ""
        assert (await one.look()).voted == 1

    play(file, scene)


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_vote_on_one_server_is_counted_on_the_stage_of_another(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        async with same_store(one) as other:
            stage = await other.line(f"stage/{one.card.id}")
            await stage.hear(kind="view")
            ((phone, view),) = await asked(one, "phone")
            await stage.hear_phase("vote")

            await vote(phone, view)

            assert (await stage.hear(kind="counts"))["counts"]["voted"] == 1
            moved = await other.phone("phone")
            assert (await moved.hear(kind="view"))["own"] != {}

    play(tmp_path / "s.sqlite", scene)


def test_the_notes_lead_the_room_and_two_windows_agree(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        notes, other = [await one.line(f"notes/{one.card.id}") for _ in range(2)]
        await notes.hear(kind="view")
        await other.hear(kind="view")

        assert await notes.ask("act", act="ask", number=1) == answer("act", 1, "", at=1)
        assert await other.ask("act", act="ask", number=1) == answer("act", 1, "", at=1)
        assert await other.ask("act", act="talk", number=1) == answer("act", 1, "elsewhere", at=1)
        assert await notes.ask("act", act="rules", number=2) == answer("act", 2, "refused")
        assert await notes.ask("set-clock", number=2, seconds=60) == answer("set-clock", 2, "", at=2)
        left = (await notes.hear_phase("vote"))["left"]
        assert left is None or 50 < left <= 60
        assert await notes.ask("follow-majority", number=3) == answer("follow-majority", 3, "undecided", at=2)

    play(tmp_path / "s.sqlite", scene)


def answer(kind: str, number: int, notice: str, **more: object) -> Message:
    return {"kind": "taken", "of": kind, "number": number, "notice": notice, **more}


def test_the_stage_and_the_notes_of_no_session_or_for_who_does_not_lead_are_gone(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        stage = await one.line("stage/nothing")
        await stage.hear(kind="gone")
        for name in ("stage", "notes"):
            stranger = await one.line(f"{name}/{one.card.id}", leads=False)
            await stranger.hear(kind="gone")
            assert (await one.get(f"{name}/{one.card.id}")).code == 403

    play(tmp_path / "s.sqlite", scene)


def test_the_phones_page_sets_no_cookie_and_shows_no_word_of_an_address_that_is_no_code(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        page = await one.get("join/%3Cb%3Etwx%3C%2Fb%3E")
        text = page.body.decode()

        assert (page.code, page.headers.get_list("Set-Cookie")) == (200, [])
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "<b>" not in text
        assert '"code": "TWX"' in text
        assert (await one.get("join/en")).body.decode().count('<h1 tabindex="-1">Join in with a code') == 1

    play(tmp_path / "s.sqlite", scene)


def test_a_session_is_opened_by_a_page_of_ours_and_by_nobody_else(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        asked = json.dumps({"case": "leo", "language": "en", "left_out": [], "seats": 6})

        assert (await one.post("sessions", asked, is_ours=False)).code == 403
        assert (await one.post("sessions", asked, leads=False)).code == 403
        assert (await one.post("sessions", json.dumps({"case": "nobody", "language": "nl"}))).code == 400
        assert (await one.post("sessions", "no json")).code == 400
        opened = json.loads((await one.post("sessions", asked)).body)
        card = await one.hub.run(one.hub.store.sessions.card, opened["id"])

        assert card is not None
        assert (card.code, card.language, card.seats) == (opened["code"], "en", 6)

    play(tmp_path / "s.sqlite", scene)


def test_a_reply_is_answered_with_the_one_that_stands_and_counted_on_the_projector(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        await one.press(Act.SURVEY)
        stage = await one.line(f"stage/{one.card.id}")
        phones = [await one.inside("phone") for _ in range(2)]
        given = {"duty": "steps", "see": "3"}

        first = await phones[0].ask("reply", number=1, answers=given)
        other = await phones[1].ask("reply", number=1, answers={})

        assert (first["notice"], first["answers"], first["number"]) == ("", given, 1)
        assert (other["notice"], other["answers"], other["number"]) == ("elsewhere", given, 1)
        while "1 van de 1" not in (await stage.hear(kind="counts"))["counts"]["texts"]["finished"]:
            continue
        late = await phones[0].ask("reply", number=2, answers=given)
        wrong = await phones[0].ask("reply", number=1, answers={"duty": "no option"})
        assert [(each["notice"], each["answers"]) for each in (late, wrong)] == [("late", None), ("wrong", None)]

    play(tmp_path / "s.sqlite", scene)
