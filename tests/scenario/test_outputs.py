"""What an author is told of code whose outputs the light page cannot show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.scenario.cells import Cell, Source
from casework.scenario.outputs import PACKAGES, TEXT, VIEW, beyond, check_outputs


def said(*codes: str) -> list[tuple[int, int, str]]:
    cells = tuple(Cell(f"c{number}", "code", code) for number, code in enumerate(codes))
    return [(each.cell, each.line, str(dict(each.values)["name"])) for each in check_outputs(Source("x.ipynb", cells))]


@pytest.mark.parametrize(
    ("code", "line", "name"),
    [
        ("import ipywidgets", 1, "ipywidgets"),
        ("import os\nimport plotly.express as px", 2, "plotly"),
        ("from altair import Chart", 1, "altair"),
        ("if True:\n    import bqplot", 2, "bqplot"),
        ("from IPython.display import display, Javascript", 1, "Javascript"),
        ("from IPython.display import Video", 1, "Video"),
    ],
)
def test_a_package_that_needs_the_full_page_is_named_where_it_is_loaded(code: str, line: int, name: str) -> None:
    assert said("a = 1", code) == [(2, line, name)]


@pytest.mark.parametrize(
    "code",
    [
        "import casework",
        "import pandas as pd\npd.DataFrame()",
        "from IPython.display import display, Image, SVG, HTML, Markdown, clear_output",
        "import anywidget",
        "from .altair import Chart",
        "import altairish",
        "print(1 +",
        "# import ipywidgets",
        "",
    ],
)
def test_text_tables_and_pictures_are_no_remark(code: str) -> None:
    assert said(code) == []


def test_each_cell_gets_one_remark_for_each_name_at_its_first_line() -> None:
    code = "import altair\nimport altair.vegalite\nimport bokeh"

    assert sorted(said(code, "import altair")) == [(1, 1, "altair"), (1, 3, "bokeh"), (2, 1, "altair")]


def test_words_in_the_story_are_no_code() -> None:
    source = Source("x.ipynb", (Cell("a", "markdown", "import ipywidgets"), Cell("b", "raw", "import altair")))

    assert list(check_outputs(source)) == []


@given(st.text())
def test_no_text_in_a_code_cell_is_too_odd_to_be_read(code: str) -> None:
    assert all(name in PACKAGES or name[0].isalpha() for _, _, name in said(code))


@pytest.mark.parametrize(
    ("bundle", "name"),
    [
        ({TEXT: "12"}, ""),
        ({TEXT: "a table", "text/html": "<table></table>"}, ""),
        ({TEXT: "x", "text/html": "<p><SCRIPT>a()</script>"}, "<SCRIPT"),
        ({TEXT: "x", "text/html": '<p onclick="a()">'}, "onclick="),
        ({TEXT: "x", "text/markdown": "**x** for $ 5"}, ""),
        ({TEXT: "x", "text/markdown": "the sum $a+b$"}, "$a+b$"),
        ({TEXT: "x", "image/gif": "R0"}, ""),
        ({TEXT: "x", "image/png": "iVBO", "application/x": "{}"}, ""),
        ({TEXT: "x", "application/vnd.vegalite.v5+json": "{}"}, "application/vnd.vegalite.v5+json"),
        ({TEXT: "x", VIEW: {"model_id": "1"}}, ""),
        ({}, ""),
    ],
)
def test_of_an_output_only_what_the_light_page_lacks_is_named(bundle: dict[str, object], name: str) -> None:
    assert beyond(bundle) == name


def test_a_widget_is_named_after_what_draws_it() -> None:
    assert beyond({VIEW: {"model_id": "1"}}, "@jupyter-widgets/controls") == "@jupyter-widgets/controls"


def test_what_an_earlier_run_showed_is_named_where_the_code_says_nothing() -> None:
    quiet = Cell("a", "code", "chart", shows=("application/x", "application/x"))
    told = Cell("b", "code", "import altair", shows=("application/y",))

    remarks = list(check_outputs(Source("x.ipynb", (quiet, told))))

    assert [(each.cell, dict(each.values)["name"]) for each in remarks] == [(1, "application/x"), (2, "altair")]
