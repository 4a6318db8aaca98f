"""What widgets bring along, as files: once each, the newest, and only what a kernel said."""

import json
from typing import Any

from casework.serve.assets import FOR_EVER
from casework.serve.modules import Modules
from casework.serve.shown import Shown, begun, taken

ESM, CSS = "export default {};", "p { color: red }"


def message(**data: Any) -> list[bytes]:
    return [b"{}", b"{}", b"{}", json.dumps({"comm_id": "1", "data": data}).encode(), b"bytes"]


def state_of(parts: list[bytes]) -> Any:
    return json.loads(parts[3])["data"]["state"]


def test_a_module_and_a_sheet_leave_a_message_as_names_and_are_found_under_these() -> None:
    modules = Modules()

    parts = modules.lighten(message(state={"_esm": ESM, "_css": CSS, "value": 1}))

    state = state_of(parts)
    assert [modules.find(state[key]) for key in ("_esm", "_css")] != [None, None]
    found = modules.find(state["_esm"])
    assert found is not None
    assert (found[0].plain, found[0].kind, found[1]) == (ESM.encode(), "text/javascript; charset=utf-8", FOR_EVER)
    assert state["value"] == 1
    assert parts[4] == b"bytes"


def test_an_address_elsewhere_stays_and_so_does_a_message_without_modules() -> None:
    modules = Modules()

    assert state_of(modules.lighten(message(state={"_esm": "https://x.test/y.js"})))["_esm"] == "https://x.test/y.js"
    assert modules.lighten(message(state={"a": "_esm"})) == message(state={"a": "_esm"})
    assert state_of(modules.lighten(message(state={"_esm": 3})))["_esm"] == 3
    assert modules.lighten(message(state='"_esm"')) == message(state='"_esm"')


def test_what_was_asked_for_longest_ago_goes_first_and_the_newest_never() -> None:
    texts = [f"export default {number};" for number in range(3)]
    modules = Modules(most=2 * len(texts[0]))

    first, second = (modules.keep(text, ".js") for text in texts[:2])
    modules.keep(texts[0], ".js")
    third = modules.keep(texts[2], ".js")

    assert modules.find(second) is None
    assert modules.find(first)
    assert modules.find(third)
    large = modules.keep("x" * 1000, ".js")
    assert modules.find(large)
    assert modules.find(first) is None


def test_a_page_knows_what_the_widgets_on_it_bring_each_thing_once() -> None:
    modules, said = Modules(), begun(Shown(), "1")
    for name in ("a", "b"):
        state = {"_model_module": "anywidget", "_esm": ESM, "_css": CSS if name == "a" else ""}
        said = taken(said, "comm_open", {"comm_id": name, "data": {"state": state}})
        said = taken(said, "display_data", {"data": {"application/vnd.jupyter.widget-view+json": {"model_id": name}}})

    names = modules.names(said)

    assert len(names) == 2
    assert all(modules.find(name) for name in names)


def test_a_widget_that_may_not_answer_is_known_to_the_page_by_its_state() -> None:
    modules, said = Modules(), begun(Shown(), "1")
    theirs = {"_model_module": "anywidget", "_esm": ESM, "value": 1}
    for name, state in {"a": theirs, "b": {**theirs, "layout": "IPY_MODEL_c"}}.items():
        said = taken(said, "comm_open", {"comm_id": name, "data": {"state": state}})
        said = taken(said, "display_data", {"data": {"application/vnd.jupyter.widget-view+json": {"model_id": name}}})

    assert modules.silent(said) == {"a": {**theirs, "_esm": modules.keep(ESM, ".js")}}


def test_a_name_that_no_kernel_said_is_not_found() -> None:
    assert Modules().find("widget.0123456789ab.js") is None
