"""What must be found in a scenario, by playing it: every attempt there is, taken by `attempt.decide` and nothing else.

The proofs walk packed states; this walks attempts. Where both agree on many small stories, the packing loses nothing.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casework.conformance.model import Protocol, Rule, Severity
from casework.conformance.monitor import Monitor, begin
from casework.play.attempt import Attempt, decide, has_ended, offered, start
from casework.scenario.codes import spelled
from casework.scenario.diagnostics import Both, Remark
from casework.scenario.model import AtLeast, Choice, Condition, Done, Ending, Measure, Scenario, Scene, Seen

Found = tuple[str, int, int, str]
"""A finding: its slug, its cell and line, and which condition, signal or rule it is about."""
WELL = {Ending.GOOD, Ending.DEFENSIBLE}
ABOUT = ("condition", "id", "signal", "rule")
TOO_MANY = 10_000


class TooMany(Exception):
    """This story has more attempts than a test can wait for."""


@dataclass(frozen=True)
class Played:
    """An attempt, and what each rule says of it."""

    attempt: Attempt
    monitor: Monitor

    @property
    def depth(self) -> int:
        """How many decisions led here."""
        return len(self.attempt.decisions)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The rules that would be broken if the story ended here."""
        return frozenset(verdict.rule.id for verdict in self.monitor.judge().broken)

    def keeps(self, rule: Rule) -> bool:
        """Whether the rule would be kept if the story ended here."""
        return rule.id not in self.broken


@dataclass(frozen=True)
class Oracle:
    """Every attempt at a scenario, the shortest first; of attempts with the same future only one."""

    scenario: Scenario
    protocol: Protocol
    met: tuple[Played, ...]
    after: dict[int, tuple[tuple[Choice, int], ...]] = field(repr=False)

    # ---- what it is about

    @cached_property
    def choices(self) -> list[tuple[Scene, Choice]]:
        """Every choice with its scene."""
        return [(scene, choice) for scene in self.scenario.scenes for choice in scene.choices]

    @cached_property
    def standing(self) -> dict[str, list[int]]:
        """The attempts in each scene."""
        standing: dict[str, list[int]] = {}
        for place, one in enumerate(self.met):
            standing.setdefault(one.attempt.scene, []).append(place)
        return standing

    @cached_property
    def offering(self) -> dict[str, list[int]]:
        """The attempts to which each choice is offered."""
        offering: dict[str, list[int]] = {}
        for place, leaving in self.after.items():
            for choice, _ in leaving:
                offering.setdefault(choice.id, []).append(place)
        return offering

    @cached_property
    def ended(self) -> list[int]:
        """The attempts at an ending."""
        return [place for place, one in enumerate(self.met) if has_ended(self.scenario, one.attempt)]

    @cached_property
    def stuck(self) -> list[int]:
        """The attempts that can do nothing, and are at no ending."""
        ended = set(self.ended)
        return [place for place in range(len(self.met)) if not self.after[place] and place not in ended]

    @cached_property
    def circling(self) -> list[int]:
        """The attempts that can go on for ever, and come to no end of any kind."""
        led = {*self.ended, *self.stuck}
        grown = True
        while grown:
            more = {place for place in range(len(self.met)) if any(to in led for _, to in self.after[place])} - led
            led |= more
            grown = bool(more)
        return [place for place in range(len(self.met)) if place not in led]

    @cached_property
    def sound(self) -> set[int]:
        """The attempts that ended well and kept all norms."""
        norms = [rule for rule in self.protocol.rules if rule.severity is Severity.NORM]
        well = [place for place in self.ended if self.ending(place) in WELL]
        return {place for place in well if all(self.met[place].keeps(rule) for rule in norms)}

    def cell(self, place: int) -> int:
        """Return the cell of the scene in which an attempt stands."""
        return self.scenario.scene(self.met[place].attempt.scene).cell

    def follow(self, road: Sequence[str]) -> int:
        """Return the attempt to which a road leads; raises `StopIteration` where a choice is not on offer."""
        place = 0
        for choice in road:
            place = next(to for name, to in self.after[place] if name.id == choice)
        return place

    def ending(self, place: int) -> Ending | None:
        """Return how an attempt ended."""
        return self.scenario.scene(self.met[place].attempt.scene).ending

    def broken(self, places: Sequence[int], rule: Rule) -> list[int]:
        """Return those of these attempts in which a rule is not kept."""
        return [place for place in places if not self.met[place].keeps(rule)]

    # ---- what must be found, each with the attempts that show it

    def findings(self) -> dict[Found, list[int]]:
        """Return everything that must be found, each with the attempts that show it; empty where none can."""
        checks = (self._reached, self._caught, self._silent, self._conditions, self._signals, self._rules, self._good)
        return {found: shown for check in checks for found, shown in check()}

    def _reached(self) -> Iterator[tuple[Found, list[int]]]:
        linked = {choice.target for _, choice in self.choices}
        for scene in self.scenario.scenes:
            if scene.id not in self.standing and scene.id in linked:
                yield ("scene-out-of-reach", scene.cell, 0, ""), []
        for scene, choice in self.choices:
            places = self.standing.get(scene.id, [])
            is_explained = any(not any(self._holds(place, each) for place in places) for each in choice.conditions)
            if places and choice.id not in self.offering and not is_explained:
                yield ("choice-out-of-reach", scene.cell, choice.line, ""), places

    def _caught(self) -> Iterator[tuple[Found, list[int]]]:
        for slug, places in (("stuck", self.stuck), ("no-end-ahead", self.circling)):
            for cell in {self.cell(place) for place in places}:
                yield (slug, cell, 0, ""), [place for place in places if self.cell(place) == cell]

    def _silent(self) -> Iterator[tuple[Found, list[int]]]:
        for scene, choice in self.choices:
            if choice.id in self.offering and not choice.consequence:
                yield ("missing-consequence", scene.cell, choice.line, ""), self.offering[choice.id]

    def _conditions(self) -> Iterator[tuple[Found, list[int]]]:
        for scene, choice in self.choices:
            places = self.standing.get(scene.id, [])
            for condition in choice.conditions if places else ():
                about = spelled(condition, self.protocol).nl
                held = {self._holds(place, condition) for place in places}
                if held == {False}:
                    yield ("condition-never-holds", scene.cell, choice.line, about), places
                if held == {True}:
                    yield ("condition-never-fails", scene.cell, choice.line, about), places

    def _signals(self) -> Iterator[tuple[Found, list[int]]]:
        seen = {signal for one in self.met for signal in one.attempt.seen}
        for scene in self.scenario.scenes:
            for signal in scene.signals:
                if signal.id not in seen:
                    seen.add(signal.id)
                    yield ("signal-out-of-reach", scene.cell, 0, signal.id), []

    def _rules(self) -> Iterator[tuple[Found, list[int]]]:
        for rule in self.protocol.rules if self.ended else ():
            broken = self.broken(self.ended, rule)
            where = self._first(rule)
            if len(broken) == len(self.ended):
                slug = "norm-never-kept" if rule.severity is Severity.NORM else "advice-never-kept"
                yield (slug, *where, rule.id), broken
            elif not broken and self._is_at_stake(rule):
                yield ("rule-never-broken", *where, rule.id), []

    def _good(self) -> Iterator[tuple[Found, list[int]]]:
        well = [place for place in self.ended if self.ending(place) in WELL]
        norms = [rule for rule in self.protocol.rules if rule.severity is Severity.NORM]
        if not well:
            yield ("no-good-ending", 0, 0, ""), []
        elif not self.sound:
            yield ("no-sound-road", 0, 0, ""), well
        good = [place for place in self.ended if self.ending(place) is Ending.GOOD]
        for cell in {self.cell(place) for place in good}:
            for rule in norms:
                broken = self.broken([place for place in good if self.cell(place) == cell], rule)
                if broken:
                    yield ("good-breaks-norm", cell, 0, rule.title.nl), broken

    # ---- small things

    def _holds(self, place: int, condition: Condition) -> bool:
        return holds(self.met[place].attempt, condition)

    def _first(self, rule: Rule) -> tuple[int, int]:
        asked = {*rule.any_of, *rule.first, *rule.then, *rule.unless}
        places = ((scene.cell, choice.line) for scene, choice in self.choices if self._does(choice, asked))
        return next(places, (0, 0))

    def _does(self, choice: Choice, activities: set[str]) -> bool:
        return choice.id in self.offering and bool(activities & set(choice.activities))

    def _is_at_stake(self, rule: Rule) -> bool:
        needed = {
            "existence": [],
            "absence": [rule.any_of],
            "precedence": [rule.then],
            "response": [rule.first],
            "not-coexistence": [rule.first, rule.then],
        }[rule.template]
        return all(any(self._does(choice, set(asked)) for _, choice in self.choices) for asked in needed)


def all_roads(scenario: Scenario, protocol: Protocol) -> Oracle:
    """Return every attempt at a story in which no road runs in circles: nothing is taken together."""
    return _play(scenario, protocol, lambda one: one.attempt.decisions)


def all_futures(scenario: Scenario, protocol: Protocol) -> Oracle:
    """Return every attempt, but of those that stand in one scene, know the same and broke the same, the shortest."""
    return _play(scenario, protocol, _future(scenario))


def about(remark: Remark) -> Found:
    """Return a finding of the proofs as the oracle names it."""
    if remark.slug == "no-sound-road":
        # It stands at the nearest of the endings that are called good; where two are as near, either will do.
        return remark.slug, 0, 0, ""
    values = dict(remark.values)
    what = next((values[name] for name in ABOUT if name in values), "")
    return remark.slug, remark.cell, remark.line, what.nl if isinstance(what, Both) else str(what)


def holds(attempt: Attempt, condition: Condition) -> bool:
    """Whether a condition holds for an attempt."""
    match condition:
        case Seen(signal):
            fact = signal in attempt.seen
        case Done(activity):
            fact = activity in attempt.trace
        case AtLeast(measure, value):
            fact = attempt.outcomes.value(measure) >= value
    return fact == condition.wanted


def _play(scenario: Scenario, protocol: Protocol, key: Callable[[Played], Hashable]) -> Oracle:
    met = [Played(start(scenario, "a"), begin(protocol))]
    known = {key(met[0]): 0}
    after: dict[int, tuple[tuple[Choice, int], ...]] = {}
    for place, one in enumerate(met):  # grows while we play
        if len(met) > TOO_MANY:
            raise TooMany
        leaving = []
        for choice in offered(scenario, one.attempt):
            then = _taken(scenario, one, choice)
            to = known.setdefault(key(then), len(met))
            if to == len(met):
                met.append(then)
            leaving.append((choice, to))
        after[place] = tuple(leaving)
    return Oracle(scenario, protocol, tuple(met), after)


def _taken(scenario: Scenario, one: Played, choice: Choice) -> Played:
    monitor = one.monitor
    for activity in choice.activities:
        monitor = monitor.after(activity)
    return Played(decide(scenario, one.attempt, choice.id), monitor)


def _future(scenario: Scenario) -> Callable[[Played], Hashable]:
    choices = [choice for scene in scenario.scenes for choice in scene.choices]
    conditions = [condition for choice in choices for condition in choice.conditions]
    once = {choice.id for choice in choices if choice.once}
    limits = {each.measure: 0 for each in conditions if isinstance(each, AtLeast)}
    for each in conditions:
        if isinstance(each, AtLeast):
            # The scales end at five by themselves; days never end, and above the highest limit none counts any more.
            limits[each.measure] = max(limits[each.measure], each.value if each.measure is Measure.DAYS else 5)

    def key(one: Played) -> Hashable:
        attempt = one.attempt
        measures = tuple(min(attempt.outcomes.value(measure), limit) for measure, limit in limits.items())
        facts = tuple(holds(attempt, each) for each in conditions if not isinstance(each, AtLeast))
        # What was seen is found along any road, so one attempt with a signal is as good as another.
        return attempt.scene, facts, attempt.taken & once, measures, one.monitor.states

    return key
