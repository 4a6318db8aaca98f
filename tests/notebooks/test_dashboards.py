"""Every dashboard runs through papermill and shows something."""

from pathlib import Path

import nbformat
import papermill
import pytest
from tests.cases import SCENARIOS

DASHBOARDS = SCENARIOS.parent / "dashboards"


@pytest.mark.parametrize("notebook", sorted(DASHBOARDS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_dashboard_runs_and_its_last_cell_shows_a_table(notebook: Path, tmp_path: Path) -> None:
    target = tmp_path / notebook.name

    papermill.execute_notebook(str(notebook), str(target), cwd=str(DASHBOARDS), progress_bar=False)

    executed = nbformat.read(target, as_version=4)
    shown = [output["data"] for cell in executed.cells for output in cell.get("outputs", []) if "data" in output]
    assert "<table" in shown[-1]["text/html"]
    assert "Milan en de pakjes" in shown[-1]["text/html"]
