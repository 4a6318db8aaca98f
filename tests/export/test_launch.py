"""A learning environment that launches a case hears by the rules of cmi5 that it was opened, ended and left."""

import json
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.cases import SCENARIOS, setting
from tests.export.lms import Lms, running
from tests.export.stores import played

from casework.errors import LaunchUnusable
from casework.export import cmi5
from casework.export.cmi5 import Launch
from casework.ledger import open_ledger
from casework.library import Case
from casework.serve.launch import Launches
from casework.serve.shelf import Shelf
from casework.store import open_store

NAME = "milan"
OPENED = "2026-01-05T09:00:00+00:00"
ENDED = "2026-01-05T09:12:30+00:00"
LATER = "2026-01-05T10:30:00+00:00"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = OPENED

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def lms() -> Iterator[Lms]:
    with running(Lms()) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def launches(tmp_path: Path, lms: Lms, clock: Clock) -> Launches:
    """A server's launches, before there is one."""
    open_store(str(tmp_path / "s.sqlite")).close()
    known = (cmi5.origin(lms.address),)
    return Launches(Shelf(SCENARIOS), str(tmp_path / "s.sqlite"), tmp_path / "l.sqlite", known, clock)


Opened = Callable[..., tuple[str, str]]


@pytest.fixture
def opened(launches: Launches, lms: Lms) -> Opened:
    """Launches the case, or a launch again; gives the attempt and where to go back to."""

    def launch(query: str = "") -> tuple[str, str]:
        given = {name: values[0] for name, values in parse_qs(query or lms.launch()).items()}
        return launches.begin(case(launches), cmi5.parse(given, launches.known))

    return launch


def case(launches: Launches) -> Case:
    found = launches.shelf.case(NAME)
    assert found is not None
    return found


def play(launches: Launches, attempt: str, at: str = ENDED, most: int = 60) -> None:
    """Make decisions at once, as the player does one by one."""
    made = played(setting(NAME).scenario, random.Random(1), at, most).decisions
    with closing(open_store(launches.store)) as store:
        for decision in made:
            store.append(attempt, decision)


def waiting(launches: Launches) -> int:
    with open_ledger(launches.ledger) as ledger:
        return len(ledger.launches())


def test_a_case_that_is_played_to_its_end_is_initialized_completed_and_terminated(
    launches: Launches, lms: Lms, opened: Opened, clock: Clock
) -> None:
    attempt, back = opened()
    launches.tell()
    assert lms.verbs == ["initialized"]

    play(launches, attempt, most=1)
    launches.tell()
    assert lms.verbs == ["initialized"]

    with closing(open_store(launches.store)) as store:
        for decision in played(setting(NAME).scenario, random.Random(1), ENDED).decisions[1:]:
            store.append(attempt, decision)
    clock.now = LATER
    for _ in range(3):
        launches.tell()

    assert lms.verbs == ["initialized", "completed", "terminated"]
    assert [each["timestamp"] for each in lms.statements] == [OPENED, ENDED, ENDED]
    assert lms.statements[2]["result"]["duration"] == "PT750S"
    assert lms.looked_at >= {"/xapi/activities/state", "/xapi/agents/profile"}
    assert back == lms.back
    assert waiting(launches) == 0


def test_who_plays_is_forgotten_when_the_session_is_over(launches: Launches, lms: Lms, opened: Opened) -> None:
    attempt, _ = opened()
    play(launches, attempt)
    launches.tell()

    for path in (launches.ledger, Path(launches.store)):
        assert lms.actor["account"]["name"].encode() not in path.read_bytes()
        assert lms.registration.encode() not in path.read_bytes()


def test_nothing_that_was_chosen_goes_to_the_environment(launches: Launches, lms: Lms, opened: Opened) -> None:
    attempt, _ = opened()
    play(launches, attempt)
    launches.tell()

    text = json.dumps(lms.statements)
    assert not any(decision.choice in text for decision in played(setting(NAME).scenario, random.Random(1)).decisions)
    assert attempt not in text


def test_an_environment_that_is_down_for_an_hour_hears_everything_later_and_once(
    launches: Launches, lms: Lms, opened: Opened, clock: Clock
) -> None:
    attempt, _ = opened()
    lms.is_down = True
    play(launches, attempt)
    for minute in range(60):
        clock.now = f"2026-01-05T09:{minute:02d}:59+00:00"
        launches.tell()
    assert lms.statements == []
    assert waiting(launches) == 1

    lms.is_down = False
    clock.now = LATER
    for _ in range(2):
        launches.tell()

    assert lms.verbs == ["initialized", "completed", "terminated"]
    assert [each["timestamp"] for each in lms.statements] == [OPENED, ENDED, ENDED]


def test_a_second_launch_goes_on_with_the_same_attempt_and_completes_once(
    launches: Launches, lms: Lms, opened: Opened, clock: Clock
) -> None:
    first, _ = opened()
    play(launches, first, "2026-01-05T09:01:00+00:00", most=1)
    clock.now = "2026-01-05T09:40:00+00:00"
    launches.tell()
    assert lms.verbs == ["initialized", "terminated"]

    second, _ = opened()
    with closing(open_store(launches.store)) as store:
        for decision in played(setting(NAME).scenario, random.Random(1), LATER).decisions[1:]:
            store.append(second, decision)
    launches.tell()
    third, _ = opened()
    launches.tell()

    assert first == second == third
    assert lms.verbs == [
        "initialized",
        "terminated",
        "initialized",
        "completed",
        "terminated",
        "initialized",
        "terminated",
    ]


def test_another_registration_is_another_attempt(launches: Launches, lms: Lms, opened: Opened) -> None:
    first, _ = opened()
    lms.registration = "760e3480-ba55-4991-94b0-01820dbd23a2"

    assert opened()[0] != first


def test_the_page_that_is_loaded_again_goes_on_without_a_second_session(
    launches: Launches, lms: Lms, opened: Opened
) -> None:
    query = lms.launch()

    assert opened(query)[0] == opened(query)[0]
    launches.tell()
    assert lms.verbs == ["initialized"]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_around_completes_nothing(launches: Launches, lms: Lms, opened: Opened, mode: str) -> None:
    lms.mode = mode
    attempt, _ = opened()
    play(launches, attempt)
    launches.tell()

    assert lms.verbs == ["initialized", "terminated"]


def test_an_environment_that_has_closed_the_session_is_left_alone(
    launches: Launches, lms: Lms, opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    opened()
    lms.is_closed = True
    with caplog.at_level(logging.WARNING):
        launches.tell()

    assert "refuses, with status 403" in caplog.text
    assert waiting(launches) == 0


def test_a_case_that_goes_away_ends_its_sessions(
    tmp_path: Path, lms: Lms, launches: Launches, opened: Opened, clock: Clock
) -> None:
    opened()
    clock.now = LATER
    (tmp_path / "empty").mkdir()

    Launches(Shelf(tmp_path / "empty"), launches.store, launches.ledger, launches.known, clock).tell()

    assert lms.verbs == ["initialized", "terminated"]


SOUND = {
    "endpoint": "https://lms.example.org/xapi",
    "fetch": "https://lms.example.org/fetch?k=1",
    "actor": json.dumps({"account": {"homePage": "https://lms.example.org", "name": "1"}}),
    "registration": "760e3480-ba55-4991-94b0-01820dbd23a2",
    "activityId": "https://lms.example.org/activities/1",
}
KNOWN = ("https://lms.example.org:443",)


def test_a_sound_launch_is_read() -> None:
    launch = cmi5.parse(SOUND, KNOWN)

    assert isinstance(launch, Launch)
    assert launch.endpoint == "https://lms.example.org/xapi/"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"endpoint": ""}, "the link lacks endpoint"),
        ({"fetch": "", "actor": ""}, "the link lacks fetch, actor"),
        ({"endpoint": "https://other.example.org/xapi"}, "endpoint in the link is at no learning environment"),
        ({"fetch": "https://lms.example.org:8080/fetch"}, "fetch in the link is at no learning environment"),
        ({"fetch": "http://lms.example.org/fetch"}, "fetch in the link is at no learning environment"),
        ({"fetch": "https://lms.example.org@127.0.0.1/"}, "fetch in the link is at no learning environment"),
        ({"fetch": "file:///etc/passwd"}, "fetch in the link is at no learning environment"),
        ({"fetch": "https://lms.example.org:port/"}, "fetch in the link is at no learning environment"),
        ({"actor": "{"}, "actor is no JSON object"),
        ({"actor": "[]"}, "actor in the link has no account"),
        ({"actor": '{"mbox": "mailto:a@b.nl"}'}, "actor in the link has no account"),
        ({"registration": "12"}, "registration in the link is no UUID"),
    ],
)
def test_an_unsound_launch_is_refused_with_the_reason(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(LaunchUnusable, match=said):
        cmi5.parse({**SOUND, **wrong}, KNOWN)


@pytest.mark.parametrize("back", ["javascript:alert(1)", "data:text/html,x", "//elsewhere", 12, None, "https://"])
def test_a_way_back_that_is_no_address_of_the_web_is_none(back: Any) -> None:
    assert cmi5.back({"returnURL": back}) == ""


def test_an_environment_without_launch_data_is_refused(
    launches: Launches, lms: Lms, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    lms.template = lambda _: {}  # type: ignore[method-assign]

    with pytest.raises(LaunchUnusable, match="names no session"):
        opened()
    assert waiting(launches) == 0
