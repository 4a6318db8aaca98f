"""A hall that joins a workshop and votes: `python -m tests.benchmarks.crowd`, at three sizes.

Phones are plain HTTP and websocket clients in a process of their own, beside the server on the same machine: they fetch
what a phone fetches, wait for their first view, and vote at a moment of their own within a few seconds. What is said
of the server holds for both together on these cores.
"""

import argparse
import asyncio
import json
import random
import re
import resource
import secrets
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from casework import library, room, session
from casework.play.workshop import Act, Event
from casework.scenario.model import Scenario
from casework.store import Card, Store, open_store
from tests.benchmarks import room as visitors
from tests.benchmarks.figures import Figures
from tests.benchmarks.kinds import CASEWORK, ROOT, VOILA
from tests.benchmarks.report import say
from tests.benchmarks.servers import Server, running
from tests.benchmarks.trouble import Trouble
from tests.store import cluster

SIZES = (30, 150, 1000)
ASSET = re.compile(r'(?:href|src)="/(casework/static/[^"]+)"')
TOKEN = secrets.token_hex()
AT_ONCE = 100  # phones that are loading at one moment; a room's Wi-Fi carries no more
VOTING = 5.0  # seconds in which everybody votes
PATIENCE = 120
REPLICAS = 2
FEW = 5  # kernels at once; more would measure only how busy the machine gets
SETTLE = 2.0
FILES = 8192
LIMITS = {"join": 30.0, "p99": 0.25, "stage": 0.5, "server": 400.0}


@dataclass(slots=True)
class Phone:
    """One phone: how long it took to be in, and how long its vote took to be acknowledged."""

    token: str
    socket: WebSocketClientConnection
    joined: float
    acknowledged: float = 0.0
    taken: float = 0.0


@dataclass(slots=True)
class Stage:
    """The projector: at what moment it showed how many votes."""

    counts: list[tuple[float, int]] = field(default_factory=list)

    def lag(self, moments: Sequence[float]) -> float:
        """Return the longest time from an acknowledged vote to a stage that showed as many."""
        waits = []
        for number, moment in enumerate(sorted(moments), 1):
            shown = next((at for at, count in self.counts if count >= number), None)
            if shown is None:
                raise Trouble(f"the stage never showed {number} votes; the last was {self.counts[-1:]}")
            waits.append(max(0.0, shown - moment))
        return max(waits)


@dataclass(frozen=True, slots=True)
class Evening:
    """A session on the store of one server, or of several."""

    servers: tuple[Server, ...]
    store: Store
    scenario: Scenario
    card: Card

    def host(self, number: int = 0) -> str:
        """Return where this phone goes: a balancer would send them to all servers in turn."""
        return urlsplit(self.servers[number % len(self.servers)].address).netloc

    def usage(self) -> tuple[float, float]:
        """Return what the largest server holds in MB, and the seconds of CPU of all."""
        used = [(server.usage(), server.process.pid) for server in self.servers]
        memory = max(usage.memory.get(pid, 0) for usage, pid in used) / 1e6
        return memory, sum(usage.cpu.get(pid, 0.0) for usage, pid in used)

    def press(self, act: Act) -> int:
        """Do something as the facilitator; returns the number of the round that is open then."""
        number = room.recall(self.store, self.scenario, self.card.id).number + 1
        return room.do(self.store, self.scenario, self.card.id, Event(number, act)).workshop.open_round


def measure(size: int, case: str = "leo", *, has_replicas: bool = False) -> Figures:
    """Return the figures of a hall of this size, on SQLite or on two servers over one PostgreSQL. Raises `Trouble`."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, max(FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    # The projector is the facilitator's.
    kind = replace(CASEWORK, command=(*CASEWORK.command, "--token", TOKEN))
    with ExitStack() as stack:
        if has_replicas:
            postgresql = stack.enter_context(cluster.running())
            address = postgresql.address(postgresql.new())
            kind = replace(kind, command=tuple(address if one == "{store}" else one for one in kind.command))
            servers = tuple(stack.enter_context(running(kind, case)) for _ in range(REPLICAS))
        else:
            servers = (stack.enter_context(running(kind, case)),)
            address = str(servers[0].log.parent / "store.sqlite")
        store = stack.enter_context(closing(open_store(address, 2)))
        found = library.open_case(ROOT / "scenarios" / f"{case}.ipynb", is_checked=True)
        if found.scenario is None or found.protocol is None:
            raise Trouble(f"{case} cannot be played")
        card = room.open_session(store, found.scenario, found.protocol, clock=session.now)
        return asyncio.run(_evening(Evening(servers, store, found.scenario, card), size))


async def _evening(evening: Evening, size: int) -> Figures:
    stage = Stage()
    watching = asyncio.create_task(_watch(evening, stage))
    (memory, cpu), began = evening.usage(), time.perf_counter()
    phones = await asyncio.wait_for(_join(evening, size), PATIENCE)
    joined = time.perf_counter() - began
    await asyncio.sleep(SETTLE)
    asking = time.perf_counter()
    number = await asyncio.to_thread(evening.press, Act.ASK)
    await asyncio.wait_for(asyncio.gather(*(_vote(phone, number) for phone in phones)), PATIENCE)
    voted = time.perf_counter() - asking
    await asyncio.sleep(SETTLE)
    held, spent = evening.usage()
    watching.cancel()
    _check(evening, number, size)
    for phone in phones:
        phone.socket.close()
    acknowledged = [phone.acknowledged for phone in phones]
    return {
        "join": joined,
        "in": median(phone.joined for phone in phones),
        "vote": voted,
        "ack": median(acknowledged),
        "p99": quantiles(acknowledged, n=100)[98],
        "stage": stage.lag([phone.taken for phone in phones]),
        "server": held,
        "each": (held - memory) * len(evening.servers) / size,
        "cpu": spent - cpu,
    }


async def _join(evening: Evening, size: int) -> list[Phone]:
    client = AsyncHTTPClient(force_instance=True, max_clients=AT_ONCE)
    door = asyncio.Semaphore(AT_ONCE)
    try:
        return await asyncio.gather(*(_enter(evening, client, door, one) for one in range(size)))
    finally:
        client.close()


async def _enter(evening: Evening, client: AsyncHTTPClient, door: asyncio.Semaphore, number: int) -> Phone:
    async with door:
        began, host, token = time.perf_counter(), evening.host(number), str(number)
        headers = {"Accept-Encoding": "gzip"}
        address = f"http://{host}/join/{evening.card.code}"
        page = await client.fetch(address, headers=headers, request_timeout=PATIENCE)
        for path in ASSET.findall(page.body.decode()):
            await client.fetch(f"http://{host}/{path}", headers=headers, request_timeout=PATIENCE)
        socket = await websocket_connect(f"ws://{host}/room/{evening.card.code}/line")
        await socket.write_message(json.dumps({"kind": "join", "token": token}))
        await _hear(socket, "view")
        return Phone(token, socket, time.perf_counter() - began)


async def _vote(phone: Phone, number: int) -> None:
    while (view := (await _hear(phone.socket, "view"))["view"])["round"] != number:
        continue
    await asyncio.sleep(random.uniform(0, VOTING))
    option = random.choice(view["options"])
    began = time.perf_counter()
    vote = {"kind": "vote", "round": number, "number": 1, "choice": option["id"], "sure": True}
    await phone.socket.write_message(json.dumps(vote))
    answer = await _hear(phone.socket, "taken")
    if answer["notice"]:
        raise Trouble(f"a vote was answered with '{answer['notice']}'")
    phone.taken = time.perf_counter()
    phone.acknowledged = phone.taken - began


async def _watch(evening: Evening, stage: Stage) -> None:
    entered = await AsyncHTTPClient().fetch(
        f"http://{evening.host()}/enter?token={TOKEN}", follow_redirects=False, raise_error=False
    )
    cookie = "; ".join(each.split(";")[0] for each in entered.headers.get_list("Set-Cookie"))
    address = f"ws://{evening.host()}/stage/{evening.card.id}/line"
    socket = await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie}))
    while (text := await socket.read_message()) is not None:
        counts = json.loads(text).get("counts")
        if counts:
            stage.counts.append((time.perf_counter(), counts["voted"]))


async def _hear(socket: WebSocketClientConnection, kind: str) -> dict[str, Any]:
    while True:
        text = await socket.read_message()
        if text is None:
            raise Trouble(f"a line was closed before it said '{kind}'")
        message: dict[str, Any] = json.loads(text)
        if message["kind"] == kind:
            return message
        if message["kind"] == "door":
            raise Trouble(f"a phone was not let in: {message['notice']}")


def _check(evening: Evening, number: int, size: int) -> None:
    ballots = evening.store.sessions.ballots(evening.card.id, [number]).get(number, ())
    voters = len({ballot.participant for ballot in ballots})
    if (len(ballots), voters) != (size, size):
        raise Trouble(f"{size} phones voted; the store has {len(ballots)} ballots of {voters}")


def stock(case: str) -> Figures:
    """Return what one voter costs the way Voilà alone offers: a kernel for each, and state in the store."""
    with running(VOILA, case) as server:
        visitors.warm(server)
        found = visitors.fill(server, FEW, visitors.Pace())
    return {"each": found["memory"], "cpu": found["cpu"] / FEW}


def beside(size: int, found: Figures, other: Figures) -> str:
    """Return how many times as much a voter costs with a kernel of their own."""
    memory, cpu = other["each"] / found["each"], other["cpu"] / (found["cpu"] / size)
    return (
        f"a voter with a kernel, as Voilà alone offers: {other['each']:.1f} MB and {other['cpu']:.2f} s CPU until the "
        f"first view; beside one of {size} phones, voting too, {memory:.0f} times the memory, {cpu:.0f} times the time"
    )


def lines(size: int, found: Figures) -> Sequence[str]:
    """Return what is said of a hall of this size."""
    over = [name for name, limit in LIMITS.items() if found[name] > limit]
    return (
        f"{size:>5} phones: all in after {found['join']:.1f} s (one in {found['in'] * 1000:.0f} ms); "
        f"voted within {found['vote']:.1f} s, acknowledged in {found['ack'] * 1000:.0f} ms "
        f"(p99 {found['p99'] * 1000:.0f} ms); stage {found['stage'] * 1000:.0f} ms behind; "
        f"server {found['server']:.0f} MB, {found['each'] * 1000:.0f} kB a phone, {found['cpu']:.1f} s CPU"
        + (f"; over the limit: {', '.join(over)}" if over else ""),
    )


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.crowd", description="Measure a hall that votes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="how many phones")
    parser.add_argument("--case", default="leo", help="the case that is played")
    parser.add_argument("--replicas", action="store_true", help="two servers over one PostgreSQL, not one over SQLite")
    parser.add_argument("--stock", action="store_true", help="also measure a kernel for each voter, as Voilà offers")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure here")
    options = parser.parse_args(arguments)
    figures: dict[int, Figures] = {}
    try:
        for size in options.sizes:
            figures[size] = measure(size, options.case, has_replicas=options.replicas)
            for line in lines(size, figures[size]):
                say(line)
        if options.stock:
            other = stock(options.case)
            size = max(figures)
            say(beside(size, figures[size], other))
    except Trouble as trouble:
        say(f"bench: {trouble}")
        return 1
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
