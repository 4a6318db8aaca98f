"""The template process: what it is, and what becomes of its kernels when it or their owner dies."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from tests.browser.waiting import until
from tests.cases import SCENARIOS
from tests.serve.forking.conftest import Start
from tests.serve.forking.kernels import PATIENCE, needs_fork

from casework.serve.forking import nursery
from casework.serve.forking.messages import Request, pack, unpack
from casework.serve.forking.nursery import Child, NoFork, Nursery

pytestmark = needs_fork

Fork = Callable[[], Child]
ROOT = SCENARIOS.parent


@pytest.fixture
def own() -> Iterator[Nursery]:
    """A nursery that a test may harm."""
    one = Nursery()
    yield one
    one.close()


@pytest.fixture
def fork(own: Nursery, tmp_path: Path) -> Iterator[Fork]:
    """Fork kernels from it; they end with the test."""
    children: list[Child] = []

    def one() -> Child:
        file = tmp_path / f"{time.monotonic_ns()}.json"
        children.append(own.fork(Request(str(file), str(tmp_path), dict(os.environ))))
        return children[-1]

    yield one
    for child in children:
        child.kill()
        child.wait(PATIENCE)


def is_over(pid: int) -> bool:
    """Whether a process has ended; who must reap it may not be there any more."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_the_template_has_one_thread_before_and_after_it_forked(own: Nursery, fork: Fork) -> None:
    own.warm()
    template = psutil.Process(own.pid)
    before = template.num_threads()

    fork()

    assert (before, template.num_threads()) == (1, 1)


def test_a_template_that_has_played_the_cases_of_a_folder_has_one_thread_and_no_socket_of_a_kernel(
    own: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_SCENARIOS", str(SCENARIOS))

    own.warm()

    template = psutil.Process(own.pid)
    assert template.num_threads() == 1
    assert len(template.net_connections("all")) == 1  # the line on which it is asked


def test_a_child_tells_that_it_runs_and_that_it_ended(fork: Fork) -> None:
    child = fork()

    assert child.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.01)
    child.kill()
    assert child.wait(PATIENCE) == 0
    assert child.poll() == 0


def test_a_signal_to_a_child_that_ended_reaches_nobody(fork: Fork) -> None:
    child = fork()
    child.kill()
    child.wait(PATIENCE)

    for send in (child.kill, child.terminate, lambda: child.send_signal(signal.SIGINT)):
        send()

    assert child.returncode == 0


def test_a_child_that_is_asked_to_end_ends(fork: Fork) -> None:
    child = fork()

    child.terminate()

    assert child.wait(PATIENCE) == 0


def test_kernels_that_came_and_went_leave_no_process_and_no_descriptor(own: Nursery, fork: Fork) -> None:
    own.warm()
    template = psutil.Process(own.pid)
    before, held = template.num_fds(), psutil.Process().num_fds()

    for _ in range(10):
        child = fork()
        child.kill()
        child.wait(PATIENCE)

    until(lambda: template.children() == [], "all are reaped")
    assert template.num_fds() == before
    assert psutil.Process().num_fds() == held


def test_eight_who_ask_at_once_get_eight_kernels_of_one_template(own: Nursery, fork: Fork) -> None:
    with ThreadPoolExecutor(8) as pool:
        children = [one.result() for one in [pool.submit(fork) for _ in range(8)]]

    pids = {child.pid for child in children}
    assert len(pids) == 8
    assert {child.pid for child in psutil.Process(own.pid).children()} == pids


def test_kernels_survive_a_killed_template_and_the_next_comes_from_a_new_one(ours: Nursery, start: Start) -> None:
    first, template = start(), ours.pid
    first.prints("kept = 42")
    assert template is not None

    os.kill(template, signal.SIGKILL)
    second = start()

    assert first.prints("print(kept)") == "42"
    assert second.is_forked
    assert second.process.ppid() == ours.pid != template
    first.manager.interrupt_kernel()
    first.manager.restart_kernel(now=True)
    first.client.wait_for_ready(timeout=PATIENCE)
    assert first.process.ppid() == ours.pid


def test_who_asks_at_the_moment_a_template_is_killed_gets_a_kernel_of_the_next(own: Nursery, fork: Fork) -> None:
    own.warm()
    template = own.pid
    assert template is not None
    os.kill(template, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(fork)
        # It has the question by now, and dies before it answers.
        time.sleep(0.5)
        os.kill(template, signal.SIGKILL)
        child = asked.result(PATIENCE)

    assert child.poll() is None
    assert psutil.Process(child.pid).ppid() == own.pid != template


def test_a_kernel_that_nobody_took_ends_before_it_has_opened_anything(own: Nursery, tmp_path: Path) -> None:
    # So it goes when the template dies between a fork and its answer: another kernel is asked for, with the same file.
    own.warm()
    assert own._line is not None
    file = tmp_path / "k.json"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(own._line, [pack(Request(str(file), str(tmp_path), dict(os.environ)))], [theirs.fileno()])
        answer, (handle,), _, _ = socket.recv_fds(own._line, 1024, 1)

    assert Child(int(answer), handle).wait(PATIENCE) == 0
    assert not file.exists()


def test_a_template_that_hangs_is_replaced(own: Nursery, fork: Fork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "ANSWERING", 0.5)
    own.warm()
    template = own.pid
    assert template is not None
    os.kill(template, signal.SIGSTOP)
    monkeypatch.setattr(nursery, "ANSWERING", 2.0)

    child = fork()

    assert psutil.Process(child.pid).ppid() == own.pid != template
    assert is_over(template)


def test_a_kernel_that_cannot_come_up_is_told_and_leaves_nothing(own: Nursery, tmp_path: Path) -> None:
    own.warm()
    held = psutil.Process().num_fds()

    with pytest.raises(NoFork, match="did not come up"):
        own.fork(Request(str(tmp_path / "k.json"), str(tmp_path / "nowhere"), dict(os.environ)))

    until(lambda: psutil.Process(own.pid).children() == [], "it is reaped")
    assert psutil.Process().num_fds() == held


def test_kernels_that_could_not_be_forked_leave_no_descriptor(own: Nursery, barren: None, tmp_path: Path) -> None:
    def fail() -> None:
        with pytest.raises(NoFork):
            own.fork(Request(str(tmp_path / "k.json"), str(tmp_path), dict(os.environ)))

    fail()
    held = psutil.Process().num_fds()

    for _ in range(3):
        fail()

    assert psutil.Process().num_fds() == held


def test_a_template_that_cannot_start_is_not_tried_again_for_a_while_after_the_second_time(
    own: Nursery, barren: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nursery, "PAUSE", 1.0)
    for _ in range(2):
        with pytest.raises(NoFork, match="did not come up"):
            own.warm()

    with pytest.raises(NoFork, match="a moment ago"):
        own.warm()

    monkeypatch.undo()
    time.sleep(1.0)
    own.warm()
    assert own.pid is not None


def test_a_nursery_that_is_closed_ends_its_template_and_can_begin_again(own: Nursery) -> None:
    own.warm()
    first = own.pid
    assert first is not None

    own.close()

    assert is_over(first)
    assert own.pid is None
    own.warm()
    assert own.pid not in {None, first}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("pass", id="idle"),
        pytest.param("while True: pass", id="busy"),
        pytest.param("sum(range(10**12))", id="deaf"),
    ],
)
def test_template_and_kernel_end_when_their_owner_is_killed(code: str) -> None:
    command = [sys.executable, "-m", "tests.serve.forking.owner", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        pids = [int(word) for word in owner.stdout.readline().split()]

        owner.kill()

    assert len(pids) == 2
    try:
        until(lambda: all(is_over(pid) for pid in pids), "neither is left", 10)
    finally:
        for pid in pids:
            if not is_over(pid):
                os.kill(pid, signal.SIGKILL)


def test_a_template_whose_owner_is_killed_before_it_is_ready_ends() -> None:
    code = "from casework.serve.forking.nursery import Nursery; Nursery().warm()"
    owner = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    process = psutil.Process(owner.pid)
    until(process.children, "there is a template")
    [template] = process.children()

    owner.kill()
    owner.wait()

    until(lambda: is_over(template.pid), "the template is gone")


def test_a_request_survives_the_packet() -> None:
    request = Request("/run/k.json", "/home/zoë", {"LANG": "nl_NL.UTF-8", "EMPTY": ""})

    assert unpack(pack(request)) == request
