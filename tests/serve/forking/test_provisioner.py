"""Kernels by forking, through Jupyter's own manager: everything that an ordinary kernel does, and nothing shared."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from tests.browser.waiting import until
from tests.cases import SCENARIOS
from tests.serve.forking.conftest import Start
from tests.serve.forking.kernels import Kernel, needs_fork

from casework.serve.forking.nursery import Nursery
from casework.serve.forking.provisioner import GRANTED, is_ordinary

ROOT = SCENARIOS.parent
ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)))"
CHANCE = """
import random, tempfile, uuid
import ipywidgets, numpy
from casework.session import new_id
print(random.random(), uuid.uuid4(), new_id(), numpy.random.random(), ipywidgets.Button().model_id)
print(get_ipython().kernel.session.session, next(tempfile._get_candidate_names()))
"""


def environment(kernel: Kernel) -> dict[str, str]:
    return dict(json.loads(kernel.prints(ENVIRONMENT)))


@needs_fork
def test_a_kernel_is_a_copy_of_the_template_in_a_session_of_its_own(ours: Nursery, start: Start) -> None:
    kernel = start()

    assert kernel.is_forked
    assert kernel.manager.provisioner.is_forked
    assert kernel.process.ppid() == ours.pid
    assert kernel.prints("import os; print(os.getpid(), os.getsid(0))") == f"{kernel.process.pid} {kernel.process.pid}"


@needs_fork
def test_a_restarted_kernel_is_forked_anew_and_remembers_nothing(start: Start) -> None:
    kernel = start()
    before = kernel.process
    kernel.prints("kept = 1")

    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=20)

    assert kernel.is_forked
    assert kernel.process.pid != before.pid
    assert kernel.prints("print('kept' in globals())") == "False"
    until(lambda: not before.is_running(), "the first process is gone")


@needs_fork
def test_a_busy_cell_is_interrupted_and_the_kernel_lives_on(start: Start) -> None:
    kernel = start()
    asked = kernel.begins("while True: pass")

    kernel.manager.interrupt_kernel()

    assert kernel.answer(asked)["ename"] == "KeyboardInterrupt"
    # What is asked in the moment after an error is put off, in any kernel of IPython's.
    until(lambda: kernel.answer(str(kernel.client.execute("0")))["status"] == "ok", "the kernel takes a new request")
    assert kernel.prints("print(6 * 7)") == "42"


@needs_fork
def test_an_interrupt_between_two_cells_changes_nothing(ours: Nursery, start: Start) -> None:
    kernel, template = start(), ours.pid

    kernel.manager.interrupt_kernel()

    assert kernel.prints("print(6 * 7)") == "42"
    assert ours.pid == template


@needs_fork
@pytest.mark.parametrize("now", [True, False], ids=["at once", "asked"])
def test_a_kernel_that_is_shut_down_ends_and_is_reaped(ours: Nursery, start: Start, now: bool) -> None:
    kernel = start()
    process, file = kernel.process, Path(kernel.manager.connection_file)

    kernel.manager.shutdown_kernel(now=now)

    until(lambda: not process.is_running(), "no process is left, and no zombie")
    assert psutil.Process(ours.pid).children() == []
    assert not file.exists()


@needs_fork
def test_what_a_kernel_started_ends_with_it(start: Start) -> None:
    kernel = start()
    child = psutil.Process(int(kernel.prints("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")))

    kernel.manager.shutdown_kernel(now=True)

    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, "the child is gone too")


@pytest.mark.parametrize("fork", [pytest.param("", marks=needs_fork, id="forked"), pytest.param("off", id="spawned")])
def test_a_kernel_has_the_environment_and_the_folder_that_were_asked_for_and_no_secrets(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fork: str
) -> None:
    monkeypatch.setenv("CASEWORK_FORK", fork)
    asked = {"CASEWORK_LANGUAGE": "en", "CASEWORK_TOKEN": "sesame", "PGPASSWORD": "sesame"}

    kernel = start(env={**os.environ, **asked}, cwd=str(tmp_path))
    found = environment(kernel)

    assert kernel.is_forked == (not fork)
    assert found["CASEWORK_LANGUAGE"] == "en"
    assert "sesame" not in found.values()
    assert kernel.prints("import os; print(os.getcwd())") == str(tmp_path.resolve())


@pytest.mark.parametrize("fork", [pytest.param("", marks=needs_fork, id="forked"), pytest.param("off", id="spawned")])
def test_without_an_environment_of_its_own_a_kernel_has_that_of_now_without_secrets(
    start: Start, monkeypatch: pytest.MonkeyPatch, fork: str
) -> None:
    monkeypatch.setenv("CASEWORK_FORK", fork)
    # Set after the template was started: what counts is what the server's environment is when the kernel begins.
    monkeypatch.setenv("CASEWORK_LATER", "yes")
    monkeypatch.setenv("CASEWORK_COOKIE_SECRET", "sesame")

    found = environment(start())

    assert found["CASEWORK_LATER"] == "yes"
    assert "sesame" not in found.values()


@needs_fork
def test_the_template_process_itself_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_TOKEN", "sesame")
    nursery = Nursery()

    nursery.warm()
    told = psutil.Process(nursery.pid).environ()
    nursery.close()

    assert "PATH" in told
    assert "sesame" not in told.values()


@needs_fork
def test_two_kernels_share_no_state(start: Start) -> None:
    one, other = start(), start()

    one.prints("import os, casework; mine = casework.mine = os.environ['MINE'] = 'one'; os.chdir('/')")

    assert other.prints("import os, casework; print('mine' in globals(), hasattr(casework, 'mine'))") == "False False"
    assert other.prints("print('MINE' in os.environ, os.getcwd() == '/')") == "False False"


@needs_fork
def test_two_kernels_draw_different_numbers_and_names(start: Start) -> None:
    one, other = (start().prints(CHANCE).split() for _ in range(2))

    assert len(one) == len(other) == 7
    assert not set(one) & set(other)


@needs_fork
def test_switched_off_a_kernel_is_an_ordinary_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_FORK", "off")

    kernel = start()

    assert not kernel.is_forked
    assert kernel.process.ppid() == os.getpid()


def test_a_system_without_handles_for_processes_gets_ordinary_kernels(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pidfd_open", raising=False)

    kernel = start()

    assert not kernel.is_forked
    assert kernel.prints("print(6 * 7)") == "42"


@needs_fork
def test_where_no_template_can_start_there_is_an_ordinary_kernel_and_one_line_in_the_log(
    barren: None, start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    own = Nursery()
    monkeypatch.setattr("casework.serve.forking.nursery.shared", lambda: own)

    with caplog.at_level(logging.WARNING):
        kernel = start()

    assert not kernel.is_forked
    assert kernel.prints("print(6 * 7)") == "42"
    [line] = [record for record in caplog.records if "fork" in record.getMessage()]
    assert "could not be forked" in line.getMessage()
    assert own.pid is None


@pytest.mark.parametrize(
    ("command", "is_so"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "/run/kernel.json"], True),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "/run/kernel.json", *GRANTED], True),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "/run/kernel.json", "--debug"], False),
        ([sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "/run/kernel.json"], False),
        (["/usr/bin/another/python", "-m", "ipykernel_launcher", "-f", "/run/kernel.json"], False),
        (["R", "--slave", "-e", "IRkernel::main()", "/run/kernel.json"], False),
        ([], False),
    ],
)
def test_only_ipython_s_kernel_of_this_python_without_options_is_forked(command: list[str], is_so: bool) -> None:
    assert is_ordinary(command) is is_so


@needs_fork
def test_kernels_that_are_asked_to_end_do_so_without_a_word() -> None:
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "casework"}

    run = subprocess.run(
        [sys.executable, "-m", "tests.serve.forking.leaver"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stderr == ""
