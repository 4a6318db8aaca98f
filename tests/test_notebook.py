"""Notebooks on disk: what is read, what is written, and what is said of files that are no good."""

import json
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import notebook
from casework.scenario.cells import Cell, Source

SOURCE = Source(
    "sam.ipynb",
    (
        Cell("voorblad", "markdown", "# De pleister\n\nDit verhaal is verzonnen."),
        Cell("parameters", "code", "decisions = []", ("parameters",)),
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "sam.ipynb"
    found.write_text(notebook.dump(notebook.document(SOURCE)), "utf-8")
    return found


def changed(path: Path, **fields: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8")) | fields
    path.write_text(json.dumps(document), "utf-8")
    return document


def slugs(path: Path) -> list[str]:
    return [each.slug for each in notebook.read(path).diagnostics]


def test_a_notebook_comes_back_as_it_was_written(path: Path) -> None:
    assert notebook.read(path).source == SOURCE


def test_a_new_notebook_is_valid(path: Path) -> None:
    found = nbformat.read(path, as_version=nbformat.NO_CONVERT)

    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor) == (4, 5)


def test_line_ends_and_marks_of_windows_are_read(path: Path) -> None:
    text = path.read_text("utf-8").replace("\n", "\r\n").replace("pleister\\n", "pleister\\r\\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))

    assert notebook.read(path).source == SOURCE


def test_missing_ids_are_made_of_the_title_and_stay_the_same(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    for cell in document["cells"]:
        del cell["id"]
    changed(path, cells=document["cells"], nbformat_minor=4)

    first, second = notebook.read(path), notebook.read(path)

    assert first.source == second.source
    assert first.source is not None
    assert [cell.id for cell in first.source.cells] == ["de-pleister", "cel-2"]
    assert slugs(path) == ["missing-cell-id", "missing-cell-id"]


def test_writing_keeps_outputs_metadata_and_other_cells(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    output = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
    document["cells"][1] |= {"outputs": [output], "execution_count": 3}
    document["metadata"]["mijn"] = {"eigen": True}
    path.write_text(json.dumps(document), "utf-8")
    read = notebook.read(path)
    cells = (Cell("voorblad", "markdown", "# De hechting"), *SOURCE.cells[1:], Cell("nieuw", "code", "pass"))

    said = notebook.write(read, Source("sam.ipynb", cells))

    after = json.loads(path.read_text("utf-8"))
    assert said is None
    assert after["metadata"] == document["metadata"]
    assert after["cells"][1] == document["cells"][1]
    assert after["cells"][0]["source"] == ["# De hechting"]
    assert after["cells"][2]["id"] == "nieuw"
    nbformat.validate(nbformat.from_dict(after))


def test_what_a_cell_showed_that_only_the_full_page_can_is_known(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": ["IntSlider", "()"]}
    live = {"text/html": ["<script>", "</script>"], "text/plain": "x"}
    outputs = [{"data": data} for data in (view, live, {"text/plain": "x"})]
    document["cells"][1]["outputs"] = [*outputs, {"output_type": "stream", "text": "x"}, {"data": 3}, 4]
    models = {"a": {"model_module": "@jupyter-widgets/controls"}, "b": 5}
    kept = {"application/vnd.jupyter.widget-state+json": {"state": models}}

    changed(path, cells=document["cells"], metadata={"widgets": kept})

    found = notebook.read(path).source
    assert found == SOURCE
    assert [cell.shows for cell in found.cells] == [(), ("@jupyter-widgets/controls", "<script")]


def test_writing_leaves_no_other_file(path: Path) -> None:
    read = notebook.read(path)

    notebook.write(read, SOURCE)

    assert [each.name for each in path.parent.iterdir()] == ["sam.ipynb"]


def test_letters_are_written_as_letters(path: Path) -> None:
    notebook.write(notebook.read(path), Source("sam.ipynb", (Cell("voorblad", "markdown", "# Zoë 🚚 שלום"),)))

    assert "# Zoë 🚚 שלום" in path.read_text("utf-8")


def test_half_a_character_is_written_all_the_same(path: Path) -> None:
    said = notebook.write(notebook.read(path), Source("sam.ipynb", (Cell("voorblad", "markdown", "# \ud83d"),)))

    again = notebook.read(path).source
    assert said is None
    assert again is not None
    assert again.cells[0].text == "# \ud83d"


def test_ten_megabytes_of_outputs_are_read_at_once(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    lines = [{"output_type": "stream", "name": "stdout", "text": ["x" * 1000]} for _ in range(10_000)]
    document["cells"][1]["outputs"] = lines
    path.write_text(json.dumps(document), "utf-8")

    before = time.perf_counter()
    found = notebook.read(path)

    assert time.perf_counter() - before < 2
    assert found.source == SOURCE


BROKEN = [
    (b"", "empty-file"),
    (b"\n\n", "empty-file"),
    (b"\x00\x00\x00", "empty-file"),
    (b"null", "not-a-notebook"),
    (b"[]", "not-a-notebook"),
    (b"{}", "not-a-notebook"),
    (b"[" * 100_000, "not-a-notebook"),
    (b'{"cells": [', "half-saved"),
    (b'{"nbformat": 4}', "not-a-notebook"),
    (b'{"nbformat": "4", "cells": []}', "old-notebook"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": {}}', "not-a-notebook"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1]}', "not-a-notebook"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}', "not-a-notebook"),
    (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": [], "cells": []}', "not-a-notebook"),
    (b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "x", "metadata": {}, "source": ""}]}', "not-a-notebook"),
    (b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "raw", "source": 3}]}', "not-a-notebook"),
    (b'{"nbformat": 3, "worksheets": []}', "old-notebook"),
    (b"\xff\xfe{\x00}\x00", "not-utf8"),
    (b"<html>", "not-a-notebook"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "slug"), BROKEN)
def test_bad_content_is_one_remark(path: Path, content: bytes, slug: str) -> None:
    path.write_bytes(content)

    found = notebook.read(path)

    assert found.source is None
    assert slugs(path) == [slug]


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    assert slugs(tmp_path) == ["cannot-read"]


@given(content=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)

    assert notebook.read(path).diagnostics


FIELDS = ["id", "cell_type", "metadata", "source", "tags", "outputs", "execution_count"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["markdown", "code", "raw", 3])},
    optional={field: JSON for field in FIELDS if field != "cell_type"},
)


@given(cells=st.lists(CELL | JSON, max_size=4), metadata=JSON, minor=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_no_json_raises(tmp_path: Path, cells: list[object], metadata: object, minor: object) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": metadata, "cells": cells}), "utf-8")

    found = notebook.read(path)

    assert found.source is not None or found.diagnostics
    if found.source is not None:
        assert notebook.write(found, found.source) is None
