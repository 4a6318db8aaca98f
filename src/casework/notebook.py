"""Notebooks on disk: an `.ipynb` file as a `Source`, and back. Bad content is a remark, never an exception."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fastjsonschema

from casework.scenario.cells import Cell, Source
from casework.scenario.compiler import diagnose
from casework.scenario.diagnostics import Both, Diagnostic, Remark, Value, remark
from casework.scenario.outputs import ANYWIDGET, VIEW, beyond
from casework.scenario.titles import cell_id

LARGEST = 50
MEGABYTE = 1_000_000
FORMAT, MINOR = 4, 5
# Of the metadata of a whole notebook, the part that is ours. JupyterLab keeps it when it saves.
OWN = "casework"
# Where a front end keeps what the widgets of a notebook know.
STATES = "application/vnd.jupyter.widget-state+json"
NO_JSON = Both("het bevat gewone tekst of iets anders", "it holds plain text or something else")
NO_CELLS = Both("er zijn geen cellen in te vinden", "no cells can be found in it")


@dataclass(frozen=True, slots=True)
class Notebook:
    """A file as it was read: its cells if it has any, remarks about the file, and a digest of what stood there."""

    path: Path
    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""


class _Stop(Exception):
    """Stops a reading; carries the remark that says why."""

    def __init__(self, slug: str, **values: Value) -> None:
        self.remark = Remark(slug, 0, 0, tuple(values.items()))
        super().__init__(slug)


def read(path: Path, language: str = "nl", *, is_checked: bool = False) -> Notebook:
    """Return what stands in a notebook; if it cannot be read, its `source` is None and a remark says why.

    With `is_checked`, whoever runs this notebook has read it with nbformat already, and it is not asked again.
    """
    try:
        content = _bytes(path)
        document = _document(content, path.name)
        if not is_checked:
            _check(document)
        cells, remarks = _cells(document)
    except _Stop as stop:
        return Notebook(path, None, (diagnose(stop.remark, path.name, language),))
    diagnostics = tuple(diagnose(each, path.name, language) for each in remarks)
    return Notebook(path, Source(path.name, cells), diagnostics, _digest(content))


def write(notebook: Notebook, source: Source, language: str = "nl") -> Diagnostic | None:
    """Store *source* in the file that was read, whole or not at all; return a remark if that could not be done.

    Outputs, metadata and all cells that did not change stay as they are. A file that changed since it was read is left
    alone.
    """
    try:
        found = _document(_unchanged(notebook), notebook.path.name)
        _replace(notebook.path, dump(_merged(found, source)))
    except _Stop as stop:
        return diagnose(stop.remark, notebook.path.name, language)
    return None


def raw(path: Path) -> Mapping[str, Any] | None:
    """Return a notebook as it stands on disk, with outputs and metadata; None where `read` finds no cells either."""
    try:
        return _document(_bytes(path), path.name)
    except _Stop:
        return None


def own_metadata(path: Path) -> Mapping[str, Any]:
    """Return what casework keeps in a notebook's metadata; nothing where nothing is kept, or it cannot be read."""
    metadata = (raw(path) or {}).get("metadata")
    own = metadata.get(OWN) if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def write_metadata(notebook: Notebook, own: Mapping[str, Any], language: str = "nl") -> Diagnostic | None:
    """Store what casework keeps in the metadata of the file that was read; all else stays as it is. As `write`."""
    try:
        found = _document(_unchanged(notebook), notebook.path.name)
        _replace(notebook.path, dump({**found, "metadata": {**found.get("metadata", {}), OWN: dict(own)}}))
    except _Stop as stop:
        return diagnose(stop.remark, notebook.path.name, language)
    return None


def dump(document: Mapping[str, Any]) -> str:
    """Return a notebook as text, laid out as JupyterLab does; lone halves of characters stay escaped."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=1)
    return text + "\n"


def document(source: Source) -> dict[str, Any]:
    """Return a new notebook with these cells."""
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = [_new_cell(cell) for cell in source.cells]
    return {"cells": cells, "metadata": metadata, "nbformat": FORMAT, "nbformat_minor": MINOR}


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST * MEGABYTE:
            raise _Stop("too-large", size=size // MEGABYTE, limit=LARGEST)
        return path.read_bytes()
    except OSError as error:
        raise _Stop("cannot-read", reason=error.strerror or type(error).__name__) from error


def _unchanged(notebook: Notebook) -> bytes:
    content = _bytes(notebook.path)
    if _digest(content) != notebook.digest:
        raise _Stop("changed-on-disk")
    return content


def _document(content: bytes, file: str) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Stop("not-utf8", position=error.start) from error
    if not text.strip("\x00 \t\r\n"):
        raise _Stop("empty-file")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        near = text[max(error.pos - 40, 0) : error.pos].strip().splitlines()
        last = " ".join(near[-1].split()) if near else "-"
        place: dict[str, Value] = {"line": error.lineno, "column": error.colno, "near": last}
        slug = "half-saved" if text.lstrip().startswith("{") else "not-a-notebook"
        raise _Stop(slug, **place, reason=NO_JSON) from error
    except RecursionError as error:
        raise _Stop("not-a-notebook", reason=NO_JSON) from error
    if not isinstance(found, dict) or "nbformat" not in found:
        raise _Stop("not-a-notebook", reason=NO_CELLS)
    if found["nbformat"] != FORMAT:
        raise _Stop("old-notebook", found=str(found["nbformat"]), file=file)
    return found


def _cells(found: dict[str, Any]) -> tuple[tuple[Cell, ...], tuple[Remark, ...]]:
    ids = _ids(found["cells"])
    drawn = _drawn_by(found)
    cells = tuple(
        Cell(fresh, raw["cell_type"], _text(raw), _tags(raw), tuple(_beyond(raw, drawn)))
        for raw, (_, fresh) in zip(found["cells"], ids, strict=True)
    )
    return cells, tuple(_said_of_ids(ids))


def _check(found: dict[str, Any]) -> None:
    """Raise if nbformat would not accept this notebook; outputs and ids are left out, as nothing here needs them."""
    raw_cells = found.get("cells")
    if not isinstance(raw_cells, list) or not all(isinstance(raw, dict) for raw in raw_cells):
        raise _Stop("not-a-notebook", reason=NO_CELLS)
    bare = [
        {key: value for key, value in raw.items() if key not in ("id", "outputs", "attachments")}
        | ({"outputs": []} if raw.get("cell_type") == "code" else {})
        for raw in raw_cells
    ]
    document = {**found, "cells": bare, "nbformat_minor": MINOR - 1}
    try:
        _schema()(document)
    except (fastjsonschema.JsonSchemaException, OSError):
        _say_where(document)


@cache
def _schema() -> Callable[[object], object]:
    """Return nbformat's own schema, compiled, with fields of others allowed."""
    # Importing nbformat takes a second, nearly all of it for a grammar of web addresses that no notebook here has; a
    # trainer who checks a case would wait for that each time.
    spec = find_spec("nbformat")
    folder = Path((spec.submodule_search_locations or [""])[0] if spec else "")
    schema = json.loads((folder / "v4" / f"nbformat.v{FORMAT}.{MINOR - 1}.schema.json").read_text("utf-8"))
    compiled: Callable[[object], object] = fastjsonschema.compile(_relaxed(schema))
    return compiled


def _relaxed(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: True if key == "additionalProperties" and value is False else _relaxed(value)
            for key, value in schema.items()
        }
    return [_relaxed(each) for each in schema] if isinstance(schema, list) else schema


def _say_where(document: dict[str, Any]) -> None:
    """Raise for the place that nbformat points at: it knows more of what is wrong, and is worth its second then."""
    import nbformat  # noqa: PLC0415
    from nbformat.validator import NotebookValidationError  # noqa: PLC0415

    try:
        nbformat.validate(document, relax_add_props=True)
    except (NotebookValidationError, ValueError, TypeError, AttributeError, KeyError) as error:
        place = getattr(error, "relative_path", ()) or getattr(error, "path", ())
        where = _place(place)
        raise _Stop("not-a-notebook", reason=Both(f"{where} klopt niet", f"{where} is wrong")) from error


def _place(path: object) -> str:
    parts = list(path) if hasattr(path, "__iter__") else []
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def _ids(raw_cells: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return for each cell the id it has and the one it gets; the same text gives the same ids every time."""
    own = [raw["id"] if isinstance(raw.get("id"), str) else "" for raw in raw_cells]
    taken = set(own) - {""}
    given: set[str] = set()
    ids: list[tuple[str, str]] = []
    for number, (raw, old) in enumerate(zip(raw_cells, own, strict=True), 1):
        fresh = old
        if not old or old in given:
            fresh = cell_id(_title(raw), taken | given, number)
        given.add(fresh)
        ids.append((old, fresh))
    return ids


def _said_of_ids(ids: list[tuple[str, str]]) -> Iterator[Remark]:
    for number, (old, fresh) in enumerate(ids, 1):
        if not old:
            yield remark("missing-cell-id", number, id=fresh)
        elif old != fresh:
            yield remark("duplicate-cell-id", number, old=old, id=fresh)


def _title(raw: dict[str, Any]) -> str:
    heads = [line.strip("# ") for line in _text(raw).split("\n") if line.lstrip().startswith("#")]
    return heads[0] if heads and raw["cell_type"] == "markdown" else ""


def _text(raw: dict[str, Any]) -> str:
    source = raw.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tags(raw: dict[str, Any]) -> tuple[str, ...]:
    metadata = raw.get("metadata")
    tags = metadata.get("tags", ()) if isinstance(metadata, dict) else ()
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def _beyond(raw: dict[str, Any], drawn: Mapping[str, str]) -> Iterator[str]:
    """Yield what an earlier run showed that only the full page can show; *drawn* has the package of each widget."""
    outputs = raw.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        kept = output.get("data") if isinstance(output, dict) else None
        bundle = {kind: _whole(said) for kind, said in kept.items()} if isinstance(kept, dict) else {}
        view = bundle.get(VIEW)
        model = str(view.get("model_id", "")) if isinstance(view, dict) else ""
        if name := beyond(bundle, drawn.get(model, ANYWIDGET)):
            yield name


def _whole(said: object) -> object:
    if isinstance(said, dict):
        return said
    return "".join(map(str, said)) if isinstance(said, list) else str(said)


def _drawn_by(found: dict[str, Any]) -> dict[str, str]:
    """Return the packages that draw the widgets of which the notebook kept the state, by their ids."""
    place: object = found
    for name in ("metadata", "widgets", STATES, "state"):
        place = place.get(name) if isinstance(place, dict) else None
    known = place.items() if isinstance(place, dict) else ()
    return {name: str(model.get("model_module", ANYWIDGET)) for name, model in known if isinstance(model, dict)}


def _merged(found: dict[str, Any], source: Source) -> dict[str, Any]:
    raw_cells = found["cells"]
    known = {fresh: raw for raw, (_, fresh) in zip(raw_cells, _ids(raw_cells), strict=True)}
    cells = [_changed(known[cell.id], cell) if cell.id in known else _new_cell(cell) for cell in source.cells]
    minor = found.get("nbformat_minor")
    # Cell ids came with 4.5: under a lower number, Jupyter would throw them away again.
    newer = minor if isinstance(minor, int) and minor > MINOR else MINOR
    return {**found, "cells": cells, "nbformat_minor": newer}


def _changed(raw: dict[str, Any], cell: Cell) -> dict[str, Any]:
    if _text(raw) == cell.text and raw.get("id") == cell.id:
        return raw
    text = raw["source"] if _text(raw) == cell.text else cell.text.splitlines(keepends=True)
    return {**raw, "id": cell.id, "source": text}


def _new_cell(cell: Cell) -> dict[str, Any]:
    metadata = {"tags": list(cell.tags)} if cell.tags else {}
    raw: dict[str, Any] = {"cell_type": cell.kind}
    if cell.kind == "code":
        raw["execution_count"] = None
    raw |= {"id": cell.id, "metadata": metadata}
    if cell.kind == "code":
        raw["outputs"] = []
    return raw | {"source": cell.text.splitlines(keepends=True)}


def _replace(path: Path, text: str) -> None:
    # A full disk or a pulled plug halfway through a plain write would leave half a notebook.
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise _Stop("cannot-write", reason=error.strerror or type(error).__name__) from error


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
