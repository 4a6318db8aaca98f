"""What a kernel is told of the server's environment: everything but what opens doors."""

import re
from collections.abc import Mapping

# A notebook is code: with the server's own secrets it could let itself in as a facilitator, or as the hub.
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|COOKIE|API_?KEY|ACCESS_?KEY", re.IGNORECASE)


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the variables that are called like a secret."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}
