"""The drawing as a self-contained SVG, and as JSON for other programs. Every text is escaped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from html import escape as escaped
from typing import Any

from casework.drawing import words
from casework.drawing.chart import Chart, Node
from casework.drawing.layout import Box, Lane, Layout, lay_out
from casework.drawing.lines import Line
from casework.play.feedback import STEPS
from casework.scenario.diagnostics import Diagnostic, Severity
from casework.scenario.model import Ending

# Where casework's own sheet is on the page its roles win; a file that stands alone has these, light and dark.
ROLES = {
    "paper": ("#faf6ef", "#191817"),
    "card": ("#fff", "#242220"),
    "ink": ("#25211d", "#f0ebe3"),
    "soft": ("#5c554d", "#bdb4a8"),
    "line": ("#e2dacd", "#3b3733"),
    "edge": ("#877d70", "#958b7e"),
    "accent": ("#1f4a86", "#a9c7f8"),
    "kept": ("#00705c", "#93e0d0"),
    "mend": ("#8a5a00", "#f4c04e"),
    "broken": ("#86142a", "#ff857c"),
}
SHEET = """
.G text{font:500 13px/1.3 var(--plain,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif);fill:var(--g-soft)}
.G .band{fill:var(--g-paper)}.G .band.odd{fill:var(--g-line);fill-opacity:.32}
.G .step-name{font-weight:600;paint-order:stroke;stroke:var(--g-paper);stroke-width:5px}.G .none{font-weight:400}
.G .way path{fill:none;stroke:var(--g-edge);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.G .way.back path:first-of-type{stroke-dasharray:6 5}.G .way.loose path{stroke:var(--g-broken);stroke-width:2}
.G .way.loose path:first-of-type{stroke-dasharray:2 4}
.G .way.lit path{stroke:var(--g-accent);stroke-width:3}
.G .box{fill:var(--g-card);stroke:var(--g-edge);stroke-width:1.5}
.G .scene .name{font-size:14px;font-weight:650;fill:var(--g-ink)}
.G .scene{cursor:pointer;text-decoration:none;--tone:var(--g-accent)}
.G .scene:hover .box{stroke:var(--g-accent)}
.G .scene:focus{outline:none}
.G .scene .ring{fill:none;stroke:none;stroke-width:3}.G .scene:focus-visible .ring{stroke:var(--g-accent)}
.G .scene[aria-current] .box{stroke:var(--g-accent);stroke-width:3}
.G .good{--tone:var(--g-kept)}.G .defensible{--tone:var(--g-accent)}
.G .repaired{--tone:var(--g-mend)}.G .harm{--tone:var(--g-broken)}
.G .is-end .box{stroke:var(--tone);stroke-width:2}.G .is-end .place{fill:var(--tone);font-weight:650}
.G .repaired .box{stroke-dasharray:7 4}
.G .shape{fill:none;stroke:var(--tone);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.G .said{font-weight:650;fill:var(--tone)}
.G .error{--tone:var(--g-broken)}.G .warning{--tone:var(--g-mend)}.G .advice{--tone:var(--g-accent)}
@media (forced-colors:active){.G text{fill:CanvasText}.G .box{fill:Canvas;stroke:CanvasText}
.G .way path,.G .shape{stroke:CanvasText}.G .scene:focus-visible .ring{stroke:Highlight}}
"""
# Each state has a shape of its own, as everywhere in casework: a tick, a level sign, a turning arrow, a cross.
SIGNS = {
    Ending.GOOD: "M2 7.5l3.5 3.5L12 4",
    Ending.DEFENSIBLE: "M2 5h10M2 10h10",
    Ending.REPAIRED: "M2.5 7.5a4.8 4.8 0 1 0 1.4-3.4M2.5 1.8v3h3",
    Ending.HARM: "M3 3l8.5 8.5m0-8.5L3 11.5",
    Severity.ERROR: "M1 1h12v12H1zM4.5 4.5l5 5m0-5l-5 5",
    Severity.WARNING: "M7 1.5L13.5 13H.5zM7 5.5v3.5m0 2v.1",
    Severity.ADVICE: "M7 .8a6.2 6.2 0 1 0 .1 0zM7 6.5v4M7 3.8v.1",
}


_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(chart: Chart, language: str = "nl", prefix: str = "casework") -> str:
    """Return the drawing as SVG text; `prefix` keeps its ids apart from those of another drawing on the same page."""
    plan = lay_out(chart)
    title = words.GRAPH.in_(language).format(title=chart.title)
    about = words.about(chart.nodes, len(chart.edges), language)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="casework-graph" role="group" lang="{escape(language)}" '
        f'viewBox="0 0 {_n(plan.width)} {_n(plan.height)}" width="{_n(plan.width)}" height="{_n(plan.height)}" '
        f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-about">'
    )
    parts = [
        head,
        f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-about">{escape(about)}</desc>',
        f"<style>{_sheet()}</style>",
        *_bands(plan),
        *(_way(line, language) for line in plan.lines),
        *_labels(plan, language),
        *(_scene(box, plan, language) for box in _in_reading_order(plan.boxes)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def as_json(chart: Chart, said: Iterable[Diagnostic] = ()) -> dict[str, Any]:
    """Return the graph as JSON: scenes with their step, choices, and remarks with the roads that show them."""
    plan = lay_out(chart)
    kinds = {line.edge.choice: line.kind for line in plan.lines}
    scenes = [asdict(box.node) | {"column": box.column} for box in plan.boxes]
    choices = [asdict(edge) | {"kind": kinds[edge.choice]} for edge in chart.edges]
    steps = [{"step": lane.step if lane.step in STEPS else None, "scenes": lane.count} for lane in plan.lanes]
    return {
        "title": chart.title,
        "steps": steps,
        "scenes": scenes,
        "choices": choices,
        "findings": [asdict(each) for each in said],
    }


def escape(text: str) -> str:
    """Return a text as it may stand in XML, which knows no control characters and no lone halves of characters."""
    return escaped(_UNWRITABLE.sub("\ufffd", text))


def _sheet() -> str:
    light = ";".join(f"--g-{role}:var(--{role},{value})" for role, (value, _) in ROLES.items())
    dark = ";".join(f"--g-{role}:var(--{role},{value})" for role, (_, value) in ROLES.items())
    roles = f".G{{{light}}}\n@media (prefers-color-scheme:dark){{.G{{{dark}}}}}"
    return f"\n{roles}{SHEET}".replace(".G", ".casework-graph")


def _bands(plan: Layout) -> Iterator[str]:
    for at, lane in enumerate(plan.lanes):
        odd = " odd" if at % 2 else ""
        yield f'<rect class="band{odd}" x="0" y="{_n(lane.top)}" width="{_n(plan.width)}" height="{_n(lane.height)}"/>'


def _labels(plan: Layout, language: str) -> Iterator[str]:
    yield '<g class="step-names" aria-hidden="true">'
    for lane in plan.lanes:
        yield _lane(lane, language)
    yield "</g>"
    if any(box.node.ending for box in plan.boxes):
        yield _text(plan.ends_at, 21, words.ENDS.in_(language), "step-name", "true")


def _lane(lane: Lane, language: str) -> str:
    none = f'<tspan class="none"> · {escape(words.NO_SCENE.in_(language))}</tspan>' if not lane.count else ""
    label = escape(words.STEPS[lane.step].in_(language))
    return f'<text class="step-name" x="16" y="{_n(lane.top + 21)}">{label}{none}</text>'


def _way(line: Line, language: str) -> str:
    edge = line.edge
    said = words.NOWHERE.in_(language).format(text=edge.text) if line.kind == "loose" else edge.text
    wanted = f" ({edge.wanted})" if edge.wanted else ""
    return (
        f'<g class="way {line.kind}" aria-hidden="true" data-choice="{escape(edge.choice)}" '
        f'data-from="{escape(edge.origin)}" data-to="{escape(edge.target)}"><title>{escape(said + wanted)}</title>'
        f'<path d="{line.path}"/><path d="{line.tip}"/></g>'
    )


def _scene(box: Box, plan: Layout, language: str) -> str:
    node, wide, tall = box.node, plan.box_width, plan.box_height
    kind = f" is-end {node.ending.value}" if node.ending else ""
    x, y = box.x + 13, box.y + 24
    lines = [_text(x, y + 18 * at, line, "name") for at, line in enumerate(box.lines)]
    below = y + 18 * len(box.lines) + 2
    head = (
        f'<a class="scene{kind}" href="#{_anchor(node)}" id="{_anchor(node)}" data-scene="{escape(node.id)}" '
        f'data-cell="{node.cell}" data-column="{box.column}" aria-label="{escape(words.name(node, language))}">'
    )
    return "".join(
        [
            head,
            f"<title>{escape(node.title)}</title>",
            _rect("ring", box.x - 5, box.y - 5, wide + 10, tall + 10, _corner(node, tall) + 4),
            _rect("box", box.x, box.y, wide, tall, _corner(node, tall)),
            *lines,
            _place(node, x, below, language),
            _mark(node, x, below + 19, language),
            "</a>",
        ]
    )


def _in_reading_order(boxes: Iterable[Box]) -> list[Box]:
    return sorted(boxes, key=lambda box: (box.column, box.y))


def _anchor(node: Node) -> str:
    return f"cel-{node.cell}"


def _corner(node: Node, tall: float) -> float:
    # Good ends are round and harm is square, so that the shape says it too.
    if node.ending is None:
        return 8
    return 0 if node.ending is Ending.HARM else min(tall / 2, 22)


def _place(node: Node, x: float, y: float, language: str) -> str:
    said = words.place(node, language)
    if node.ending is None:
        return _text(x, y, said, "place")
    return (
        f"{_sign(SIGNS[node.ending], x, y - 12)}{_text(x + 20, y, words.ENDINGS[node.ending].in_(language), 'place')}"
    )


def _mark(node: Node, x: float, y: float, language: str) -> str:
    if not node.remarks:
        return ""
    gravest = node.remarks[0]
    sign, said = _sign(SIGNS[gravest], x, y - 11), _text(x + 20, y, words.worst(node, language), "said")
    return f'<g class="{gravest.value}">{sign}{said}</g>'


def _sign(path: str, x: float, y: float) -> str:
    return f'<path class="shape" transform="translate({_n(x)} {_n(y)})" d="{path}"/>'


def _rect(kind: str, x: float, y: float, wide: float, tall: float, corner: float) -> str:
    size = f'width="{_n(wide)}" height="{_n(tall)}" rx="{_n(corner)}"'
    return f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" {size}/>'


def _text(x: float, y: float, said: str, kind: str, hidden: str = "") -> str:
    aria = f' aria-hidden="{hidden}"' if hidden else ""
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}"{aria}>{escape(said)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
