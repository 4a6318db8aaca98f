"""`casework translate`: how far a translation goes, and which of its cells were held against their original."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from casework import library, notebook
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.play.translation import Broken, Lack, Translation, measure
from casework.remarks import as_text
from casework.scenario.cells import Source
from casework.scenario.diagnostics import Both, Diagnostic, Nearest
from casework.scenario.editions import MARKS, Held, Standing, digest, marks, standings
from casework.scenario.model import Scenario
from casework.words import number, percentage

NO_FILE = Both(
    "{path} is er niet; noem de vertaling, zoals scenarios/kim.en.ipynb",
    "{path} does not exist; name the translation, such as scenarios/kim.en.ipynb",
)
NO_ORIGINAL = Both(
    "naast {path} staat geen {original}; een vertaling heet als het origineel, met de taal erachter: kim.en.ipynb",
    "there is no {original} beside {path}; a translation is called as its original, with the language: kim.en.ipynb",
)
ITSELF = Both(
    "{path} is zelf het origineel; noem de vertaling, zoals kim.en.ipynb",
    "{path} is the original itself; name the translation, such as kim.en.ipynb",
)
NO_CELL = Both("{path} heeft geen vertaalde cel '{id}'. {near}", "{path} has no translated cell '{id}'. {near}")
HEAD = Both("{edition} naast {original}:", "{edition} beside {original}:")
COUNTED = Both(
    "  cellen: {held} nagekeken, {stale} verouderd, {unmarked} nog niet nagekeken, {missing} die ontbreken",
    "  cells: {held} held against the original, {stale} stale, {unmarked} not held against it yet, {missing} missing",
)
STANDINGS = {
    Standing.STALE: Both("  cel {cell}, {title} ({id}): verouderd", "  cell {cell}, {title} ({id}): stale"),
    Standing.UNMARKED: Both(
        "  cel {cell}, {title} ({id}): nog niet nagekeken", "  cell {cell}, {title} ({id}): not held against it yet"
    ),
    Standing.MISSING: Both("  {title} ({id}): ontbreekt", "  {title} ({id}): missing"),
}
SHARE = Both(
    "  {whole} van de {roads} wegen ({share}) zijn van begin tot eind te spelen.",
    "  {whole} of the {roads} roads ({share}) can be played from start to end.",
)
COUNTLESS = Both(
    "  Wegen kunnen hier in een kring lopen; hun aantal is niet te tellen.",
    "  Roads can run in circles here; they cannot be counted.",
)
UNPLAYABLE = Both(
    "  Er staan fouten in de vertaling, dus zij is nog niet te spelen; casework check zegt welke.",
    "  The translation has errors, so it cannot be played yet; casework check says which.",
)
HALTS = {
    Lack.MISSING: Both(
        '  {roads} stokken bij "{title}": deze scène ontbreekt.', '  {roads} halt at "{title}": missing.'
    ),
    Lack.STALE: Both('  {roads} stokken bij "{title}": verouderd.', '  {roads} halt at "{title}": stale.'),
    Lack.CHOICE: Both(
        '  {roads} stokken in "{title}": een keuze is er niet, of niet op dat moment.',
        '  {roads} halt in "{title}": a choice is not there, or not at that moment.',
    ),
    Lack.ENDING: Both(
        '  {roads} stokken bij "{title}": een ander einde.', '  {roads} halt at "{title}": another ending.'
    ),
}
MANY = Both("ontelbaar veel", "countless")
MARKED = Both(
    "{edition}: {count} cellen gemarkeerd als nagekeken naast {original}.",
    "{edition}: {count} cells marked as held against {original}.",
)
LACKS = {Standing.MISSING: Lack.MISSING, Standing.STALE: Lack.STALE}


@dataclass(frozen=True, slots=True)
class Pair:
    """A translation and its original, as they were read; `marked` are the marks of the translation."""

    path: Path
    edition: notebook.Notebook
    cells: Source
    original: Source
    marked: Mapping[str, str]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("translate", help="say how far a translation goes, or mark what was held against it")
    parser.add_argument("edition", type=Path, metavar="EDITION", help="a translation, such as kim.en.ipynb")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--all", action="store_true", help="mark every cell: held against its original as it is now")
    chosen.add_argument(
        "--cell", action="append", default=[], metavar="ID", help="mark this cell; may stand repeatedly"
    )
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of what is said")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=translate)


def translate(options: argparse.Namespace) -> int:
    """Mark the cells asked for; without any, print what lacks or went stale, and how many roads are whole."""
    pair = _pair(options.edition, options.lang)
    if isinstance(pair, str):
        return _refuse(pair)
    if isinstance(pair, tuple):
        print(as_text(pair, options.lang, 1))
        return ERRORS
    if options.all or options.cell:
        return _mark(pair, options)
    return _tell(pair, options)


def _pair(path: Path, language: str) -> Pair | str | tuple[Diagnostic, ...]:
    """Return a translation with its original, or why there is none, or the remarks about a file that cannot be read."""
    if not path.is_file():
        return NO_FILE.in_(language).format(path=path)
    original = path.with_name(f"{Source(path.name, ()).name}.ipynb")
    if original.name == path.name:
        return ITSELF.in_(language).format(path=path)
    if not original.is_file():
        return NO_ORIGINAL.in_(language).format(path=path, original=original.name)
    mine, other = notebook.read(path, language), notebook.read(original, language)
    if mine.source is None or other.source is None:
        return (*mine.diagnostics, *other.diagnostics)
    return Pair(path, mine, mine.source, other.source, marks(notebook.own_metadata(path)))


def _refuse(why: str) -> int:
    print(f"casework translate: {why}", file=sys.stderr)
    return UNUSABLE


def _mark(pair: Pair, options: argparse.Namespace) -> int:
    here = {held.id for held in standings(pair.cells, pair.original, pair.marked) if held.cell}
    digests = {cell.id: digest(cell) for cell in pair.original.cells if cell.id in here}
    for cell in options.cell:
        if cell not in digests:
            near = Nearest(cell, tuple(digests)).in_(options.lang)
            return _refuse(NO_CELL.in_(options.lang).format(path=pair.path, id=cell, near=near))
    fresh = digests if options.all else {**pair.marked, **{cell: digests[cell] for cell in options.cell}}
    failed = notebook.write_metadata(
        pair.edition, {**notebook.own_metadata(pair.path), MARKS: dict(sorted(fresh.items()))}, options.lang
    )
    if failed is not None:
        print(as_text([failed], options.lang, 1))
        return ERRORS
    count = len(digests if options.all else set(options.cell))
    said = MARKED.in_(options.lang)
    print(said.format(edition=pair.path.name, count=count, original=pair.original.file))
    return CLEAN


def _tell(pair: Pair, options: argparse.Namespace) -> int:
    case = library.open_case(pair.path.with_name(pair.original.file), options.lang)
    if case.scenario is None:
        print(as_text(case.diagnostics, options.lang, 1))
        return ERRORS
    edition = library.open_case(pair.path, options.lang).scenario
    held = standings(pair.cells, pair.original, pair.marked)
    lacking = {each.id: LACKS[each.standing] for each in held if each.standing in LACKS}
    found = measure(case.scenario, edition, lacking)
    if options.format == "json":
        print(json.dumps(_as_json(held, found, is_playable=edition is not None), ensure_ascii=False, indent=1))
    else:
        head = HEAD.in_(options.lang).format(edition=pair.path.name, original=pair.original.file)
        told = (*_cells(held, options.lang), *_roads(found, case.scenario, edition, options.lang))
        print("\n".join([head, *told]))
    return CLEAN


def _cells(held: Sequence[Held], language: str) -> Iterator[str]:
    counts = {kind.value: sum(each.standing is kind for each in held) for kind in Standing}
    yield COUNTED.in_(language).format(**counts)
    for each in held:
        if each.standing in STANDINGS:
            sentence = STANDINGS[each.standing].in_(language)
            yield sentence.format(cell=each.cell, title=f'"{each.title}"', id=each.id)


def _roads(found: Translation, original: Scenario, edition: Scenario | None, language: str) -> Iterator[str]:
    if edition is None:
        yield UNPLAYABLE.in_(language)
    if found.share is None or found.whole.count is None or found.roads is None:
        yield COUNTLESS.in_(language)
    else:
        whole, roads = number(found.whole.count, language), number(found.roads, language)
        yield SHARE.in_(language).format(whole=whole, roads=roads, share=percentage(found.share, language))
    for broken in found.broken:
        yield from _halt(broken, original, language)


def _halt(broken: Broken, original: Scenario, language: str) -> Iterator[str]:
    count = broken.roads.count
    roads = MANY.in_(language) if count is None else number(count, language)
    yield HALTS[broken.at.lack].in_(language).format(roads=roads, title=original.scene(broken.at.scene).title)
    texts = {choice.id: choice.text for choice in original.choices}
    for at, choice in enumerate(broken.roads.shortest or (), 1):
        yield f"      {at}. {texts[choice]}"


def _as_json(held: Sequence[Held], found: Translation, *, is_playable: bool) -> dict[str, object]:
    broken = [
        {"scene": each.at.scene, "lack": each.at.lack, "roads": each.roads.count, "shortest": each.roads.shortest}
        for each in found.broken
    ]
    return {
        "is_playable": is_playable,
        "cells": [asdict(each) for each in held],
        "roads": found.roads,
        "whole": found.whole.count,
        "share": None if found.share is None else float(found.share),
        "broken": broken,
    }
