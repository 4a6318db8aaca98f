"""The easel: it draws what others ask for, so that they need not, and nobody is left without a chart when it fails."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from tests.browser.waiting import until

from casework.analytics import easel

VERSION = "6.4"
CHART = {
    "data": {"values": [{"a": "één", "b": 3}]},
    "mark": "bar",
    "encoding": {"y": {"field": "a"}, "x": {"field": "b"}},
}

# Each in a process of its own: in this one something may have been drawn already.
ASK = f"""
import os, sys
from casework.analytics import easel
easel.set_up()
assert "<svg" in easel.draw({CHART!r}, "{VERSION}")
print(len(os.listdir("/proc/self/task")), "vl_convert" in sys.modules)
"""
FORK = """
import os, signal, time
from casework.analytics import easel
easel.set_up()
[(line, started)] = easel._easel
kernel = os.fork()
if not kernel:
    signal.pause()
line.close()
time.sleep(0.5)
while_forked = started.poll()
os.kill(kernel, signal.SIGKILL)
os.waitpid(kernel, 0)
print(while_forked, started.wait(20))
"""


@pytest.fixture
def process() -> Iterator[psutil.Process]:
    """An easel of the test's own, as the process that it is."""
    easel.set_up(idle=0.5)
    line, started = easel._easel[0]
    yield psutil.Process(started.pid)
    easel._easel.clear()
    line.close()
    started.wait(10)


def run(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def memory(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


def test_what_the_easel_draws_is_what_one_would_draw_oneself(process: psutil.Process) -> None:
    asked = easel.draw(CHART, VERSION)

    easel_line, easel._easel[:] = easel._easel[:], []
    alone = easel.draw(CHART, VERSION)
    easel._easel[:] = easel_line
    assert asked == alone
    assert "één" in asked


def test_whoever_asks_has_no_thread_and_no_drawing_library() -> None:
    assert run(ASK) == ["1", "False"]


def test_after_a_rest_the_easel_is_small_and_draws_again(process: psutil.Process) -> None:
    first = easel.draw(CHART, VERSION)
    until(lambda: memory(process) < 40, "it has given its memory back")

    assert easel.draw(CHART, VERSION) == first
    assert process.is_running()


def test_where_the_easel_was_killed_a_chart_is_drawn_by_whoever_asks(process: psutil.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: process.status() == psutil.STATUS_ZOMBIE, "it is gone")

    assert "<svg" in easel.draw(CHART, VERSION)


def test_what_is_no_chart_is_refused_and_the_next_one_is_drawn(process: psutil.Process) -> None:
    with pytest.raises(ValueError, match="SVG"):
        easel.draw({**CHART, "mark": "nonsense"}, VERSION)

    assert "<svg" in easel.draw(CHART, VERSION)
    assert process.is_running()


def test_a_chart_with_more_than_a_packet_holds_is_drawn(process: psutil.Process) -> None:
    values = [{"a": str(number), "b": number, "note": "x" * 5000} for number in range(100)]

    assert "<svg" in easel.draw({**CHART, "mark": "point", "data": {"values": values}}, VERSION)


def test_the_easel_ends_with_the_last_who_could_ask_it() -> None:
    while_forked, afterwards = run(FORK)

    assert (while_forked, afterwards) == ("None", "0")
