"""Votes: a ballot is one vote of one participant in one round, and a tally is what all ballots of a round come to.

A phone may send a ballot twice, late, or from two windows. None of that may count twice, so a tally looks only at each
participant's ballot with the highest number: any order and any repetition of the messages gives the same one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from casework.scenario.model import ChoiceId

ParticipantId = str
Hands = tuple[tuple[ChoiceId, int], ...]


@dataclass(frozen=True, slots=True, order=True)
class Ballot:
    """One vote. `round` is the round's number; `number` counts a participant's own ballots in it, from 1."""

    round: int
    participant: ParticipantId
    number: int
    choice: ChoiceId
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes for one option: by phone, sure or unsure, and by hands that were counted."""

    choice: ChoiceId
    sure: int = 0
    unsure: int = 0
    hands: int = 0

    @property
    def total(self) -> int:
        """All votes for this option."""
        return self.sure + self.unsure + self.hands


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes for each option of a round, in the order of the options."""

    votes: tuple[Votes, ...]

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(self.counts)

    @property
    def counts(self) -> tuple[int, ...]:
        """The votes for each option."""
        return tuple(votes.total for votes in self.votes)

    @property
    def phones(self) -> tuple[int, ...]:
        """The votes for each option by phone, which nobody saw."""
        return tuple(votes.sure + votes.unsure for votes in self.votes)

    @property
    def hands(self) -> tuple[int, ...]:
        """The votes for each option by hand, which everybody in the room saw."""
        return tuple(votes.hands for votes in self.votes)


@dataclass(frozen=True, slots=True)
class Shift:
    """What became of a vote after talking: how many voted both times, and how many of those chose otherwise.

    `distance` is the share of the room by which the two tallies differ, from 0 to 1.
    """

    both: int
    moved: int
    distance: Fraction


def standing(ballots: Iterable[Ballot]) -> Mapping[ParticipantId, Ballot]:
    """Return the ballot of each participant that counts."""
    found: dict[ParticipantId, Ballot] = {}
    for ballot in ballots:
        known = found.get(ballot.participant, ballot)
        # Of two with one number the greater counts, not the later one: messages have no order of their own.
        found[ballot.participant] = max(known, ballot, key=_rank)
    return found


def tally(options: Iterable[ChoiceId], ballots: Iterable[Ballot], hands: Hands = ()) -> Tally:
    """Return what the ballots of one round come to; a ballot for something that is no option counts for nothing."""
    names = tuple(options)
    cast = standing(ballot for ballot in ballots if ballot.choice in names).values()
    raised = dict(hands)
    return Tally(
        tuple(
            Votes(
                choice,
                sum(ballot.choice == choice and ballot.is_sure for ballot in cast),
                sum(ballot.choice == choice and not ballot.is_sure for ballot in cast),
                raised.get(choice, 0),
            )
            for choice in names
        )
    )


def leaders(votes: Tally) -> tuple[ChoiceId, ...]:
    """Return the options with the most votes: one, several at a tie, none where nobody voted."""
    most = max(votes.counts, default=0)
    return tuple(each.choice for each in votes.votes if most and each.total == most)


def shift(first: Iterable[Ballot], second: Iterable[Ballot], before: Tally, after: Tally) -> Shift:
    """Return what changed between two rounds about one question, given their ballots and their tallies."""
    old, new = standing(first), standing(second)
    both = old.keys() & new.keys()
    moved = sum(old[one].choice != new[one].choice for one in both)
    return Shift(len(both), moved, _distance(before, after))


def _rank(ballot: Ballot) -> tuple[int, ChoiceId, bool]:
    return ballot.number, ballot.choice, ballot.is_sure


def _distance(before: Tally, after: Tally) -> Fraction:
    if not before.voters or not after.voters:
        return Fraction(0)
    pairs = zip(before.counts, after.counts, strict=True)
    gaps = (abs(Fraction(old, before.voters) - Fraction(new, after.voters)) for old, new in pairs)
    return sum(gaps, Fraction(0)) / 2
