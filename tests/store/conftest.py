"""Stores that are closed again, a PostgreSQL with a database for each test, and a folder to be somebody else in."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.store import cluster
from tests.store.cluster import Cluster
from tests.store.places import Opener, opener

pytest.register_assert_rewrite("tests.store.contract", "tests.store.gathering", "tests.store.clustering")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    with cluster.running() as running:
        yield running


@pytest.fixture
def postgres(postgresql: Cluster) -> str:
    """The address of a new, empty database on a real server."""
    return postgresql.address(postgresql.new())


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens a store that is closed when the test is over."""
    with opener() as opened:
        yield opened


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of this machine can reach, which is not so of `tmp_path`."""
    folder = Path(tempfile.mkdtemp(prefix="casework-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def nobody(open_folder: Path) -> Iterator[Callable[[], None]]:
    """Takes root's rights away for the rest of the test: nothing is read-only for root."""
    user, group = os.geteuid(), os.getegid()
    yield _become_nobody if user == 0 else lambda: None
    os.seteuid(user)
    os.setegid(group)


def _become_nobody() -> None:
    somebody = pwd.getpwnam("nobody")
    os.setegid(somebody.pw_gid)
    os.seteuid(somebody.pw_uid)
