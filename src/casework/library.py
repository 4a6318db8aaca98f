"""What is on the shelf: cases, protocols, pictures and sources on disk, compiled."""

import base64
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from casework import notebook, review
from casework.conformance import complaints
from casework.conformance.complaints import complaint
from casework.conformance.protocol import Protocol, parse
from casework.conformance.regions import Region, parse_regions
from casework.errors import ProtocolInvalid
from casework.play.prove import Proof, prove
from casework.play.quality import lint
from casework.play.reach import study
from casework.scenario.cells import Source
from casework.scenario.compiler import Compiled, compile_scenario, diagnose
from casework.scenario.diagnostics import Both, Diagnostic, Remark, in_order, nearest, remark
from casework.scenario.drafts import draft
from casework.scenario.editions import check_edition, check_marks, marks
from casework.scenario.model import Picture, Scenario
from casework.scenario.sources import check_ages

LARGEST_PICTURE = 2_000_000
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
Stamp = tuple[str, int, int]
BESIDE, BUNDLED = ".toml", "protocols"
REGIONS = "regions.toml"
NOT_SAID = Both("", "")


@dataclass(frozen=True, slots=True)
class Case:
    """A notebook on the shelf: its scenario if it can be played, its protocol, and every remark about it.

    `proof` says what holds for all who play; nobody asks that of a case without a scenario, or one checked before.
    """

    path: Path
    scenario: Scenario | None
    protocol: Protocol | None
    diagnostics: tuple[Diagnostic, ...]
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source that rules and cases refer to, as a trainee may read it.

    `carries` says what it is used for. `dated` is a year, a month or a day (`2019-05`); empty where none is known.
    """

    id: str
    nl: str
    en: str
    address: str = ""
    carries: Both = NOT_SAID
    dated: str = ""

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
        return iter(sorted({*(name for name in self._ids_beside() if self._is_called(name)), *_bundled()}))

    def __len__(self) -> int:
        return len(tuple(iter(self)))

    def _read(self, protocol_id: str, children: tuple[str, ...]) -> Protocol:
        if protocol_id in children:
            circle = " > ".join((*children, protocol_id))
            raise ProtocolInvalid(protocol_id, complaint("extends", complaints.CIRCLE, circle=circle))
        if self.beside is not None and not {protocol_id, *_bundled()} & set(self._ids_beside()):
            return _own(protocol_id)
        text = self._text(protocol_id)
        found = parse(text, lambda parent: self._read(parent, (*children, protocol_id)), protocol_id, self)
        if found.id != protocol_id:
            raise ProtocolInvalid(
                protocol_id, complaint("id", complaints.OTHER_ID, file=f"{protocol_id}{BESIDE}", id=found.id)
            )
        return found

    def _text(self, protocol_id: str) -> str:
        if protocol_id in self._ids_beside() and self.beside is not None:
            try:
                return (self.beside / f"{protocol_id}{BESIDE}").read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ProtocolInvalid(protocol_id, complaint("", complaints.NOT_UTF8)) from error
        return _bundled()[protocol_id]

    def _is_called(self, protocol_id: str) -> bool:
        """Whether this file says that it is a protocol; a folder may hold other settings."""
        if f"{protocol_id}{BESIDE}" == REGIONS or self.beside is None:
            return False
        text = (self.beside / f"{protocol_id}{BESIDE}").read_text("utf-8", errors="replace")
        return re.search(r"^\s*id\s*=", text, re.MULTILINE) is not None

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
        raise ProtocolInvalid(protocol_id, complaint("", complaints.NO_FILE, known=near)) from error


def regions(file: Path) -> Mapping[str, Region]:
    """Return the regions in this file, by id; none where it is not there. Raises `ProtocolInvalid`."""
    if not file.is_file():
        return {}
    try:
        return parse_regions(file.read_text("utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise ProtocolInvalid(file.name, complaint("", complaints.NOT_UTF8)) from error


def open_case(path: Path, language: str = "nl", *, is_checked: bool = False) -> Case:
    """Return the case in this notebook, with all remarks in *language*; never raises for what is in the file.

    For `is_checked` see `notebook.read`.
    """
    found = notebook.read(path, language, is_checked=is_checked)
    if found.source is None:
        return Case(path, None, None, found.diagnostics)
    protocols = Protocols(path.parent)
    compiled = _compiled(found.source, path.parent, _settings(path.parent), language)
    diagnostics = [*found.diagnostics, *compiled.diagnostics]
    if compiled.scenario is None:
        return Case(path, None, None, in_order(diagnostics))
    diagnostics.extend(_check_pictures(path, compiled.scenario, language))
    diagnostics.extend(_check_edition(path, found.source, compiled.scenario, language))
    protocol = protocols[compiled.scenario.protocol]
    proof = None if is_checked else prove(compiled.scenario, protocol)
    diagnostics.extend(diagnose(each, path.name, language) for each in _remarks(compiled.scenario, protocol, proof))
    return Case(path, compiled.scenario, protocol, in_order(_shown_once(diagnostics)), proof)


def _remarks(scenario: Scenario, protocol: Protocol, proof: Proof | None) -> tuple[Remark, ...]:
    if proof is None:
        return ()
    return (*proof.findings, *lint(scenario, protocol, study(scenario, protocol).graph))


def _shown_once(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Return the remarks without those that say the same as another, which also has a road to show it."""
    said: dict[Diagnostic, Diagnostic] = {}
    for each in diagnostics:
        bare = replace(each, road=())
        said[bare] = each if each.road or bare not in said else said[bare]
    return said.values()


def stamps(folder: Path) -> tuple[Stamp, ...]:
    """Return what changes when any file changes from which the cases of a folder are made, a picture too."""
    # No deeper than pictures lie: the folder may be somebody's home.
    near = sorted((*folder.glob("*"), *folder.glob("*/*")))
    found = ((path, path.stat()) for path in near if path.is_file())
    return tuple((str(path), status.st_mtime_ns, status.st_size) for path, status in found)


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
        SourceEntry(
            id=row["id"],
            nl=row["title"]["nl"],
            en=row["title"]["en"],
            address=row.get("address", ""),
            carries=Both(**row["carries"]),
            dated=row.get("dated", ""),
        )
        for row in tomllib.loads(text)["sources"]
    )
    return {entry.id: entry for entry in entries}


def source_titles(language: str) -> Mapping[str, str]:
    """Return the titles of all sources in this language, by id."""
    return {entry.id: entry.title(language) for entry in sources().values()}


def old_sources(case: Case, before: str, language: str = "nl") -> tuple[Diagnostic, ...]:
    """Return a remark for each dated source of a case that is older than a day, such as `2019-01-01`."""
    source = notebook.read(case.path, language).source
    cover = draft(source).case if source else None
    if cover is None:
        return ()
    dates = {entry.id: entry.dated for entry in sources().values()}
    titles = {entry.id: Both(entry.nl, entry.en) for entry in sources().values()}
    return tuple(diagnose(each, case.path.name, language) for each in check_ages(cover, dates, titles, before))


def open_points(case: Case, language: str = "nl") -> tuple[Diagnostic, ...]:
    """Return a remark for each point that a case touches and an expert has still to settle."""
    if case.scenario is None or case.protocol is None:
        return ()
    found = review.touched(case.scenario, case.protocol, review.points())
    asked = (remark("open-point", 0, question=Both(each.question.nl, each.question.en)) for each in found)
    return tuple(diagnose(each, case.path.name, language) for each in asked)


def _check_pictures(path: Path, scenario: Scenario, language: str) -> Iterator[Diagnostic]:
    for scene in scenario.scenes:
        found = _picture_file(path, scene.picture) if scene.picture else None
        if scene.picture is not None and isinstance(found, Both):
            said = remark("missing-picture", scene.cell, file=scene.picture.file, reason=found)
            yield diagnose(said, path.name, language)


def _check_edition(path: Path, own: Source, scenario: Scenario, language: str) -> Iterator[Diagnostic]:
    original = path.with_name(f"{scenario.name}.ipynb")
    if original.name == path.name or not original.is_file():
        return
    found = notebook.read(original, language).source
    if found is None:
        return
    compiled = _compiled(found, path.parent, _settings(path.parent), language).scenario
    told = check_edition(scenario, compiled, original.name) if compiled else ()
    for each in (*told, *check_marks(own, found, marks(notebook.own_metadata(path)))):
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
def _own(protocol_id: str) -> Protocol:
    """Return a protocol that comes with casework, as no folder changes it; raises `KeyError`."""
    return Protocols()[protocol_id]


@lru_cache(maxsize=64)
def _compiled(source: Source, folder: Path, settings: tuple[Stamp, ...], language: str) -> Compiled:
    """Return what was compiled of a notebook in a folder whose settings have not changed since."""
    del settings
    return compile_scenario(source, Protocols(folder), language, sources())


def _settings(folder: Path) -> tuple[Stamp, ...]:
    files = sorted(folder.glob(f"*{BESIDE}"))
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file())


@cache
def _bundled() -> Mapping[str, str]:
    folder = resources.files("casework").joinpath(BUNDLED)
    files = (file for file in folder.iterdir() if file.name.endswith(BESIDE))
    return {file.name.removesuffix(BESIDE): file.read_text("utf-8") for file in files}


def _is_protocol(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file()
