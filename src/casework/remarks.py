"""Remarks to authors as text for a terminal."""

from collections.abc import Mapping, Sequence

from casework.play.explore import legs
from casework.scenario.diagnostics import Both, Diagnostic, Severity
from casework.scenario.model import ChoiceId, Scenario

NAMES = {
    Severity.ERROR: Both("fout", "error"),
    Severity.WARNING: Both("let op", "warning"),
    Severity.ADVICE: Both("tip", "advice"),
}
OTHERS = Both("andere opmerkingen", "other remarks")
CELL, LINE = Both("cel", "cell"), Both("regel", "line")
ROAD = Both("Zo komt iemand daar:", "This is how someone comes there:")
NO_SCENARIOS: Mapping[str, Scenario] = {}


def as_text(
    said: Sequence[Diagnostic], language: str, count: int, scenarios: Mapping[str, Scenario] = NO_SCENARIOS
) -> str:
    """Return the remarks as lines, each with its hint below it, and a last line that counts them.

    With the *scenarios* by the name of their file, a remark that has a road tells it: scene by scene, what is chosen.
    What is said of a whole file more than once is explained the first time.
    """
    lines: list[str] = []
    explained: set[tuple[str, str]] = set()
    for each in said:
        told = one(each, language, scenarios.get(each.file))
        kind = (each.file, each.slug)
        # A case of three scenes keeps no norm yet: eight times the same hint would bury what can be mended today.
        lines.append(told.split("\n", 1)[0] if not each.cell and kind in explained else told)
        explained.add(kind)
    return "\n".join([*lines, _total(said, language, count)])


def one(said: Diagnostic, language: str, scenario: Scenario | None = None) -> str:
    """Return one remark as two lines, and below them the road that shows it, where it has one."""
    where = [said.file]
    if said.cell:
        where.append(f"{CELL.in_(language)} {said.cell}" + _line(said, language))
    name = NAMES[said.severity].in_(language)
    lines = [f"{': '.join(where)}: {name} {said.code} {said.slug}: {said.message}", f"    {said.hint}"]
    return "\n".join([*lines, *(_told(said.road, language, scenario) if scenario else ())])


def _told(road: tuple[ChoiceId, ...], language: str, scenario: Scenario) -> list[str]:
    steps = [f"      {at}. {scene.title}: {choice.text}" for at, (scene, choice) in enumerate(legs(scenario, road), 1)]
    return [f"    {ROAD.in_(language)}", *steps] if steps else []


def _line(said: Diagnostic, language: str) -> str:
    return f", {LINE.in_(language)} {said.line}" if said.line else ""


def _total(said: Sequence[Diagnostic], language: str, count: int) -> str:
    errors = sum(each.severity is Severity.ERROR for each in said)
    counts = (
        _counted(count, Both("notebook", "notebook"), Both("notebooks", "notebooks"), language),
        _counted(errors, Both("fout", "error"), Both("fouten", "errors"), language),
        _counted(len(said) - errors, Both("andere opmerking", "other remark"), OTHERS, language),
    )
    return Both("{} bekeken: {}, {}.", "{} checked: {}, {}.").in_(language).format(*counts)


def _counted(count: int, one: Both, many: Both, language: str) -> str:
    return f"{count} {(one if count == 1 else many).in_(language)}"
