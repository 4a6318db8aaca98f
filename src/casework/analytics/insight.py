"""What is learned from many: the cohort of a store, one case at a time, as it is asked for on a page.

Each case is read once, when it is first asked for, and every filter then works on small frames.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from casework.analytics import again, findings, keeping, knowledge, roads, seen, talking, votes
from casework.analytics.charts import PHONE, WIDE, Size
from casework.analytics.findings import Finding, Value
from casework.analytics.knowledge import Evening
from casework.analytics.pictures import specification
from casework.analytics.shelf import Shelf
from casework.analytics.svg import svg
from casework.analytics.tallies import ALONE, Asked, Tallies, tally
from casework.analytics.votes import Poll
from casework.cards import deck
from casework.cards.deck import SETTINGS
from casework.play.cohort import base
from casework.play.disclosure import fives, is_enough
from casework.spreadsheet import safe
from casework.store import Card, Store
from casework.words import Words, day, mark, number, words

View = dict[str, Any]
Held = TypeVar("Held", Poll, Evening)
MOST = 200


class Part(StrEnum):
    """What can be asked of a cohort, one part of the page at a time."""

    ROADS = "roads"
    CHOICES = "choices"
    STEPS = "steps"
    SIGNALS = "signals"
    STOPS = "stops"
    VOTES = "votes"
    LEARNING = "learning"
    KNOWLEDGE = "knowledge"


PARTS = {
    Part.ROADS: mark("Roads"),
    Part.CHOICES: mark("Choices"),
    Part.STEPS: mark("Steps and rules"),
    Part.SIGNALS: mark("Signals"),
    Part.STOPS: mark("Where people stop"),
    Part.VOTES: mark("Votes"),
    Part.LEARNING: mark("First and later"),
    Part.KNOWLEDGE: mark("Before and after"),
}
SENTENCES = {
    "parts": mark("What do you want to know?"),
    "filter": mark("About whom?"),
    "caution": mark("What you cannot conclude"),
    "table": mark("The numbers in a table"),
    "csv": mark("Save as a table (CSV)"),
    "print": mark("Print this page"),
    "workshops": mark("Which workshops?"),
    "workshops_all": mark("Nothing ticked is everybody."),
    "wait": mark("One moment, this is being counted."),
    "lost": mark("No connection. What you see stays here."),
    "legend": mark("Colours"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """All that was chosen on the page."""

    part: Part = Part.ROADS
    case: str = ""
    asked: Asked = field(default_factory=Asked)

    @property
    def remembered(self) -> View:
        """What brings the page back as it was."""
        asked = self.asked
        return {
            "part": self.part.value,
            "case": self.case,
            "since": asked.since,
            "until": asked.until,
            "sessions": sorted(asked.sessions),
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one case."""

    tallies: Tallies
    polls: tuple[Poll, ...]
    cards: tuple[Card, ...]
    gone: int
    evenings: tuple[Evening, ...] = ()


class Insight:
    """The cohort of one store, for one page; `running` is the month that is not over yet, as `2026-03`."""

    def __init__(self, store: Store, shelf: Shelf, running: str) -> None:
        self._store, self._shelf, self._running = store, shelf, running
        self._known: dict[str, Known] = {}
        begun = store.cohort.begun(running)
        self._counts = {name: begun.get(name, 0) for name in shelf.titles}
        self._gone = sum(count for name, count in begun.items() if name not in shelf.titles)

    @property
    def first(self) -> str:
        """The case that most people played; empty where there is none that can be played."""
        names = sorted(self._counts, key=lambda name: -self._counts[name])
        return next((name for name in names if self._shelf.editions(name)), "")

    def look(self, question: Question, language: str, *, sizes: Sequence[Size] = (PHONE, WIDE)) -> View:
        """Return the whole page for what is asked, in one language."""
        say = words(language)
        case = question.case if self._shelf.editions(question.case) else self.first
        question = replace(question, case=case)
        found = self._findings(question, say) if case else ()
        return {
            "lang": say.language,
            "part": question.part.value,
            "parts": [{"value": part.value, "label": say(label)} for part, label in PARTS.items()],
            "fields": self._fields(question, say) if case else [],
            "workshops": self._workshops(question, say) if case else [],
            "notes": list(self._notes(question, say)),
            "findings": [_drawn(each, question, sizes, say) for each in found],
            "is_more": question.part is Part.SIGNALS and bool(self._missing),
            "remembered": question.remembered,
        }

    def heard(self, question: Question, message: Mapping[str, Any]) -> Question:
        """Return what is asked after a message; raises `ValueError` or `TypeError` for what no page of ours sends."""
        found, asked = question, question.asked
        if "part" in message:
            found = replace(found, part=Part(message["part"]))
        if "case" in message:
            # Another case has other months and other workshops.
            found, asked = replace(found, case=_text(message["case"])), Asked()
        if "since" in message:
            asked = replace(asked, since=_text(message["since"]))
        if "until" in message:
            asked = replace(asked, until=_text(message["until"]))
        if "sessions" in message:
            asked = replace(asked, sessions=frozenset(map(_text, message["sessions"])))
        return replace(found, asked=asked)

    def read(self, name: str) -> Known:
        """Return what is known of a case, read from the store the first time."""
        if name not in self._known:
            cohort, editions = self._store.cohort, self._shelf.editions(name)
            alike, pairs = cohort.alike(name, self._running), cohort.pairs(name, self._running)
            ended = cohort.ended(name)
            found, gone = votes.polls(editions, ended, cohort.polled(name))
            cards = tuple(card for card, _ in ended if base(card.version) in editions)
            evenings = knowledge.evenings(self._store, ended)
            self._known[name] = Known(tally(editions, alike, pairs), found, cards, gone, evenings)
        return self._known[name]

    def read_more(self) -> None:
        """Read one more of the cases that were not asked for yet."""
        missing = self._missing
        if missing:
            self.read(missing[0])

    @property
    def _missing(self) -> list[str]:
        return [name for name in self._counts if name not in self._known and self._shelf.editions(name)]

    def _findings(self, question: Question, say: Words) -> tuple[Finding, ...]:
        known, asked = self.read(question.case), question.asked
        tallies = self._spoken(known.tallies, question.case, say)
        match question.part:
            case Part.SIGNALS:
                return seen.signals(tallies, asked, say, self._settings(say))
            case Part.VOTES:
                return talking.votes(_meant(known.polls, asked), tallies, say)
            case Part.KNOWLEDGE:
                return knowledge.findings(_meant(known.evenings, asked), say)
        tell = {
            Part.ROADS: roads.roads,
            Part.CHOICES: roads.choices,
            Part.STEPS: keeping.steps,
            Part.STOPS: roads.stops,
            Part.LEARNING: again.learning,
        }
        return tell[question.part](tallies, asked, say)

    def _spoken(self, tallies: Tallies, name: str, say: Words) -> Tallies:
        """Return the tallies with the sentences of the edition in the reader's language, where there is one."""
        editions = (scenario for scenario, _ in self._shelf.editions(name).values())
        return next((tallies.told_by(each) for each in editions if each.language == say.language), tallies)

    def _settings(self, say: Words) -> Mapping[str, Sequence[Tallies]]:
        places = {place.case: place.settings for place in deck.places()}
        found: dict[str, list[Tallies]] = {}
        for setting, text in SETTINGS.items():
            there = [each.tallies for name, each in self._known.items() if setting in places.get(name, ())]
            if there:
                found[say.text(text)] = there
        return found

    def _fields(self, question: Question, say: Words) -> list[View]:
        names = {name: self._title(name, say) for name in self._counts}
        months = keeping.periods(self.read(question.case).tallies)
        options = {each: each for each in months}
        return [
            _field("case", say("Which case?"), names, question.case),
            *(
                [
                    _field("since", say("From"), {"": say("The beginning"), **options}, question.asked.since),
                    _field("until", say("Up to and including"), {"": say("Now"), **options}, question.asked.until),
                ]
                if len(months) > 1
                else []
            ),
        ]

    def _title(self, name: str, say: Words) -> str:
        titles = self._shelf.titles[name]
        return titles.get(say.language) or next(iter(titles.values()))

    def _workshops(self, question: Question, say: Words) -> list[View]:
        # The last ones: a list of years of workshops is no list to choose from.
        cards = self.read(question.case).cards[-MOST:][::-1]
        if not cards:
            return []
        rows = {ALONE: say("Outside workshops"), **{card.id: _called(card, say) for card in cards}}
        chosen = question.asked.sessions
        return [{"value": value, "label": label, "on": value in chosen} for value, label in rows.items()]

    def _notes(self, question: Question, say: Words) -> Iterator[str]:
        if not question.case:
            yield say("There is no case here that can be played.")
            return
        known = self.read(question.case)
        yield say(
            "Counted are attempts of months that are over, and workshops that have ended. Numbers are rounded to "
            "fives; a group of fewer than five people is not shown."
        )
        yield from _apart(
            mark("People who played this case before it was changed are not counted here: {people}."),
            known.tallies.changed,
            say,
        )
        yield from _apart(
            mark("Attempts that could not be followed are not counted here: {people}."), known.tallies.lost, say
        )
        yield from _apart(
            mark("People who played a case that is no longer here are not counted: {people}."), self._gone, say
        )
        if known.gone and question.part is Part.VOTES:
            yield say("Workshops with an earlier version of this case are not counted: {count}.", count=known.gone)


def _meant(held: Sequence[Held], asked: Asked) -> tuple[Held, ...]:
    return tuple(
        each
        for each in held
        if (not asked.sessions or each.session in asked.sessions)
        and each.month >= asked.since
        and (not asked.until or each.month[: len(asked.until)] <= asked.until)
    )


def _apart(sentence: str, count: int, say: Words) -> Iterator[str]:
    if count:
        people = number(fives(count), say.language) if is_enough(count) else say(findings.FEWER)
        yield say(sentence, people=people)


def _called(card: Card, say: Words) -> str:
    return f"{day(date.fromisoformat(card.begun[:10]), say.language)}, {card.begun[11:16]}"


def _field(name: str, label: str, options: Mapping[str, str], value: str) -> View:
    rows = [{"value": value, "label": text} for value, text in options.items()]
    return {"name": name, "label": label, "options": rows, "value": value if value in options else ""}


def _drawn(finding: Finding, question: Question, sizes: Sequence[Size], say: Words) -> View:
    plot = finding.plot
    drawings = [svg(specification(plot, size), plot.alt, size.name) for size in sizes] if plot else []
    return {
        "id": finding.id,
        "title": finding.title,
        "told": list(finding.told),
        "caution": finding.caution,
        "drawings": drawings,
        "legend": [{"tone": tone.value, "word": word} for tone, word in plot.legend] if plot else [],
        "head": list(finding.head),
        "rows": [[_shown(value, say) for value in row] for row in finding.rows],
        "file": f"casework-{question.case}-{finding.id}.csv",
        "csv": sheet(finding),
    }


def sheet(finding: Finding) -> str:
    """Return the table of a finding as RFC 4180 has it: the cells of the screen, and nothing else."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([[safe(value) for value in row] for row in (finding.head, *finding.rows)])
    return text.getvalue()


def _shown(value: Value, say: Words) -> str:
    return number(value, say.language) if isinstance(value, int) else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value[:80]


def captions(say: Words) -> View:
    """Return what the page itself says."""
    return {key: say(sentence) for key, sentence in SENTENCES.items()}
