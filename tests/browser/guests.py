"""Notebooks with widgets that bring their own modules: other people's, and small ones that each do one thing."""

import json
from pathlib import Path
from typing import Any

BEGIN = """import anywidget
import traitlets
from IPython.display import HTML, Image, Markdown, SVG, clear_output, display
"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

LIST = """from wigglystuff import SortableList

first = SortableList(["hek", "sleutel"], addable=True, removable=True, label="Wat valt u op?")
first"""
PICTURE = f"""import base64

from IPython.display import SVG, Image, display

print("hek,", first.value[1])
display(Image(data=base64.b64decode("{DOT}")))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='90'><circle r='4'/></svg>"))"""
SECOND = """from wigglystuff import Slider2D

second = Slider2D(x=0.5, y=0.25, width=200, height=200)
second"""
HELD = """from wigglystuff import GridDraw, Pip

Pip(GridDraw(rows=3, cols=3, width=120, height=120))"""

# Sends bytes as a trait and in a message; the kernel turns each round and sends it back.
ECHO = '''class Echo(anywidget.AnyWidget):
    _esm = """
    const shown = (bytes) => [...new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)].join(" ");
    export default { render({ model, el }) {
      const button = Object.assign(document.createElement("button"), { textContent: "Stuur" });
      const [trait, deep, said] = [0, 1, 2].map(() => document.createElement("output"));
      const show = () => {
        trait.textContent = shown(model.get("photo"));
        deep.textContent = shown(model.get("deep").list[1]);
      };
      model.on("change:photo change:deep", show);
      model.on("msg:custom", (content, buffers) => { said.textContent = `${content.kind} ${buffers.map(shown)}`; });
      button.onclick = () => {
        model.set("photo", new Uint8Array([7, 8, 9]));
        model.set("deep", { list: [1, new Uint8Array([4, 5])] });
        model.save_changes();
        model.send({ kind: "there" }, undefined, [new Uint8Array([1, 2, 3]), new Uint8Array([250])]);
      };
      el.append(button, trait, deep, said);
      show();
    } };
    """
    photo = traitlets.Any(b"\\x01\\x02").tag(sync=True)
    deep = traitlets.Dict({"list": [1, b"\\x03"]}).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(self._heard)
        self.observe(self._turn, "photo")

    def _heard(self, _widget, content, buffers):
        self.send({"kind": "back"}, [bytes(reversed(bytes(one))) for one in buffers])

    def _turn(self, change):
        if bytes(change.new) == b"\\x07\\x08\\x09":
            self.photo = b"\\x09\\x08\\x07"


echo = Echo()
echo'''

# Asks the kernel something, and waits for the answer.
ASKS = '''from anywidget.experimental import MimeBundleDescriptor, command


class Asks(anywidget.AnyWidget):
    _esm = """
    export default { render({ el, experimental }) {
      const button = Object.assign(document.createElement("button"), { textContent: "Vraag" });
      const said = document.createElement("output");
      button.onclick = async () => { said.textContent = (await experimental.invoke("_double", 21))[0]; };
      el.append(button, said);
    } };
    """

    @command
    def _double(self, msg, buffers):
        return msg * 2, buffers


class Plain:
    _repr_mimebundle_ = MimeBundleDescriptor(
        _esm="export default { render({ model, el }) { el.textContent = `los: ${model.get('value')}`; } };",
        follow_changes=False,
    )

    def _get_anywidget_state(self, include):
        return {"value": 5}


plain = Plain()
display(Asks(), plain)'''

COUNTER = '''class Counter(anywidget.AnyWidget):
    _esm = """
    export default {
      initialize({ model }) { model.on("change:value", () => globalThis.changes = (globalThis.changes ?? 0) + 1); },
      render({ model, el }) {
        const button = Object.assign(document.createElement("button"), { className: "teller" });
        const show = () => { button.textContent = `${model.get("name")}: ${model.get("value")}`; };
        button.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
        model.on("change:value", show);
        el.append(button);
        show();
        return () => { globalThis.left = (globalThis.left ?? 0) + 1; };
      },
    };
    """
    _css = ".teller { border: 3px solid rgb(1, 2, 3); }"
    value = traitlets.Int(0).tag(sync=True)
    name = traitlets.Unicode("").tag(sync=True)


one, two = Counter(name="een"), Counter(name="twee")
traitlets.link((one, "value"), (two, "value"))
one.layout.width = "150px"
display(one, two, one)'''

PARENT = '''import ipywidgets


class Parent(anywidget.AnyWidget):
    _esm = """
    export default { async render({ model, el }) {
      const child = await model.widget_manager.get_model(model.get("child").slice(10));
      const said = document.createElement("output");
      const show = () => { said.textContent = `kind: ${child.get("value")}`; };
      child.on("change:value", show);
      show();
      el.append(said, (await model.widget_manager.create_view(child)).el);
    } };
    """
    child = traitlets.Instance(anywidget.AnyWidget).tag(sync=True, **ipywidgets.widget_serialization)


Parent(child=one)'''

# Shows more when it is pressed: what `press(kind)` does.
BUTTONS = '''class Buttons(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      for (const kind of model.get("kinds")) {
        const button = Object.assign(document.createElement("button"), { textContent: kind });
        button.onclick = () => model.send(kind);
        el.append(button);
      }
      el.append(document.createElement("input"));
    } };
    """
    kinds = traitlets.List().tag(sync=True)


buttons = Buttons(kinds=list(press))
buttons.on_msg(lambda _widget, kind, _buffers: press[kind]())
buttons'''

LATER = """def close():
    shown[-1].close()


def show():
    shown.append(Counter(name="later"))
    display(shown[-1])


def wipe():
    clear_output(wait=True)
    print("schoon")


def fail():
    raise ValueError("geheim")


shown = []
spot = display(Markdown("**vast**"), display_id=True)
press = {"toon": show, "druk": lambda: print("gedrukt"), "sluit": close, "wis": wipe, "fout": fail,
         "ververs": lambda: spot.update({"text/plain": "ververst"}, raw=True),
         "smal": lambda: one.layout.set_trait("width", "90px")}"""
BEYOND = """import ipywidgets

press = {"schuif": lambda: display(ipywidgets.IntSlider(value=7))}"""

BROKEN = """class Broken(anywidget.AnyWidget):
    _esm = "export default { render() { throw new Error('stuk'); } };"


class Wrong(anywidget.AnyWidget):
    _esm = "import nothing from './nergens.js'; export default { render() {} };"


display(Broken(), Wrong())"""
EVAL = """class Eval(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = new Function('return 6 * 7')(); } };"


Eval()"""
CLEARED = """print("weg")
clear_output()
handle = display(Markdown("*eerst*"), display_id=True)
handle.update(Markdown("*daarna* met een [verwijzing](#hier)"))
clear_output(wait=True)
print("blijft")"""


def notebook(*cells: str) -> dict[str, Any]:
    """Return a page for trainees: what begins with `#` is a text, all else is code."""
    made = [_cell(number, said) for number, said in enumerate(cells)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {
        "cells": made,
        "metadata": {"kernelspec": kernel, "casework": {"for": "trainee"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write(folder: Path, name: str, *cells: str) -> None:
    """Write such a notebook among the dashboards."""
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook(*cells)), "utf-8")


def _cell(number: int, said: str) -> dict[str, Any]:
    common = {"id": f"cel-{number}", "metadata": {}, "source": said}
    if said.startswith("#"):
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **common}
