"""Notebooks run in forked kernels, as `casework test` and the server have them."""

from collections.abc import Iterator

import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let papermill fork; Jupyter reads the variable once for each process, and would keep what it read before."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "casework")
    KernelProvisionerFactory.clear_instance()
    yield
    KernelProvisionerFactory.clear_instance()
