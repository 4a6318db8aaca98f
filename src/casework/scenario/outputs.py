"""What the code cells of a notebook will show that our light page cannot: found by reading, nothing is run."""

import ast
from collections.abc import Iterator

from casework.scenario.cells import Source
from casework.scenario.diagnostics import Remark, remark

# Packages whose outputs are widgets of their own, or need scripts that our pages do not let run.
# fmt: off
PACKAGES = frozenset({
    "altair", "bokeh", "bqplot", "folium", "holoviews", "hvplot", "ipycanvas", "ipydatagrid", "ipyleaflet",
    "ipympl", "ipyvolume", "ipyvuetify", "ipywidgets", "panel", "plotly", "pydeck", "pythreejs", "solara",
})
# Of IPython's own, what is more than text or a picture.
SHOWS = frozenset({
    "Audio", "IFrame", "Javascript", "Latex", "Markdown", "Math", "Video", "VimeoVideo", "YouTubeVideo",
    "clear_output",
})
# fmt: on
DISPLAY = ("IPython.display", "IPython.core.display")


def check_outputs(source: Source) -> Iterator[Remark]:
    """Yield what will make a notebook need the full page: one remark for each cell and name."""
    for number, cell in enumerate(source.cells, 1):
        if cell.kind == "code":
            lines = {name: line for line, name in reversed(list(_heavy(cell.text)))}
            for name, line in lines.items():
                yield remark("needs-full-page", number, line, name=name)


def _heavy(text: str) -> Iterator[tuple[int, str]]:
    try:
        statements = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in statements:
        match statement:
            case ast.Import(names=names):
                yield from ((statement.lineno, name) for one in names if (name := _package(one.name)) in PACKAGES)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                if _package(module) in PACKAGES:
                    yield statement.lineno, _package(module)
                if module in DISPLAY:
                    yield from ((statement.lineno, one.name) for one in names if one.name in SHOWS)


def _package(module: str) -> str:
    return module.split(".", maxsplit=1)[0]
