"""The drawing of a case: what stands where, what it says to eyes, ears and programs, and how fast."""

import json
import re
import time
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import library, notebook
from casework.cli import main
from casework.drawing import Chart, Edge, Layout, Node, as_json, chart, lay_out, sketch, svg
from casework.drawing.layout import NO_STEP, UNREACHED
from casework.scenario.diagnostics import Diagnostic, Severity
from casework.scenario.model import Ending
from tests.cases import DUTCH, SCENARIOS, setting
from tests.samples import SAMPLE

SVG = "{http://www.w3.org/2000/svg}"
CLEAN, ERRORS, UNUSABLE = 0, 1, 2
TITLES = ("De kraan", "Een heel lange titel die niet op één regel past", "<b>&\x00", "Aansprakelijkheidsverzekering")


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Return any graph of scenes: circles, ends, loose links and scenes that nobody comes to."""
    count = draw(st.integers(1, 14))
    names = [f"s{at}" for at in range(count)]
    nodes = tuple(
        Node(
            id=name,
            title=draw(st.sampled_from(TITLES)),
            cell=at + 2,
            step=draw(st.none() | st.integers(1, 5)),
            ending=draw(st.none() | st.sampled_from(Ending)),
            remarks=tuple(draw(st.lists(st.sampled_from(Severity), max_size=2))),
        )
        for at, name in enumerate(names)
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from([*names, ""])), max_size=30))
    ends = {node.id for node in nodes if node.ending}
    edges = tuple(Edge(f"c{at}", a, b, "U wacht", "#x") for at, (a, b) in enumerate(pairs) if a not in ends)
    return Chart("Verhaal", nodes, edges)


def drawn(name: str) -> Chart:
    case = setting(name)
    return chart(case.scenario, case.protocol)


def boxes(plan: Layout) -> list[tuple[float, float, float, float]]:
    return [(box.x, box.y, box.x + plan.box_width, box.y + plan.box_height) for box in plan.boxes]


def remark(cell: int, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic("CW000", "x", severity, "x.ipynb", cell, 1, "Er is iets.", "Doe iets.")


# ---- where everything stands


@given(charts())
def test_no_box_stands_on_another_and_all_stand_inside(any_chart: Chart) -> None:
    plan = lay_out(any_chart)

    stand = boxes(plan)
    assert len(stand) == len(any_chart.nodes)
    for at, (left, top, right, bottom) in enumerate(stand):
        assert left >= 0
        assert top >= 0
        assert right <= plan.width
        assert bottom <= plan.height
        for other in stand[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@given(charts())
def test_every_choice_is_one_line_and_long_lines_cross_no_box(any_chart: Chart) -> None:
    plan = lay_out(any_chart)

    assert [line.edge for line in plan.lines] == list(any_chart.edges)
    for line in plan.lines:
        if line.kind in {"far", "back"}:
            numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", line.path)]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            for (x1, y1), (x2, y2) in pairwise(points):
                for left, top, right, bottom in boxes(plan):
                    is_beside = max(x1, x2) <= left or min(x1, x2) >= right
                    assert is_beside or max(y1, y2) <= top or min(y1, y2) >= bottom


@given(charts())
def test_the_same_case_always_gives_the_same_drawing(any_chart: Chart) -> None:
    assert svg(any_chart) == svg(any_chart)


@given(charts())
def test_endings_share_the_last_column_and_a_scene_stands_in_the_band_of_its_step(any_chart: Chart) -> None:
    plan = lay_out(any_chart)

    bands = {lane.step: lane for lane in plan.lanes}
    last = max(box.column for box in plan.boxes)
    for box in plan.boxes:
        if box.node.ending is not None:
            assert box.column == last
            continue
        inside = [
            step
            for step, lane in bands.items()
            if lane.top <= box.y and box.y + plan.box_height <= lane.top + lane.height
        ]
        assert inside in ([box.node.step or NO_STEP], [UNREACHED])


def test_columns_count_the_choices_from_the_start() -> None:
    nodes = tuple(Node(name, name, at, 1) for at, name in enumerate("abcd"))
    edges = tuple(Edge(pair, pair[0], pair[1], pair) for pair in ("ab", "bc", "ac", "cd", "da"))

    plan = lay_out(Chart("x", nodes, edges))

    assert {box.node.id: box.column for box in plan.boxes} == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert {line.edge.choice: line.kind for line in plan.lines} == {
        "ab": "on",
        "bc": "beside",
        "ac": "on",
        "cd": "on",
        "da": "back",
    }


def test_crossings_are_taken_out_where_the_order_allows_it() -> None:
    nodes = tuple(Node(name, name, at, 1) for at, name in enumerate(("start", "a", "b", "x", "y")))
    pairs = (("start", "a"), ("start", "b"), ("b", "x"), ("a", "y"))
    edges = tuple(Edge(f"{one}{other}", one, other, "") for one, other in pairs)

    heights = {box.node.id: box.y for box in lay_out(Chart("x", nodes, edges)).boxes}

    assert (heights["a"] < heights["b"]) == (heights["y"] < heights["x"])


def test_a_scene_that_nobody_comes_to_has_a_band_of_its_own() -> None:
    nodes = (Node("a", "A", 1, 1), Node("b", "B", 2, 1))

    plan = lay_out(Chart("x", nodes, ()))

    assert [lane.step for lane in plan.lanes if lane.count] == [1, UNREACHED]


def test_time_grows_with_the_case_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        nodes = tuple(Node(f"s{at}", f"Scène {at}", at, (at * 7) % 6 or None) for at in range(count))
        pairs = ((at, (at + step) % count) for at in range(count) for step in (1, 2, 9))
        edges = tuple(Edge(f"{a}-{b}", f"s{a}", f"s{b}", "keuze") for a, b in pairs)
        begun = time.perf_counter()
        svg(Chart("x", nodes, edges))
        return time.perf_counter() - begun

    # Four times as large: 4 if it grows in proportion, 16 if with the square; a busy machine gets room.
    assert min(seconds(1600) for _ in range(3)) < 10 * min(seconds(400) for _ in range(3))


# ---- what it says


@given(charts())
def test_the_drawing_is_sound_xml_whatever_a_title_holds(any_chart: Chart) -> None:
    root = ET.fromstring(svg(any_chart))

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "g", "path", "a", "text", "tspan")
    }
    assert len(root.findall(f"{SVG}a")) == len(any_chart.nodes)


def test_a_scene_has_a_name_that_says_all_that_the_box_shows() -> None:
    case = setting("milan")
    tap = next(scene for scene in case.scenario.scenes if scene.title == "De kraan")

    shown = svg(chart(case.scenario, case.protocol, [remark(tap.cell)]))

    assert f'aria-label="De kraan, cel {tap.cell}, {len(tap.choices)} keuzes, 1 opmerking"' in shown
    assert ">1 fout<" in shown
    assert "1 error" in svg(chart(case.scenario, case.protocol, [remark(tap.cell)]), "en")


def test_an_ending_says_its_kind_in_words_and_each_kind_has_a_shape_of_its_own() -> None:
    ends = tuple(Node(kind.value, kind.value, at, ending=kind) for at, kind in enumerate(Ending))
    root = ET.fromstring(svg(Chart("x", (Node("start", "Start", 9, 1), *ends), ())))

    found = {link.get("data-scene"): link for link in root.iter(f"{SVG}a")}
    said = {name: "".join(link.itertext()) for name, link in found.items()}
    shapes = {name: link.find(f"{SVG}path").get("d") for name, link in found.items() if name != "start"}  # type: ignore[union-attr]
    assert "Einde: schade" in said["harm"]
    assert "Einde: verdedigbaar" in said["defensible"]
    assert len(set(shapes.values())) == len(Ending)


def test_a_severity_has_a_shape_of_its_own() -> None:
    def shape(severity: Severity) -> str | None:
        root = ET.fromstring(svg(Chart("x", (Node("a", "A", 1, 1, remarks=(severity,)),), ())))
        return root.find(f".//{SVG}g[@class='{severity.value}']/{SVG}path").get("d")  # type: ignore[union-attr]

    assert len({shape(severity) for severity in Severity}) == len(Severity)


def test_it_stands_alone_in_light_and_dark_and_takes_the_page_s_colours_where_there_are_any() -> None:
    shown = svg(drawn("milan"))

    assert "prefers-color-scheme:dark" in shown
    assert "var(--card,#fff)" in shown
    assert "var(--card,#242220)" in shown
    assert not re.search(r"(href|src|url\()=?\"?https?:", shown.replace('xmlns="http://www.w3.org/2000/svg"', ""))


def test_a_link_that_leads_nowhere_is_drawn_with_what_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "milan.ipynb"
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8")
    path.write_text(text.replace("(#de-kraan)", "(#de-kruin)", 1), encoding="utf-8")
    case, source = library.open_case(path), notebook.read(path).source
    assert source is not None

    found = sketch(source, None, case.diagnostics)

    loose = next(edge for edge in found.edges if not edge.target)
    assert case.scenario is None
    assert loose.wanted == "#de-kruin"
    assert "leidt nergens heen (#de-kruin)" in svg(found)


@pytest.mark.parametrize("name", [*DUTCH, "milan.en"])
def test_the_sketch_of_a_sound_case_is_its_chart(name: str) -> None:
    source = notebook.read(SCENARIOS / f"{name}.ipynb").source
    assert source is not None

    rough, exact = sketch(source, setting(name).protocol), drawn(name)

    assert rough.nodes == exact.nodes
    assert [(edge.origin, edge.target) for edge in rough.edges] == [(edge.origin, edge.target) for edge in exact.edges]


def test_json_has_every_scene_choice_and_remark() -> None:
    case = setting("milan")
    found = as_json(chart(case.scenario, case.protocol), [remark(3)])

    assert [scene["id"] for scene in found["scenes"]] == [scene.id for scene in case.scenario.scenes]
    assert len(found["choices"]) == sum(len(scene.choices) for scene in case.scenario.scenes)
    assert found["findings"][0]["cell"] == 3
    assert json.loads(json.dumps(found)) is not None


def test_a_sample_is_drawn_with_its_start_and_its_signals_unsaid() -> None:
    shown = svg(chart(SAMPLE, library.protocol("meldcode")))

    assert "De deur, begin, cel" in shown
    assert "wound" not in shown


# ---- the command


def test_the_command_writes_what_the_file_s_name_asks_for(tmp_path: Path) -> None:
    assert main(["graph", str(SCENARIOS / "milan.ipynb"), "-o", str(tmp_path / "x.svg")]) == CLEAN
    assert main(["graph", str(SCENARIOS / "milan.ipynb"), "-o", str(tmp_path / "x.json")]) == CLEAN

    assert ET.parse(tmp_path / "x.svg").getroot().tag == f"{SVG}svg"
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["title"] == "Milan en de pakjes"


def test_without_a_file_the_drawing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["graph", str(SCENARIOS / "milan.ipynb"), "--lang", "en"])

    printed = capsys.readouterr().out
    assert code == CLEAN
    assert ET.fromstring(printed).get("lang") == "en"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["milan.ipynb", "-o", "x.png"], "let it end in .svg or .json"),
        (["nowhere.ipynb"], "does not exist"),
        (["milan.ipynb", "-o", "nowhere/x.svg"], "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_or_written_is_said_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["graph", str(SCENARIOS / arguments[0]), *arguments[1:]])

    assert code == UNUSABLE
    assert said in (told := capsys.readouterr().err)
    assert len(told.splitlines()) == 1


def test_a_case_with_errors_is_remarked_on_and_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "milan.ipynb"
    text = (SCENARIOS / "milan.ipynb").read_text(encoding="utf-8")
    path.write_text(text.replace("(#de-kraan)", "(#de-kruin)", 1), encoding="utf-8")

    code = main(["graph", str(path), "-o", str(tmp_path / "x.svg")])

    assert code == ERRORS
    assert "broken-link" in capsys.readouterr().err
    assert not (tmp_path / "x.svg").exists()
