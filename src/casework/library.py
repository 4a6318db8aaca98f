"""What is on the shelf: cases, protocols, pictures and sources on disk, compiled."""

import base64
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from casework import notebook
from casework.conformance.protocol import Protocol, parse
from casework.errors import ProtocolInvalid
from casework.scenario.compiler import compile_scenario, diagnose
from casework.scenario.diagnostics import Both, Diagnostic, in_order, nearest, remark
from casework.scenario.editions import check_edition
from casework.scenario.model import Picture, Scenario

LARGEST_PICTURE = 2_000_000
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
BESIDE, BUNDLED = ".toml", "protocols"


@dataclass(frozen=True, slots=True)
class Case:
    """A notebook on the shelf: its scenario if it can be played, its protocol, and every remark about it."""

    path: Path
    scenario: Scenario | None
    protocol: Protocol | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source that rules and cases refer to, as a trainee may read it."""

    id: str
    nl: str
    en: str
    address: str = ""

    def title(self, language: str) -> str:
        """Return the title in this language."""
        return self.en if language == "en" else self.nl


class Protocols(Mapping[str, Protocol]):
    """The protocols that a case may name: those in its own folder, and behind them those that come with casework.

    A file is read when it is asked for. Raises `KeyError` for an id without a file, `ProtocolInvalid` for a bad file.
    """

    def __init__(self, beside: Path | None = None) -> None:
        self.beside = beside
        self._known: dict[str, Protocol] = {}

    def __getitem__(self, protocol_id: str) -> Protocol:
        if protocol_id not in self._known:
            self._known[protocol_id] = self._read(protocol_id, ())
        return self._known[protocol_id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._ids_beside(), *_bundled()}))

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def _read(self, protocol_id: str, children: tuple[str, ...]) -> Protocol:
        if protocol_id in children:
            circle = " > ".join((*children, protocol_id))
            raise ProtocolInvalid(protocol_id, f"it extends itself: {circle}; let one of them extend nothing")
        text = self._text(protocol_id)
        found = parse(text, lambda parent: self._read(parent, (*children, protocol_id)), protocol_id)
        if found.id != protocol_id:
            raise ProtocolInvalid(protocol_id, f"its file is called '{protocol_id}.toml', but its id is '{found.id}'")
        return found

    def _text(self, protocol_id: str) -> str:
        if protocol_id in self._ids_beside() and self.beside is not None:
            try:
                return (self.beside / f"{protocol_id}{BESIDE}").read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ProtocolInvalid(protocol_id, "its file cannot be read; save it as UTF-8") from error
        return _bundled()[protocol_id]

    def _ids_beside(self) -> tuple[str, ...]:
        if self.beside is None or not self.beside.is_dir():
            return ()
        return tuple(path.stem for path in self.beside.glob(f"*{BESIDE}") if _is_protocol(path))


def protocol(protocol_id: str, beside: Path | None = None) -> Protocol:
    """Return the protocol with this id, from the folder *beside* or bundled; raises `ProtocolInvalid`."""
    shelf = Protocols(beside)
    try:
        return shelf[protocol_id]
    except KeyError as error:
        near = nearest(protocol_id, shelf) or ", ".join(shelf)
        raise ProtocolInvalid(protocol_id, f"there is no such protocol; there is: {near}") from error


def open_case(path: Path, language: str = "nl", *, is_checked: bool = False) -> Case:
    """Return the case in this notebook, with all remarks in *language*; never raises for what is in the file.

    For `is_checked` see `notebook.read`.
    """
    found = notebook.read(path, language, is_checked=is_checked)
    if found.source is None:
        return Case(path, None, None, found.diagnostics)
    protocols = Protocols(path.parent)
    compiled = compile_scenario(found.source, protocols, language, sources())
    diagnostics = [*found.diagnostics, *compiled.diagnostics]
    if compiled.scenario is None:
        return Case(path, None, None, in_order(diagnostics))
    diagnostics.extend(_check_pictures(path, compiled.scenario, language))
    diagnostics.extend(_check_edition(path, compiled.scenario, language))
    return Case(path, compiled.scenario, protocols[compiled.scenario.protocol], in_order(diagnostics))


def cases(folder: Path, language: str = "nl") -> tuple[Case, ...]:
    """Return every case in a folder, sorted by file name; an edition such as `kim.en.ipynb` is a case of its own."""
    return tuple(open_case(path, language) for path in notebooks(folder))


def notebooks(folder: Path) -> tuple[Path, ...]:
    """Return the notebooks in a folder, sorted; hidden files and JupyterLab's checkpoints stay out."""
    return tuple(sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith(".") and path.is_file()))


def picture(case: Case, shown: Picture) -> str:
    """Return a picture as a `data:` address, or nothing where it cannot be shown."""
    found = _picture_file(case.path, shown)
    if isinstance(found, Both):
        return ""
    kind = TYPES[found.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(found.read_bytes()).decode('ascii')}"


def pictures(case: Case) -> Mapping[str, str]:
    """Return every picture of a case that can be shown, by the name that its author gave."""
    scenes = case.scenario.scenes if case.scenario else ()
    shown = {scene.picture.file: scene.picture for scene in scenes if scene.picture}
    found = {file: picture(case, each) for file, each in shown.items()}
    return {file: address for file, address in found.items() if address}


@cache
def sources() -> Mapping[str, SourceEntry]:
    """Return the sources that rules and cases refer to, by id."""
    text = resources.files("casework").joinpath("sources.toml").read_text("utf-8")
    entries = (
        SourceEntry(row["id"], row["title"]["nl"], row["title"]["en"], row.get("address", ""))
        for row in tomllib.loads(text)["sources"]
    )
    return {entry.id: entry for entry in entries}


def source_titles(language: str) -> Mapping[str, str]:
    """Return the titles of all sources in this language, by id."""
    return {entry.id: entry.title(language) for entry in sources().values()}


def _check_pictures(path: Path, scenario: Scenario, language: str) -> Iterator[Diagnostic]:
    for scene in scenario.scenes:
        found = _picture_file(path, scene.picture) if scene.picture else None
        if scene.picture is not None and isinstance(found, Both):
            said = remark("missing-picture", scene.cell, file=scene.picture.file, reason=found)
            yield diagnose(said, path.name, language)


def _check_edition(path: Path, scenario: Scenario, language: str) -> Iterator[Diagnostic]:
    original = path.with_name(f"{scenario.name}.ipynb")
    if original.name == path.name or not original.is_file():
        return
    found = notebook.read(original, language).source
    compiled = compile_scenario(found, Protocols(path.parent), language) if found else None
    if compiled is not None and compiled.scenario is not None:
        for each in check_edition(scenario, compiled.scenario, original.name):
            yield diagnose(each, path.name, language)


def _picture_file(path: Path, shown: Picture) -> Path | Both:
    """Return the file of a picture, or why it cannot be shown. A link out of the folder is not followed."""
    folder = path.parent.resolve()
    file = (folder / shown.file).resolve()
    if not file.is_relative_to(folder) or file.suffix.lower() not in TYPES:
        return Both("het staat niet in deze map", "it is not in this folder")
    if not file.is_file():
        return Both("het bestand is er niet", "the file is not there")
    if file.stat().st_size > LARGEST_PICTURE:
        return Both("het bestand is te groot", "the file is too large")
    return file


@cache
def _bundled() -> Mapping[str, str]:
    folder = resources.files("casework").joinpath(BUNDLED)
    files = (file for file in folder.iterdir() if file.name.endswith(BESIDE))
    return {file.name.removesuffix(BESIDE): file.read_text("utf-8") for file in files}


def _is_protocol(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file()
