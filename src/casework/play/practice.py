"""How long a practice form took: for the trainee alone, and never compared."""

from datetime import datetime

from casework.play.attempt import Attempt
from casework.scenario.model import Exercise, Scenario


def seconds(scenario: Scenario, attempt: Attempt, exercise: Exercise) -> int | None:
    """Return the whole seconds from coming to the first scene of an exercise to leaving its last; None if not played.

    Counts from the choice that led there. Several stretches add up. None too where a decision has no time.
    """
    spent: list[int] = []
    before = ""
    for scene_id, decision in zip(attempt.visited, attempt.decisions, strict=False):
        if scenario.scene(scene_id).exercise is exercise:
            if not before or not decision.at:
                return None
            spent.append(_between(before, decision.at))
        before = decision.at
    return sum(spent) if spent else None


def _between(first: str, second: str) -> int:
    # A clock that was set back meanwhile must not give somebody minus three minutes.
    return max(0, round((datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()))
