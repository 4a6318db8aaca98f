"""The file of a further language for the toolkit: every sentence in English, with the Dutch beside it, to translate."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from casework import library
from casework.cli.paths import CLEAN, UNUSABLE
from casework.conformance.model import Text
from casework.errors import LanguageInvalid
from casework.widgets import kit, tongue
from casework.words import catalogue

WIDTH = 120
WRITTEN = Text(
    "{file}: {count} zinnen, waarvan {left} nog te vertalen.", "{file}: {count} sentences, {left} of them to translate."
)
NOT_WRITTEN = Text("{file} is niet op te slaan: {reason}", "{file} cannot be saved: {reason}")


def into(file: Path, language: str) -> int:
    """Write all sentences of the toolkit to a file: what was translated stays, what nobody says any more goes."""
    try:
        found = _renewed(file)
        with file.open("wb") as target:
            write_po(target, found, width=WIDTH, omit_header=False)
    except LanguageInvalid as error:
        print(f"casework cards: {error.in_(language)}", file=sys.stderr)
        return UNUSABLE
    except OSError as error:
        said = NOT_WRITTEN.in_(language).format(file=file, reason=error.strerror)
        print(f"casework cards: {said}", file=sys.stderr)
        return UNUSABLE
    rows = [each for each in found if each.id]
    left = sum(not each.string for each in rows)
    print(WRITTEN.in_(language).format(file=file.name, count=len(rows), left=left))
    return CLEAN


def _renewed(file: Path) -> Catalog:
    found = catalogue(file)
    found.project, found.version, found.header_comment = "casework", "1", "# The toolkit of casework."
    found.msgid_bugs_address = ""
    found.update(_template(), no_fuzzy_matching=True, update_creation_date=False)
    found.obsolete.clear()
    return found


def _template() -> Catalog:
    template = Catalog(charset="utf-8", fuzzy=False)
    for text in tongue.sentences(library.Protocols().values(), kit.titles()):
        template.add(text.en, auto_comments=[text.nl])
    return template
