"""What a cohort did at one case, as small frames: people counted by road, and all that belongs to a road beside it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from casework.conformance.model import Protocol
from casework.play import cohort
from casework.play.cohort import Road, base
from casework.play.feedback import STEPS, Mark
from casework.scenario.model import ChoiceId, Scenario, SceneId
from casework.store import Alike, Pair

Editions = Mapping[str, tuple[Scenario, Protocol]]
ACTED, NOTED, MISSED = "acted", "noted", "missed"
STOPPED = ""
GROUPS = ("month", "session", "is_later")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to count: who began from month `since` to `until`, in these workshops; empty is everybody.

    `ALONE` among the workshops stands for who played outside any.
    """

    since: str = ""
    until: str = ""
    sessions: frozenset[str] = frozenset()


ALONE = "alone"
Weights = Any  # a series of counts by road; pandas' stubs have no name for it that a frame's columns fit


@dataclass(frozen=True)
class Tallies:
    """The people of one case. `people` has a row for each road in each group, with how many took it.

    `changed` counts attempts at a version that is no longer on the shelf, `lost` those whose choices make no road.
    """

    scenario: Scenario
    protocol: Protocol
    roads: tuple[Road, ...]
    noted: tuple[frozenset[str], ...]
    people: pd.DataFrame
    pairs: pd.DataFrame
    changed: int = 0
    lost: int = 0

    def told_by(self, scenario: Scenario) -> "Tallies":
        """Return the same people with the sentences of another edition of the case."""
        return replace(self, scenario=scenario)

    def weights(self, asked: Asked, *, is_over: bool = False) -> Weights:
        """Return how many people took each road the first time, by the road's place."""
        found = chosen(self.people[~self.people.is_later], asked)
        counted = found.groupby("road")["count"].sum()
        return counted[counted.index.isin(self._over)] if is_over else counted

    def months(self, asked: Asked) -> Weights:
        """Return how many people took each road to an end, by month."""
        found = chosen(self.people[~self.people.is_later], asked)
        return found[found.road.isin(self._over)].groupby(["month", "road"], as_index=False)["count"].sum()

    def came(self, weights: Weights) -> Mapping[SceneId, int]:
        """Return how many people came by each scene."""
        return _summed(self._came, weights, "scene")

    def chose(self, weights: Weights) -> Mapping[tuple[SceneId, ChoiceId], int]:
        """Return how many people made each choice the first time that they were there; `STOPPED` is none."""
        return _summed(self._chose, weights, "scene", "choice")

    def ended(self, weights: Weights) -> Mapping[SceneId, int]:
        """Return how many people were last in each scene, whether that is an ending or not."""
        return _summed(self._last, weights, "scene")

    def reached(self, weights: Weights) -> Mapping[int, int]:
        """Return how many people reached each step."""
        return _summed(self._steps, weights, "step")

    def stood(self, weights: Weights) -> Mapping[tuple[str, str], int]:
        """Return how many people kept, mended or broke each rule, of those for whom it was put to the test."""
        return _summed(self._rules, weights, "rule", "mark")

    def clean(self) -> frozenset[int]:
        """Return the roads to an end on which no norm is broken at the end."""
        return frozenset(at for at in self._over if not self._breaks(self.roads[at]))

    def met(self, asked: Asked) -> Mapping[tuple[str, str], int]:
        """Return how many people who came to an end acted on each signal that they met, noted it or missed it."""
        found = chosen(self.people[~self.people.is_later], asked)
        counted: Any = found[found.road.isin(self._over)].groupby(["road", "noted"], as_index=False)["count"].sum()
        both = counted.merge(self._signals, on="road")
        is_noted = [signal in self.noted[at] for at, signal in zip(both.noted, both.signal, strict=True)]
        both["use"] = [_use(acted, noted) for acted, noted in zip(both.acted, is_noted, strict=True)]
        return _told(both.groupby(["signal", "use"])["count"].sum())

    def _breaks(self, road: Road) -> bool:
        norms = {rule.id for rule in self.protocol.rules if rule.severity == "norm"}
        marks = cohort.rules(self.protocol, road.trace)
        return any(mark is Mark.BROKEN and rule in norms for rule, mark in marks)

    @cached_property
    def _over(self) -> frozenset[int]:
        return frozenset(at for at, road in enumerate(self.roads) if road.is_over)

    @cached_property
    def _came(self) -> pd.DataFrame:
        return _frame(((at, scene) for at, road in enumerate(self.roads) for scene in set(road.scenes)), "scene")

    @cached_property
    def _chose(self) -> pd.DataFrame:
        made = ((at, *move) for at, road in enumerate(self.roads) for move in road.first_choices)
        # Whoever came back to a scene and stopped there chose something in it before, and is told so.
        stopped = (
            (at, road.last, STOPPED)
            for at, road in enumerate(self.roads)
            if not road.is_over and road.last not in road.scenes[:-1]
        )
        return _frame((*made, *stopped), "scene", "choice")

    @cached_property
    def _last(self) -> pd.DataFrame:
        return _frame(((at, road.last) for at, road in enumerate(self.roads)), "scene")

    @cached_property
    def _steps(self) -> pd.DataFrame:
        found = ((at, step) for at, road in enumerate(self.roads) for step in cohort.steps(self.protocol, road.trace))
        return _frame(found, "step")

    @cached_property
    def _rules(self) -> pd.DataFrame:
        over = ((at, self.roads[at]) for at in sorted(self._over))
        found = ((at, rule, mark.value) for at, road in over for rule, mark in cohort.rules(self.protocol, road.trace))
        return _frame(found, "rule", "mark")

    @cached_property
    def _signals(self) -> pd.DataFrame:
        over = ((at, self.roads[at]) for at in sorted(self._over))
        return _frame(
            ((at, signal, signal in road.acted) for at, road in over for signal in road.met), "signal", "acted"
        )


def tally(editions: Editions, alike: Iterable[Alike], pairs: Iterable[Pair]) -> Tallies:
    """Return the tallies of one case, whose editions are given by their version; there is at least one."""
    charts = {version: cohort.chart(scenario) for version, (scenario, _) in editions.items()}
    known = _Known()
    rows, changed, lost = [], 0, 0
    for each in alike:
        version = base(each.version)
        if version not in charts:
            changed += each.count
            continue
        at = known.road(version, charts, each.choices)
        if at is None:
            lost += each.count
            continue
        noted = known.note(cohort.noted(charts[version], each.kept))
        rows.append((each.month, each.session, each.is_later, at, noted, each.count))
    both = [
        (each.month, each.session, first, later, each.count)
        for each in pairs
        if base(each.version) in charts
        and (first := known.road(base(each.version), charts, each.first)) is not None
        and (later := known.road(base(each.version), charts, each.later)) is not None
    ]
    scenario, protocol = next(iter(editions.values()))
    people = pd.DataFrame(rows, columns=[*GROUPS, "road", "noted", "count"]).astype({"is_later": bool, "count": int})
    frame = pd.DataFrame(both, columns=["month", "session", "first", "later", "count"]).astype({"count": int})
    return Tallies(scenario, protocol, tuple(known.roads), tuple(known.noted), people, frame, changed, lost)


def chosen(people: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Return the rows of those whom it is asked to count."""
    is_meant = pd.Series(data=True, index=people.index)
    if asked.since:
        is_meant &= people.month >= asked.since
    if asked.until:
        is_meant &= people.month.str[: len(asked.until)] <= asked.until
    if asked.sessions:
        wanted = {"" if each == ALONE else each for each in asked.sessions}
        is_meant &= people.session.isin(wanted)
    return people[is_meant]


def each_step(reached: Mapping[int, int]) -> Mapping[int, int]:
    """Return a count for each of the five steps, also for those that nobody reached."""
    return {step: reached.get(step, 0) for step in STEPS}


class _Known:
    """Roads and notes that were met, each kept once and told by its place."""

    def __init__(self) -> None:
        self.roads: list[Road] = []
        self.noted: list[frozenset[str]] = []
        self._roads: dict[tuple[ChoiceId, ...], int | None] = {}
        self._notes: dict[frozenset[str], int] = {}

    def road(self, version: str, charts: Mapping[str, cohort.Chart], choices: tuple[ChoiceId, ...]) -> int | None:
        # Editions have the same scenes and choices, which the check holds: one road is one road in both.
        if choices not in self._roads:
            found = cohort.follow(charts[version], choices)
            self._roads[choices] = None if found is None else len(self.roads)
            self.roads.extend([found] if found else [])
        return self._roads[choices]

    def note(self, signals: frozenset[str]) -> int:
        if signals not in self._notes:
            self._notes[signals] = len(self.noted)
            self.noted.append(signals)
        return self._notes[signals]


def _frame(rows: Iterable[tuple[object, ...]], *names: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["road", *names])


def _summed(facts: pd.DataFrame, weights: pd.Series, *names: str) -> dict[Any, int]:
    counted = facts["road"].map(weights).dropna()
    return _told(counted.groupby([facts.loc[counted.index, name] for name in names]).sum())


def _told(counted: Weights) -> dict[Any, int]:
    return {key: int(count) for key, count in counted.items()}


def _use(acted: object, noted: object) -> str:
    return ACTED if acted else NOTED if noted else MISSED


def versions(scenarios: Collection[tuple[Scenario, Protocol]]) -> Editions:
    """Return the editions of one case by their version."""
    return {scenario.version: (scenario, protocol) for scenario, protocol in scenarios}
