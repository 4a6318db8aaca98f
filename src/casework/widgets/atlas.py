"""The map of a case on the desk: the drawing, and the same in rows, for those who would rather read a table."""

from typing import Any

from casework import drawing
from casework.drawing import Chart, Node
from casework.play.explore import Graph
from casework.widgets.manuscript import Manuscript, chart
from casework.widgets.measures import ENDINGS
from casework.widgets.view import STEP_LABELS
from casework.words import Words, words


def atlas(manuscript: Manuscript, prefix: str) -> dict[str, Any]:
    """Return the drawing and its rows, or a sentence that says why there is nothing to draw."""
    drawn, say = chart(manuscript), words(manuscript.language)
    if drawn is None:
        return {"svg": "", "rows": [], "why": say("There is no scene to draw yet. The remarks say what is missing.")}
    return {
        "svg": drawing.svg(drawn, manuscript.language, prefix),
        "rows": [_row(say, drawn, node, manuscript.graph) for node in drawn.nodes],
        "why": ""
        if manuscript.graph
        else say("This is a sketch: as long as the case has errors, only what is written can be drawn, not played."),
    }


def _row(say: Words, drawn: Chart, node: Node, graph: Graph | None) -> dict[str, Any]:
    titles = {each.id: each.title for each in drawn.nodes}
    leaving = [edge for edge in drawn.edges if edge.origin == node.id]
    return {
        "scene": node.id,
        "title": node.title,
        "cell": node.cell,
        "step": _step(say, node),
        "choices": [
            {"text": edge.text, "to": edge.target, "title": titles.get(edge.target, ""), "wanted": edge.wanted}
            for edge in leaving
        ],
        "remarks": say.plural("{count} remark", "{count} remarks", len(node.remarks)) if node.remarks else "",
        "can_play": graph is not None and node.id in graph.scenes,
    }


def _step(say: Words, node: Node) -> str:
    if node.ending:
        return say("ending: {kind}", kind=say(ENDINGS[node.ending]))
    return f"{node.step} {say(STEP_LABELS[node.step - 1])}" if node.step else say("without a step")
