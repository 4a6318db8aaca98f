"""A hall that joins a workshop and votes, beside a kernel for each voter: `python -m tests.benchmarks.crowd`.

Phones are clients in a process of their own, beside the server on the same machine: what is said of the server holds
for both together on these cores. As Voilà alone offers it, each voter has a kernel, and a vote is a choice that the
kernel puts into a store.
"""

import argparse
import asyncio
import json
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from casework import library, room, session
from casework.play.workshop import Act, Event
from casework.scenario.model import Scenario
from casework.store import Card, Store, open_store
from tests.benchmarks import room as visitors
from tests.benchmarks import voters
from tests.benchmarks.figures import Figures, Rounds, found, percentile, ratios, spread
from tests.benchmarks.kinds import CASEWORK, ROOT, VOILA
from tests.benchmarks.servers import Server, Usage, memory_available, open_files, running
from tests.benchmarks.trouble import Trouble
from tests.benchmarks.voters import PATIENCE, Stage

SIZES = (30, 150, 1000)
KERNELS = 30
KERNEL_MB = 60  # what stock Voilà takes for a visitor, and a little
REPLICAS = 2
TOKEN = secrets.token_hex()
SQLITE, POSTGRESQL, VOTERS = "sqlite", "postgresql", "kernels"
WAYS = {
    SQLITE: "casework, SQLite",
    POSTGRESQL: "casework, PostgreSQL, two servers",
    VOTERS: "stock Voilà, a kernel for each voter",
}
LABEL, WIDE = 40, 26


@dataclass(frozen=True, slots=True)
class Tempo:
    """Within how many seconds all vote, and how many the hall rests before and after."""

    voting: float = 4.0
    rest: float = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of a hall: what it is called, how much it may be (0: anything), and whether a ratio says something.

    `is_each` are costs of one voter, in which halls of different sizes can be compared.
    """

    key: str
    label: str
    decimals: int = 0
    limit: float = 0
    is_each: bool = False


ROWS = (
    Row("join", "s until all are in", 1, 30),
    Row("in", "s until one is in, median", 2),
    Row("vote", "s from the first tap to the last vote that is acknowledged", 1, 5),
    Row("p50", "ms from a tap to its vote acknowledged, half are faster"),
    Row("p95", "ms from a tap to its vote acknowledged, 95 % are faster"),
    Row("p99", "ms from a tap to its vote acknowledged, 99 % are faster", 0, 250),
    Row("stage", "ms that the projector is behind the votes, at most", 0, 500),
    Row("server", "MB of the server itself, of the largest where there are two", 0, 400),
    Row("size", "kB that a phone loads until it is in", 1, 60),
    Row("requests", "requests of a phone until it is in, its line too", 0, 6),
    Row("client", "% of one core that the load client takes itself"),
    Row("each.memory", "MB for each voter", 3, is_each=True),
    Row("each.join", "ms for each voter, until all are in", 1, is_each=True),
    Row("each.cpu", "ms of CPU for each voter, in all", 1, is_each=True),
)
NOTES = (
    "every vote was acknowledged, and stands in the store once and for the option that was tapped",
    "who votes with a kernel loads the page, makes three choices and votes; all choices go into the store",
    "the limits are for a machine that does nothing else; the load client takes its share of the same cores",
)


@dataclass(frozen=True, slots=True)
class Evening:
    """A session on the store of one server, or of several."""

    servers: tuple[Server, ...]
    store: Store
    scenario: Scenario
    card: Card

    def hosts(self, size: int) -> list[str]:
        """Return where each phone goes: a balancer would send them to all servers in turn."""
        places = [urlsplit(server.address).netloc for server in self.servers]
        return [places[number % len(places)] for number in range(size)]

    def usage(self) -> list[Usage]:
        """Return what each server uses now, its kernels left aside: nobody here plays alone."""
        found = [(server.usage(), server.process.pid) for server in self.servers]
        return [Usage({pid: each.memory.get(pid, 0)}, {pid: each.cpu.get(pid, 0.0)}) for each, pid in found]

    def press(self, act: Act) -> int:
        """Do something as the facilitator; returns the number of the round that is open then."""
        number = room.recall(self.store, self.scenario, self.card.id).number + 1
        return room.do(self.store, self.scenario, self.card.id, Event(number, act)).workshop.open_round


def measure(way: str, size: int, case: str = "leo", tempo: Tempo | None = None) -> Figures:
    """Return the figures of a hall of this size, in one of the `WAYS`. Raises `Trouble`."""
    open_files()
    if way == VOTERS:
        return _with_kernels(size, case, tempo or Tempo())
    with _opened(way, case) as evening:
        return asyncio.run(_evening(evening, size, tempo or Tempo()))


def turn(told: dict[str, float], way: str, sizes: Sequence[int], kernels: int, case: str) -> None:
    """Fill in the figures of one way under `SIZE.MEASURE`, smallest hall first: those before a failing one stay.

    What one voter costs stands there once more, without a size, of the largest hall. Raises `Trouble`.
    """
    for size in sorted(sizes) if way != VOTERS else (kernels,):
        found = measure(way, size, case)
        told |= {f"{size}.{key}": value for key, value in found.items()}
        told |= {row.key: found[row.key] for row in ROWS if row.is_each}


def table(rounds: Rounds, sizes: Sequence[int]) -> Iterator[str]:
    """Return every measure of every way and size, with its limit; and what one voter costs, as a ratio."""
    for size in sizes:
        for row in (row for row in ROWS if not row.is_each):
            lines = [_line(way, rounds, f"{size}.{row.key}", row) for way in WAYS]
            yield from _under(f"{size} voters: {row.label}", row, lines)
    for row in (row for row in ROWS if row.is_each):
        yield from _under(f"largest hall: {row.label}", row, [_line(way, rounds, row.key, row) for way in WAYS])
    yield from (f"  {note}" for note in NOTES)


def all_ratios(rounds: Rounds) -> Mapping[str, Mapping[str, object]]:
    """Return the spread of what a voter costs by phone over what it costs with a kernel."""
    kept: dict[str, dict[str, object]] = {}
    for way in (SQLITE, POSTGRESQL):
        spreads = {row.key: spread(ratios(rounds.get(way, ()), rounds.get(VOTERS, ()), row.key)) for row in ROWS}
        kept[f"{way} / {VOTERS}"] = {key: asdict(value) for key, value in spreads.items() if value and "." in key}
    return kept


@contextmanager
def _opened(way: str, case: str) -> Iterator[Evening]:
    """Open a session on one server over SQLite, or on two over one PostgreSQL."""
    # The projector is the facilitator's.
    kind = replace(CASEWORK, command=(*CASEWORK.command, "--token", TOKEN))
    with ExitStack() as stack:
        if way == POSTGRESQL:
            address = stack.enter_context(_database())
            kind = replace(kind, command=tuple(address if one == "{store}" else one for one in kind.command))
        servers = tuple(stack.enter_context(running(kind, case)) for _ in range(REPLICAS if way == POSTGRESQL else 1))
        if way == SQLITE:
            address = str(servers[0].log.parent / "store.sqlite")
        store = stack.enter_context(closing(open_store(address, 2)))
        found = library.open_case(ROOT / "scenarios" / f"{case}.ipynb", is_checked=True)
        if found.scenario is None or found.protocol is None:
            raise Trouble(f"{case} cannot be played")
        card = room.open_session(store, found.scenario, found.protocol, clock=session.now)
        yield Evening(servers, store, found.scenario, card)


@contextmanager
def _database() -> Iterator[str]:
    # Only systems with PostgreSQL's programs can import it.
    import pytest

    from tests.store import cluster

    try:
        with cluster.running() as postgresql:
            yield postgresql.address(postgresql.new())
    except pytest.fail.Exception as trouble:
        raise Trouble(str(trouble)) from trouble


async def _evening(evening: Evening, size: int, tempo: Tempo) -> Figures:
    stage, hosts = Stage(), evening.hosts(size)
    watching = asyncio.create_task(voters.watch(hosts[0], evening.card.id, TOKEN, stage))
    before, began, own = evening.usage(), time.perf_counter(), time.process_time()
    phones = await asyncio.wait_for(voters.come_in(hosts, evening.card.code), PATIENCE)
    joined = time.perf_counter() - began
    await asyncio.sleep(tempo.rest)
    number = await asyncio.to_thread(evening.press, Act.ASK)
    votes = (voters.vote(phone, number, tempo.voting) for phone in phones)
    await asyncio.wait_for(asyncio.gather(*votes), PATIENCE)
    await asyncio.sleep(tempo.rest)
    after, lasted, own = evening.usage(), time.perf_counter() - began, time.process_time() - own
    watching.cancel()
    await asyncio.gather(watching, voters.hang_up(phones), return_exceptions=True)
    ballots = evening.store.sessions.ballots(evening.card.id, [number]).get(number, ())
    voters.check(ballots, [phone.choice for phone in phones])
    pairs = tuple(zip(before, after, strict=True))
    return {
        "join": joined,
        "in": median(phone.waited for phone in phones),
        "vote": max(phone.taken for phone in phones) - min(phone.began for phone in phones),
        **{f"p{share}": percentile([one.acknowledged for one in phones], share / 100) * 1000 for share in (50, 95, 99)},
        "stage": stage.lag([phone.taken for phone in phones]) * 1000,
        "server": max(sum(each.memory.values()) for each in after) / 1e6,
        "size": max(phone.size for phone in phones) / 1e3,
        "requests": max(phone.requests for phone in phones),
        "client": own / lasted * 100,
        "each.memory": sum(now.memory_since(then) for then, now in pairs) / size / 1e6,
        "each.join": joined / size * 1000,
        "each.cpu": sum(now.cpu_since(then) for then, now in pairs) / size * 1000,
    }


def _with_kernels(size: int, case: str, tempo: Tempo) -> Figures:
    with running(VOILA, case) as server:
        visitors.warm(server)
        if size * KERNEL_MB > memory_available():
            raise Trouble(
                f"{size} voters with a kernel each were left out: this machine has not enough memory for them"
            )
        began = server.usage()
        told = visitors.fill(server, size, visitors.Pace(1, tempo.voting))
        cpu = server.usage().cpu_since(began)
    shares = {name: told[name] for name in ("p50", "p95", "p99", "server", "client")}
    each = {"memory": told["memory"], "join": told["wall"] / size * 1000, "cpu": cpu / size * 1000}
    return {
        "join": told["wall"],
        "in": told["median"],
        **shares,
        **{f"each.{name}": value for name, value in each.items()},
    }


def _under(label: str, row: Row, lines: Sequence[str]) -> Iterator[str]:
    if any(lines):
        yield f"{label}, at most {row.limit:g}" if row.limit else label
        yield from filter(None, lines)


def _line(way: str, rounds: Rounds, key: str, row: Row) -> str:
    values = found(rounds.get(way, ()), key)
    if not values:
        return ""
    middle = spread(values)
    if middle is None:
        return ""
    told = f"{middle.middle:.{row.decimals}f} ({middle.least:.{row.decimals}f} - {middle.most:.{row.decimals}f})"
    line = f"  {WAYS[way]:<{LABEL}}{told:<{WIDE}}"
    if row.limit and middle.middle > row.limit:
        line += "over the limit"
    beside = spread(ratios(rounds.get(way, ()), rounds.get(VOTERS, ()), key)) if row.is_each and way != VOTERS else None
    return (line if beside is None else f"{line}this / {VOTERS} {beside.middle:.4f}").rstrip()


def main(arguments: Sequence[str]) -> int:
    """Measure halls alone, and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.crowd", description="Measure a hall that votes.")
    add(parser)
    parser.add_argument("--case", default="leo", help="the case that is played")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="turns of each way")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure here")
    options = parser.parse_args(arguments)
    rounds: dict[str, list[dict[str, float]]] = {way: [] for way in options.ways}
    try:
        for way in (way for _ in range(options.rounds) for way in options.ways):
            rounds[way].append({})
            turn(rounds[way][-1], way, options.halls, options.kernels, options.case)
    except Trouble as trouble:
        sys.stderr.write(f"bench: {trouble}\n")
        return 1
    finally:
        sys.stdout.write("\n".join(table(rounds, sorted({*options.halls, options.kernels}))) + "\n")
        if options.json:
            options.json.write_text(json.dumps({"rounds": rounds, "ratios": all_ratios(rounds)}, indent=1) + "\n")
    return 0


def add(parser: argparse.ArgumentParser) -> None:
    """Add what halls may be asked for."""
    parser.add_argument(
        "--halls", type=int, nargs="+", default=SIZES, metavar="N", help="how many phones are in a hall"
    )
    parser.add_argument("--kernels", type=int, default=KERNELS, metavar="N", help="how many voters get a kernel each")
    parser.add_argument(
        "--ways", nargs="+", default=tuple(WAYS), choices=tuple(WAYS), metavar="WAY", help=f"of {', '.join(WAYS)}"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
