"""A further language that nobody speaks: each English sentence between marks, so that what is left out is seen."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from casework import library
from casework.widgets import kit, tongue

OPEN, SHUT = "«", "»"


def everything() -> tuple[str, ...]:
    """Return every English sentence that a further language can say."""
    return tuple(text.en for text in tongue.sentences(library.Protocols().values(), kit.titles()))


def write(folder: Path, language: str, sentences: Iterable[str]) -> Path:
    """Write the file of a language in which these sentences stand between marks."""
    file = folder / f"toolkit.{language}.po"
    catalogue = Catalog(language.replace("-", "_"), charset="utf-8", fuzzy=False)
    for sentence in sentences:
        catalogue.add(sentence, f"{OPEN}{sentence}{SHUT}")
    with file.open("wb") as target:
        write_po(target, catalogue)
    return file
