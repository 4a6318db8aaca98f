"""papermill with kernels by forking, as any other program may use them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
from tests.cases import SCENARIOS, setting
from tests.serve.forking.kernels import TEMPLATE, needs_fork

from casework.verdicts import ATTEMPT

WHO = "import json, os, psutil; print(json.dumps([os.getpid(), psutil.Process().cmdline()]))"
SETTINGS = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "casework"}
# Programs beside casework may warn; ours are held by the tests that run in this process.
PAPERMILL = (sys.executable, "-m", "papermill", "--no-progress-bar", "--cwd", str(SCENARIOS))


@needs_fork
def test_papermill_plays_a_case_in_a_forked_kernel_and_leaves_no_process(tmp_path: Path) -> None:
    notebook = nbformat.read(SCENARIOS / "milan.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(WHO))
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(notebook, source)
    first = setting("milan").scenario.start.choices[0].id
    parameters = ("-y", json.dumps({"decisions": [first]}))

    subprocess.run([*PAPERMILL, *parameters, source, target], env={**os.environ, **SETTINGS}, check=True)

    outputs = [out for cell in nbformat.read(target, as_version=4).cells for out in cell.get("outputs", [])]
    pid, command = json.loads(outputs[-1]["text"])
    [played] = [out["data"][ATTEMPT] for out in outputs if ATTEMPT in out.get("data", {})]
    assert TEMPLATE in command
    assert played["decisions"] == [first]
    assert not psutil.pid_exists(pid)
