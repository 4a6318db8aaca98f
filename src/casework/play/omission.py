"""Scenes left out tonight, and the proof that the story without them still holds.

A facilitator may know who sits in the room, and leave out what is too close. That must not take an ending away, leave
anybody stuck, or make a rule that could be kept or broken one that cannot.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from casework.conformance.model import Protocol
from casework.play.explore import explore
from casework.play.prove import Proof, RuleReach, prove
from casework.scenario.model import Scenario, Scene, SceneId

# What makes a story unplayable. That a scene or a signal is out of reach is what leaving out means.
GRAVE = frozenset({"stuck", "no-end-ahead", "no-good-ending", "no-sound-road", "good-breaks-norm"})


@dataclass(frozen=True, slots=True)
class Omission:
    """What leaving scenes out comes to: those that go with them, as nothing else leads there, and what would fail.

    `endings` are the ends that nobody could reach any more, `rules` those that could no longer be kept, or broken, as
    they could before, and `faults` the slugs of proofs that fail only now.
    """

    scenes: tuple[SceneId, ...]
    gone: tuple[SceneId, ...]
    endings: tuple[SceneId, ...]
    rules: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the story still holds: every ending, every rule, and nobody is caught."""
        return not (self.endings or self.rules or self.faults)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it does not hold: endings, rules and proofs by their ids."""
        return (*self.endings, *self.rules, *self.faults)


def without(scenario: Scenario, scenes: Iterable[SceneId]) -> Scenario:
    """Return a case without these scenes and without the choices that lead there; it has a version of its own."""
    out = frozenset(scenes)
    return _without(scenario, out) if out else scenario


# The same value each time, so that what is known of a case with scenes left out is found again at once.
@lru_cache(maxsize=64)
def _without(scenario: Scenario, out: frozenset[SceneId]) -> Scenario:
    left = tuple(_cut(scene, out) for scene in scenario.scenes if scene.id not in out)
    return replace(scenario, scenes=left, version="-".join((scenario.version, *sorted(out))))


def leave_out(scenario: Scenario, protocol: Protocol, scenes: Iterable[SceneId]) -> Omission:
    """Return what would hold and fail without these scenes; raises `KeyError` for one that is not in the case."""
    named = tuple(scenario.scene(scene).id for scene in scenes)
    if scenario.start.id in named:
        return Omission(named, (), (), (), ("no-start",))
    shorter = without(scenario, named)
    lost = explore(scenario).scenes - explore(shorter).scenes - set(named)
    gone = tuple(scene.id for scene in scenario.scenes if scene.id in lost)
    before, after = prove(scenario, protocol), prove(without(scenario, (*named, *gone)), protocol)
    return Omission(
        scenes=named,
        gone=gone,
        endings=tuple(scene for scene in (*named, *gone) if scenario.scene(scene).ending is not None),
        rules=tuple(_lost_rules(before, after)),
        faults=tuple(sorted(_faults(after) - _faults(before))),
    )


def omissions(scenario: Scenario, protocol: Protocol) -> tuple[Omission, ...]:
    """Return what leaving out each scene by itself comes to, in the notebook's order: first scene and endings never."""
    inner = (scene for scene in scenario.scenes[1:] if scene.ending is None)
    return tuple(leave_out(scenario, protocol, (scene.id,)) for scene in inner)


def _cut(scene: Scene, out: frozenset[SceneId]) -> Scene:
    return replace(scene, choices=tuple(choice for choice in scene.choices if choice.target not in out))


def _lost_rules(before: Proof, after: Proof) -> Iterator[str]:
    for old, new in zip(before.rules, after.rules, strict=True):
        if _lost(old, new):
            yield old.rule.id


def _lost(old: RuleReach, new: RuleReach) -> bool:
    return (old.is_at_stake and not new.is_at_stake) or (old.is_kept > new.is_kept) or (old.is_broken > new.is_broken)


def _faults(proof: Proof) -> frozenset[str]:
    return GRAVE & {finding.slug for finding in proof.findings}
