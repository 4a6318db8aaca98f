"""Whether people may be sent here, and why not."""

import asyncio
from pathlib import Path

import pytest
from tests.cases import SCENARIOS

from casework.serve.health import NO_CASE, NO_STORE, Readiness, found
from casework.serve.shelf import Shelf

PATIENT = 60.0  # seconds; a machine that is busy takes its time to compile the cases


@pytest.fixture(autouse=True)
def without_forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """No template process for tests that ask for the rest; the served ones have it."""
    monkeypatch.setenv("CASEWORK_FORK", "off")


def test_a_sound_server_has_no_reason(tmp_path: Path) -> None:
    assert tuple(found(Shelf(SCENARIOS), str(tmp_path / "s.sqlite"))) == ()


def test_a_store_that_is_a_folder_and_a_folder_without_cases_are_two_reasons(tmp_path: Path) -> None:
    assert tuple(found(Shelf(tmp_path), str(tmp_path))) == (NO_STORE, NO_CASE)


def test_a_folder_with_broken_cases_alone_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{")

    assert tuple(found(Shelf(tmp_path), ":memory:")) == (NO_CASE,)


def test_a_reason_is_gone_a_moment_after_it_was_mended(tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    store.mkdir()
    now = [100.0]
    readiness = Readiness(Shelf(SCENARIOS), str(store), lambda: now[0])

    async def look() -> list[tuple[str, ...]]:
        before = await readiness.reasons(PATIENT)
        store.rmdir()
        at_once = await readiness.reasons(PATIENT)
        now[0] += 3
        return [before, at_once, await readiness.reasons(PATIENT)]

    assert asyncio.run(look()) == [(NO_STORE,), (NO_STORE,), ()]
