"""What was decided, told again by the case as it is now: each decision with its scene and what the rules say.

An attempt at a version that is no longer on the shelf cannot be told again. Its decisions are facts all the same, and
leave casework as they are stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from casework import library
from casework.conformance.protocol import Protocol
from casework.errors import ChoiceNotOffered
from casework.library import Case
from casework.play.attempt import Attempt, Trace, decide, keep, start
from casework.play.debrief import ledger
from casework.play.feedback import Mark, remarks
from casework.scenario.model import Choice, Scenario, Scene, SignalId
from casework.store import Played, Record


class Standing(StrEnum):
    """Whether the case of an attempt is on the shelf as it was played."""

    CURRENT = "current"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Told:
    """One decision with all that belongs to it: `after` is the attempt that it led to."""

    scene: Scene
    choice: Choice
    after: Attempt
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retold:
    """A whole attempt; without a case, or where its decisions cannot be followed any more, `steps` is empty."""

    played: Played
    standing: Standing
    case: Case | None = None
    steps: tuple[Told, ...] = ()

    @property
    def missed(self) -> tuple[SignalId, ...]:
        """The signals that passed by; none as long as the story goes on, because then they may still be noted."""
        if self.case is None or self.case.scenario is None or not self.has_ended:
            return ()
        return ledger(self.case.scenario, keep(self.steps[-1].after, self.played.kept)).missed

    @property
    def has_ended(self) -> bool:
        """Whether the story came to its end."""
        return self.ending != ""

    @property
    def ending(self) -> str:
        """The kind of ending that was reached; empty where none was."""
        if not self.steps or self.case is None or self.case.scenario is None:
            return ""
        return str(self.case.scenario.scene(self.steps[-1].after.scene).ending or "")


class Cases:
    """Cases by name and language; those in a folder are compiled when they are first asked for."""

    def __init__(self, found: Iterable[Case]) -> None:
        self._found = found

    @classmethod
    def within(cls, folder: Path) -> "Cases":
        """Return the cases in a folder."""
        return cls(library.open_case(path, is_checked=True) for path in library.notebooks(folder))

    @cached_property
    def known(self) -> Mapping[tuple[str, str], Case]:
        """Every case that can be played."""
        return {(case.scenario.name, case.scenario.language): case for case in self._found if case.scenario is not None}

    def retell(self, played: Iterable[Played]) -> Iterator[Retold]:
        """Yield these attempts with what their cases say of them."""
        return map(self.one, played)

    def one(self, played: Played) -> Retold:
        """Return one attempt with what its case says of it."""
        case = self.known.get((played.record.scenario, played.record.language))
        if case is None or case.scenario is None or case.protocol is None:
            return Retold(played, Standing.GONE)
        if not _is_version(case.scenario, played.record):
            return Retold(played, Standing.CHANGED)
        steps = _steps(case.scenario, case.protocol, played)
        return Retold(played, Standing.CURRENT if steps else Standing.CHANGED, case, steps)


def _is_version(scenario: Scenario, record: Record) -> bool:
    return scenario.version == record.version


def _steps(scenario: Scenario, protocol: Protocol, played: Played) -> tuple[Told, ...]:
    before, steps = start(scenario, played.record.id), []
    for decision in played.decisions:
        try:
            after = decide(scenario, before, decision.choice, decision.at)
        except ChoiceNotOffered:
            # A store is a file that anybody may have written to. Half an attempt would be told as if it were whole.
            return ()
        scene = scenario.scene(before.scene)
        choice = next(choice for choice in scene.choices if choice.id == decision.choice)
        steps.append(Told(scene, choice, after, _broken(protocol, before.trace, after.trace)))
        before = after
    return tuple(steps)


# Of a thousand who play a case, most make the same first choices: judging is two thirds of the work without this.
@lru_cache(maxsize=8192)
def _broken(protocol: Protocol, before: Trace, after: Trace) -> tuple[str, ...]:
    if len(before) == len(after):
        return ()
    return tuple(one.rule.id for one in remarks(protocol, before, after) if one.mark is Mark.BROKEN)
