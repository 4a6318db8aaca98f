"""A chart of years to explore: one year at a time, with what was counted and who says so, for whoever asks for it.

The page's own module draws it with Vega; a row of years that can be reached from the keyboard moves along the bars.
"""

from fractions import Fraction
from typing import Any

import altair as alt

from casework.analytics.bars import Bar, Chart
from casework.analytics.charts import FONT, INK, TONES, TRACK
from casework.analytics.citing import cited
from casework.words import Words, mark, number, percentage

GAP = " "  # a place between two groups: bars on both sides may not be read as one row
HEIGHT, LETTERS, EDGE = 280, 15, 3
ROOMY = 620  # pixels in which all years fit beside each other
SENTENCES = {
    "explore": mark("Explore this chart"),
    "close": mark("Close"),
    "year": mark("Year"),
    "wait": mark("One moment …"),
    "failed": mark("This does not work now. The chart above and the table have all numbers."),
}


def explored(chart: Chart, say: Words) -> dict[str, Any]:
    """Return what the page needs: the specification, the years with what is told of each, its words and its numbers."""
    return {
        "specification": _specification(chart, say),
        "years": [{"year": bar.label, "told": _told(bar, chart, say)} for bar in chart.bars],
        "words": {key: say(sentence) for key, sentence in SENTENCES.items()},
        "numbers": _format(say.language),
    }


def _format(language: str) -> dict[str, Any]:
    """Return how this language writes numbers, as Vega takes it (a locale of d3-format)."""
    thousands, decimal = number(1000, language)[1], percentage(Fraction(11, 1000), language)[1]
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}


def _told(bar: Bar, chart: Chart, say: Words) -> str:
    group = next(group for group in chart.groups if bar in group.bars)
    return say(
        "{group}. {year}: {number}. Source: {source}.",
        group=group.title,
        year=bar.label,
        number=bar.told,
        source="; ".join(dict.fromkeys(cited(figure, say) for figure in bar.figures)),
    )


def _specification(chart: Chart, say: Words) -> dict[str, Any]:
    first, *rest = chart.groups
    places = [bar.label for bar in first.bars]
    for group in rest:
        places += [GAP * len(places), *(bar.label for bar in group.bars)]
    chosen = alt.param(name="chosen", value=places[-1])
    x = alt.X("year:N", sort=places, scale=alt.Scale(domain=places), axis=_axis())
    y = alt.Y("number:Q", axis=alt.Axis(format=",d", grid=True, gridColor=TRACK, tickCount=4))
    is_chosen = alt.datum.year == chosen
    # The others stay as dark as they are: a bar that fades can no longer be seen by everyone.
    edge = alt.condition(is_chosen, alt.value(INK), alt.value("transparent"))
    bars = alt.Chart().mark_bar(strokeWidth=EDGE, cursor="pointer")
    bars = bars.encode(x, y, alt.Color("tone:N", scale=None), stroke=edge, tooltip=alt.Tooltip("told:N"))
    ends = alt.Chart().transform_filter(is_chosen).mark_text(baseline="bottom", dy=-6, fontWeight=600)
    drawn = alt.layer(bars, ends.encode(x, y, alt.Text("end:N")), data=_values(chart, say)).add_params(chosen)
    found: dict[str, Any] = (
        drawn.properties(
            width="container", height=HEIGHT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
        )
        .configure(background="transparent", font=FONT, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=LETTERS, labelColor=INK, labelPadding=6, domain=False, ticks=False, grid=False, title=None
        )
        .configure_text(color=INK, fontSize=LETTERS)
        .to_dict()
    )
    return found


def _axis() -> alt.Axis:
    """Years lie where there is room for them, and stand where there is not."""
    lies = f"width >= {ROOMY}"
    return alt.Axis(
        labelAngle=alt.expr(f"{lies} ? 0 : -90"),
        labelAlign=alt.expr(f"{lies} ? 'center' : 'right'"),
        labelBaseline=alt.expr(f"{lies} ? 'top' : 'middle'"),
    )


def _values(chart: Chart, say: Words) -> alt.Data:
    return alt.Data(
        values=[
            {
                "year": bar.label,
                "number": float(bar.figure.value or 0),
                "end": bar.end,
                "tone": TONES[bar.tone],
                "told": _told(bar, chart, say),
            }
            for bar in chart.bars
        ]
    )
