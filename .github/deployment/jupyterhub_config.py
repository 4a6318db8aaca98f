"""JupyterHub with casework as a service, at /services/casework/.

Whoever has that address plays, with or without an account of the hub; who leads a group shows casework's own token. Put
your own port, folder and store in the place of these, and CASEWORK_TOKEN in the environment of the hub.
"""

import os
import sys

c = get_config()  # noqa: F821

c.JupyterHub.bind_url = "http://127.0.0.1:8000"

SERVE = [sys.executable, "-m", "casework", "serve", "--no-browser", "--log", "json", "--port", "8866"]

# Two entries, one that is started and one that is passed on to: a hub gives up, and stops, when what it starts itself
# does not answer within ten seconds, which a small machine may need.
c.JupyterHub.services = [
    {
        "name": "casework-server",
        # The hub's proxy tells who asks, and whether it was over HTTPS.
        "command": [*SERVE, "--base-url", "/services/casework/", "--proxy", "127.0.0.1", "--store", "casework.sqlite"],
        "cwd": "/opt/casework",
        "environment": {"CASEWORK_TOKEN": os.environ["CASEWORK_TOKEN"]},
    },
    {"name": "casework", "url": "http://127.0.0.1:8866"},
]
