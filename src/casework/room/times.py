"""Times as text: ISO, in UTC, to the second."""

from datetime import datetime, timedelta


def later(at: str, more: int) -> str:
    """Return an ISO time so many seconds after another."""
    return (datetime.fromisoformat(at) + timedelta(seconds=more)).isoformat(timespec="seconds")


def seconds(first: str, second: str) -> int:
    """Return the seconds from one ISO time to another, negative if it was before."""
    return int((datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds())
