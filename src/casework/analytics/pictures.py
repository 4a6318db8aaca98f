"""Charts of a cohort as Altair specifications, with what stands where worked out in the drawing's own pixels.

Labels are sentences of authors, which need as many lines as they need; a chart of them has no axis of its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

import altair as alt

from casework.analytics.charts import FONT, INK, PHONE, TRACK, Size
from casework.analytics.plots import Block, Line, Link, Node, Panel, Plot, Tone

TONES = {
    Tone.FIRST: "var(--counted, #00659b)",
    Tone.SECOND: "var(--estimated, #d07a14)",
    Tone.REST: "var(--otherwise, #857b6f)",
}
NARROW = 0.52  # a letter is about so wide, measured in its height
LEADING, THICK, GAP = 1.3, 20, 14
ROW, BAR, THINNEST = 104, 18, 1.2


@dataclass
class Canvas:
    """What is drawn so far: boxes, texts and lines, each with its place in pixels."""

    width: float
    letters: int
    boxes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    height: float = 0

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """Draw a filled box."""
        self.boxes.append({"x": left, "x2": left + width, "y": top, "y2": top + height, "colour": colour})
        self.height = max(self.height, top + height)

    def text(self, text: str, left: float, top: float, *, align: str = "left", bold: bool = False) -> None:
        """Write one line of text, its top at *top*."""
        row = {"x": left, "y": top + self.letters * LEADING / 2, "text": text, "align": align}
        self.texts.append({**row, "weight": 600 if bold else 400})
        self.height = max(self.height, top + self.letters * LEADING)

    def paragraph(
        self, text: str, left: float, top: float, width: float, *, align: str = "left", bold: bool = False
    ) -> float:
        """Write text in as many lines as it needs, and return where it ends."""
        for line in wrap(text, max(6, int(width / (self.letters * NARROW)))) or [""]:
            self.text(line, left, top, align=align, bold=bold)
            top += self.letters * LEADING
        return top

    def line(
        self, start: tuple[float, float], end: tuple[float, float], thick: float, colour: str, *, opacity: float = 1
    ) -> None:
        """Draw a straight line."""
        (x, y), (x2, y2) = start, end
        row = {"x": x, "y": y, "x2": x2, "y2": y2, "thick": thick, "colour": colour, "opacity": opacity}
        self.lines.append(row)
        self.height = max(self.height, y, y2)


def specification(plot: Plot, size: Size) -> dict[str, Any]:
    """Return a chart as Vega-Lite."""
    canvas = Canvas(size.width, size.letters)
    if plot.nodes and size is not PHONE:
        _map(canvas, plot.nodes, plot.links)
    else:
        _blocks(canvas, plot.blocks)
    _panels(canvas, plot.panels)
    found: dict[str, Any] = _drawn(canvas).to_dict()
    return found


def _drawn(canvas: Canvas) -> alt.TopLevelMixin:
    across = alt.Scale(domain=[0, canvas.width], nice=False, zero=False)
    down = alt.Scale(domain=[canvas.height + 4, 0], nice=False, zero=False)
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None)
    ends = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
    colour = alt.Color("colour:N", scale=None)
    layers = []
    if canvas.lines:
        rule = alt.Chart(alt.Data(values=canvas.lines)).mark_rule(strokeCap="butt")
        thick, clear = alt.StrokeWidth("thick:Q", scale=None), alt.Opacity("opacity:Q", scale=None)
        layers.append(rule.encode(x, y, colour, thick, clear, **ends))
    if canvas.boxes:
        layers.append(alt.Chart(alt.Data(values=canvas.boxes)).mark_rect().encode(x, y, colour, **ends))
    for (align, weight), rows in _alike(canvas.texts).items():
        text = alt.Chart(alt.Data(values=rows)).mark_text(align=align, baseline="middle", fontWeight=weight, color=INK)
        layers.append(text.encode(x, y, alt.Text("text:N")))
    drawn = alt.layer(*layers).properties(width=canvas.width, height=canvas.height + 4)
    return (
        drawn.configure(aria=False, background="transparent", font=FONT, padding=2)
        .configure_view(stroke=None)
        .configure_text(fontSize=canvas.letters)
    )


def _alike(texts: Iterable[dict[str, Any]]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for text in texts:
        found[text["align"], text["weight"]].append(text)
    return found


# ---- bars


def _blocks(canvas: Canvas, blocks: Iterable[Block]) -> None:
    top = canvas.height
    for block in blocks:
        if block.title:
            top = canvas.paragraph(block.title, 0, top, canvas.width, bold=True) + GAP / 2
        for line in block.lines:
            top = _bar(canvas, line, top) + GAP
        top += GAP


def _bar(canvas: Canvas, line: Line, top: float) -> float:
    top = canvas.paragraph(line.label, 0, top, canvas.width) + 3
    # A number stands behind its bar where there is room, and below it on a phone.
    is_wide = canvas.width > PHONE.width
    long = canvas.width * (0.66 if is_wide else 1)
    canvas.box(0, top, long, THICK, TRACK)
    left = 0.0
    for piece in line.pieces:
        if piece.share > 0:
            canvas.box(left, top, piece.share * long, THICK, TONES[piece.tone])
        left += piece.share * long
    if line.low is not None and line.high is not None:
        _range(canvas, line.low * long, line.high * long, top)
    if is_wide:
        canvas.paragraph(line.end, long + 10, top, canvas.width - long - 10, bold=True)
        return canvas.height if _is_long(canvas, line.end, canvas.width - long) else top + THICK
    return canvas.paragraph(line.end, 0, top + THICK + 3, canvas.width, bold=True)


def _is_long(canvas: Canvas, text: str, width: float) -> bool:
    return len(text) * canvas.letters * NARROW > width


def _range(canvas: Canvas, low: float, high: float, top: float) -> None:
    # As a box: lines lie below the bars, and the interval has to be seen on its bar.
    canvas.box(low, top + THICK / 2 - 1.5, max(2.0, high - low), 3, INK)
    for end in (low, high):
        canvas.box(end - 1.5, top + 3, 3, THICK - 6, INK)


# ---- over time


def _panels(canvas: Canvas, panels: Iterable[Panel]) -> None:
    for panel in panels:
        top = canvas.paragraph(panel.title, 0, canvas.height + GAP, canvas.width, bold=True) + 4
        _curve(canvas, panel, top)


def _curve(canvas: Canvas, panel: Panel, top: float, high: float = 60) -> None:
    room = 74
    wide = canvas.width - room
    step = wide / max(1, len(panel.points) - 1) if len(panel.points) > 1 else 0
    for share in (0, 1):
        canvas.line((0, top + high * (1 - share)), (wide, top + high * (1 - share)), 1, TRACK)
    last: tuple[float, float] | None = None
    end: tuple[float, float] | None = None
    for at, (_, value) in enumerate(panel.points):
        here = None if value is None else (at * step, top + high * (1 - value))
        if here and last:
            canvas.line(last, here, 2.5, TONES[Tone.FIRST])
        if here:
            canvas.box(here[0] - 3, here[1] - 3, 6, 6, TONES[Tone.FIRST])
        end, last = here or end, here
    if end:
        canvas.text(panel.end, end[0] + 10, end[1] - canvas.letters * LEADING / 2, bold=True)
    canvas.text(panel.points[0][0], 0, top + high + 4)
    if len(panel.points) > 1:
        canvas.text(panel.points[-1][0], wide, top + high + 4, align="right")


# ---- the map of roads


def _map(canvas: Canvas, nodes: tuple[Node, ...], links: Iterable[Link]) -> None:
    places = _places(canvas, nodes)
    widest = max(1.0, canvas.width / max(_per_row(nodes).values()) * 0.9)
    for link in links:
        start, end = places[link.start], places[link.end]
        thick = max(THINNEST, link.share * 40)
        canvas.line((start[0], start[1] + BAR), end, thick, TONES[Tone.FIRST], opacity=0.25)
    for node in nodes:
        middle, top = places[node.id]
        long = max(4.0, node.share * widest)
        canvas.box(middle - long / 2, top, long, BAR, TONES[Tone.FIRST])
        canvas.paragraph(node.label, middle, top + BAR + 2, widest, align="center")


def _per_row(nodes: Iterable[Node]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for node in nodes:
        found[node.row] += 1
    return found


def _places(canvas: Canvas, nodes: tuple[Node, ...]) -> dict[str, tuple[float, float]]:
    counted = _per_row(nodes)
    seen: dict[int, int] = defaultdict(int)
    places: dict[str, tuple[float, float]] = {}
    rows = {row: at for at, row in enumerate(sorted(counted))}
    for node in nodes:
        slot = canvas.width / counted[node.row]
        places[node.id] = ((seen[node.row] + 0.5) * slot, rows[node.row] * ROW)
        seen[node.row] += 1
    return places
