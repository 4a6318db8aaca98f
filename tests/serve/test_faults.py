"""What goes wrong while many play: nobody loses a place or a choice, and nothing is left behind."""

import asyncio
import tempfile
from collections.abc import Coroutine, Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.browser.server import HOST, Server
from tests.browser.waiting import until
from tests.serve.forking.kernels import TEMPLATE, needs_fork
from tests.serve.guest import Guest, visiting

NAME = "leo"
BATCH, TABS, PLAYERS, SOME = 20, 200, 50, 10
# Python keeps what it once took from the system, and gives it back by whole arenas.
GROWTH = 16e6


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the sockets of one server's kernels; its name is short, as the name of a socket must be."""
    with tempfile.TemporaryDirectory(prefix="cw", dir="/tmp" if Path("/tmp").is_dir() else None) as folder:
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def server(tmp_path: Path, runtime: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    one.start()
    yield one
    one.stop()


def template(server: Server) -> psutil.Process | None:
    """Return the process from which this server's kernels are forked, if there is one."""
    children = psutil.Process(server.process.pid).children()
    return next((child for child in children if TEMPLATE in child.cmdline()), None)


async def all_of(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    await asyncio.gather(*work)


def test_all_go_on_where_they_were_after_the_server_was_stopped_and_started(server: Server) -> None:
    async def play() -> list[Guest]:
        with visiting() as client:
            guests = [Guest(client, server.origin, NAME) for _ in range(PLAYERS)]
            await all_of(guest.arrive() for guest in guests)
            for turn in range(3):
                await all_of(guest.choose() for number, guest in enumerate(guests) if turn <= number % 3)
            before = [(guest.attempt, guest.view["number"], guest.view["scene"]) for guest in guests]

            server.stop()
            await all_of(guest.is_cut_off() for guest in guests)
            server.start()
            await all_of(guest.arrive() for guest in guests)

            assert [(guest.attempt, guest.view["number"], guest.view["scene"]) for guest in guests] == before
            await all_of(guest.choose() for guest in guests)
            return guests

    guests = asyncio.run(play())

    assert {len(guest.road) for guest in guests} == {2, 3, 4}
    assert len({guest.attempt for guest in guests}) == PLAYERS
    assert [server.road(guest.attempt) for guest in guests] == [tuple(guest.road) for guest in guests]


@needs_fork
def test_while_the_template_is_killed_all_play_on_and_whoever_joins_comes_from_the_next_one(server: Server) -> None:
    async def play() -> list[Guest]:
        with visiting() as client:
            guests = [Guest(client, server.origin, NAME) for _ in range(SOME)]
            later = [Guest(client, server.origin, NAME) for _ in range(SOME)]
            await all_of(guest.arrive() for guest in guests)
            joining = asyncio.gather(*(guest.arrive() for guest in later[: SOME // 2]))
            await asyncio.sleep(0.05)
            first = template(server)
            assert first is not None

            first.kill()
            await all_of(guest.choose() for guest in guests)
            await all_of(guest.arrive() for guest in later[SOME // 2 :])
            await joining
            await all_of(guest.choose() for guest in [*guests, *later])

            second = template(server)
            assert second is not None
            assert second.pid != first.pid
            assert len(second.children()) >= SOME // 2
            await all_of(guest.leave() for guest in [*guests, *later])
            return [*guests, *later]

    guests = asyncio.run(play())

    assert [server.road(guest.attempt) for guest in guests] == [tuple(guest.road) for guest in guests]
    assert "could not be forked" not in server.log.read_text()
    server.wait_for_kernels(set())


def test_two_hundred_tabs_that_were_opened_and_closed_leave_nothing_behind(server: Server, runtime: Path) -> None:
    async def come_and_go(tabs: int) -> None:
        with visiting() as client:
            for _ in range(tabs // BATCH):
                guests = [Guest(client, server.origin, NAME) for _ in range(BATCH)]
                await all_of(guest.arrive() for guest in guests)
                await all_of(guest.leave() for guest in guests)

    process = psutil.Process(server.process.pid)
    asyncio.run(come_and_go(BATCH))
    server.wait_for_kernels(set())
    before, open_before, others = process.memory_full_info().uss, process.num_fds(), len(server.children())

    asyncio.run(come_and_go(TABS))

    until(lambda: len(server.children()) == others, "no process is left")
    until(lambda: process.num_fds() <= open_before, f"{open_before} descriptors, as before")
    assert list(runtime.glob("kernel-*")) == []
    assert process.memory_full_info().uss - before < GROWTH


def test_a_tab_that_is_closed_while_its_story_begins_leaves_nothing_behind(server: Server, runtime: Path) -> None:
    async def come_and_give_up() -> None:
        for _ in range(SOME):
            reader, writer = await asyncio.open_connection(HOST, server.port)
            writer.write(f"GET /case/{NAME} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            await reader.readuntil(b"<body>")
            writer.transport.abort()

    asyncio.run(come_and_give_up())

    until(lambda: server.log.read_text().count("Kernel shutdown") == SOME, "all have begun, and ended", 40)
    server.wait_for_kernels(set())
    assert list(runtime.glob("kernel-*")) == []
