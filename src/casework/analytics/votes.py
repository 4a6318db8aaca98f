"""The votes of workshops that have ended, question by question: the first vote, and the last one after talking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.analytics.tallies import Editions
from casework.play import dissent
from casework.play.attempt import Decision, replay
from casework.play.omission import without
from casework.play.workshop import Event, Round, fold
from casework.scenario.model import ChoiceId, SceneId
from casework.store import Card, Polled

Count = tuple[int, int]
MONTH = 7


@dataclass(frozen=True, slots=True)
class Poll:
    """One question in one workshop: the votes by phone for each option, sure and unsure.

    `second` is empty where it was put once; `off` are the options that leave a rule broken or open.
    """

    session: str
    month: str
    scene: SceneId
    options: tuple[ChoiceId, ...]
    off: frozenset[ChoiceId]
    first: Mapping[ChoiceId, Count]
    second: Mapping[ChoiceId, Count]


def polls(
    editions: Editions, ended: Iterable[tuple[Card, Sequence[Event]]], polled: Iterable[Polled]
) -> tuple[tuple[Poll, ...], int]:
    """Return the questions that were shown, and how many workshops were held with a version that is gone."""
    votes: dict[tuple[str, int], dict[ChoiceId, Count]] = {}
    for each in polled:
        there = votes.setdefault((each.session, each.round), {})
        sure, unsure = there.get(each.choice, (0, 0))
        there[each.choice] = (sure + each.count, unsure) if each.is_sure else (sure, unsure + each.count)
    found: list[Poll] = []
    gone = 0
    for card, events in ended:
        if card.version in editions:
            found.extend(_polls(editions, card, events, votes))
        else:
            gone += 1
    return tuple(found), gone


def _polls(
    editions: Editions, card: Card, events: Sequence[Event], votes: Mapping[tuple[str, int], Mapping[ChoiceId, Count]]
) -> Iterable[Poll]:
    scenario, protocol = editions[card.version]
    tonight = without(scenario, card.left_out)
    stops: dict[int, list[Round]] = {}
    for each in fold(tonight, card.id, events).shown:
        stops.setdefault(each.stop, []).append(each)
    for rounds in stops.values():
        first, last = rounds[0], rounds[-1]
        here = replay(tonight, card.id, (Decision(at, choice) for at, choice in enumerate(first.after, 1)))
        off = (said.choice for said in dissent.said(tonight, protocol, here) if said.mark in dissent.OFF)
        second = votes.get((card.id, last.number), {}) if last is not first else {}
        yield Poll(
            card.id,
            card.begun[:MONTH],
            first.scene,
            first.options,
            frozenset(off),
            votes.get((card.id, first.number), {}),
            second,
        )
