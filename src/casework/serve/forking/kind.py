"""Which template process a kernel is forked from: one that has played the cases, or one that has shown the dashboards.

Whoever plays shares no memory with pandas and Altair; whoever opens a dashboard does not wait until they are loaded.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

# What numpy and Arrow would start threads for as they are loaded; a template process may have one.
ALONE = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_DASHBOARD = re.compile(r"/dashboard/[^/]+(?:/\w\w)?$")


class Kind(StrEnum):
    """What a template process has loaded and used before a kernel is forked from it."""

    CASES = "cases"
    DASHBOARDS = "dashboards"


def kind(environment: Mapping[str, str]) -> Kind:
    """Return from which a kernel with this environment is forked: its page has the address of a dashboard, or not."""
    # Voilà tells a kernel the path of the page it is for, and so do our own pages; papermill has none.
    return Kind.DASHBOARDS if _DASHBOARD.search(environment.get("SCRIPT_NAME", "")) else Kind.CASES
