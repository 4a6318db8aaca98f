"""What a notebook showed, and whether our light page can show it: values, made of what its kernel said."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casework.scenario.outputs import ANYWIDGET, TEXT, beyond
from casework.widgets.mime import WIDGET

OURS = "casework."
# These are never shown, and still do something in the page: they hold two widgets together.
LINKS = re.compile(r"^(?:Directional)?LinkModel$")

Bundle = Mapping[str, Any]
Bundles = tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A widget: what it knows by now, the module that draws it and its kind among that."""

    state: Mapping[str, Any] = field(default_factory=dict)
    has_buffers: bool = False

    @property
    def module(self) -> str:
        """The package on the page that draws it; what brings its own module names anywidget's."""
        return str(self.state.get("_model_module", ""))

    @property
    def name(self) -> str:
        """What kind of widget it is in that package."""
        return str(self.state.get("_model_name", ""))

    @property
    def is_ours(self) -> bool:
        """Whether the light page has the module that draws it."""
        is_named = str(self.state.get("_anywidget_id", "")).startswith(OURS)
        return self.module == ANYWIDGET and is_named and not self.has_buffers

    @property
    def is_somebody_s(self) -> bool:
        """Whether it brings its own module, which the light page can run."""
        return self.module == ANYWIDGET and not self.is_ours

    @property
    def is_silent(self) -> bool:
        """Whether it brings its own module and is no class of ipywidgets: every one of these has a layout."""
        return self.is_somebody_s and "layout" not in self.state and not self.has_buffers


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that was shown, in the forms that it has; by its `name`, if it has one, it may be shown anew."""

    bundle: Bundle
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a code cell showed; `asked` is the message that ran it: what it shows later answers that one too.

    `is_passing`: what it showed goes as soon as it shows something else.
    """

    asked: str = ""
    outputs: tuple[Output, ...] = ()
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook showed: its code cells in order, and its widgets by id.

    `failed` says that a cell ended in an error; no further one ran.
    """

    cells: tuple[Cell, ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict)
    failed: bool = False

    @property
    def bundles(self) -> Bundles:
        """All that is shown, in order."""
        return tuple(output.bundle for cell in self.cells for output in cell.outputs)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The models of the widgets that are shown, in order."""
        return tuple(bundle[WIDGET]["model_id"] for bundle in self.bundles if WIDGET in bundle)

    @property
    def player(self) -> str:
        """The model of our own widget that is shown; empty if there is none."""
        return next((model for model in self.drawn if self._model(model).is_ours), "")

    @property
    def state(self) -> dict[str, Any]:
        """What our own widget knows, without what every widget carries along for a notebook."""
        known = self._model(self.player).state
        return {name: value for name, value in known.items() if not name.startswith("_")}

    @property
    def guests(self) -> tuple[Model, ...]:
        """The widgets that are shown and bring their own module, in order."""
        return tuple(model for each in self.drawn if (model := self._model(each)).is_somebody_s)

    @property
    def fits(self) -> bool:
        """Whether the light page can show all of it: one widget of ours at most, anywidgets, text and pictures."""
        ours = [model for model in self.drawn if self._model(model).is_ours]
        is_known = all(self._model(model).module == ANYWIDGET for model in self.drawn)
        is_linked = any(LINKS.match(model.name) for model in self.models.values())
        return len(ours) < 2 and is_known and not is_linked and not any(beyond(bundle) for bundle in self.bundles)

    def _model(self, name: str) -> Model:
        return self.models.get(name, Model())


def begun(shown: Shown, asked: str) -> Shown:
    """Return what was shown by now, with a further cell that this message runs."""
    return replace(shown, cells=(*shown.cells, Cell(asked)))


def taken(shown: Shown, kind: str, content: Mapping[str, Any]) -> Shown:
    """Return what was shown by now, with what this message shows, takes back or tells of a widget."""
    return _TAKEN[kind](shown, content) if kind in _TAKEN else shown


def _failed(shown: Shown, _content: Mapping[str, Any]) -> Shown:
    return replace(shown, failed=True)


def _cleared(shown: Shown, content: Mapping[str, Any]) -> Shown:
    return _last(shown, is_passing=True) if content.get("wait") else _last(shown, outputs=())


def _printed(shown: Shown, content: Mapping[str, Any]) -> Shown:
    # What goes to the other stream are warnings, to whoever runs the server.
    return _added(shown, Output({TEXT: content["text"]})) if content["name"] == "stdout" else shown


def _displayed(shown: Shown, content: Mapping[str, Any]) -> Shown:
    return _added(shown, Output(content["data"], _name(content)))


def _name(content: Mapping[str, Any]) -> str:
    return str((content.get("transient") or {}).get("display_id", ""))


def _last(shown: Shown, **values: Any) -> Shown:
    *before, last = shown.cells
    return replace(shown, cells=(*before, replace(last, **values)))


def _added(shown: Shown, output: Output) -> Shown:
    last = shown.cells[-1]
    before = () if last.is_passing else last.outputs
    return _last(shown, outputs=(*before, output), is_passing=False)


def _renewed(shown: Shown, content: Mapping[str, Any]) -> Shown:
    output = Output(content["data"], _name(content))
    renewed = (
        replace(cell, outputs=tuple(output if output.name == each.name else each for each in cell.outputs))
        for cell in shown.cells
    )
    return replace(shown, cells=tuple(renewed))


def _closed(shown: Shown, content: Mapping[str, Any]) -> Shown:
    """Return what is left when a widget has been closed: it goes from the page too."""
    comm = content["comm_id"]
    left = (replace(cell, outputs=tuple(_without(cell, comm))) for cell in shown.cells)
    models = {name: model for name, model in shown.models.items() if name != comm}
    return replace(shown, cells=tuple(left), models=models)


def _without(cell: Cell, comm: str) -> Iterator[Output]:
    return (each for each in cell.outputs if each.bundle.get(WIDGET, {}).get("model_id") != comm)


def _opened(shown: Shown, content: Mapping[str, Any]) -> Shown:
    return _told(shown, content["comm_id"], content["data"]) if content.get("data") else shown


def _followed(shown: Shown, content: Mapping[str, Any]) -> Shown:
    is_state = (content.get("data") or {}).get("method") == "update"
    return _told(shown, content["comm_id"], content["data"]) if is_state else shown


def _told(shown: Shown, comm: str, said: Mapping[str, Any]) -> Shown:
    before = shown.models.get(comm, Model())
    has_buffers = before.has_buffers or bool(said.get("buffer_paths"))
    model = Model({**before.state, **said.get("state", {})}, has_buffers)
    return replace(shown, models={**shown.models, comm: model})


# By the kind of the message.
_TAKEN: Mapping[str, Callable[[Shown, Mapping[str, Any]], Shown]] = {
    "clear_output": _cleared,
    "comm_close": _closed,
    "comm_msg": _followed,
    "comm_open": _opened,
    "display_data": _displayed,
    "error": _failed,
    "execute_result": _displayed,
    "stream": _printed,
    "update_display_data": _renewed,
}
