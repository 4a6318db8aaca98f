"""The arithmetic of the benchmark: percentiles of waits, and medians and spreads of what the rounds gave."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Figures = Mapping[str, float]
Rounds = Mapping[str, Sequence[Figures]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some values, with the least and the most of them."""

    middle: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread | None:
    """Return the median of values and their spread; None where there is none."""
    return Spread(median(values), min(values), max(values)) if values else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least of these values that so large a share (above 0, up to 1) of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def found(rounds: Sequence[Figures], key: str) -> list[float]:
    """Return one figure of every round that has it: a size that memory could not hold was left out."""
    return [each[key] for each in rounds if key in each]


def ratios(ours: Sequence[Figures], theirs: Sequence[Figures], key: str) -> list[float]:
    """Return ours over theirs, round by round: the two of one round were measured within the same minutes."""
    pairs = zip(ours, theirs, strict=False)
    return [mine[key] / other[key] for mine, other in pairs if key in mine and other.get(key)]


def growth(figures: Figures, sizes: Sequence[int]) -> dict[str, float]:
    """Return how much more a head costs in the largest room than in the smallest; 1 is flat, empty with one size."""
    least, most = min(sizes), max(sizes)
    wanted = [f"{size}.{key}" for size in (least, most) for key in ("wall", "memory")]
    if least == most or not all(figures.get(key) for key in wanted):
        return {}
    return {
        "growth.join": (figures[f"{most}.wall"] / most) / (figures[f"{least}.wall"] / least),
        "growth.memory": figures[f"{most}.memory"] / figures[f"{least}.memory"],
    }


def fits(figures: Figures, sizes: Sequence[int], size: int, available: float) -> bool:
    """Whether so large a room fits in *available* MB, after what a head took in the smaller ones; unknown fits."""
    heads = [figures[f"{each}.memory"] for each in sizes if each < size and f"{each}.memory" in figures]
    return not heads or max(heads) * size < available
