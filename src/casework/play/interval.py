"""How sure a share is: intervals of 95 %, because the people who were counted are not all people."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # 95 % of a normal distribution lie so many deviations around its middle


@dataclass(frozen=True, slots=True)
class Interval:
    """A share, or a difference of two, with the interval in which it may well lie."""

    middle: float
    low: float
    high: float

    @property
    def has_zero(self) -> bool:
        """Whether no difference at all may well be true too."""
        return self.low <= 0 <= self.high


def share(count: int, total: int) -> Interval:
    """Return a share with the interval of Wilson (1927), from 0 to 1; raises `ValueError` where there is no total."""
    if not 0 <= count <= total or not total:
        raise ValueError((count, total))
    found, wide = count / total, Z**2 / total
    middle = (found + wide / 2) / (1 + wide)
    reach = Z * sqrt(found * (1 - found) / total + wide / (4 * total)) / (1 + wide)
    return Interval(found, max(0.0, min(found, middle - reach)), min(1.0, max(found, middle + reach)))


def gain(only_later: int, only_first: int, total: int) -> Interval:
    """Return the difference between two shares of the same people, from -1 to 1: later less first.

    *only_later* of *total* people had it later and not at first, *only_first* the other way round. The interval is the
    adjusted one of Agresti and Min (2005), which stays sensible for few people. Raises `ValueError`.
    """
    if min(only_later, only_first) < 0 or only_later + only_first > total or not total:
        raise ValueError((only_later, only_first, total))
    more, less, all_ = only_later + 0.5, only_first + 0.5, total + 2
    middle = (more - less) / all_
    reach = Z * sqrt(more + less - (more - less) ** 2 / all_) / all_
    found = (only_later - only_first) / total
    return Interval(found, max(-1.0, min(found, middle - reach)), min(1.0, max(found, middle + reach)))
