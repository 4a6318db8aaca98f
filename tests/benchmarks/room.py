"""A room that opens a case at the same moment and plays it: what each waits for, and what that costs the server.

The visitors are plain HTTP and websocket clients in one process, which load no scripts or styles: it is the server that
is measured. What the clients take themselves is told beside it.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median

from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import WebSocketError

from casework.serve.forking import merging
from tests.benchmarks import wire
from tests.benchmarks.figures import percentile
from tests.benchmarks.servers import Server, Usage
from tests.benchmarks.trouble import Trouble
from tests.benchmarks.wire import Visitor

SETTLE = 1.0
PAUSE = 1.0  # seconds before one who was turned away comes again
MERGED = 240  # seconds for the system to merge the pages of a whole room
LOOK = 20.0  # seconds between two looks, in which it has gone over everything once
STEADY = 0.98
PLAYED = 3  # choices that each has made when memory is measured
REFUSED = (HTTPError, WebSocketError, OSError)


@dataclass(frozen=True, slots=True)
class Pace:
    """How each person taps once all have played a little: so often, with so many seconds between two taps."""

    taps: int = 0
    every: float = 2.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One who has the first view: after how many seconds, and how often it had to come again for that."""

    visitor: Visitor
    seconds: float
    again: int


def warm(server: Server) -> None:
    """Let one visitor in before anything is measured, as a facilitator does who looks whether it works."""
    asyncio.run(_fill(server, 1, Pace()))


def fill(server: Server, joiners: int, pace: Pace) -> dict[str, float]:
    """Return the figures of a room that arrives at once, plays, and taps at a pace. Raises `Trouble`."""
    return asyncio.run(_fill(server, joiners, pace))


async def _fill(server: Server, joiners: int, pace: Pace) -> dict[str, float]:
    client = AsyncHTTPClient(force_instance=True, max_clients=joiners)
    before, began = server.usage(), time.perf_counter()
    arrivals: list[Arrival] = []
    try:
        visits = (_arrive(client, server, place) for place in range(joiners))
        arrivals = await asyncio.wait_for(asyncio.gather(*visits), wire.PATIENCE)
        wall = time.perf_counter() - began
        visitors = [arrival.visitor for arrival in arrivals]
        # The last ones have just begun to breathe: what follows counts once they have settled.
        await asyncio.sleep(SETTLE)
        joined = {"wall": wall, "cpu": server.usage().cpu_since(before), **_waits(arrivals)}
        return {**joined, **await _play(server, visitors, before, pace)}
    except TimeoutError as error:
        raise Trouble(f"not all of {joiners} visitors had a view within {wire.PATIENCE} s", server.said()) from error
    except REFUSED as error:
        raise Trouble(f"a visitor was turned away: {error}", server.said()) from error
    except Trouble as trouble:
        raise Trouble(trouble.what, trouble.said or server.said()) from trouble
    finally:
        for arrival in arrivals:
            arrival.visitor.leave()
        client.close()


async def _arrive(client: AsyncHTTPClient, server: Server, place: int) -> Arrival:
    began = time.perf_counter()
    join = wire.join_solara if server.kind.is_apart else wire.join_kernel
    for again in range(server.kind.tries):
        try:
            visitor = await join(client, server.address, place)
        except (*REFUSED, Trouble):
            if again + 1 == server.kind.tries:
                raise
            await asyncio.sleep(PAUSE)
        else:
            return Arrival(visitor, time.perf_counter() - began, again)
    raise AssertionError


async def _play(server: Server, visitors: Sequence[Visitor], before: Usage, pace: Pace) -> dict[str, float]:
    """Let each make a few choices, then measure memory; then let all tap at their pace, and measure their waits."""
    if not pace.taps:
        return {}
    await _tap(visitors, replace(pace, taps=PLAYED))
    await asyncio.sleep(SETTLE)
    played = server.usage()
    merged = await _merged(server, before, len(visitors)) if merging.is_on() else {}
    rested, own, began = server.usage(), time.process_time(), time.perf_counter()
    waits = await _tap(visitors, pace)
    lasted, own = time.perf_counter() - began, time.process_time() - own
    return {
        "memory": played.memory_since(before) / len(visitors) / 1e6,
        **merged,
        "server": played.memory.get(server.process.pid, 0) / 1e6,
        **{f"p{share}": percentile(waits, share / 100) * 1000 for share in (50, 95, 99)},
        "pace": len(waits) / lasted,
        "busy": server.usage().cpu_since(rested) / lasted * 100,
        "client": own / lasted * 100,
    }


async def _merged(server: Server, before: Usage, heads: int) -> dict[str, float]:
    """Return the memory of each once the system finds no more pages that are alike."""
    now, was = server.usage().memory_since(before), float("inf")
    ends = time.perf_counter() + MERGED
    while now < was * STEADY and time.perf_counter() < ends:
        await asyncio.sleep(LOOK)
        now, was = server.usage().memory_since(before), now
    return {"merged": now / heads / 1e6}


async def _tap(visitors: Sequence[Visitor], pace: Pace) -> list[float]:
    # Not all in the same moment: people read at speeds of their own.
    each = (_tap_on(visitor, pace, place * pace.every / len(visitors)) for place, visitor in enumerate(visitors))
    return list(chain.from_iterable(await asyncio.gather(*each)))


async def _tap_on(visitor: Visitor, pace: Pace, delay: float) -> list[float]:
    """Tap at a steady pace; who waits longer than that for a view taps at once when it is there."""
    begins, waits = time.perf_counter() + delay, []
    for number in range(pace.taps):
        await asyncio.sleep(max(0.0, begins + number * pace.every - time.perf_counter()))
        waits.append(await visitor.tap())
    return waits


def _waits(arrivals: Sequence[Arrival]) -> dict[str, float]:
    seconds = [arrival.seconds for arrival in arrivals]
    return {"median": median(seconds), "longest": max(seconds), "again": sum(arrival.again for arrival in arrivals)}
