"""The picture of a run: how long a room waits until all have a first view, against how many join at once."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt

from tests.benchmarks.figures import Rounds, found, spread
from tests.benchmarks.kinds import KINDS, Kind

# Of the palette of Okabe and Ito; what imports is drawn dashed, with guests dotted, so that colour never tells alone.
COLOURS = {"casework": "#0072b2", "voila": "#d55e00", "solara": "#009e73"}
WIDE, HIGH = 520, 360
SECONDS = "seconds until all have a first view (logarithmic)"
MARKED = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)


def draw(path: Path, rounds: Rounds, sizes: Sequence[int]) -> bool:
    """Write the picture as SVG, and return whether there was a room to show."""
    rows = list(_rows(rounds, sizes))
    if rows:
        chart(rows).save(path, format="svg")
    return bool(rows)


def chart(rows: Sequence[Mapping[str, Any]]) -> alt.LayerChart:
    """Return the picture of these rows: medians as lines, and from the least to the most of the rounds as bars."""
    shown = {row["kind"] for row in rows}
    kinds = [kind for kind in KINDS if kind.title in shown]
    titles = [kind.title for kind in kinds]
    legend = alt.Legend(symbolType="stroke", symbolSize=400, labelLimit=0)
    base = alt.Chart(alt.Data(values=list(rows))).encode(
        x=alt.X("joiners:Q", title="joining at once").axis(grid=False, values=sorted({row["joiners"] for row in rows})),
        color=alt.Color("kind:N", title=None, legend=legend).scale(domain=titles, range=[*map(_colour, kinds)]),
    )
    dashes = alt.StrokeDash("kind:N", title=None, legend=legend).scale(domain=titles, range=[*map(_dash, kinds)])
    seconds = alt.Y("middle:Q", title=SECONDS).scale(type="log").axis(values=MARKED, format="~g")
    bars = base.mark_rule(strokeWidth=2).encode(y=alt.Y("least:Q", title=SECONDS), y2="most:Q")
    lines = base.mark_line(strokeWidth=2, point=True).encode(y=seconds, strokeDash=dashes)
    return alt.layer(lines, bars).properties(width=WIDE, height=HIGH, title="A room that joins at once")


def _rows(rounds: Rounds, sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        for size in sizes:
            waited = spread(found(rounds.get(kind.name, ()), f"{size}.wall"))
            if waited:
                values = {"middle": waited.middle, "least": waited.least, "most": waited.most}
                yield {"kind": kind.title, "joiners": size, **values}


def _colour(kind: Kind) -> str:
    return COLOURS[kind.name.split("-")[0]]


def _dash(kind: Kind) -> list[int]:
    return [6, 4] if kind.imports else [2, 2] if kind.has_guests else [1, 0]
