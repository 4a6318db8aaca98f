"""The ways to serve a case that are compared, and the folder that all of them serve from."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
FOLDERS = ("scenarios", "dashboards")
# What a dashboard begins with.
IMPORTS = "import altair as alt\nimport pandas as pd"
# Two widgets of other people below the story.
GUESTS = """from IPython.display import display
from wigglystuff import Slider2D, SortableList

display(SortableList(["a", "b"]), Slider2D(width=200, height=200))"""
PATIENT = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to serve a case: a program with its arguments, and where it shows a case.

    `against` are the kinds that it is divided by; `tries` is how often a visitor may come again who was turned away.
    `imports` says that the notebook loads pandas and Altair, `has_guests` that it ends with other people's widgets, and
    `is_apart` that it needs the packages of the extra `bench`. One with guests is measured where its name is given.
    """

    name: str
    title: str
    command: tuple[str, ...]
    path: str
    against: tuple[str, ...] = ()
    tries: int = 1
    imports: bool = False
    has_guests: bool = False
    is_apart: bool = False

    def address(self, port: int, case: str) -> str:
        """Return where this server shows a case."""
        return f"http://{HOST}:{port}{self.path.format(case=case)}"


_CASEWORK = ("-m", "casework", "serve", "--no-browser", "--port", "{port}", "--store", "{store}")
_VOILA = ("-m", "voila", "scenarios", "--no-browser", "--port", "{port}", "--Voila.port_retries=0")
_RIVAL = str(Path(__file__).with_name("rival.py"))
_SOLARA = ("-m", "solara", "run", _RIVAL, "--production", "--no-open", "--host", HOST, "--port", "{port}")

CASEWORK = Kind("casework", "casework serve", _CASEWORK, "/case/{case}")
CASEWORK_PANDAS = Kind(
    "casework-pandas", "casework serve, pandas and Altair", _CASEWORK, "/case/{case}", ("casework",), imports=True
)
# Of a hundred who come at once, stock Voilà turns some away with an error of its own, by a race; they come again.
VOILA = Kind("voila", "stock Voilà", _VOILA, "/voila/render/{case}.ipynb", ("casework",), PATIENT)
VOILA_PANDAS = Kind(
    "voila-pandas",
    "stock Voilà, pandas and Altair",
    _VOILA,
    "/voila/render/{case}.ipynb",
    ("casework", "casework-pandas"),
    PATIENT,
    imports=True,
)
SOLARA = Kind("solara", "Solara", _SOLARA, "/", ("casework",), is_apart=True)
CASEWORK_GUESTS = replace(CASEWORK, name="casework-guests", title="casework serve, with guests", has_guests=True)
VOILA_GUESTS = replace(
    VOILA,
    name="voila-guests",
    title="stock Voilà, with guests",
    against=("casework-guests",),
    has_guests=True,
)
KINDS = (CASEWORK, VOILA, SOLARA, CASEWORK_PANDAS, VOILA_PANDAS, CASEWORK_GUESTS, VOILA_GUESTS)
USUAL = tuple(kind for kind in KINDS if not kind.has_guests)


def lay(folder: Path, case: str, *, imports: bool = False, has_guests: bool = False) -> Path:
    """Lay out a copy of the cases and the dashboards in a folder, and return the notebook of the case in it."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    notebook = folder / "scenarios" / f"{case}.ipynb"
    if imports:
        notebook.write_text(importing(notebook.read_text("utf-8")), "utf-8")
    if has_guests:
        notebook.write_text(hosting(notebook.read_text("utf-8")), "utf-8")
    return notebook


def importing(notebook: str) -> str:
    """Return a notebook that loads pandas and Altair before its first code cell, and is the same otherwise."""
    cells = json.loads(notebook)["cells"]
    place = next(number for number, cell in enumerate(cells) if cell["cell_type"] == "code")
    return _with(notebook, place, "imports", IMPORTS)


def hosting(notebook: str) -> str:
    """Return a notebook that shows widgets of other people after all else, and is the same otherwise."""
    return _with(notebook, len(json.loads(notebook)["cells"]), "guests", GUESTS)


def _with(notebook: str, place: int, name: str, code: str) -> str:
    told = json.loads(notebook)
    cell = {"cell_type": "code", "id": name, "metadata": {}, "source": code}
    told["cells"].insert(place, {**cell, "execution_count": None, "outputs": []})
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
