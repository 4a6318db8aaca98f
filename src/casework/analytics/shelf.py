"""The cases that a cohort may have played: all by their titles at once, and each compiled when it is asked for."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from casework import library, notebook
from casework.analytics.tallies import Editions, versions


class Shelf:
    """The cases in a folder. `leo.ipynb` and `leo.en.ipynb` are editions of one case, `leo`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._compiled: dict[str, Editions] = {}

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """The titles of each case, by its name and then by language."""
        # Compiling a folder takes a second, and a title stands in the first line of its notebook.
        found: dict[str, dict[str, str]] = {}
        for path in library.notebooks(self._folder) if self._folder.is_dir() else ():
            source = notebook.read(path, "nl", is_checked=True).source
            name, _, language = path.stem.partition(".")
            text = source.cells[0].text if source and source.cells else ""
            title = next((line[2:].strip() for line in text.split("\n") if line.startswith("# ")), path.stem)
            found.setdefault(name, {})[language or "nl"] = title
        return found

    def editions(self, name: str) -> Editions:
        """Return the editions of a case that can be played, by their version; none for a case that is not here."""
        if name not in self._compiled:
            paths = [path for path in library.notebooks(self._folder) if path.stem.partition(".")[0] == name]
            cases = [library.open_case(path, is_checked=True) for path in paths]
            self._compiled[name] = versions(
                [(case.scenario, case.protocol) for case in cases if case.scenario and case.protocol]
            )
        return self._compiled[name]
