"""A TOML file as a table to read; a file that is no TOML is one complaint."""

import re

from casework.conformance import complaints as say
from casework.conformance.table import Table
from casework.errors import ProtocolInvalid


def read(text: str, name: str) -> Table:
    """Return the whole file as one table; raises `ProtocolInvalid` where it is no TOML. `name` is the file's."""
    # Whoever only judges traces never reads a file, and need not load the reader.
    import tomllib  # noqa: PLC0415

    table = Table({})
    try:
        # Editors on Windows put a mark before the first letter, which TOML does not know.
        return Table(tomllib.loads(text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as error:
        table.complain("", say.UNREADABLE, **_where(text, str(error)))
        raise ProtocolInvalid(name, *table.complaints) from error


def _where(text: str, complaint: str) -> dict[str, object]:
    found = re.search(r" \(at line (\d+), column (\d+)\)", complaint)
    said = re.sub(r" \(at .*\)$", "", complaint)
    return {
        "line": found[1] if found else len(text.splitlines()),
        "complaint": said[:1].lower() + said[1:],
    }
