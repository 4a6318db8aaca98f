"""Cases as a table: how large each is, where it can end, and what its author still has to mend."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from casework import library
from casework.library import Case, Stamp
from casework.play.explore import count_roads, explore
from casework.scenario.diagnostics import Severity
from casework.scenario.model import Scenario

COLUMNS = {
    "case": "Casus · Case",
    "language": "Taal · Language",
    "protocol": "Protocol",
    "minutes": "Minuten · Minutes",
    "scenes": "Scènes · Scenes",
    "choices": "Keuzes · Choices",
    "signals": "Signalen · Signals",
    "endings": "Eindes · Endings",
    "roads": "Wegen · Roads",
    "errors": "Fouten · Errors",
    "remarks": "Andere opmerkingen · Other remarks",
}


def cases(folder: str | Path) -> pd.DataFrame:
    """Return one row for each notebook in a folder; a case that cannot be played has its errors and no sizes.

    `roads` is the exact number of distinct ways to an ending, or missing where a road can run in circles.
    """
    place = Path(folder).resolve()
    frame = pd.DataFrame(_rows(place, library.stamps(place)), columns=list(COLUMNS))
    return frame.convert_dtypes()


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table for a reader's screen: a column for each case, rows named in Dutch and English."""
    return frame.set_index("case").rename(columns=COLUMNS).T.rename_axis(columns=None).fillna("")


# Reading and proving a dozen cases takes half a second: a kernel that was forked finds them done.
@lru_cache(1)
def _rows(folder: Path, _stamps: tuple[Stamp, ...]) -> list[dict[str, object]]:
    return [_row(case) for case in library.cases(folder)]


def _row(case: Case) -> dict[str, object]:
    errors = sum(remark.severity is Severity.ERROR for remark in case.diagnostics)
    sizes = _sizes(case.scenario) if case.scenario else {"case": case.path.name}
    return {**sizes, "errors": errors, "remarks": len(case.diagnostics) - errors}


def _sizes(scenario: Scenario) -> dict[str, object]:
    return {
        "case": scenario.title,
        "language": scenario.language,
        "protocol": scenario.protocol,
        "minutes": scenario.minutes,
        "scenes": len(scenario.scenes),
        "choices": sum(len(scene.choices) for scene in scenario.scenes),
        "signals": len({signal.id for scene in scenario.scenes for signal in scene.signals}),
        "endings": sum(scene.ending is not None for scene in scenario.scenes),
        # A count that a float would round is no count; as text it keeps every digit.
        "roads": _text(count_roads(explore(scenario))),
    }


def _text(roads: int | None) -> str | None:
    return None if roads is None else f"{roads:,}"
