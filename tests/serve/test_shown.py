"""What a notebook showed, and whether our light page can show it."""

from typing import Any

import pytest

from casework.serve.shown import TEXT, WIDGET, Model, Shown, begun, taken

OURS = {"_model_module": "anywidget", "_anywidget_id": "casework.widgets.player.LeanPlayer", "view": {"a": 1}}


def opened(comm: str, buffers: tuple[Any, ...] = (), **state: Any) -> tuple[str, dict[str, Any]]:
    return "comm_open", {"comm_id": comm, "data": {"state": state, "buffer_paths": list(buffers)}}


def drawn(comm: str) -> tuple[str, dict[str, Any]]:
    return "display_data", {"data": {WIDGET: {"model_id": comm}, TEXT: "a player"}}


def shown(**bundle: str) -> tuple[str, dict[str, Any]]:
    return "display_data", {
        "data": {name.replace("__", "/").replace("_xml", "+xml"): said for name, said in bundle.items()}
    }


def heard(*messages: tuple[str, dict[str, Any]]) -> Shown:
    said = begun(Shown(), "asked")
    for kind, content in messages:
        said = taken(said, kind, content)
    return said


def displayed(text: str, name: str = "", kind: str = "display_data") -> tuple[str, dict[str, Any]]:
    return kind, {"data": {TEXT: text}, "transient": {"display_id": name}}


def texts(said: Shown) -> list[list[str]]:
    return [[str(output.bundle.get(TEXT, "")) for output in cell.outputs] for cell in said.cells]


def test_a_widget_of_ours_fits_and_its_state_is_known_without_what_a_notebook_adds() -> None:
    said = heard(opened("1", **OURS), drawn("1"))

    assert said.fits
    assert said.player == "1"
    assert said.state == {"view": {"a": 1}}


def test_what_a_widget_told_later_is_its_state() -> None:
    update = {"comm_id": "1", "data": {"method": "update", "state": {"view": {"a": 2}}, "buffer_paths": []}}

    assert heard(opened("1", **OURS), drawn("1"), ("comm_msg", update)).state == {"view": {"a": 2}}


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(shown(text__plain="12"), id="text"),
        pytest.param(shown(text__html="<table></table>", text__plain="a table"), id="table"),
        pytest.param(shown(image__png="iVBO", text__plain="a picture"), id="png"),
        pytest.param(shown(image__svg_xml="<svg/>", text__plain="a drawing"), id="svg"),
        pytest.param(("stream", {"name": "stdout", "text": "12\n"}), id="printed"),
        pytest.param(("stream", {"name": "stderr", "text": "careful"}), id="warning"),
    ],
)
def test_text_and_pictures_fit_beside_it(message: tuple[str, dict[str, Any]]) -> None:
    assert heard(opened("1", **OURS), drawn("1"), message).fits


def test_a_warning_is_not_shown_and_what_is_printed_is() -> None:
    said = heard(("stream", {"name": "stderr", "text": "careful"}), ("stream", {"name": "stdout", "text": "12\n"}))

    assert said.bundles == ({TEXT: "12\n"},)


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([opened("1", _model_module="@jupyter-widgets/controls"), drawn("1")], id="ipywidgets"),
        pytest.param([drawn("nowhere")], id="unknown"),
        pytest.param([opened("1", **OURS), drawn("1"), drawn("1")], id="two"),
        pytest.param([shown(text__html="<script>a()</script>")], id="script"),
        pytest.param([shown(text__html='<div onclick = "a()">')], id="handler"),
        pytest.param([shown(text__html='<iframe src="x">')], id="frame"),
        pytest.param([shown(text__latex="$x$", text__plain="x")], id="formula"),
        pytest.param([shown(**{"application__vnd.vegalite.v5": "{}", "text__plain": "a chart"})], id="chart"),
        pytest.param([shown(text__markdown="$$x$$", text__plain="x")], id="formula in a text"),
        pytest.param([opened("1", _model_module="@jupyter-widgets/controls", _model_name="LinkModel")], id="link"),
    ],
)
def test_anything_else_needs_the_full_page(messages: list[tuple[str, dict[str, Any]]]) -> None:
    assert not heard(*messages).fits


def test_an_error_is_told_apart_from_what_does_not_fit() -> None:
    said = heard(("error", {"ename": "ValueError"}))

    assert said.failed
    assert said.fits
    assert said.state == {}
    assert Model().module == ""


def test_other_people_s_widgets_fit_as_many_as_there_are_with_bytes_and_beside_ours() -> None:
    theirs = {"_model_module": "anywidget", "_anywidget_id": "x.Y", "_esm": "export default {}"}
    said = heard(
        opened("1", **theirs), drawn("1"), drawn("1"), opened("2", (["photo"],), **theirs), drawn("2"),
        opened("3", **OURS), drawn("3"), shown(text__markdown="**12**", text__plain="12"), shown(image__gif="R0"),
    )  # fmt: skip

    assert said.fits
    assert said.player == "3"
    assert [guest.has_buffers for guest in said.guests] == [False, False, True]


def test_what_is_taken_back_or_shown_anew_is_not_there_any_more() -> None:
    said = heard(displayed("a", "x"), displayed("b"), displayed("c", "x", "update_display_data"))

    assert texts(said) == [["c", "b"]]
    assert texts(taken(said, "clear_output", {"wait": False})) == [[]]


def test_what_passes_goes_when_something_else_comes_and_only_in_its_own_cell() -> None:
    said = taken(begun(heard(displayed("a")), "next"), *displayed("b"))
    passing = taken(said, "clear_output", {"wait": True})

    assert texts(passing) == [["a"], ["b"]]
    assert texts(taken(passing, *displayed("c"))) == [["a"], ["c"]]


def test_a_widget_that_is_closed_goes_with_its_places() -> None:
    said = heard(opened("1", **OURS), drawn("1"), displayed("a"), ("comm_close", {"comm_id": "1", "data": {}}))

    assert said.fits
    assert said.drawn == ()
    assert texts(said) == [["a"]]
    assert said.cells[0].asked == "asked"
