"""A template process of the test's own, and kernels that come from it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from tests.serve.forking.kernels import Kernel, started

from casework.serve.forking import nursery
from casework.serve.forking.nursery import Nursery

Start = Callable[..., Kernel]
BARREN = '#!/bin/sh\ncase "$*" in *forking.template*) exit 3;; *) exec "{python}" "$@";; esac\n'


@pytest.fixture(scope="module")
def whole_nursery() -> Iterator[Nursery]:
    one = Nursery()
    yield one
    one.close()


@pytest.fixture
def ours(whole_nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> Nursery:
    """The nursery from which this process gets its kernels; the tests of a module share it."""
    monkeypatch.setattr(nursery, "shared", lambda: whole_nursery)
    return whole_nursery


@pytest.fixture
def start(ours: Nursery, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start kernels as Jupyter does, through our provisioner; they end with the test."""
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", "casework")
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(started(**how))


@pytest.fixture
def barren(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that can do everything but be a template process."""
    program = tmp_path / "python"
    program.write_text(BARREN.format(python=sys.executable))
    program.chmod(0o755)
    # The same packages: a program in another folder does not find those of a virtual environment by itself.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setattr(sys, "executable", str(program))
