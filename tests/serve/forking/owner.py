"""A process that owns a forked kernel: it says which processes those are, and waits to be killed."""

import sys
import time

from jupyter_client.provisioning import KernelProvisionerFactory
from tests.serve.forking.kernels import started

from casework.serve.forking import nursery


def own(code: str) -> None:
    """Start a kernel, begin this code in it, and print the process ids of template and kernel."""
    KernelProvisionerFactory.instance().default_provisioner_name = "casework"
    with started() as kernel:
        kernel.begins(code)
        sys.stdout.write(f"{nursery.shared().pid} {kernel.process.pid}\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    own(sys.argv[1])
