"""Stores in which a case was played at random, by so many in each month."""

import random
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from tests.cases import setting

from casework.play.attempt import Attempt, decide, offered, start
from casework.scenario.model import Scenario
from casework.session import new_id
from casework.store import Record, Store, open_store

LONGEST = 60


def filled(path: Path, months: Mapping[str, int], name: str = "milan", seed: int = 1) -> Path:
    """Return a store in which a case was played to its end, so many times in each month."""
    chance = random.Random(seed)
    with closing(open_store(str(path))) as store:
        for month, count in months.items():
            for number in range(count):
                put(
                    store, name, played(setting(name).scenario, chance, f"{month}-{number % 28 + 1:02d}T09:00:00+00:00")
                )
    return path


def played(scenario: Scenario, chance: random.Random, at: str = "", most: int = LONGEST) -> Attempt:
    """Return an attempt in which chance decided, until the end or so many decisions."""
    attempt = start(scenario, "")
    for choice in _choices(scenario, attempt, chance, most):
        attempt = decide(scenario, attempt, choice, at)
    return attempt


def put(store: Store, name: str, attempt: Attempt, *, version: str = "", language: str = "", origin: str = "") -> str:
    """Store an attempt under a new id, and return that; one with an *origin* was branched off from another."""
    scenario = setting(name).scenario
    begun = attempt.decisions[0].at
    record = Record(new_id(), scenario.name, version or scenario.version, language or scenario.language, begun, origin)
    store.begin(record, attempt.decisions, attempt.kept)
    return record.id


def _choices(scenario: Scenario, attempt: Attempt, chance: random.Random, most: int) -> Iterator[str]:
    for _ in range(most):
        on_offer = offered(scenario, attempt)
        if not on_offer:
            return
        choice = chance.choice(on_offer).id
        attempt = decide(scenario, attempt, choice)
        yield choice
