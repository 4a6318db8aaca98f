"""A vote as it may be read: options with letters, numbers or words, what talking changed, what the protocol says."""

from collections.abc import Iterable
from string import ascii_uppercase
from typing import Any

from casework.play.disclosure import Word
from casework.play.dissent import Said
from casework.play.feedback import Remark
from casework.play.showing import Result, Room, Row
from casework.scenario.model import ChoiceId, Scenario
from casework.widgets.verdicts import MARK_WORDS, tag
from casework.widgets.view import Setting
from casework.words import Words, mark

View = dict[str, Any]

SHARES = {Word.MOST: mark("most"), Word.SOME: mark("some"), Word.FEW: mark("a few"), Word.NONE: mark("nobody")}
COLUMNS = (mark("Option"), mark("Votes"))
TWICE = (mark("Option"), mark("first"), mark("after talking"), mark("difference"))
TOO_FEW = mark("Fewer than five people voted. Nothing of this vote is shown.")
SILENT = mark("The Meldcode says nothing about this.")
WHOLE = 100


def options(scenario: Scenario, choices: Iterable[ChoiceId]) -> list[View]:
    """Return options as they are put to a room: each with a letter, A for the first."""
    texts = {choice.id: choice.text for choice in scenario.choices}
    return [
        {"choice": choice, "letter": letter, "text": texts[choice]}
        for choice, letter in zip(choices, ascii_uppercase, strict=False)
    ]


def result(scenario: Scenario, room: Room, say: Words) -> View:
    """Return the vote that was revealed here; with the first one beside it where the room voted twice.

    Bars are shares of the longest one, in per cent; where the facilitator prefers words there are none, as a bar is a
    number too.
    """
    shown = [each for each in room.results if each.rows]
    last = room.results[-1]
    if not last.rows:
        return {"note": say(TOO_FEW), "columns": [], "rows": [], "is_twice": False}
    is_twice = len(shown) > 1
    return {
        "note": _voters(shown, say),
        "columns": [say(column) for column in (TWICE if is_twice else COLUMNS)],
        "rows": _rows(scenario, shown, say),
        "is_twice": is_twice,
    }


def said(setting: Setting, verdicts: Iterable[Said]) -> dict[ChoiceId, View]:
    """Return what the protocol says about each option: nothing, or each rule with how it stands."""
    return {
        each.choice: {
            "remarks": [_remark(one, setting.say) for one in each.remarks],
            "silent": "" if each.remarks else setting.say(SILENT),
        }
        for each in verdicts
    }


def sources(setting: Setting, verdicts: Iterable[Said]) -> str:
    """Return the sources of all that the protocol says here, each once, as one line; empty where it says nothing."""
    found = dict.fromkeys(source for each in verdicts for one in each.remarks for source in one.rule.source)
    titles = [f"{setting.sources[source]} ({source})" if source in setting.sources else source for source in found]
    return setting.say("Source: {titles}.", titles="; ".join(titles)) if titles else ""


def share(word: Word, say: Words) -> str:
    """Return a share of the room as a word."""
    return say(SHARES[word])


def _voters(shown: list[Result], say: Words) -> str:
    first, last = shown[0], shown[-1]
    if first.voters != last.voters:
        # With fewer voters an option can lose votes without anybody having changed their mind.
        return say("{first} people voted the first time, {last} after talking.", first=first.voters, last=last.voters)
    return say.plural("{count} person voted.", "{count} people voted.", last.voters)


def _rows(scenario: Scenario, shown: list[Result], say: Words) -> list[View]:
    first, last = shown[0], shown[-1]
    before = {row.choice: row for row in first.rows}
    longest = max((row.count or 0 for each in shown for row in each.rows), default=0)
    return [
        {
            **option,
            "counts": [_count(row, say) for row in (*([before[row.choice]] if first is not last else []), row)],
            "bars": _bars(row, None if first is last else before[row.choice], longest),
            "shift": None if first is last else _shift(before[row.choice], row, say),
        }
        for option, row in zip(options(scenario, (row.choice for row in last.rows)), last.rows, strict=True)
    ]


def _count(row: Row, say: Words) -> str:
    return share(row.word, say) if row.count is None else str(row.count)


def _bars(row: Row, before: Row | None, longest: int) -> list[int]:
    counts = [each.count for each in (before, row) if each is not None]
    return [round(count * WHOLE / longest) for count in counts if count is not None] if longest else []


def _shift(before: Row, after: Row, say: Words) -> View:
    if before.count is None or after.count is None:
        return {"direction": "same", "text": ""}
    more = after.count - before.count
    if not more:
        return {"direction": "same", "text": say("the same")}
    said_more = say("{count} more", count=more) if more > 0 else say("{count} fewer", count=-more)
    return {"direction": "up" if more > 0 else "down", "text": said_more}


def _remark(remark: Remark, say: Words) -> View:
    return {
        "is": remark.mark.value,
        "word": say(MARK_WORDS[remark.mark]),
        "title": remark.rule.title.in_(say.language),
        "tag": tag(remark.rule, say),
    }
