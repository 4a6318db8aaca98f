"""A store in which many have played: real cases, played by walking their own scenes, written in the store's tables.

Each person prefers some choices to others, as people do; some stop on the way, some keep sentences, some play on from
a moment afterwards, and some did it all in a workshop. The same seed gives the same store but for the ids.
"""

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert

from casework.play.acts import Act
from casework.play.attempt import Attempt, decide, has_ended, offered, start
from casework.play.workshop import Event, fold
from casework.scenario.model import Choice, ChoiceId, Scenario
from casework.store import Store, agenda, open_store, tables
from tests.cases import DUTCH, setting

BATCH = 20_000
FIRST_YEAR, YEARS = 2024, 2
STOPS, STOPS_HERE, KEEPS, AGAIN = 0.15, 0.12, 0.3, 0.1
LONGEST = 60
ROOM = 25  # people in a workshop
IN_ROOMS = 0.1  # of all that is played, the share that workshops play
QUESTIONS = 4
SURE = 0.6
MIND = 0.3  # the share that votes otherwise after talking
Row = dict[str, Any]


@dataclass
class Rows:
    """Rows on their way to the store, table by table."""

    rows: dict[Any, list[Row]] = field(default_factory=dict)
    decisions: int = 0

    def add(self, table: Any, *rows: Row) -> None:
        self.rows.setdefault(table, []).extend(rows)

    def flush(self, connection: Connection) -> None:
        for table in (*tables.metadata.sorted_tables,):
            if found := self.rows.pop(table, []):
                connection.execute(insert(table), found)


@dataclass
class People:
    """People with a taste: which choices they like."""

    dice: random.Random
    likes: dict[ChoiceId, float] = field(default_factory=dict)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        weights = [self.likes.setdefault(each.id, self.dice.random() ** 3 + 0.02) for each in choices]
        return self.dice.choices(choices, weights)[0]

    def play(self, scenario: Scenario, attempt: Attempt) -> Attempt:
        """Return the attempt played on to an end, or to where somebody stops."""
        stops = self.dice.random() < STOPS
        while (choices := offered(scenario, attempt)) and len(attempt.decisions) < LONGEST:
            if stops and attempt.decisions and self.dice.random() < STOPS_HERE:
                break
            attempt = decide(scenario, attempt, self.pick(choices).id)
        return attempt


def fill(address: str, decisions: int, seed: int = 7, names: Sequence[str] = DUTCH) -> int:
    """Write so many decisions, or a few more, to a new store; return how many there are."""
    people, rows = People(random.Random(seed)), Rows()
    with closing(open_store(address)) as store:
        for _ in _played(people, rows, decisions, [setting(name).scenario for name in names]):
            if sum(map(len, rows.rows.values())) > BATCH:
                _write(store, rows)
        _write(store, rows)
    return rows.decisions


def _played(people: People, rows: Rows, decisions: int, scenarios: Sequence[Scenario]) -> Iterator[None]:
    while rows.decisions < decisions:
        scenario = people.dice.choice(scenarios)
        if people.dice.random() < IN_ROOMS / ROOM:
            _workshop(people, rows, scenario)
        else:
            _alone(people, rows, scenario, _time(people.dice), "")
        yield


def _write(store: Store, rows: Rows) -> None:
    with store._writers.begin() as connection:
        rows.flush(connection)


def _time(dice: random.Random) -> str:
    month = dice.randrange(12 * YEARS)
    day, hour, minute, second = (dice.randrange(*each) for each in ((1, 29), (8, 20), (60,), (60,)))
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}+00:00"


def _alone(people: People, rows: Rows, scenario: Scenario, at: str, origin: str) -> str:
    attempt = people.play(scenario, start(scenario, secrets.token_urlsafe(16)))
    _keep(people, rows, scenario, attempt, at, "", 0)
    if has_ended(scenario, attempt) and people.dice.random() < AGAIN:
        taken = people.dice.randrange(len(attempt.decisions))
        again = start(scenario, secrets.token_urlsafe(16))
        for each in attempt.decisions[:taken]:
            again = decide(scenario, again, each.choice)
        _keep(people, rows, scenario, people.play(scenario, again), at, attempt.id, taken)
    return attempt.id


def _keep(people: People, rows: Rows, scenario: Scenario, attempt: Attempt, at: str, origin: str, taken: int) -> None:
    case = {"scenario": scenario.name, "version": scenario.version, "language": scenario.language}
    rows.add(tables.attempts, {"id": attempt.id, **case, "begun": at, "origin": origin, "taken": taken})
    for each in attempt.decisions:
        rows.add(tables.decisions, {"attempt": attempt.id, "number": each.number, "choice": each.choice, "at": at})
    rows.decisions += len(attempt.decisions)
    told = {one for scene in set(attempt.visited) for one in scenario.scene(scene).sentences if one.signals}
    for one in sorted({one.id for one in told}):
        if people.dice.random() < KEEPS:
            rows.add(tables.kept, {"attempt": attempt.id, "sentence": one})


def _workshop(people: People, rows: Rows, scenario: Scenario) -> None:
    session, at = secrets.token_urlsafe(16), _time(people.dice)
    case = {"scenario": scenario.name, "version": scenario.version, "language": scenario.language}
    times = {"begun": at, "ended": at, "door": None, "round": 0}
    rows.add(agenda.sessions, {"id": session, "code": "HKRTWX", **case, "left_out": "", "seats": ROOM, **times})
    events: list[Event] = []
    for _ in range(QUESTIONS):
        here = fold(scenario, session, events).attempt
        choices = offered(scenario, here)
        if len(choices) < 2:
            break
        _vote(people, rows, session, events, choices)
        events.append(Event(len(events) + 1, Act.FOLLOW, people.pick(choices).id, at=at))
    events.append(Event(len(events) + 1, Act.ALONE, at=at))
    for number in range(ROOM):
        attempt = _alone(people, rows, scenario, at, "")
        period = {"period": len(events), "participant": str(number), "attempt": attempt}
        rows.add(agenda.solos, {"session": session, **period})
    events.append(Event(len(events) + 1, Act.END, at=at))
    for each in events:
        told = {"act": each.act.value, "subject": each.subject, "amount": 0, "at": at}
        rows.add(agenda.events, {"session": session, "number": each.number, **told})


def _vote(people: People, rows: Rows, session: str, events: list[Event], choices: Sequence[Choice]) -> None:
    first = [people.pick(choices).id for _ in range(ROOM)]
    second = [people.pick(choices).id if people.dice.random() < MIND else one for one in first]
    for votes in (first, second):
        number = len(events) + 1
        events.extend(Event(number + more, act) for more, act in enumerate((Act.ASK, Act.REVEAL, Act.RULES, Act.TALK)))
        for place, choice in enumerate(sorted(votes)):
            vote = {"number": 1, "choice": choice, "is_sure": people.dice.random() < SURE}
            rows.add(agenda.ballots, {"session": session, "round": number, "participant": str(place), **vote})
