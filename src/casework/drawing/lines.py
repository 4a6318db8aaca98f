"""The lines between the boxes, as SVG paths that cross no box: one kind for each way in which a choice can lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.drawing.chart import Edge
from casework.scenario.model import SceneId

TIP, CORNER, STUB = 7, 10, 34
SPREAD = 9.0


@dataclass(frozen=True, slots=True)
class Port:
    """A box as lines see it."""

    column: int
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where lines leave."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Line:
    """A choice on the drawing. `kind` is "on", "far" (to an ending further on), "beside", "back", "self" or "loose"."""

    edge: Edge
    kind: str
    path: str
    tip: str


Point = tuple[float, float]


def draw(edges: Iterable[Edge], ports: Mapping[SceneId, Port], row_gap: float, column_gap: float) -> tuple[Line, ...]:
    """Return a line for each choice, in the order of the choices."""
    rows = tuple(edges)
    leaves = _slots(rows, ports, leaving=True)
    arrives = _slots(rows, ports, leaving=False)
    lanes = _offsets(rows, ports)
    return tuple(
        _line(edge, ports, (leaves[at], arrives.get(at, 0.0)), lanes.get(edge.target, 0.0), (row_gap, column_gap))
        for at, edge in enumerate(rows)
    )


def _line(
    edge: Edge, ports: Mapping[SceneId, Port], at: tuple[float, float], offset: float, gaps: tuple[float, float]
) -> Line:
    origin, target = ports[edge.origin], ports.get(edge.target)
    if target is None:
        return _loose(edge, (origin.right, at[0]))
    if edge.origin == edge.target:
        return _self(edge, origin)
    leave, arrive = (origin.right, at[0]), (target.x, at[1])
    if target.column == origin.column + 1:
        return _on(edge, leave, arrive)
    if target.column == origin.column:
        return _beside(edge, leave, (target.right, at[1]))
    kind = "far" if target.column > origin.column else "back"
    return _around(edge, kind, (leave, arrive), _channel(origin, target, gaps[0]) + offset, (gaps[1], offset))


def _on(edge: Edge, leave: Point, arrive: Point) -> Line:
    half = (arrive[0] - leave[0]) / 2
    path = f"M{_at(leave)}C{_at((leave[0] + half, leave[1]))} {_at((arrive[0] - half, arrive[1]))} {_at(arrive)}"
    return Line(edge, "on", path, _tip(arrive, 1))


def _beside(edge: Edge, leave: Point, arrive: Point) -> Line:
    out = max(leave[0], arrive[0]) + 34
    path = f"M{_at(leave)}C{_at((out, leave[1]))} {_at((out, arrive[1]))} {_at(arrive)}"
    return Line(edge, "beside", path, _tip(arrive, -1))


def _self(edge: Edge, box: Port) -> Line:
    right, left, top = box.right - 22, box.right - 54, box.y
    path = f"M{_at((right, top))}C{_at((right + 8, top - 26))} {_at((left - 8, top - 26))} {_at((left, top))}"
    tip = f"M{_at((left - 5, top - 7))}L{_at((left, top))}L{_at((left + 5, top - 8))}"
    return Line(edge, "self", path, tip)


def _loose(edge: Edge, leave: Point) -> Line:
    end = (leave[0] + STUB, leave[1])
    cross = f"M{_at((end[0] - 5, end[1] - 5))}l10 10m0-10l-10 10"
    return Line(edge, "loose", f"M{_at(leave)}L{_at(end)}", cross)


def _around(edge: Edge, kind: str, ends: tuple[Point, Point], channel: float, gap: tuple[float, float]) -> Line:
    leave, arrive = ends
    out, into = leave[0] + gap[0] * 0.3 + gap[1], arrive[0] - gap[0] * 0.34 + gap[1]
    corners = [leave, (out, leave[1]), (out, channel), (into, channel), (into, arrive[1]), arrive]
    return Line(edge, kind, _rounded(corners), _tip(arrive, 1))


def _channel(origin: Port, target: Port, row_gap: float) -> float:
    """Return the height of the free strip next to the origin's row, on the side of the target."""
    below = target.y >= origin.y
    return origin.y + origin.height + row_gap / 2 if below else origin.y - row_gap / 2


def _rounded(corners: list[Point]) -> str:
    parts = [f"M{_at(corners[0])}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        parts.append(f"L{_at(_towards(corner, before))}Q{_at(corner)} {_at(_towards(corner, after))}")
    return "".join([*parts, f"L{_at(corners[-1])}"])


def _towards(corner: Point, other: Point) -> Point:
    far = max(abs(other[0] - corner[0]), abs(other[1] - corner[1]))
    share = min(CORNER, far / 2) / far if far else 0.0
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _tip(end: Point, way: int) -> str:
    back = end[0] - way * TIP
    return f"M{_at((back, end[1] - 4.5))}L{_at(end)}L{_at((back, end[1] + 4.5))}"


def _slots(edges: tuple[Edge, ...], ports: Mapping[SceneId, Port], *, leaving: bool) -> dict[int, float]:
    """Return the height at which each line leaves or arrives: spread over a side, in the order of the other ends."""
    sides: dict[SceneId, list[int]] = {}
    for at, edge in enumerate(edges):
        here = edge.origin if leaving else edge.target
        if here in ports:
            sides.setdefault(here, []).append(at)
    heights: dict[int, float] = {}
    for here, found in sides.items():
        box = ports[here]
        found.sort(key=lambda at: _height(edges[at].target if leaving else edges[at].origin, ports, box))
        pitch = min(SPREAD, (box.height - 16) / max(len(found) - 1, 1))
        for place, at in enumerate(found):
            heights[at] = box.y + box.height / 2 + (place - (len(found) - 1) / 2) * pitch
    return heights


def _height(scene: SceneId, ports: Mapping[SceneId, Port], otherwise: Port) -> float:
    return ports.get(scene, otherwise).y


def _offsets(edges: Iterable[Edge], ports: Mapping[SceneId, Port]) -> dict[SceneId, float]:
    """Return for each target of long lines how far they stay from the middle of a strip, so that they stay apart."""
    long = sorted({edge.target for edge in edges if _is_long(edge, ports)}, key=lambda scene: ports[scene].y)
    return {scene: ((at % 5) - 2) * 4.0 for at, scene in enumerate(long)}


def _is_long(edge: Edge, ports: Mapping[SceneId, Port]) -> bool:
    if edge.target not in ports:
        return False
    return ports[edge.target].column - ports[edge.origin].column not in (0, 1)


def _at(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
