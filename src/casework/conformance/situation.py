"""What decides a route: age, who exploits, danger and circumstances, each from a closed list of words."""

from dataclasses import dataclass
from enum import StrEnum


class Age(StrEnum):
    """The bands in which consent and routes differ."""

    UNDER_12 = "under-12"
    FROM_12 = "12-15"
    FROM_16 = "16-17"
    ADULT = "18+"

    @classmethod
    def of(cls, years: int) -> "Age":
        """Return the band of an age in whole years."""
        return next(band for above, band in _BANDS if years >= above)


_BANDS = ((18, Age.ADULT), (16, Age.FROM_16), (12, Age.FROM_12), (-1, Age.UNDER_12))


class Relation(StrEnum):
    """Who exploits. The first four are the domestic circle of the law."""

    FAMILY = "family"
    HOUSEMATE = "housemate"
    PARTNER = "partner"
    CARER = "carer"
    LIVE_IN = "live-in"
    ACQUAINTANCE = "acquaintance"
    EMPLOYER = "employer"
    AGENCY = "agency"
    NETWORK = "network"
    STRANGER = "stranger"


class Danger(StrEnum):
    """How near serious harm is: this minute, near, or neither."""

    NOW = "now"
    NEAR = "near"
    NOT_NOW = "not-now"


class Circumstance(StrEnum):
    """What else opens a route of its own."""

    CHILDREN = "children"
    SEXUAL_VIOLENCE = "sexual-violence"
    NO_RESIDENCE = "no-residence"
    EU_CITIZEN = "eu-citizen"
    RECEPTION = "reception"
    UNACCOMPANIED = "unaccompanied"
    GUARDIANSHIP = "guardianship"
    SUSPECT = "suspect"
    MANY_PROBLEMS = "many-problems"
    PLACE_ONLY = "place-only"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Situation:
    """One person's situation as a professional knows it; nothing where age or relation are not known."""

    age: Age | None = None
    relation: Relation | None = None
    danger: Danger = Danger.NOT_NOW
    has_consent: bool = False
    also: frozenset[Circumstance] = frozenset()


# Danger of this minute is answered first; what fits near danger comes after it.
_FELT_AS = {Danger.NOW: {Danger.NOW, Danger.NEAR}, Danger.NEAR: {Danger.NEAR}, Danger.NOT_NOW: {Danger.NOT_NOW}}


@dataclass(frozen=True, slots=True)
class When:
    """The situations that a route is for. Lists read as *one of*; an empty one asks nothing."""

    ages: tuple[Age, ...] = ()
    relations: tuple[Relation, ...] = ()
    dangers: tuple[Danger, ...] = ()
    also: tuple[Circumstance, ...] = ()
    unless: tuple[Circumstance, ...] = ()
    consent: bool | None = None

    def fits(self, situation: Situation) -> bool:
        """Whether this is such a situation. What is not known fits only where nothing is asked."""
        return (
            (not self.ages or situation.age in self.ages)
            and (not self.relations or situation.relation in self.relations)
            and (not self.dangers or not _FELT_AS[situation.danger].isdisjoint(self.dangers))
            and (not self.also or not situation.also.isdisjoint(self.also))
            and situation.also.isdisjoint(self.unless)
            and self.consent in (None, situation.has_consent)
        )
