"""An executed notebook as evidence: what it states, held against what follows from its own text and decisions.

A run through papermill leaves the case, the decisions and what came of them in one file. Here the case is compiled from
that file's own cells, the decisions are made again, and each part of the result is compared. So a decision, a word, a
verdict or a rule that was changed afterwards is noticed and named.

It is no signature. Whoever changes the text or the decisions and then runs the notebook again has a notebook that is
true: of another run. Nor can it say who made the decisions, or when. Held `against` the case as published, at least
another case is told from this one.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from casework import library, notebook
from casework.conformance.model import Protocol
from casework.play.attempt import decide, keep, offered, sentences_met, start
from casework.scenario.cells import INJECTED, PARAMETERS, Cell, Source, played
from casework.scenario.compiler import compile_scenario
from casework.scenario.diagnostics import Diagnostic
from casework.scenario.model import Scenario
from casework.verdicts import ATTEMPT, headline, summarise

PLAIN = ("scenario", "version", "language", "kept", "scene", "ending")
GROUPS = ("outcomes", "signals")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the notebook states and that is otherwise: which part, its name or number, and both values."""

    part: str
    name: str
    stated: object
    found: object


@dataclass(frozen=True, slots=True)
class Reworded:
    """A cell that is not as it was published: its title, and the first words in which the two differ."""

    title: str
    published: str
    stated: str


@dataclass(frozen=True, slots=True)
class Published:
    """The case as it is published now; `version` is empty where it cannot be compiled."""

    file: str
    version: str
    is_same: bool
    reworded: tuple[Reworded, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an executed notebook states, and all that is otherwise; `protocol_version` is the one that it states."""

    file: str
    scenario: str
    version: str
    protocol: str
    protocol_version: str
    decisions: tuple[str, ...]
    ending: str | None
    differences: tuple[Difference, ...]
    published: Published | None = None

    @property
    def is_true(self) -> bool:
        """Whether everything that it states follows from its text and decisions, by the protocol as it is now."""
        return not self.differences

    @property
    def is_current(self) -> bool:
        """Whether the protocol that judged it is the one that there is now."""
        return all(each.part not in ("protocol", "rule") for each in self.differences)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A notebook that states nothing that can be checked: no result in it, or no case that can be played."""

    file: str
    reason: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Executed:
    """An executed notebook taken apart: its cells, the last result in it, and the line of text beside that."""

    source: Source
    stated: Mapping[str, Any]
    line: str
    metadata: Mapping[str, Any]


def verify(path: Path, against: Path | None = None, language: str = "nl") -> Evidence | Unusable:
    """Return what an executed notebook states, and what of it is not so.

    *against* is the case as published, or the folder with all cases, which also has the protocols beside them; without
    it these are looked for beside the executed notebook. Remarks come in *language*.
    """
    executed = _taken_apart(path, language)
    if isinstance(executed, Unusable):
        return executed
    published = _find(executed.source, against)
    protocols = library.Protocols(published.parent if published else path.parent)
    compiled = compile_scenario(executed.source, protocols, language)
    if compiled.scenario is None:
        return Unusable(path.name, "errors", compiled.diagnostics)
    scenario, protocol = compiled.scenario, protocols[compiled.scenario.protocol]
    found = Evidence(
        file=path.name,
        scenario=str(executed.stated.get("scenario")),
        version=str(executed.stated.get("version")),
        protocol=str(_inside(executed.stated, "protocol", "id")),
        protocol_version=str(_inside(executed.stated, "protocol", "version")),
        decisions=_texts(executed.stated.get("decisions")),
        ending=executed.stated.get("ending"),
        differences=tuple(_differences(executed, scenario, protocol)),
    )
    return replace(found, published=_compare(executed.source, scenario, published)) if published else found


def as_played(source: Source) -> Source:
    """Return a notebook under the name that its last cell plays: the file of a run, or of a copy, may have any name."""
    names = [name for cell in source.cells if cell.kind == "code" and (name := played(cell).name)]
    return replace(source, file=Path(names[0]).name) if names else source


def _taken_apart(path: Path, language: str) -> _Executed | Unusable:
    read, document = notebook.read(path, language), notebook.raw(path)
    if read.source is None or document is None:
        return Unusable(path.name, "unreadable", read.diagnostics)
    shown = [_data(output) for cell in document["cells"] for output in _list(cell.get("outputs"))]
    results = [data for data in shown if isinstance(data.get(ATTEMPT), dict)]
    if not results:
        return Unusable(path.name, "no-result")
    line = results[-1].get("text/plain", "")
    text = line if isinstance(line, str) else "".join(_texts(line))
    return _Executed(as_played(read.source), results[-1][ATTEMPT], text, _dict(document["metadata"].get("papermill")))


def _data(output: object) -> Mapping[str, Any]:
    return _dict(_dict(output).get("data"))


def _differences(executed: _Executed, scenario: Scenario, protocol: Protocol) -> Iterator[Difference]:
    stated = executed.stated
    yield from _of_parameters(executed)
    attempt = start(scenario, "")
    for number, choice in enumerate(_texts(stated.get("decisions")), 1):
        on_offer = tuple(each.id for each in offered(scenario, attempt))
        if choice not in on_offer:
            yield Difference("decision", str(number), choice, on_offer)
            break
        attempt = decide(scenario, attempt, choice)
    attempt = keep(attempt, sentences_met(scenario, attempt) & set(_texts(stated.get("kept"))))
    yield from _of_summary(stated, summarise(scenario, protocol, attempt))
    if executed.line != headline(scenario, attempt):
        yield Difference("line", "", executed.line, headline(scenario, attempt))


def _of_parameters(executed: _Executed) -> Iterator[Difference]:
    stated = executed.stated
    for part, given in (("cell", _assigned(executed.source)), ("metadata", executed.metadata.get("parameters"))):
        for name in ("decisions", "kept"):
            if not isinstance(given, dict) or name not in given:
                continue
            told = _texts(stated.get(name))
            asked = _texts(given[name])
            pairs = zip_longest(told, asked) if name == "decisions" else zip_longest(sorted(told), sorted(asked))
            number = next((at for at, (one, other) in enumerate(pairs, 1) if one != other), None)
            if number is not None:
                yield Difference(f"{part}-{name}", str(number), _nth(told, number), _nth(asked, number))


def _of_summary(stated: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    for part in PLAIN:
        yield from _unequal(part, "", stated.get(part), found[part])
    for part in GROUPS:
        for name, value in found[part].items():
            yield from _unequal(part, name, _inside(stated, part, name), value)
    yield from _unequal("report", "", _inside(stated, "report", "protocol"), found["report"]["protocol"])
    told, judged = _rows(_inside(stated, "report", "rules")), _rows(found["report"]["rules"])
    for name in dict.fromkeys((*judged, *told)):
        yield from _unequal("verdict", name, told.get(name), judged.get(name))
    yield from _of_protocol(stated, found["protocol"])


def _of_protocol(stated: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    for name in ("id", "version"):
        yield from _unequal("protocol", name, _inside(stated, "protocol", name), found[name])
    told = _dict(_inside(stated, "protocol", "rules"))
    for name in dict.fromkeys((*found["rules"], *told)):
        yield from _unequal("rule", name, told.get(name), found["rules"].get(name))


def _unequal(part: str, name: str, stated: object, found: object) -> Iterator[Difference]:
    # True equals 1 in Python, but not in what the file says.
    if stated != found or type(stated) is not type(found):
        yield Difference(part, name, stated, found)


def _inside(stated: Mapping[str, Any], part: str, name: str) -> object:
    return _dict(stated.get(part)).get(name)


def _rows(rows: object) -> dict[str, object]:
    return {str(row.get("id")): row for row in _list(rows) if isinstance(row, dict)}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, _list(value)))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _nth(texts: tuple[str, ...], number: int) -> str | None:
    return texts[number - 1] if number <= len(texts) else None


def _assigned(source: Source) -> Mapping[str, object]:
    """Return what the parameters cells assign, the injected ones last; nothing in them is run."""
    tagged = [cell for tag in (PARAMETERS, INJECTED) for cell in source.cells if tag in cell.tags]
    return {name: value for cell in tagged for name, value in _assignments(cell)}


def _assignments(cell: Cell) -> Iterator[tuple[str, object]]:
    try:
        for statement in ast.parse(cell.text).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    yield name, ast.literal_eval(value)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _find(source: Source, against: Path | None) -> Path | None:
    return against / source.file if against is not None and against.is_dir() else against


def _compare(source: Source, scenario: Scenario, published: Path) -> Published:
    case, read = library.open_case(published), notebook.read(published)
    version = case.scenario.version if case.scenario else ""
    is_same = version == scenario.version
    reworded = () if is_same or read.source is None else tuple(_reworded(source, read.source))
    return Published(published.name, version, is_same, reworded)


def _reworded(executed: Source, published: Source) -> Iterator[Reworded]:
    mine, theirs = (
        {cell.id: cell.text for cell in source.cells if cell.kind == "markdown"} for source in (executed, published)
    )
    for cell in dict.fromkeys((*theirs, *mine)):
        was, now = theirs.get(cell, "").split(), mine.get(cell, "").split()
        pair = next((pair for pair in zip_longest(was, now, fillvalue="") if pair[0] != pair[1]), None)
        if pair:
            yield Reworded(_heading(theirs.get(cell) or mine[cell]), *pair)


def _heading(text: str) -> str:
    return next((line.strip("# ") for line in text.split("\n") if line.startswith("#")), "")
