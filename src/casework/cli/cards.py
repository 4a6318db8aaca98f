"""`casework cards`: signals and conversation cards, and which of them no case covers yet."""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from casework import library, notebook
from casework.cards import deck
from casework.cards.deck import FORMS, MOMENTS, PRACTICE, SETTINGS, Form, Setting, TalkCard
from casework.cards.matrix import Matrix, Row, Use, matrix
from casework.cli.paths import CLEAN, UNUSABLE, notebooks
from casework.cli.tables import table
from casework.cli.tongues import into
from casework.conformance.model import Text
from casework.scenario.compiler import compile_scenario
from casework.scenario.model import Scenario

Group = tuple[Form, tuple[Setting, ...]]

WIDE, CITED = 52, 15
MARKS = {Use.ACTED_ON: "+", Use.OFFERED: "o", None: "."}
LEGEND = Text(
    "+ in de casus, en er is een keuze mee · o in de casus · . niet in de casus",
    "+ in the case, and a choice acts on it · o in the case · . not in the case",
)
SIGNAL, SOURCE, FORM = Text("signaal", "signal"), Text("bron", "source"), Text("vorm", "form")
NO_SOURCE = Text("uit de praktijk", "from practice")
DO, AVOID, WHY, SAY = Text("Wel", "Do"), Text("Niet", "Don't"), Text("Want", "Why"), Text("Bijvoorbeeld", "For example")
GAPS = {
    "forms": Text("Vormen zonder casus", "Forms without a case"),
    "settings": Text("Werkplekken zonder casus", "Places of work without a case"),
    "signals": Text("Signalen zonder casus", "Signals without a case"),
    "unmapped": Text("Signalen van een casus die op geen kaart staan", "Signals of a case that are on no card"),
    "unplaced": Text("Casussen zonder vorm en werkplek", "Cases without a form and a place of work"),
}
NONE = Text("geen", "none")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("cards", help="list signals and conversation cards, and what no case covers yet")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="notebooks, or folders with notebooks")
    parser.add_argument("--talks", action="store_true", help="list the conversation cards instead")
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="bring the toolkit's further language up to date: toolkit.pl.po"
    )
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language of the cards")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=cards)


def cards(options: argparse.Namespace) -> int:
    """Print the conversation cards, or the signals against the cases at these paths."""
    language, is_json = options.lang, options.format == "json"
    if options.into:
        return into(options.into, language)
    if options.talks:
        told = [_talk_as_json(card, language) for card in deck.talks()]
        print(_dumped(told) if is_json else "\n\n".join(_talks(language)))
        return CLEAN
    try:
        found = _matrix(tuple(notebooks(options.paths)), language)
    except FileNotFoundError as error:
        print(f"casework cards: {error}", file=sys.stderr)
        return UNUSABLE
    print(_dumped(_as_json(found, language)) if is_json else "\n\n".join(_as_text(found, language)))
    return CLEAN


def _matrix(paths: tuple[Path, ...], language: str) -> Matrix:
    found = {path: _scenario(path, language) for path in paths}
    for path in (path for path, case in found.items() if case is None):
        print(f"casework cards: {path.name} has errors and is left out; casework check names them", file=sys.stderr)
    return matrix(deck.signals(), (case for case in found.values() if case), deck.places())


def _scenario(path: Path, language: str) -> Scenario | None:
    """Return a case as it was compiled; what is proved of it is of no interest here, and takes seconds."""
    source = notebook.read(path, language).source
    return compile_scenario(source, library.Protocols(path.parent), language).scenario if source else None


def _as_text(found: Matrix, language: str) -> Iterator[str]:
    yield f"{deck.rule().text.in_(language)} ({', '.join(deck.rule().sources)})"
    yield _grid(found, language)
    for (form, settings), rows in _groups(found):
        where = ", ".join(SETTINGS[setting].in_(language) for setting in settings)
        yield f"{FORMS[form].in_(language)} · {where}\n\n{_signals(rows, found.cases, language)}"
    if found.cases:
        yield LEGEND.in_(language)
        yield "\n".join(f"{GAPS[key].in_(language)}: {said}" for key, said in _gaps(found, language))


def _grid(found: Matrix, language: str) -> str:
    head = (FORM.in_(language), *(SETTINGS[setting].in_(language) for setting in Setting))
    forms = (form for form in Form if form is not Form.ANY)
    rows = [
        (FORMS[form].in_(language), *(", ".join(found.at(form, setting)) or "." for setting in Setting))
        for form in forms
    ]
    return table(head, rows, [22, *(12 for _ in Setting)])


def _groups(found: Matrix) -> Iterator[tuple[Group, list[Row]]]:
    """Yield the rows by form and settings; a card of two forms stands below both."""
    groups: dict[Group, list[Row]] = {}
    for row in found.rows:
        for form in row.card.forms:
            groups.setdefault((form, row.card.settings), []).append(row)
    yield from sorted(groups.items(), key=lambda group: _place(group[0]))


def _place(group: Group) -> tuple[int, tuple[int, ...]]:
    form, settings = group
    return tuple(Form).index(form), tuple(tuple(Setting).index(setting) for setting in settings)


def _signals(rows: list[Row], cases: tuple[str, ...], language: str) -> str:
    head = (SIGNAL.in_(language), SOURCE.in_(language), *cases)
    lines = [
        (
            row.card.text.in_(language),
            ", ".join(row.card.sources) or NO_SOURCE.in_(language),
            *(MARKS[use] for use in row.uses),
        )
        for row in rows
    ]
    return table(head, lines, [WIDE, CITED, *(len(case) for case in cases)])


def _gaps(found: Matrix, language: str) -> Iterator[tuple[str, str]]:
    unplaced = [name for name, place in zip(found.cases, found.plays, strict=True) if place is None]
    told = {
        "forms": [FORMS[form].in_(language) for form in found.forms],
        "settings": [SETTINGS[setting].in_(language) for setting in found.settings],
        "signals": [f"{len(found.uncovered)} / {len(found.rows)}"],
        "unmapped": list(found.unmapped),
        "unplaced": unplaced,
    }
    for key, names in told.items():
        yield key, ", ".join(names) or NONE.in_(language)


def _talks(language: str) -> Iterator[str]:
    for moment, rows in groupby(deck.talks(), key=lambda card: card.moment):
        yield MOMENTS[moment].in_(language)
        yield from (_talk(card, language) for card in rows)


def _talk(card: TalkCard, language: str) -> str:
    parts = ((DO, card.do), (AVOID, card.avoid), (WHY, card.why), (SAY, card.say))
    lines = [f"{word.in_(language)}: {text.in_(language)}" for word, text in parts]
    return "\n".join([*lines, ", ".join(card.sources) or PRACTICE.in_(language)])


def _as_json(found: Matrix, language: str) -> dict[str, Any]:
    return {
        "rule": {"text": deck.rule().text.in_(language), "sources": list(deck.rule().sources)},
        "cases": list(found.cases),
        "signals": [_signal_as_json(row, found.cases, language) for row in found.rows],
        "without_case": {
            "forms": [form.value for form in found.forms],
            "settings": [setting.value for setting in found.settings],
            "signals": [card.id for card in found.uncovered],
        },
        "on_no_card": list(found.unmapped),
    }


def _signal_as_json(row: Row, cases: tuple[str, ...], language: str) -> dict[str, Any]:
    card = row.card
    return {
        "id": card.id,
        "forms": [form.value for form in card.forms],
        "settings": [setting.value for setting in card.settings],
        "text": card.text.in_(language),
        "also": card.also.in_(language),
        "sources": list(card.sources),
        "practice": card.is_practice,
        "uses": {case: use.value for case, use in zip(cases, row.uses, strict=True) if use},
    }


def _talk_as_json(card: TalkCard, language: str) -> dict[str, Any]:
    said = {name: getattr(card, name).in_(language) for name in ("do", "avoid", "why", "say")}
    cited = {"sources": list(card.sources), "practice": card.is_practice}
    return {"id": card.id, "moment": card.moment.value, **said, **cited}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
