"""The kernel of the dashboards: what they are drawn with is loaded, and each was shown once, into nothing."""

import os
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

# What each of their kernels would otherwise load for itself, in a second or two.
from casework.analytics import charts, easel, frames, sections  # noqa: F401
from casework.serve.forking.kernel import ForkedKernel
from casework.widgets import desk, facilitator, kit, toolkit  # noqa: F401
from casework.words import LANGUAGES

THREADS = Path("/proc/self/task")


class DashboardKernel(ForkedKernel):
    """A kernel application that is prepared for dashboards."""

    def taste(self) -> None:
        """Run each dashboard in each language, into nothing; ends this process where that leaves a thread."""
        # Drawing starts threads, which a process that forks may not have: another one draws.
        easel.set_up()
        folder = os.environ.get("CASEWORK_DASHBOARDS")
        before = os.environ.get("SCRIPT_NAME")
        for language in LANGUAGES if folder else ():
            os.environ["SCRIPT_NAME"] = f"/dashboard/any/{language}"
            # A dashboard that prints would print on the terminal of whoever runs the server.
            with redirect_stdout(StringIO()):
                self.run_all(str(folder))
        if before is None:
            os.environ.pop("SCRIPT_NAME", None)
        else:
            os.environ["SCRIPT_NAME"] = before
        if len(list(THREADS.iterdir())) > 1:
            # A lock that another thread holds now would stay locked in every kernel.
            raise SystemExit("a dashboard starts a thread; its kernels must be started without forking")
