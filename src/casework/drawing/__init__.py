"""The graph of a case as a drawing: scenes by the step in which one works there, endings, and where a remark stands.

Both coordinates mean something, which is why no general layout engine is used: across is the distance from the start,
and down is the step of the Meldcode. An engine for layered graphs chooses both by itself (such as
grandalf or fast-sugiyama). What is left to choose is the order within one step of one column, and there the barycentre
does.
"""

from casework.drawing.chart import Chart, Edge, Node, chart, sketch
from casework.drawing.layout import Layout, lay_out
from casework.drawing.picture import as_json, svg

__all__ = ["Chart", "Edge", "Layout", "Node", "as_json", "chart", "lay_out", "sketch", "svg"]
