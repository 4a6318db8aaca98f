"""The kernels of dashboards: from a template of their own, with all that draws loaded, and nobody waits for that."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.browser.waiting import until
from tests.cases import SCENARIOS
from tests.serve.forking.conftest import Start
from tests.serve.forking.kernels import PATIENCE, needs_fork

from casework.serve.forking import nursery
from casework.serve.forking.kind import Kind
from casework.serve.forking.nursery import NoFork, Nursery

pytestmark = needs_fork

OWN = SCENARIOS.parent / "dashboards"
HEAVY = ("pandas", "altair")
LOADED = f"import sys; print(*(name for name in {HEAVY} if name in sys.modules))"
DRAW = """
import os, sys
from casework.analytics import charts, sections
shown = sections.sections("nl", (charts.PHONE, charts.WIDE))
print(len(shown), sections._own.cache_info().misses, "vl_convert" in sys.modules)
"""
THREADED = {
    "cells": [
        {
            "cell_type": "code",
            "metadata": {},
            "source": "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture(scope="module")
def shown() -> Iterator[Nursery]:
    """A nursery whose template has shown our own dashboards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORK_DASHBOARDS", str(OWN))
        patch.setenv("CASEWORK_SCENARIOS", str(SCENARIOS))
        patch.setenv("CASEWORK_PAGE", "lean")
        one = Nursery(Kind.DASHBOARDS)
        one.warm()
    yield one
    one.close()


@pytest.fixture
def own(shown: Nursery, ours: Nursery, monkeypatch: pytest.MonkeyPatch) -> Nursery:
    """The nursery from which this process gets the kernels of dashboards."""
    monkeypatch.setattr(nursery, "shared", lambda kind=Kind.CASES: shown if kind is Kind.DASHBOARDS else ours)
    monkeypatch.setenv("SCRIPT_NAME", "/dashboard/trends/nl")
    return shown


def parent(nursery: Nursery) -> psutil.Process:
    assert nursery.pid is not None
    return psutil.Process(nursery.pid)


def test_a_template_that_has_shown_every_dashboard_has_one_thread_and_a_process_that_draws_for_it(
    shown: Nursery,
) -> None:
    template = parent(shown)

    assert template.num_threads() == 1
    assert len(template.net_connections("all")) == 2  # the line on which it is asked, and the one on which it asks
    assert ["casework.analytics.easel" in child.cmdline() for child in template.children()] == [True]


def test_a_dashboard_s_kernel_has_loaded_what_draws_and_the_figures_are_drawn(own: Nursery, start: Start) -> None:
    kernel = start()

    assert kernel.process.ppid() == own.pid
    assert kernel.prints(LOADED) == " ".join(HEAVY)
    # Two languages were drawn beforehand, and nothing is drawn now.
    assert kernel.prints(DRAW) == "6 2 False"


def test_a_trainee_s_kernel_shares_no_memory_with_pandas(
    own: Nursery, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPT_NAME", "/case/leo")

    kernel = start()

    assert kernel.is_forked
    assert kernel.process.ppid() != own.pid
    assert kernel.prints(LOADED) == ""


def test_nobody_waits_for_the_template_of_the_dashboards(
    own: Nursery, ours: Nursery, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Nursery(Kind.DASHBOARDS)
    monkeypatch.setattr(nursery, "shared", lambda kind=Kind.CASES: slow if kind is Kind.DASHBOARDS else ours)

    first = start()
    until(slow.is_ready, "the template is up", PATIENCE)
    second = start()

    assert first.process.ppid() == ours.pid
    assert second.process.ppid() == slow.pid
    second.manager.shutdown_kernel(now=True)
    slow.close()


def test_whoever_stops_does_not_wait_for_a_template_that_is_being_started(caplog: pytest.LogCaptureFixture) -> None:
    begun = Nursery(Kind.DASHBOARDS)
    assert not begun.is_ready()
    until(lambda: begun.pid is not None, "it is being started")
    template = parent(begun)

    before = time.monotonic()
    begun.close()

    assert time.monotonic() - before < 3
    assert not template.is_running()
    assert caplog.records == []


def test_where_memory_is_scarce_dashboards_do_with_the_template_of_the_cases(
    own: Nursery, ours: Nursery, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = Nursery(Kind.DASHBOARDS)
    monkeypatch.setattr(nursery, "ROOM", 1 << 60)
    monkeypatch.setattr(nursery, "shared", lambda kind=Kind.CASES: never if kind is Kind.DASHBOARDS else ours)

    kernel = start()

    assert kernel.process.ppid() == ours.pid
    assert never.pid is None


def test_a_template_that_nobody_asks_ends_once_its_kernels_have_and_comes_back(
    start: Start, ours: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nursery, "IDLE", {**nursery.IDLE, Kind.DASHBOARDS: 1.0})
    short = Nursery(Kind.DASHBOARDS)
    monkeypatch.setattr(nursery, "shared", lambda kind=Kind.CASES: short if kind is Kind.DASHBOARDS else ours)
    monkeypatch.setenv("SCRIPT_NAME", "/dashboard/trends/nl")
    short.warm()
    template = parent(short)
    kernel = start()

    assert kernel.process.ppid() == template.pid
    with pytest.raises(psutil.TimeoutExpired):
        template.wait(3)
    kernel.manager.shutdown_kernel(now=True)
    until(lambda: not short._is_up(), "it has ended")
    assert not short.is_ready()
    until(short.is_ready, "another is up", PATIENCE)
    short.close()


def test_a_dashboard_that_starts_a_thread_ends_the_template_before_it_forks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "threads.ipynb").write_text(json.dumps(THREADED), "utf-8")
    monkeypatch.setenv("CASEWORK_DASHBOARDS", str(tmp_path))
    one = Nursery(Kind.DASHBOARDS)

    with pytest.raises(NoFork, match="did not come up"):
        one.warm()

    assert one.pid is None
