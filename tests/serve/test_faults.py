"""What goes wrong while many play: nobody loses a place or a choice, and nothing is left behind."""

import asyncio
import tempfile
import time
from collections.abc import Coroutine, Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.browser.line import Line
from tests.browser.server import HOST, Server
from tests.browser.waiting import HAS_TIME, finish, until
from tests.cases import some
from tests.serve.forking.kernels import needs_fork, template
from tests.serve.guest import Guest, visiting

from casework.serve.forking import nursery

NAME = "leo"
BATCH, SOME = 20, 10
# Where kernels are spawned, each takes a core for a second.
TABS, PLAYERS = (200 if HAS_TIME else 80, 50) if nursery.is_possible() else (40, 20)
# Jupyter keeps each line for the minute after which it would have given up on it; then the next ones take its place.
KEEPS, GROWTH, GROWTH_IN_THE_END = 65.0, 32e6, 4e6


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the sockets of one server's kernels; its name is short, as the name of a socket must be."""
    with tempfile.TemporaryDirectory(prefix="cw", dir="/tmp" if Path("/tmp").is_dir() else None) as folder:
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def server(tmp_path: Path, runtime: Path) -> Iterator[Server]:
    one = Server(tmp_path, some(tmp_path / "scenarios", NAME))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """A line to the server that can be cut."""
    one = Line(server.port)
    yield one
    one.close()


async def all_of(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    await asyncio.gather(*work)


def test_all_go_on_where_they_were_after_the_server_was_stopped_and_started(server: Server) -> None:
    async def play() -> list[Guest]:
        async with visiting(NAME) as guest_at:
            guests = [guest_at(server.origin) for _ in range(PLAYERS)]
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

    guests = finish(play())

    assert {len(guest.road) for guest in guests} == {2, 3, 4}
    assert len({guest.attempt for guest in guests}) == PLAYERS
    assert [server.road(guest.attempt) for guest in guests] == [tuple(guest.road) for guest in guests]


@pytest.mark.parametrize("seconds", [5, pytest.param(100, marks=pytest.mark.skipif(not HAS_TIME, reason="takes long"))])
def test_whoever_was_without_a_line_for_a_while_finds_the_same_kernel_at_the_same_place(
    server: Server, line: Line, seconds: int
) -> None:
    async def play() -> list[Guest]:
        async with visiting(NAME) as guest_at:
            away = [guest_at(f"http://{HOST}:{line.port}") for _ in range(SOME)]
            other = guest_at(server.origin)
            await all_of(guest.arrive() for guest in [*away, other])
            await all_of(guest.choose() for guest in away)
            before = [(guest.attempt, guest.view["number"], guest.view["scene"]) for guest in away]
            kernels = set(server.kernels())

            line.cut()
            await all_of(guest.is_cut_off() for guest in away)
            await other.choose()
            await asyncio.sleep(seconds)
            line.mend()
            await all_of(guest.connect() for guest in away)

            assert [(guest.attempt, guest.view["number"], guest.view["scene"]) for guest in away] == before
            assert set(server.kernels()) == kernels
            # The server listened in their place, and so had nobody to ask whether words of the kernel come through.
            assert not any("kernel_info_reply" in guest.heard for guest in away)
            await all_of(guest.choose() for guest in [*away, other])
            return [*away, other]

    guests = finish(play())

    assert [server.road(guest.attempt) for guest in guests] == [tuple(guest.road) for guest in guests]


@needs_fork
def test_while_the_template_is_killed_all_play_on_and_whoever_joins_comes_from_the_next_one(server: Server) -> None:
    async def play() -> list[Guest]:
        async with visiting(NAME) as guest_at:
            guests = [guest_at(server.origin) for _ in range(SOME)]
            later = [guest_at(server.origin) for _ in range(SOME)]
            await all_of(guest.arrive() for guest in guests)
            joining = asyncio.gather(*(guest.arrive() for guest in later[: SOME // 2]))
            await asyncio.sleep(0.05)
            first = template(server.process.pid)
            assert first is not None

            first.kill()
            await all_of(guest.choose() for guest in guests)
            await all_of(guest.arrive() for guest in later[SOME // 2 :])
            await joining
            await all_of(guest.choose() for guest in [*guests, *later])

            second = template(server.process.pid)
            assert second is not None
            assert second.pid != first.pid
            assert len(second.children()) >= SOME // 2
            await all_of(guest.leave() for guest in [*guests, *later])
            return [*guests, *later]

    guests = finish(play())

    assert [server.road(guest.attempt) for guest in guests] == [tuple(guest.road) for guest in guests]
    assert "could not be forked" not in server.log.read_text()
    server.wait_for_kernels(set())


def test_tabs_that_were_opened_and_closed_leave_nothing_behind(server: Server, runtime: Path) -> None:
    async def come_and_go(tabs: int) -> None:
        async with visiting(NAME) as guest_at:
            for _ in range(tabs // BATCH):
                guests = [guest_at(server.origin) for _ in range(BATCH)]
                await all_of(guest.arrive() for guest in guests)
                await all_of(guest.leave() for guest in guests)

    process = psutil.Process(server.process.pid)
    # What so many take at their busiest is not given back; that it does not grow with the next ones is what counts.
    for _ in range(2 if HAS_TIME else 1):
        finish(come_and_go(TABS // 2))
        server.wait_for_kernels(set())
        time.sleep(KEEPS if HAS_TIME else 0)
    before, open_before, others = process.memory_full_info().uss, process.num_fds(), len(server.children())

    finish(come_and_go(TABS // 2))

    until(lambda: len(server.children()) == others, "no process is left")
    until(lambda: process.num_fds() <= open_before, f"{open_before} descriptors, as before")
    assert list(runtime.glob("kernel-*")) == []
    assert process.memory_full_info().uss - before < (GROWTH_IN_THE_END if HAS_TIME else GROWTH)


def test_a_tab_that_is_closed_while_its_story_begins_leaves_nothing_behind(server: Server, runtime: Path) -> None:
    async def come_and_give_up() -> None:
        for _ in range(SOME):
            reader, writer = await asyncio.open_connection(HOST, server.port)
            writer.write(f"GET /case/{NAME} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            await reader.readuntil(b"<body>")
            writer.transport.abort()

    finish(come_and_give_up())

    until(lambda: server.log.read_text().count("Kernel shutdown") == SOME, "all have begun, and ended", 40)
    server.wait_for_kernels(set())
    assert list(runtime.glob("kernel-*")) == []
