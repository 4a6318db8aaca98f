"""What the code cells of a notebook will show that our light page cannot: found by reading, nothing is run."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

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
    "Audio", "IFrame", "Javascript", "Latex", "Math", "Video", "VimeoVideo", "YouTubeVideo",
})
# fmt: on
DISPLAY = ("IPython.display", "IPython.core.display")
# Our policy lets no script of a text run; a part that needs one would stand there and do nothing.
_LIVE = re.compile(r"<(?:script|iframe|object|embed)\b|\son\w+\s*=|javascript:", re.IGNORECASE)
# A formula is drawn by a package that is as heavy as all the rest of our page.
_FORMULA = re.compile(r"\$\$|\\[(\[]|\$[^\s$][^$\n]*\$")
VIEW = "application/vnd.jupyter.widget-view+json"
TEXT, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
# What a widget that brings its own module is called by every front end.
ANYWIDGET = "anywidget"


def check_outputs(source: Source) -> Iterator[Remark]:
    """Yield what will make a notebook need the full page: one remark for each cell and name.

    Where the code does not say it, what the notebook kept of its last run may.
    """
    for number, cell in enumerate(source.cells, 1):
        if cell.kind == "code":
            lines = {name: line for line, name in reversed(list(_heavy(cell.text)))}
            for name, line in lines.items():
                yield remark("needs-full-page", number, line, name=name)
            for name in () if lines else dict.fromkeys(cell.shows):
                yield remark("needs-full-page", number, name=name)


def beyond(bundle: Mapping[str, Any], module: str = ANYWIDGET) -> str:
    """Return what in an output only the full page can show, as its author may know it; nothing if the light one can.

    *module* is the package that draws the widget, if the output is one.
    """
    if VIEW in bundle:
        return "" if module == ANYWIDGET else module
    if HTML in bundle:
        return _first(_LIVE, bundle[HTML])
    if MARKDOWN in bundle:
        return _first(_LIVE, bundle[MARKDOWN]) or _first(_FORMULA, bundle[MARKDOWN])
    # Where something richer is shown, its text is a stopgap, such as the name of a class.
    rich = [kind for kind in bundle if kind != TEXT]
    return "" if set(rich) & set(PICTURES) else next(iter(rich), "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


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
