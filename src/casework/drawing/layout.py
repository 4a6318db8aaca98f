"""Where everything stands: across by distance from the start, down by step, crossings reduced, lines around the boxes.

Boxes stand on a grid, so the strips between its rows and columns are free of them: every line that is longer than one
column runs through those. All of it takes time in proportion to scenes and choices, times the logarithm of a column.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.drawing.chart import Chart, Node
from casework.drawing.lines import Line, Port, draw
from casework.scenario.model import SceneId

NO_STEP, UNREACHED = 0, 6
LANES = (NO_STEP, 1, 2, 3, 4, 5, UNREACHED)
SWEEPS = 6

MARGIN, HEAD, FOOT = 48, 32, 10
ROW_GAP, COLUMN_GAP = 30, 76
LETTER, PADDING, TITLE_LINE, SMALL_LINE = 7.4, 26, 18, 18
NARROWEST, WIDEST, MOST_LINES = 176, 212, 2
WRAP = 24
EMPTY_LANE = 34


@dataclass(frozen=True, slots=True)
class Box:
    """A scene on the drawing: its upper left corner in pixels, its column from 0, and its title as lines."""

    node: Node
    column: int
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of one step: 1 to 5, `NO_STEP` for scenes without, `UNREACHED` for scenes that no road comes to."""

    step: int
    top: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing without ink: sizes in pixels."""

    width: float
    height: float
    box_width: float
    box_height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ends_at: float


Cells = dict[tuple[int, int], list[SceneId]]  # (column, lane) -> its scenes, from top to bottom


def lay_out(chart: Chart) -> Layout:
    """Return where everything stands; the same chart always gives the same drawing."""
    after, before = _neighbours(chart)
    columns, reached = _columns(chart, after)
    lanes = {node.id: _lane(node, reached) for node in chart.nodes}
    rows, sizes = _rows(chart, columns, lanes, (after, before))
    titles = {node.id: wrap(node.title) for node in chart.nodes}
    width = _width(titles.values())
    height = _height(chart, titles)
    bands = _bands(lanes, sizes, height)
    tops = {band.step: band.top + HEAD for band in bands}
    ys = {scene: tops[lanes[scene]] + row * (height + ROW_GAP) for scene, row in rows.items()}
    bottom = bands[-1].top + bands[-1].height
    ys |= _ends(chart, before, ys, (bands[0].top + HEAD, bottom), height + ROW_GAP)
    boxes = tuple(
        Box(node, columns[node.id], MARGIN + columns[node.id] * (width + COLUMN_GAP), ys[node.id], titles[node.id])
        for node in chart.nodes
    )
    last = max((box.column for box in boxes), default=0)
    ports = {box.node.id: Port(box.column, box.x, box.y, width, height) for box in boxes}
    deepest = max((box.y + height + FOOT for box in boxes), default=bottom)
    return Layout(
        width=MARGIN + (last + 1) * (width + COLUMN_GAP),
        height=max(bottom, deepest),
        box_width=width,
        box_height=height,
        lanes=tuple(bands),
        boxes=boxes,
        lines=draw(chart.edges, ports, ROW_GAP, COLUMN_GAP),
        ends_at=MARGIN + last * (width + COLUMN_GAP),
    )


def wrap(title: str) -> tuple[str, ...]:
    """Return a title as at most two lines; what does not fit ends in three dots."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= WRAP or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] = f"{kept[-1]}…"
    return tuple(line if len(line) <= WRAP else f"{line[: WRAP - 1]}…" for line in kept)


def _neighbours(chart: Chart) -> tuple[dict[SceneId, list[SceneId]], dict[SceneId, list[SceneId]]]:
    after: dict[SceneId, list[SceneId]] = {node.id: [] for node in chart.nodes}
    before: dict[SceneId, list[SceneId]] = {node.id: [] for node in chart.nodes}
    for edge in chart.edges:
        if edge.target in after and edge.target != edge.origin:
            after[edge.origin].append(edge.target)
            before[edge.target].append(edge.origin)
    return after, before


def _columns(chart: Chart, after: Mapping[SceneId, list[SceneId]]) -> tuple[dict[SceneId, int], set[SceneId]]:
    """Return each scene's column, and which scenes some road comes to. All endings share the last column."""
    columns: dict[SceneId, int] = {}
    for node in chart.nodes[:1]:
        _spread(node.id, after, columns)
    reached = set(columns)
    for node in chart.nodes:
        _spread(node.id, after, columns)
    middle = [columns[node.id] for node in chart.nodes if node.ending is None]
    last = max(middle, default=-1) + 1
    return columns | {node.id: last for node in chart.nodes if node.ending is not None}, reached


def _spread(start: SceneId, after: Mapping[SceneId, list[SceneId]], columns: dict[SceneId, int]) -> None:
    if start in columns:
        return
    columns[start], waiting = 0, deque([start])
    while waiting:
        here = waiting.popleft()
        for scene in after[here]:
            if scene not in columns:
                columns[scene] = columns[here] + 1
                waiting.append(scene)


def _lane(node: Node, reached: set[SceneId]) -> int:
    return UNREACHED if node.id not in reached else node.step or NO_STEP


def _rows(
    chart: Chart,
    columns: Mapping[SceneId, int],
    lanes: Mapping[SceneId, int],
    near: tuple[Mapping[SceneId, list[SceneId]], Mapping[SceneId, list[SceneId]]],
) -> tuple[dict[SceneId, int], dict[int, int]]:
    """Return each scene's row within its lane, and how many rows each lane needs; endings stand apart from lanes."""
    cells: Cells = {}
    for node in chart.nodes:
        if node.ending is None:
            cells.setdefault((columns[node.id], lanes[node.id]), []).append(node.id)
    sizes: dict[int, int] = {}
    for (_, lane), cell in cells.items():
        sizes[lane] = max(sizes.get(lane, 0), len(cell))
    heights = {lane: sum(sizes.get(above, 0) for above in LANES if above < lane) for lane in LANES}
    rows = {scene: row for cell in cells.values() for row, scene in enumerate(cell)}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        around = near[1] if forth else near[0]
        for column, lane in sorted(cells, reverse=not forth):
            _settle(cells[column, lane], sizes[lane], rows, _wanted(around, rows, lanes, heights, lane))
    return rows, sizes


def _wanted(
    around: Mapping[SceneId, list[SceneId]],
    rows: Mapping[SceneId, int],
    lanes: Mapping[SceneId, int],
    heights: Mapping[int, int],
    lane: int,
) -> Callable[[SceneId], float]:
    """Return the row that a scene would like: the mean of those of its neighbours on one side, its barycentre."""

    def wanted(scene: SceneId) -> float:
        places = [heights[lanes[each]] + rows[each] for each in around[scene] if each in rows]
        return sum(places) / len(places) - heights[lane] if places else float(rows[scene])

    return wanted


def _settle(cell: list[SceneId], size: int, rows: dict[SceneId, int], wanted: Callable[[SceneId], float]) -> None:
    wishes = {scene: wanted(scene) for scene in cell}
    cell.sort(key=lambda scene: (wishes[scene], rows[scene]))
    free = 0
    for at, scene in enumerate(cell):
        rows[scene] = min(max(round(wishes[scene]), free), size - (len(cell) - at))
        free = rows[scene] + 1


def _bands(lanes: Mapping[SceneId, int], sizes: Mapping[int, int], height: float) -> list[Lane]:
    bands: list[Lane] = []
    top = 0.0
    counts = dict.fromkeys(LANES, 0)
    for lane in lanes.values():
        counts[lane] += 1
    for lane in LANES:
        rows = sizes.get(lane, 0)
        if not rows and lane in (NO_STEP, UNREACHED):
            continue
        tall = HEAD + rows * (height + ROW_GAP) - ROW_GAP + FOOT + ROW_GAP / 2 if rows else EMPTY_LANE
        bands.append(Lane(lane, top, tall, counts[lane]))
        top += tall
    return bands


def _ends(
    chart: Chart,
    before: Mapping[SceneId, list[SceneId]],
    ys: Mapping[SceneId, float],
    room: tuple[float, float],
    pitch: float,
) -> dict[SceneId, float]:
    """Return how high each ending stands: near the scenes that lead to it, and never over another."""
    ends = [node.id for node in chart.nodes if node.ending is not None]
    wishes = {end: _mean([ys[scene] for scene in before[end] if scene in ys], room[0]) for end in ends}
    placed: dict[SceneId, float] = {}
    free = room[0]
    for end in sorted(ends, key=lambda end: wishes[end]):
        placed[end] = max(wishes[end], free)
        free = placed[end] + pitch
    # What was pushed out at the bottom goes up again, as far as there is room.
    limit = max(room[1] - pitch + ROW_GAP - FOOT, room[0] + (len(ends) - 1) * pitch)
    for end in reversed(placed):
        placed[end] = min(placed[end], limit)
        limit = placed[end] - pitch
    return placed


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _width(titles: Iterable[tuple[str, ...]]) -> float:
    longest = max((len(line) for lines in titles for line in lines), default=0)
    return float(min(max(round(longest * LETTER) + PADDING, NARROWEST), WIDEST))


def _height(chart: Chart, titles: Mapping[SceneId, tuple[str, ...]]) -> float:
    lines = max((len(found) for found in titles.values()), default=1)
    extra = SMALL_LINE if any(node.remarks for node in chart.nodes) else 0
    return float(16 + lines * TITLE_LINE + SMALL_LINE + extra)
