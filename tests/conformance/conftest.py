"""The eight protocols as shipped, and a small one to break."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conformance.house import PARENT

from casework import conformance
from casework.conformance import Protocol, parse

PACKAGE = Path(conformance.__file__).parents[1]
NAMES = (
    "meldcode",
    "meldcode-artsen",
    "meldcode-verpleegkundigen",
    "meldcode-sociaal-werk",
    "methode-sociaal-werk",
    "meldcode-jeugd",
    "meldcode-coa",
    "meldcode-gemeente",
)


def read_shipped() -> dict[str, Protocol]:
    """Return the shipped protocols; parents stand before their children in `NAMES`."""
    found: dict[str, Protocol] = {}
    for name in NAMES:
        found[name] = parse((PACKAGE / "protocols" / f"{name}.toml").read_text(encoding="utf-8"), found, name)
    return found


@pytest.fixture(scope="session")
def package() -> Path:
    """Return the folder of the package, where its data stand."""
    return PACKAGE


@pytest.fixture(scope="session")
def shipped() -> Mapping[str, Protocol]:
    """Return all eight protocols by id."""
    return read_shipped()


@pytest.fixture(scope="session", params=NAMES)
def protocol(request: pytest.FixtureRequest, shipped: Mapping[str, Protocol]) -> Protocol:
    """Return each of the eight in turn."""
    return shipped[request.param]


@pytest.fixture
def house() -> Protocol:
    """Return the small parent."""
    return parse(PARENT, {})
