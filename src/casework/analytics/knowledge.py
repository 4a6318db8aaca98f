"""What rooms learned, over many workshops: what people knew and how sure they felt, before a case and after it.

Only workshops in which five people or more answered both times are counted. A room with fewer would be what is left
when all others are taken away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casework import items
from casework.analytics.findings import Finding, Table, about, end, spoken, worded
from casework.analytics.plots import Block, Line, Piece, Plot, Tone
from casework.gains import Gains, Row, gains
from casework.play.disclosure import Cell, coarse, fives, is_enough
from casework.play.survey import Learned, Reply, learned, paired
from casework.play.workshop import Act, Event
from casework.store import Card, Store
from casework.words import Words, mark

MONTH = 7
CAUTION = mark(
    "People answered the same questions before and after one evening, so this says nothing about what they do at "
    "work, nor about what they still know in a month."
)


@dataclass(frozen=True, slots=True)
class Evening:
    """The replies of one workshop in which five people or more answered both times; `month` is when it began."""

    session: str
    month: str
    replies: tuple[Reply, ...]


def evenings(store: Store, ended: Iterable[tuple[Card, Sequence[Event]]]) -> tuple[Evening, ...]:
    """Return those of the workshops that have *ended* in which it was asked; raises `StoreUnusable`."""
    asked = (card for card, events in ended if any(event.act is Act.SURVEY for event in events))
    found = (Evening(card.id, card.begun[:MONTH], store.sessions.replies(card.id)) for card in asked)
    return tuple(each for each in found if is_enough(len(paired(each.replies))))


def findings(found: Sequence[Evening], say: Words) -> tuple[Finding, ...]:
    """Return what people knew, and how sure they felt, the first time and the second."""
    result = _together(found)
    told = gains(items.survey(), result, say)
    if told.few:
        title = say("What did people know, before and after?")
        none = say("In none of these workshops five people or more answered both times. There is nothing to show.")
        return (Finding("knowledge", title, (none,), ""),)
    people = say.plural(
        "{count} workshop in which five people or more answered both times.",
        "{count} workshops in which five people or more answered both times.",
        len(found),
    )
    counted = say("{people} people in {workshops}", people=about(result.pairs, say), workshops=people)
    return (_known(result, told, counted, say), _felt(told, counted, say))


def _together(found: Iterable[Evening]) -> Learned:
    # After a workshop its pairs have numbers, and every workshop has a first.
    replies = (replace(one, pair=f"{each.session}/{one.pair}") for each in found for one in each.replies)
    return learned(items.survey(), replies, coarse)


def _known(result: Learned, told: Gains, counted: str, say: Words) -> Finding:
    first, second, _ = told.columns
    blocks, rows = [], []
    for known, row in zip(result.known, told.known, strict=True):
        turns = ((first, known.first, Tone.REST), (second, known.second, Tone.FIRST))
        lines = tuple(_line(label, cell, tone, result.pairs, say) for label, cell, tone in turns)
        blocks.append(Block(row.text, lines))
        rows.append((row.text, worded(known.first, say), worded(known.second, say), row.change))
    every = [replace(line, label=f"{block.title}, {line.label}") for block in blocks for line in block.lines]
    return Finding(
        "knowledge",
        say("What did people know, before and after?"),
        (counted, told.score),
        f"{say(CAUTION)} {told.note}",
        (say("Question"), *told.columns),
        tuple(rows),
        Plot(spoken(every, say), tuple(blocks), legend=((Tone.REST, first), (Tone.FIRST, second))),
    )


def _line(label: str, cell: Cell, tone: Tone, people: int, say: Words) -> Line:
    found = Table((cell,), fives(people))
    return Line(label, (Piece(found.share(0) or 0, tone),), end(found, 0, say))


def _felt(told: Gains, counted: str, say: Words) -> Finding:
    return Finding(
        "confidence",
        say("How sure did people feel, before and after?"),
        (counted, f"{told.felt_title}:", *(_feeling(row, say) for row in told.felt)),
        say("Feeling sure is not the same as knowing, and whoever learns what they did not know may feel less sure."),
        (say("Statement"), *told.columns),
        tuple((row.text, row.first, row.second, row.change) for row in told.felt),
    )


def _feeling(row: Row, say: Words) -> str:
    gaps = {"first": row.first, "second": row.second, "change": row.change}
    return say("{statement} First {first}, then {second}: {change}.", statement=row.text, **gaps)
