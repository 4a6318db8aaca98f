"""Work that is done together: each gets their own answer, and what fails fails for those of its batch alone."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.browser.waiting import finish

from casework.errors import StoreUnusable
from casework.serve.batch import MOST, Batch


def double(them: Sequence[int]) -> Sequence[int]:
    return [2 * one for one in them]


def test_what_arrives_while_a_batch_is_written_goes_into_the_next_and_each_gets_their_own_answer() -> None:
    batches: list[int] = []

    def write(them: Sequence[int]) -> Sequence[int]:
        batches.append(len(them))
        return double(them)

    async def work() -> list[int]:
        with ThreadPoolExecutor(1) as pool:
            batch = Batch(write, pool)
            return await asyncio.gather(*(batch.put(number) for number in range(2 * MOST + 1)))

    assert finish(work()) == double(range(2 * MOST + 1))
    assert batches == [MOST, MOST, 1]


@pytest.mark.parametrize("trouble", [StoreUnusable("x", "away"), RuntimeError("a mistake of ours")])
def test_a_batch_that_fails_is_told_to_all_in_it_and_the_next_one_is_written(trouble: Exception) -> None:
    fails = [trouble]

    def write(them: Sequence[int]) -> Sequence[int]:
        if fails:
            raise fails.pop()
        return double(them)

    async def work() -> None:
        with ThreadPoolExecutor(1) as pool:
            batch = Batch(write, pool)
            told = await asyncio.gather(*(batch.put(number) for number in range(3)), return_exceptions=True)
            assert told == [trouble] * 3
            assert await asyncio.wait_for(batch.put(4), 5) == 8

    finish(work())
