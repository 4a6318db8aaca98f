"""Charts as Altair specifications: bars with their numbers written at them, for a phone and for all that is wider.

Colours are the page's own, so that one drawing serves light, dark and paper; behind each stands the value for places
without that page. There is no colour without a word beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt

from casework.analytics.bars import Bar, Chart, Group, Tone
from casework.figures.table import Figure

INK = "var(--ink, #25211d)"
TRACK = "var(--track, #e2dacd)"
# Blue and orange of the palette of Okabe and Ito, darkened to 3:1 on white; they differ in lightness too.
TONES = {
    Tone.COUNTED: "var(--counted, #00659b)",
    Tone.OTHERWISE: "var(--otherwise, #857b6f)",
    Tone.ESTIMATED: "var(--estimated, #d07a14)",
}
FONT = "sans-serif"
THICK = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How wide a drawing and how large its letters are, in its own pixels; `room` is for the numbers at the ends."""

    name: str
    width: int
    letters: int
    room: float


PHONE = Size("narrow", 336, 15, 1.6)
WIDE = Size("broad", 745, 15, 1.25)


def specification(chart: Chart, size: Size) -> dict[str, Any]:
    """Return a chart as Vega-Lite."""
    top = chart.whole or max(_end(bar) for bar in chart.bars)
    if chart.has_years and size is WIDE:
        drawn = alt.hconcat(*(_columns(group, top) for group in chart.groups), spacing=44)
    else:
        drawn = alt.vconcat(*(_rows(group, chart, size, top) for group in chart.groups), spacing=26)
    found: dict[str, Any] = _styled(drawn, size).to_dict()
    return found


def _styled(drawn: alt.TopLevelMixin, size: Size) -> alt.TopLevelMixin:
    letters = {"labelFontSize": size.letters, "labelColor": INK, "labelAngle": 0, "labelPadding": 8}
    return (
        drawn.configure(aria=False, background="transparent", font=FONT, padding=2)
        .configure_view(stroke=None)
        .configure_axis(**letters, domain=False, ticks=False, grid=False, title=None)
        .configure_title(color=INK, fontSize=size.letters, fontWeight=600, anchor="start", offset=8)
        .configure_text(color=INK, fontSize=size.letters)
    )


def _rows(group: Group, chart: Chart, size: Size, top: float) -> alt.LayerChart:
    """Bars from left to right. A year stands before its bar; a longer name above it, where a phone has room for it."""
    step, down, before = (30, 0, 48) if chart.has_years else (58, 12, 0)
    scale = alt.Scale(domain=[0, top * size.room], nice=False)
    y = alt.Y("label:N", sort=None, axis=alt.Axis() if chart.has_years else None)
    layers = [*_lengths(chart, scale, down), *_texts(scale, down), *([] if chart.has_years else [_names()])]
    drawn = alt.layer(*(layer.encode(y) for layer in layers), data=_values(group.bars, chart.whole), **_titled(group))
    return drawn.properties(width=size.width - before, height=alt.Step(step))


def _lengths(chart: Chart, scale: alt.Scale, down: int) -> Iterable[alt.Chart]:
    start = alt.X("from:Q", axis=None, scale=scale)
    if chart.whole:
        yield alt.Chart().mark_bar(color=TRACK, height=THICK, yOffset=down).encode(start, alt.X2("whole:Q"))
    tone = alt.Color("tone:N", scale=None)
    yield alt.Chart().mark_bar(height=THICK, yOffset=down).encode(start, alt.X2("to:Q"), tone)
    if any(bar.low for bar in chart.bars):
        tick = alt.Chart().mark_tick(color=INK, thickness=4, height=THICK + 8, yOffset=down, opacity=1)
        yield tick.encode(alt.X("point:Q", axis=None, scale=scale))


def _texts(scale: alt.Scale, down: int) -> Iterable[alt.Chart]:
    end = alt.Chart().mark_text(align="left", baseline="middle", dx=8, yOffset=down, fontWeight=600)
    yield end.encode(alt.X("ends:Q", axis=None, scale=scale), alt.Text("end:N"))
    # An empty text before a bar would still take room at the edge.
    start = alt.Chart().transform_filter("datum.start")
    start = start.mark_text(align="right", baseline="middle", dx=-8, yOffset=down)
    yield start.encode(alt.X("from:Q", axis=None, scale=scale), alt.Text("start:N"))


def _names() -> alt.Chart:
    return alt.Chart().mark_text(align="left", baseline="bottom", dy=-5).encode(alt.XValue(0), alt.Text("label:N"))


def _columns(group: Group, top: float) -> alt.LayerChart:
    """Bars from below, a year under each."""
    x = alt.X("label:N", sort=None)
    y = alt.Y("to:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.1], nice=False))
    bars = alt.Chart().mark_bar(width=30).encode(x, y, alt.Color("tone:N", scale=None))
    ends = alt.Chart().mark_text(baseline="bottom", dy=-5, fontWeight=600, fontSize=14).encode(x, y, alt.Text("end:N"))
    drawn = alt.layer(bars, ends, data=_values(group.bars, None), **_titled(group))
    return drawn.properties(width=alt.Step(48), height=290)


def _titled(group: Group) -> dict[str, Any]:
    return {"title": group.title} if group.title else {}


def _values(bars: Iterable[Bar], whole: int | None) -> alt.Data:
    values = [
        {
            "label": bar.label,
            "from": _length(bar.low) if bar.low else 0,
            "to": _end(bar),
            "point": _length(bar.figure) if bar.low else None,
            "whole": whole,
            "ends": whole or _end(bar),
            "start": bar.start,
            "end": bar.end,
            "tone": TONES[bar.tone],
        }
        for bar in bars
    ]
    return alt.Data(values=values)


def _end(bar: Bar) -> float:
    return _length(bar.high or bar.figure)


def _length(figure: Figure) -> float:
    # A number that its publisher hides has no length; the words at the end of its bar say that it is not nought.
    return float(figure.value or 0)
