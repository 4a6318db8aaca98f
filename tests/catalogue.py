"""The interface's catalogue: find its sentences in the code, compile the Dutch ones: `python -m tests.catalogue`."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from casework.words import LOCALES

PACKAGE = LOCALES.parent
DUTCH = LOCALES / "nl" / "LC_MESSAGES" / "casework.po"
KEYWORDS = {"say": None, "mark": None, "plural": (1, 2)}


def found() -> Catalog:
    """Return the sentences that stand in the code."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    rows = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS)
    for file, _, sentence, _, _ in sorted(rows, key=lambda row: (row[0], row[1])):
        catalogue.add(sentence, locations=[(file, 0)])
    return catalogue


def translated(path: Path = DUTCH) -> Catalog:
    """Return the Dutch sentences as they are on disk."""
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> None:
    """Bring the Dutch catalogue up to date with the code and compile it; new sentences wait for their translation."""
    catalogue = translated() if DUTCH.exists() else Catalog(locale="nl", fuzzy=False)
    catalogue.project, catalogue.version = "casework", "1"
    catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = "", "", "nl"
    catalogue.update(found(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    DUTCH.parent.mkdir(parents=True, exist_ok=True)
    with DUTCH.open("wb") as file:
        write_po(file, catalogue, width=120, no_location=False, omit_header=False, include_lineno=False)
    DUTCH.with_suffix(".mo").write_bytes(compiled(translated()))
    for message in translated():
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,)):
            print(f"not translated: {message.id}")


if __name__ == "__main__":
    main()
