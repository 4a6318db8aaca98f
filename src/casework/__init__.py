"""Interactive case training for Dutch care professionals who may meet victims of human trafficking."""

import importlib
from collections.abc import Iterable

__version__ = "0.1.0"

# The package below has the name of the function below: loaded later, it would take the function's place, and whoever
# ran a notebook's last cell twice would be told that a module cannot be called.
importlib.import_module("casework.play")


def play(name: str, decisions: Iterable[str] = (), kept: Iterable[str] = ()) -> None:
    """Play the scenario in this notebook: the one call with which a scenario ends.

    `name` is the notebook's own file name; `decisions` are ids of choices to take first, and `kept` ids of sentences
    that stand in the trainee's notebook. Displays the player, with what came of the decisions as JSON beside it. Raises
    `ScenarioInvalid` where the notebook has errors and `ChoiceNotOffered` at the first decision that is not on offer.
    """
    # Every notebook and every command imports casework first: it must not load a database and a widget for that.
    from casework.app import play as start  # noqa: PLC0415

    start(name, tuple(decisions), frozenset(kept))


def desk(name: str = "", scenarios: str = "scenarios", language: str = "nl") -> None:
    """Show the author's desk for the notebook `name`: what is wrong in it, its map, its figures, playing from anywhere.

    Without a name, a case is picked on the desk from the folder `scenarios`. The desk looks again whenever the notebook
    is saved. It never raises for what is in a notebook: that is what it shows.
    """
    from casework.app import desk as show  # noqa: PLC0415

    show(name, scenarios, language)


def toolkit(scenarios: str = "scenarios", languages: str = ".", language: str = "nl", region: str = "") -> None:
    """Show the toolkit: cards of signals and conversations, what now, and help lines.

    Protocols and regions beside the cases in the folder `scenarios` count too. Each file such as `toolkit.pl.po` in the
    folder `languages` is a further language. For a file that cannot be used, an unknown language or region it never
    raises: the page says so.
    """
    from casework.app import toolkit as show  # noqa: PLC0415

    show(scenarios, languages, language, region)


def trends(language: str = "nl", figures: str = "") -> None:
    """Show what the official figures say about human trafficking, each with its source and what it does not show.

    The tables come from the folder `figures`, or from casework itself. Raises `FiguresInvalid` for a damaged table.
    """
    from casework.app import trends as show  # noqa: PLC0415

    show(language, figures)


def facilitate(scenarios: str = "scenarios", language: str = "nl") -> None:
    """Show the facilitator's page: a case and its run sheet, scenes to leave out tonight, and a session to open.

    The cases are those in the folder `scenarios`. A session can be opened where casework serves the page; elsewhere the
    run sheet is all that it shows.
    """
    from casework.app import facilitate as show  # noqa: PLC0415

    show(scenarios, language)


def network(scenarios: str = "scenarios", language: str = "nl") -> None:
    """Show the board of bottlenecks: what workshops handed in, brought together and passed on.

    They stand in the store that the environment variable `CASEWORK_STORE` names, with all that is moved here. The cases
    in the folder `scenarios` tell where trainees stumble. Raises `StoreUnusable`.
    """
    from casework.app import network as show  # noqa: PLC0415

    show(scenarios, language)
