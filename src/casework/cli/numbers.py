"""Numbers as each language writes them."""

from fractions import Fraction


def number(count: int, language: str) -> str:
    """Return a whole number with marks between its thousands: 47.655.750 in Dutch, 47,655,750 in English."""
    grouped = f"{count:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def percentage(share: Fraction, language: str) -> str:
    """Return a share with one decimal, rounded down: what is nearly whole is never called whole."""
    tenths = int(share * 1000)
    mark = "." if language == "en" else ","
    return f"{tenths // 10}{mark}{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
