"""Which steps people reached and which rules they kept, all together and over time."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.analytics.findings import (
    NOT_SHOWN,
    PEOPLE,
    SHARE,
    WHAT,
    Finding,
    Table,
    about,
    cells,
    end,
    few,
    known_table,
    line,
    many,
    percent,
    spoken,
    table,
    worded,
)
from casework.analytics.plots import Block, Line, Panel, Plot, Tone
from casework.analytics.tallies import Asked, Tallies, each_step
from casework.drawing.words import STEPS
from casework.play.disclosure import LEAST, is_enough
from casework.play.feedback import Mark
from casework.words import Words


def steps(tallies: Tallies, asked: Asked, say: Words) -> tuple[Finding, ...]:
    """Return which steps people reached, which rules they kept, and both over time."""
    return (_reached(tallies, asked, say), _stood(tallies, asked, say), _over_time(tallies, asked, say))


def _reached(tallies: Tallies, asked: Asked, say: Words) -> Finding:
    title = say("Which steps did people reach?")
    weights = tallies.weights(asked, is_over=True)
    total = int(weights.sum())
    if not is_enough(total):
        return few(say, "steps", title)
    counts = each_step(tallies.reached(weights))
    found = {step: known_table((count, total - count)) for step, count in counts.items()}
    lines = [line(STEPS[step].in_(say.language), one, 0, say) for step, one in found.items()]
    return Finding(
        "steps",
        title,
        (say("Of those who came to an ending: {people} people.", people=about(total, say)),),
        say(
            "A step that was left out is not always a mistake: the order of the steps is a "
            "guide, and sometimes there is a good reason."
        ),
        (say("Step"), say(PEOPLE), say(SHARE)),
        tuple((STEPS[step].in_(say.language), *cells(one, 0, say)) for step, one in found.items()),
        Plot(spoken(lines, say), (Block("", tuple(lines)),)),
    )


def _stood(tallies: Tallies, asked: Asked, say: Words) -> Finding:
    title = say("Which rules did people keep?")
    stood = tallies.stood(tallies.weights(asked, is_over=True))
    marks = (Mark.KEPT, Mark.MEND, Mark.BROKEN)
    words = (say("Followed"), say("Mended"), say("Not followed"))
    lines, rows = [], []
    for rule in tallies.protocol.rules:
        found = table([stood.get((rule.id, one.value), 0) for one in marks])
        if found is None:
            continue
        label = say.text(rule.title)
        ends = many([(word, end(found, at, say)) for at, word in enumerate(words) if at != 1 or found.cells[1].count])
        lines.append(Line(label, found.pieces((Tone.FIRST, Tone.REST, Tone.SECOND)), ends))
        rows.append((label, *(worded(cell, say) for cell in found.cells)))
    if not lines:
        return few(say, "rules", title)
    return Finding(
        "rules",
        title,
        (say("Each bar has the people for whom the rule was put to the test on their road."),),
        say(
            "A rule is put to the test for other people each time, so a rule that is broken "
            "more often is not a harder rule."
        ),
        (say("Rule"), *words),
        tuple(rows),
        Plot(
            spoken(lines, say),
            (Block("", tuple(lines)),),
            legend=((Tone.FIRST, words[0]), (Tone.REST, words[1]), (Tone.SECOND, words[2])),
        ),
    )


def _over_time(tallies: Tallies, asked: Asked, say: Words) -> Finding:
    title = say("How does that go over time?")
    found = tallies.months(asked)
    periods = named(_by_month(found))
    if len(periods) < 2:
        return Finding("time", title, (say("There are not two periods yet with five people or more in each."),), "")
    clean = tallies.clean()
    series: dict[str, list[Table | None]] = {}
    for period in periods:
        there = found[found.month.str.startswith(period)].groupby("road")["count"].sum()
        total = int(there.sum())
        reached = each_step(tallies.reached(there))
        for step, count in reached.items():
            series.setdefault(STEPS[step].in_(say.language), []).append(table((count, total - count)))
        kept = int(there[there.index.isin(clean)].sum())
        series.setdefault(say("No norm broken at the end"), []).append(table((kept, total - kept)))
    panels = tuple(_panel(name, periods, tables, say) for name, tables in series.items())
    rows = tuple(
        (name, period, *(cells(one, 0, say) if one else (say(NOT_SHOWN), say(NOT_SHOWN))))
        for name, tables in series.items()
        for period, one in zip(periods, tables, strict=True)
    )
    told = "; ".join(f"{panel.title}: {panel.points[0][0]}–{panel.points[-1][0]}, {panel.end}" for panel in panels)
    return Finding(
        "time",
        title,
        (say("Each line runs from nobody (below) to everybody (above) who came to an ending in that period."),),
        say(
            "Other people play each period, and cases are used in other ways. A line that rises "
            "does not show that training works."
        ),
        (say(WHAT), say("Period"), say(PEOPLE), say(SHARE)),
        rows,
        Plot(told, panels=panels),
    )


def _panel(name: str, periods: Sequence[str], tables: Sequence[Table | None], say: Words) -> Panel:
    points = tuple((period, one.share(0) if one else None) for period, one in zip(periods, tables, strict=True))
    last = next((share for _, share in reversed(points) if share is not None), None)
    return Panel(name, points, say(NOT_SHOWN) if last is None else percent(last))


def periods(tallies: Tallies) -> tuple[str, ...]:
    """Return the periods that may be named: months or years, the finest that each hold five people or more."""
    return named(_by_month(tallies.people[~tallies.people.is_later]))


def _by_month(people: Any) -> dict[str, int]:
    return {str(month): int(count) for month, count in people.groupby("month")["count"].sum().items()}


def named(counted: Mapping[str, int]) -> tuple[str, ...]:
    """Return the finest periods that each hold five people or more: months, or years, or none."""
    for length in (7, 4):
        cells: dict[str, int] = {}
        for month, count in counted.items():
            cells[month[:length]] = cells.get(month[:length], 0) + count
        if cells and min(cells.values()) >= LEAST:
            return tuple(sorted(cells))
    return ()
