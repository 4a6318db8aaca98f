"""Colours as different eyes see them, and how far apart two of them are then.

The matrices are those of Machado, Oliveira and Fernandes (2009) for sight without one kind of cone, over linear RGB;
distances are those of CIE 1976 in L*a*b*: above 10 two colours beside each other are told apart at a glance.
"""

from collections.abc import Mapping, Sequence
from itertools import starmap

Matrix = Sequence[Sequence[float]]

SIGHTS: Mapping[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "no cones": ((0.2126, 0.7152, 0.0722),) * 3,
}
# Linear sRGB to XYZ over the white of daylight (D65).
_XYZ: Matrix = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)


def distance(one: str, other: str, sight: str) -> float:
    """Return how far two colours (`#rrggbb`) are apart for an eye of this sight; 0 is the same, black and white 100."""
    return sum((a - b) ** 2 for a, b in zip(_lab(one, sight), _lab(other, sight), strict=True)) ** 0.5


def linear(colour: str) -> tuple[float, ...]:
    """Return the amounts of light in a colour: red, green and blue, each from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def _lab(colour: str, sight: str) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, part)) for part in _times(SIGHTS[sight], linear(colour))]
    x, y, z = (_root(part) for part in _times(_XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: Matrix, values: Sequence[float]) -> list[float]:
    return [sum(starmap(float.__mul__, zip(map(float, row), values, strict=True))) for row in matrix]


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
