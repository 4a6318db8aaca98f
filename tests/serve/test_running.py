"""What a notebook showed, and whether our light page can show it."""

from typing import Any

import pytest

from casework.serve.running import CHANGING, TEXT, WIDGET, Model, Shown, _followed, _taken

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
    said = Shown(bundles=((),))
    for kind, content in messages:
        said = _followed(_taken(said, kind, content), kind, content)
    return said


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

    assert said.bundles == (({TEXT: "12\n"},),)


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([opened("1", _model_module="@jupyter-widgets/controls"), drawn("1")], id="ipywidgets"),
        pytest.param([opened("1", **{**OURS, "_anywidget_id": "x.Y"}), drawn("1")], id="another's anywidget"),
        pytest.param([opened("1", (["view", "a"],), **OURS), drawn("1")], id="bytes"),
        pytest.param([drawn("nowhere")], id="unknown"),
        pytest.param([opened("1", **OURS), drawn("1"), drawn("1")], id="two"),
        pytest.param([shown(text__html="<script>a()</script>")], id="script"),
        pytest.param([shown(text__html='<div onclick = "a()">')], id="handler"),
        pytest.param([shown(text__html='<iframe src="x">')], id="frame"),
        pytest.param([shown(text__latex="$x$", text__plain="x")], id="formula"),
        pytest.param([shown(**{"application__vnd.vegalite.v5": "{}", "text__plain": "a chart"})], id="chart"),
        *(pytest.param([(kind, {})], id=kind) for kind in sorted(CHANGING)),
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
