"""What stands in the way, as coordinators pass it on: two pages, with the agenda and the figures behind it.

One page to read on a screen that loads nothing, and two sheets on paper: what does not fit is counted, never squeezed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, TypeVar

from casework.export.page import render
from casework.library import Case
from casework.play.network import Board, Bundle, Meeting, Slot, Status, agenda, headline, heaviest
from casework.play.stumbling import Stumble, is_tied, scores, stumbles
from casework.room import labels, network
from casework.store import Store
from casework.words import Words, day, mark, words

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Space:
    """How many lines of a sheet of A4 a table may take, and how many characters fit on a line of its column of texts.

    Lines are counted with room to spare: where letters are wider than ours, there must still be two sheets.
    """

    lines: int
    width: int

    def fitting(self, rows: Iterable[T], texts: Callable[[T], Iterable[str]]) -> tuple[T, ...]:
        """Return the first rows that fit, and always one."""
        found: list[T] = []
        left = self.lines
        for row in rows:
            left -= sum(ceil(_length(text) / self.width) for text in texts(row)) + 1
            if found and left < 0:
                break
            found.append(row)
        return tuple(found)


BUNDLES, SLOTS, FIGURES = Space(46, 50), Space(19, 36), Space(22, 44)
MOST_HELPS = 2
SENTENCES = {
    "report": mark("Bottlenecks from practice"),
    "lead": mark(
        "Handed in by participants at the end of workshops with a made-up case, and brought together by those who "
        "coordinate. Nobody gave a name."
    ),
    "date": mark("Date"),
    "period": mark("Handed in"),
    "size": mark("How much"),
    "bundles": mark("What stands in the way"),
    "bundles_none": mark("There are no clusters yet."),
    "title": mark("Bottleneck"),
    "helps": mark("What would help:"),
    "weight": mark("Weight"),
    "from": mark("Handed in"),
    "to": mark("Goes to"),
    "status": mark("Status"),
    "agenda": mark("Agenda"),
    "agenda_none": mark("Nothing is on it."),
    "day": mark("Day"),
    "minute": mark("Minute"),
    "figures": mark("The figures behind it: where trainees have trouble"),
    "figures_none": mark("Too few playings came to an ending to say anything. From five on, it stands here."),
    "rule": mark("Rule"),
    "said": mark("In playings to an ending"),
    "sources": mark("Sources"),
}
TEXTS = mark("texts: {texts}")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made from: the board, where trainees stumble, the titles of sources, and today."""

    board: Board
    hard: tuple[Stumble, ...]
    titles: Mapping[str, str]
    today: date


def write(store: Store, cases: Iterable[Case], titles: Mapping[str, str], language: str, today: date) -> str:
    """Return the report of all workshops in a store; raises `StoreUnusable`."""
    found = scores(network.playings(store, cases, f"{today:%Y-%m}"), {})
    return report(Gathered(network.look(store), stumbles(found), titles, today), language)


def report(gathered: Gathered, language: str) -> str:
    """Return the report as one HTML page in a language."""
    say = words(language)
    writer = _Writer(gathered, say)
    bundles = heaviest(gathered.board.bundles)
    shown = BUNDLES.fitting(map(writer.bundle, bundles), _bundle_texts)
    named = bundles[: len(shown)]
    figures = [writer.figure(each, named) for each in writer.hard]
    told = FIGURES.fitting(figures, _figure_texts)
    return render(
        "network.html.j2",
        language=say.language,
        words={key: say(sentence) for key, sentence in SENTENCES.items()},
        day=day(gathered.today, say.language),
        period=writer.period(),
        size=writer.size(),
        bundles=shown,
        more_bundles=writer.more(len(bundles) - len(shown)),
        agendas=[writer.agenda(meeting) for meeting in Meeting],
        figures=told,
        more_figures=writer.more(len(figures) - len(told)),
        practice=say(labels.PRACTICE),
        addresses=writer.addresses(named),
        caution=say(labels.CAUTION),
        sources=writer.sources([*shown, *told]),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Says what coordinators brought together in the words of a report."""

    gathered: Gathered
    say: Words

    @property
    def hard(self) -> tuple[Stumble, ...]:
        """Where trainees stumble, what belongs to a cluster first."""
        clusters = [bundle.cluster for bundle in self.gathered.board.bundles]
        return tuple(sorted(self.gathered.hard, key=lambda each: not any(is_tied(one, each) for one in clusters)))

    def period(self) -> str:
        """Return from which day to which day texts were handed in; nothing where none were."""
        days = sorted({note.day for note in self.gathered.board.notes})
        ends = dict.fromkeys([*days[:1], *days[-1:]])
        return " – ".join(day(date.fromisoformat(each), self.say.language) for each in ends)

    def size(self) -> str:
        """Return how many workshops, clusters, and texts that lie in none."""
        found = self.gathered.board
        workshops = len({note.weighed.bottleneck.session for note in found.notes})
        parts = (
            self.say.plural("from {count} workshop", "from {count} workshops", workshops),
            self.say.plural("{count} cluster", "{count} clusters", len(found.bundles)),
            self.say.plural("{count} text in no cluster", "{count} texts in no cluster", len(found.loose)),
        )
        return " · ".join(parts)

    def bundle(self, bundle: Bundle) -> Row:
        """Return one cluster as a row."""
        it, say = bundle.cluster, self.say
        return {
            "title": it.title,
            "question": it.question,
            "answer": it.answer,
            "helps": "; ".join(self._helps(bundle)),
            "weight": labels.weighs(bundle, say),
            "workshops": say.plural("from {count} workshop", "from {count} workshops", bundle.workshops),
            "texts": say(TEXTS, texts=labels.texts(bundle, say)),
            "to": ", ".join(say(labels.RECEIVERS[each].name) for each in it.receivers),
            "status": labels.told(it.last, say),
            "is_solved": it.status is Status.SOLVED,
            "steps": ", ".join(labels.step(each, say) for each in it.steps),
            "source": [source for each in it.receivers for source in labels.RECEIVERS[each].source],
        }

    def agenda(self, meeting: Meeting) -> Row:
        """Return the agenda of a meeting."""
        slots = agenda(self.gathered.board, meeting)
        total = sum(slot.bundle.cluster.minutes for slot in slots)
        shown = SLOTS.fitting(map(self._slot, slots), _slot_texts)
        return {
            "title": self.say(labels.MEETINGS[meeting]),
            "total": self.say.plural("{count} minute", "{count} minutes", total) if slots else "",
            "slots": shown,
            "more": self.more(len(slots) - len(shown)),
        }

    def figure(self, stumble: Stumble, named: Sequence[Bundle]) -> Row:
        """Return one rule and how many did not follow it, as far as it may be shown.

        What it hangs together with is told by its place among those that are *named* in the report.
        """
        tied = (str(place) for place, each in enumerate(named, 1) if is_tied(each.cluster, stumble))
        return {
            "title": stumble.rule.title.in_(self.say.language),
            "step": ", ".join(labels.step(each, self.say) for each in stumble.steps),
            "severity": self.say(stumble.rule.severity.value),
            "said": labels.stumbled(stumble, self.say),
            "source": stumble.rule.source,
            "bundles": ", ".join(tied),
        }

    def more(self, left: int) -> str:
        """Return how many rows are not in the report; nothing where all are."""
        return self.say.plural("And {count} more.", "And {count} more.", left) if left else ""

    def addresses(self, bundles: Iterable[Bundle]) -> list[Row]:
        """Return what those are there for to whom these clusters go."""
        used = {receiver for bundle in bundles for receiver in bundle.cluster.receivers}
        found = [labels.RECEIVERS[each] for each in labels.RECEIVERS if each in used]
        return [
            {"name": self.say(each.name), "about": self.say(each.about), "source": ", ".join(each.source)}
            for each in found
        ]

    def sources(self, rows: Iterable[Row]) -> list[dict[str, str]]:
        """Return the sources of these rows, each once, in the order in which they are named."""
        named = dict.fromkeys(source for row in rows for source in row["source"])
        return [{"id": each, "title": self.gathered.titles.get(each, "")} for each in named]

    def _helps(self, bundle: Bundle) -> list[str]:
        """Return what would help according to who handed it in, each once, the heaviest first."""
        notes = sorted(bundle.notes, key=lambda note: (note.weighed.mean is None, -(note.weighed.mean or 0)))
        said = (headline(one.help) for note in notes for one in (note.weighed.bottleneck, *note.weighed.merged))
        return list(filter(None, dict.fromkeys(said)))[:MOST_HELPS]

    def _slot(self, slot: Slot) -> Row:
        it = slot.bundle.cluster
        return {"begins": slot.begins, "minutes": it.minutes, "title": it.title, "question": it.question}


def _length(text: str) -> float:
    # A capital takes as much room as one and a half other letters.
    return len(text) + sum(letter.isupper() for letter in text) / 2


def _bundle_texts(row: Row) -> tuple[str, ...]:
    return (row["title"], row["question"], row["answer"], row["helps"], row["steps"])


def _slot_texts(row: Row) -> tuple[str, ...]:
    return (row["title"], row["question"])


def _figure_texts(row: Row) -> tuple[str, ...]:
    return (row["title"], row["step"])
