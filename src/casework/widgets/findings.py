"""Remarks as an author reads them: where, what, the line as it is and as it should be, and the road that shows it."""

import json
import re
from collections.abc import Iterable
from typing import Any

from casework import remarks
from casework.play.explore import legs
from casework.scenario.diagnostics import Diagnostic, Severity, nearest
from casework.scenario.model import ChoiceId, Scenario
from casework.scenario.repair import mend
from casework.scenario.titles import anchor, key
from casework.widgets.manuscript import Manuscript, repaired
from casework.words import words

SHAPES = {Severity.ERROR: "broken", Severity.WARNING: "mend", Severity.ADVICE: "now"}
# Repairs of what is no line of a scene; the rest of what needs no choice has a line that shows it.
MECHANICAL = frozenset(
    {"missing-cell-id", "duplicate-cell-id", "missing-parameters-cell", "missing-play-cell", "wrong-play-name"}
)
_TARGET = re.compile(r"\]\(([^()\s]*)\)")
_HEADING = re.compile(r"^ {0,3}#{1,2}\s+(.*?)\s*#*\s*$", re.MULTILINE)


def findings(manuscript: Manuscript) -> dict[str, Any]:
    """Return all remarks, the gravest first, with what is to be repaired without a choice."""
    said = sorted(manuscript.case.diagnostics, key=lambda each: list(Severity).index(each.severity))
    rows = [_finding(manuscript, each) for each in said]
    say = words(manuscript.language)
    count = sum(row["is_mechanical"] for row in rows)
    tips = sum(each.severity is Severity.ADVICE for each in said)
    can_repair = repaired(manuscript) is not None
    return {
        "summary": _summary(manuscript, said),
        "rows": rows,
        "tips": say.plural("{count} tip", "{count} tips", tips) if tips else "",
        "repairs": say.plural(
            "{count} remark can be repaired without a choice of yours.",
            "{count} remarks can be repaired without a choice of yours.",
            count,
        )
        if can_repair and count
        else "",
    }


def suggested(manuscript: Manuscript, said: Diagnostic) -> str:
    """Return a line with what its author most likely meant; nothing where there is no guess. Taking it is a choice."""
    line = manuscript.line(said)
    if said.slug != "broken-link" or not line:
        return ""
    titles = [found[1] for cell in manuscript.cells for found in _HEADING.finditer(cell.text)]
    known = {key(title) for title in titles}

    def meant(link: re.Match[str]) -> str:
        near = "" if key(link[1].removeprefix("#")) in known else nearest(link[1], map(anchor, titles))
        return f"]({near or link[1]})"

    after = _TARGET.sub(meant, line)
    return after if after != line else ""


def told(scenario: Scenario, road: Iterable[ChoiceId]) -> dict[str, Any]:
    """Return a road as an author would tell it: scene and choice by turns, and the scene where it ends."""
    steps = legs(scenario, road)
    last = scenario.scene(steps[-1][1].target) if steps else scenario.start
    return {
        "steps": [{"scene": scene.title, "choice": choice.text} for scene, choice in steps],
        "end": last.title,
        "road": [choice.id for _, choice in steps],
        "decisions": f"decisions = {json.dumps([choice.id for _, choice in steps], ensure_ascii=False)}",
    }


def find(manuscript: Manuscript, slug: object, cell: object, line: object) -> Diagnostic | None:
    """Return the remark that a page names."""
    rows = (each for each in manuscript.case.diagnostics if (each.slug, each.cell, each.line) == (slug, cell, line))
    return next(rows, None)


def _finding(manuscript: Manuscript, said: Diagnostic) -> dict[str, Any]:
    before, after = manuscript.line(said), _repaired_line(manuscript, said)
    guess = "" if after else suggested(manuscript, said)
    scenario = manuscript.case.scenario
    return {
        "is": SHAPES[said.severity],
        "word": remarks.NAMES[said.severity].in_(manuscript.language),
        "code": said.code,
        "slug": said.slug,
        "cell": said.cell,
        "line": said.line,
        "where": _where(manuscript, said),
        "scene": _title(manuscript, said.cell),
        "message": said.message,
        "hint": said.hint,
        "before": before,
        "after": after or guess,
        "is_mechanical": bool(after) or said.slug in MECHANICAL,
        "is_guess": bool(guess),
        "road": told(scenario, said.road) if scenario and said.road else None,
    }


def _repaired_line(manuscript: Manuscript, said: Diagnostic) -> str:
    if not manuscript.line(said):
        return ""
    fixes = mend(manuscript.cells[said.cell - 1].text).fixes
    return next((fix.after for fix in fixes if (fix.slug, fix.line) == (said.slug, said.line)), "")


def _where(manuscript: Manuscript, said: Diagnostic) -> str:
    say = words(manuscript.language)
    if not said.cell:
        return say("the whole notebook")
    if not said.line:
        return say("cell {cell}", cell=said.cell)
    return say("cell {cell}, line {line}", cell=said.cell, line=said.line)


def _title(manuscript: Manuscript, cell: int) -> str:
    if not 0 < cell <= len(manuscript.cells):
        return ""
    found = _HEADING.search(manuscript.cells[cell - 1].text)
    return found[1] if found else ""


def _summary(manuscript: Manuscript, said: Iterable[Diagnostic]) -> str:
    rows, say = tuple(said), words(manuscript.language)
    errors = sum(each.severity is Severity.ERROR for each in rows)
    others = len(rows) - errors
    parts = [
        say.plural("{count} error", "{count} errors", errors) if errors else "",
        say.plural("{count} other remark", "{count} other remarks", others) if others else "",
    ]
    return ", ".join(filter(None, parts)) or say("no remarks")
