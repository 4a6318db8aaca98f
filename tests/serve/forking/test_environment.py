"""What a kernel is told of the server's environment."""

import pytest

from casework.serve.forking.environment import scrubbed


@pytest.mark.parametrize(
    "name",
    [
        "CASEWORK_TOKEN",
        "JUPYTERHUB_API_TOKEN",
        "JPY_API_TOKEN",
        "JUPYTER_TOKEN",
        "JUPYTERHUB_COOKIE_SECRET",
        "PGPASSWORD",
        "MYSQL_PASSWD",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "SSH_PRIVATE_KEY",
        "MAPS_APIKEY",
        "maps_api_key",
    ],
)
def test_what_is_called_like_a_secret_is_left_out(name: str) -> None:
    assert scrubbed({name: "s", "LANG": "nl_NL.UTF-8"}) == {"LANG": "nl_NL.UTF-8"}


def test_what_a_kernel_needs_stays() -> None:
    needed = dict.fromkeys(("PATH", "HOME", "LANG", "PYTHONPATH", "JUPYTER_PATH", "CASEWORK_STORE", "TZ"), "x")

    assert scrubbed(needed) == needed
