"""What talking did to the votes of workshops, and who was sure of what leaves a rule open."""

from collections.abc import Iterable, Mapping, Sequence

from casework.analytics.findings import Finding, end, few, line, many, spoken, table, worded
from casework.analytics.plots import Block, Line, Plot, Tone
from casework.analytics.tallies import Tallies
from casework.analytics.votes import Count, Poll
from casework.scenario.model import ChoiceId
from casework.words import Words


def votes(polls: Sequence[Poll], tallies: Tallies, say: Words) -> tuple[Finding, ...]:
    """Return how votes moved after talking, and who was sure of a choice that leaves a rule open."""
    return (_moved(polls, tallies, say), _sure(polls, tallies, say))


def _moved(polls: Sequence[Poll], tallies: Tallies, say: Words) -> Finding:
    title = say("What did talking change?")
    twice = [poll for poll in polls if poll.second]
    blocks, rows = [], []
    for scene in tallies.scenario.scenes:
        here = [poll for poll in twice if poll.scene == scene.id]
        options = [choice for choice in scene.choices if any(choice.id in poll.options for poll in here)]
        before = table([_voted((poll.first for poll in here), choice.id) for choice in options])
        after = table([_voted((poll.second for poll in here), choice.id) for choice in options])
        if before is None or after is None:
            continue
        lines = []
        for at, choice in enumerate(options):
            lines.append(line(say("{choice} – first vote", choice=choice.text), before, at, say, Tone.REST))
            lines.append(line(say("… and after talking"), after, at, say))
            rows.append((scene.title, choice.text, worded(before.cells[at], say), worded(after.cells[at], say)))
        blocks.append(Block(scene.title, tuple(lines)))
    if not blocks:
        return Finding(
            "moved", title, (say("No question was put twice in these workshops to five people or more."),), ""
        )
    every = [line for block in blocks for line in block.lines]
    return Finding(
        "moved",
        title,
        (say("Votes by phone in workshops that have ended, of questions that were put twice."),),
        say(
            "People move for many reasons: because an argument was good, or because most people "
            "voted so. A shift is not the same as insight."
        ),
        (say("Scene"), say("Choice"), say("First vote"), say("After talking")),
        tuple(rows),
        Plot(
            spoken(every, say),
            tuple(blocks),
            legend=((Tone.REST, say("First vote")), (Tone.FIRST, say("After talking"))),
        ),
    )


def _voted(tallied: Iterable[Mapping[ChoiceId, Count]], choice: ChoiceId) -> int:
    return sum(sum(each.get(choice, (0, 0))) for each in tallied)


def _sure(polls: Sequence[Poll], tallies: Tallies, say: Words) -> Finding:
    title = say("Who was sure, and left a rule open?")
    words = (
        say("Sure, and it leaves a rule open"),
        say("Unsure, and it leaves a rule open"),
        say("A choice that leaves none open"),
    )
    lines, rows = [], []
    for scene in tallies.scenario.scenes:
        here = [poll for poll in polls if poll.scene == scene.id and poll.off]
        counts = [0, 0, 0]
        for poll in here:
            for choice, (sure, unsure) in poll.first.items():
                parts = (sure, unsure, 0) if choice in poll.off else (0, 0, sure + unsure)
                counts = [old + new for old, new in zip(counts, parts, strict=True)]
        found = table(counts)
        if found is not None:
            ends = many([(word, end(found, at, say)) for at, word in enumerate(words)])
            lines.append(Line(scene.title, found.pieces((Tone.SECOND, Tone.REST, Tone.FIRST)), ends))
            rows.append((scene.title, *(worded(cell, say) for cell in found.cells)))
    if not lines:
        return few(say, "sure", title)
    legend = ((Tone.SECOND, words[0]), (Tone.REST, words[1]), (Tone.FIRST, words[2]))
    return Finding(
        "sure",
        title,
        (
            say(
                "Votes by phone, the first time that a question was put. Where people are sure and a rule stays open "
                "all the same, a talk helps most."
            ),
        ),
        say("Sure is what people said of themselves, and a rule that stays open may still be kept later in the story."),
        (say("Scene"), *words),
        tuple(rows),
        Plot(spoken(lines, say), (Block("", tuple(lines)),), legend=legend),
    )
