"""A database that goes away in the middle of a vote: phones are told, and nothing is lost when it comes back."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.browser.waiting import HAS_TIME
from tests.serve.hall import Hall, hall, happen
from tests.store import cluster
from tests.store.cluster import Cluster

from casework.play.workshop import Act


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Cluster]:
    with cluster.running() as running:
        yield running


def test_a_database_that_is_away_for_a_while_loses_no_vote_and_screens_are_told(postgresql: Cluster) -> None:
    async def scene(one: Hall) -> None:
        phone = await one.inside("phone")
        await one.press(Act.ASK)
        shown = await phone.hear_phase("vote")
        vote = {"round": shown["view"]["round"], "number": 1, "choice": shown["view"]["options"][0]["id"], "sure": True}

        await asyncio.to_thread(postgresql.stop)
        await phone.hear(kind="trouble")
        assert (await phone.ask("vote", **vote))["notice"] == "unsaved"
        await asyncio.to_thread(postgresql.start)

        for _ in range(20):
            # A phone asks again every two seconds.
            told = await phone.ask("vote", **vote)
            if not told["notice"]:
                break
            await asyncio.sleep(0.5)
        assert told["notice"] == ""
        assert (await one.look()).voted == 1
        late = await one.inside("late")
        await one.press(Act.CLOSE)
        # The watch is open again too: the screens hear of what happens.
        await late.hear_phase("closed")
        await phone.hear_phase("closed")

    async def evening() -> None:
        async with hall(postgresql.address(postgresql.new())) as one:
            await scene(one)

    happen(evening())


@pytest.mark.parametrize("seconds", [2, pytest.param(10, marks=pytest.mark.skipif(not HAS_TIME, reason="takes long"))])
def test_a_file_that_another_program_holds_for_a_while_delays_votes_and_loses_none(
    tmp_path: Path, seconds: float
) -> None:
    file, phones = tmp_path / "s.sqlite", 6

    async def scene(one: Hall) -> None:
        inside = [await one.inside(f"phone {number}") for number in range(phones)]
        stage = await one.line(f"stage/{one.card.id}")
        await one.press(Act.ASK)
        shown = (await inside[0].hear_phase("vote"))["view"]
        vote = {"round": shown["round"], "number": 1, "choice": shown["options"][0]["id"], "sure": True}
        await stage.hear_phase("vote")

        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            for phone in inside:
                await phone.say("vote", **vote)
            await asyncio.sleep(seconds)
            # Whoever only looks is not held up.
            assert (await one.look()).voted == 0
            late = await one.line(f"stage/{one.card.id}")
            await late.hear_phase("vote")
            other.execute("COMMIT")
        told = [await phone.hear(kind="taken", of="vote") for phone in inside]

        assert {each["notice"] for each in told} == {""}
        assert time.monotonic() - began >= seconds
        assert (await one.look()).voted == phones
        while (await stage.hear(kind="counts"))["counts"]["voted"] < phones:
            continue

    async def evening() -> None:
        async with hall(file) as one:
            await scene(one)

    happen(evening())
