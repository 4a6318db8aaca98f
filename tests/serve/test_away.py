"""A database that goes away in the middle of a vote: phones are told, and nothing is lost when it comes back."""

import asyncio
from collections.abc import Iterator

import pytest
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
