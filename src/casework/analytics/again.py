"""How a first attempt and a later one of the same people compare, and how sure that is."""

from pandas import DataFrame

from casework.analytics.findings import (
    NOT_SHOWN,
    PEOPLE,
    SHARE,
    WHAT,
    Finding,
    Table,
    Value,
    about,
    cells,
    end,
    known_table,
    line,
    percent,
    spoken,
)
from casework.analytics.plots import Block, Line, Plot, Tone
from casework.analytics.tallies import Asked, Tallies, chosen
from casework.play import interval
from casework.play.disclosure import fives, is_enough
from casework.play.interval import Interval
from casework.scenario.model import Ending
from casework.words import Words


def learning(tallies: Tallies, asked: Asked, say: Words) -> tuple[Finding, ...]:
    """Return how a first and a later attempt of the same people compare, with the interval of the difference."""
    title = say("Does it go better the second time?")
    pairs = chosen(tallies.pairs, asked)
    over = frozenset(at for at, road in enumerate(tallies.roads) if road.is_over)
    pairs = pairs[pairs["first"].isin(over) & pairs["later"].isin(over)]
    total = int(pairs["count"].sum())
    if not is_enough(total):
        return (
            Finding(
                "learning",
                title,
                (
                    say(
                        "Fewer than five people played on from a moment in their look back and "
                        "came to an ending both times. Nothing of this is shown."
                    ),
                ),
                "",
            ),
        )
    clean = tallies.clean()
    good = frozenset(at for at, road in enumerate(tallies.roads) if road.ending in (Ending.GOOD, Ending.DEFENSIBLE))
    measures = ((say("No norm broken at the end"), clean), (say("A good or defensible ending"), good))
    found = [_measured(name, wanted, pairs, total, say) for name, wanted in measures]
    blocks = tuple(block for block, _, _ in found)
    people = say(
        "{people} people played on from a moment in their look back. This compares their first ending with their last.",
        people=about(total, say),
    )
    told = (people, *(gained for _, _, gained in found))
    rows = tuple(row for _, some, _ in found for row in some)
    every = [line for block in blocks for line in block.lines]
    caution = say(
        "Only people who wished to play on are counted, and they had just read their look back. "
        "This does not show what "
        "they would do at work, or that others would learn as much."
    )
    head = (say(WHAT), say("When"), say(PEOPLE), say(SHARE), say("Interval of 95%"))
    return (Finding("learning", title, told, caution, head, rows, Plot(spoken(every, say), blocks)),)


def _measured(
    name: str, wanted: frozenset[int], pairs: DataFrame, total: int, say: Words
) -> tuple[Block, list[tuple[Value, ...]], str]:
    """Return the lines, the rows and the sentence of one measure: who came to a road that is wanted, first and last."""
    first, later = pairs["first"].isin(wanted), pairs["later"].isin(wanted)
    was, became, more, less = (int(pairs["count"][one].sum()) for one in (first, later, later & ~first, first & ~later))
    times = (
        (say("First time"), known_table((was, total - was))),
        (say("Last time"), known_table((became, total - became))),
    )
    lines = tuple(_ranged(label, one, say) for label, one in times)
    rows: list[tuple[Value, ...]] = [(name, label, *cells(one, 0, say), _reach(one, say)) for label, one in times]
    return Block(name, lines), rows, _gained(name, more, less, total, say)


def _gained(name: str, more: int, less: int, total: int, say: Words) -> str:
    # Of rounded numbers, so that no difference can be had that is finer than what is shown.
    whole = fives(total)
    up, down = min(fives(more), whole), min(fives(less), whole)
    found = interval.gain(up, min(down, whole - up), whole)
    gaps = {"name": name, "low": _points(found.low), "high": _points(found.high)}
    if found.has_zero:
        return say(
            "{name}: the difference lies between {low} and {high} percentage points, so it may well be none.", **gaps
        )
    return say("{name}: the difference lies between {low} and {high} percentage points.", **gaps)


def _ranged(label: str, found: Table, say: Words) -> Line:
    reach = _interval(found)
    if reach is None:
        return line(label, found, 0, say)
    return Line(
        label, found.pieces((Tone.FIRST,)), f"{end(found, 0, say)}, {_between(reach, say)}", reach.low, reach.high
    )


def _interval(found: Table) -> Interval | None:
    count = found.cells[0].count
    return None if count is None else interval.share(min(count, found.total), found.total)


def _reach(found: Table, say: Words) -> str:
    reach = _interval(found)
    return say(NOT_SHOWN) if reach is None else f"{percent(reach.low)}–{percent(reach.high)}"


def _between(reach: Interval, say: Words) -> str:
    return say("between {low} and {high}", low=percent(reach.low), high=percent(reach.high))


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0")
