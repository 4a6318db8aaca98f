"""How far a room is apart, weighed by what follows: where two options come to the same, choosing between them is none.

Two options come to the same when they lead to the same scene and leave every rule of the protocol in the same state.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import fsum, log2

from casework.conformance.model import Protocol
from casework.conformance.monitor import Monitor, begin
from casework.play.attempt import Attempt, offered
from casework.play.ballot import Tally, Votes
from casework.play.disclosure import LEAST
from casework.play.feedback import Mark, Remark, remarks
from casework.scenario.model import Choice, ChoiceId, Scenario

MANY, SURE = Fraction(1, 3), Fraction(2, 3)
OFF = (Mark.BROKEN, Mark.MEND)


@dataclass(frozen=True, slots=True)
class Dissent:
    """How far a room is apart: over the options as they were put, and over what follows from them.

    Entropy is in bits, 0 where all agree. `apart` is the chance that two voters chose what does not come to the same.
    """

    entropy: float
    weighed: float
    apart: Fraction


@dataclass(frozen=True, slots=True)
class Said:
    """What the protocol says about one option: the gravest mark, and each remark; no mark where it says nothing."""

    choice: ChoiceId
    mark: Mark | None
    remarks: tuple[Remark, ...]


def outcomes(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> Mapping[ChoiceId, Hashable]:
    """Return what follows from each option on offer; options with equal values come to the same."""
    here = reduce(Monitor.after, attempt.trace, begin(protocol))
    return {choice.id: _follows(here, choice) for choice in offered(scenario, attempt)}


def dissent(votes: Tally, follows: Mapping[ChoiceId, Hashable]) -> Dissent:
    """Return how far the voters are apart; nobody and one voter are not."""
    groups: dict[Hashable, int] = {}
    for each in votes.votes:
        groups[follows[each.choice]] = groups.get(follows[each.choice], 0) + each.total
    return Dissent(_entropy(votes.counts), _entropy(groups.values()), _apart(tuple(groups.values())))


def alike(votes: Tally, follows: Mapping[ChoiceId, Hashable]) -> tuple[tuple[ChoiceId, ...], ...]:
    """Return the options that come to the same, in groups of two or more."""
    groups: dict[Hashable, list[ChoiceId]] = {}
    for each in votes.votes:
        groups.setdefault(follows[each.choice], []).append(each.choice)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def said(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> tuple[Said, ...]:
    """Return what the protocol says about each option on offer, in the author's order."""
    return tuple(_said(protocol, attempt, choice) for choice in offered(scenario, attempt))


def confident(votes: Tally, verdicts: Iterable[Said]) -> tuple[ChoiceId, ...]:
    """Return the options that many chose, most of them sure, and that leave a rule broken: for the facilitator alone.

    Many is a third of the room or more, and never fewer than five; most is two thirds of those who voted by phone.
    """
    off = {each.choice for each in verdicts if each.mark in OFF}
    return tuple(each.choice for each in votes.votes if each.choice in off and _is_confident(each, votes.voters))


def _is_confident(votes: Votes, voters: int) -> bool:
    is_many = votes.total >= LEAST and votes.total >= MANY * voters
    return is_many and votes.sure > 0 and votes.sure >= SURE * (votes.sure + votes.unsure)


def _follows(here: Monitor, choice: Choice) -> Hashable:
    return choice.target, reduce(Monitor.after, choice.activities, here).states


def _said(protocol: Protocol, attempt: Attempt, choice: Choice) -> Said:
    found = remarks(protocol, attempt.trace, attempt.trace + choice.activities)
    return Said(choice.id, found[0].mark if found else None, found)


def _entropy(counts: Iterable[int]) -> float:
    # Sorted, so that another order of the options gives the same number to the last digit.
    some = sorted(count for count in counts if count)
    total = sum(some)
    return fsum(count / total * log2(total / count) for count in some)


def _apart(counts: tuple[int, ...]) -> Fraction:
    total = sum(counts)
    if total < 2:
        return Fraction(0)
    return 1 - Fraction(sum(count * (count - 1) for count in counts), total * (total - 1))
