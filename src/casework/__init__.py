"""Interactive case training for Dutch care professionals who may meet victims of human trafficking."""

from collections.abc import Iterable

__version__ = "0.1.0"


def play(name: str, decisions: Iterable[str] = (), kept: Iterable[str] = ()) -> None:
    """Play the scenario in this notebook: the one call with which a scenario ends.

    `name` is the notebook's own file name; `decisions` are ids of choices to take first, and `kept` ids of sentences
    that stand in the trainee's notebook. Displays the player, with what came of the decisions as JSON beside it. Raises
    `ScenarioInvalid` where the notebook has errors and `ChoiceNotOffered` at the first decision that is not on offer.
    """
    # Every notebook and every command imports casework first: it must not load a database and a widget for that.
    from casework.app import play as start  # noqa: PLC0415

    start(name, tuple(decisions), frozenset(kept))
