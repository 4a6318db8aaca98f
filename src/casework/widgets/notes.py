"""The facilitator's notes as one JSON value: what to say here, what to press, and what nobody else may see."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from casework.play.ballot import Shift
from casework.play.disclosure import Cover, protect
from casework.play.dissent import Dissent
from casework.play.showing import Notes
from casework.play.workshop import Act, Phase
from casework.room import CHANGED, ELSEWHERE, UNDECIDED, spelled
from casework.scenario.model import ChoiceId
from casework.widgets import cues, votes
from casework.widgets.stage import Tonight, stage, weights
from casework.widgets.stage import counts as stage_counts
from casework.widgets.view import paragraph
from casework.words import Words, mark

View = dict[str, Any]

TAGS = {
    Phase.READ: mark("the scene"),
    Phase.VOTE: mark("the vote is open"),
    Phase.CLOSED: mark("the vote is closed"),
    Phase.VOTES: mark("the votes"),
    Phase.RULES: mark("the Meldcode"),
    Phase.TALK: mark("talking in pairs"),
    Phase.ALONE: mark("everybody plays alone"),
    Phase.COMPARE: mark("where everybody came"),
    Phase.GATHER: mark("handing in what stands in the way"),
    Phase.WEIGH: mark("weighing"),
    Phase.AGAIN: mark("the questions once more"),
    Phase.ANSWERS: mark("what the room learned"),
    Phase.ENDED: mark("the end"),
}
HINTS = {
    Phase.READ: mark("Read the text aloud, calmly. Then ten seconds of silence."),
    Phase.VOTE: mark("You see how people voted only when you show the votes. Give no opinion yet."),
    Phase.CLOSED: mark("Nobody can vote now. Nothing is shown yet: you can let them talk first."),
    Phase.VOTES: mark("Ask: what made you choose this? Ask for reasons, not for who chose what."),
    Phase.RULES: mark("The order of the steps is a guide. Ask what this rule is there for."),
    Phase.TALK: mark("Walk around. Listen, do not steer."),
    Phase.ALONE: mark("Everybody plays on by phone. A clock of ten minutes helps."),
    Phase.COMPARE: mark("Ask what surprised them. Nobody has to say which road was theirs."),
    Phase.GATHER: mark("Merge what is the same. Take out what names somebody."),
    Phase.WEIGH: mark("You see the weights when you go on."),
    Phase.AGAIN: mark("Let people answer by themselves. Nobody has to. After this nobody can answer any more."),
    Phase.ANSWERS: mark("Ask which answer surprised them, and why. Nobody has to say what they chose."),
    Phase.ENDED: mark("Write down together what you take up, and who does."),
}
DOOR, DOOR_HINT = (
    mark("how to join"),
    mark("Read aloud what the story is about. Say that leaving is fine, and where help is."),
)
ASKED_HINT = mark(
    "The phones ask a few questions first. Wait until most have finished; skipping is fine. When you begin to read, "
    "the questions close. Say what the story is about, that leaving is fine, and where help is."
)
BLANK, PAUSED = mark("a blank screen"), mark("a break")
NOTICES = {
    ELSEWHERE: mark("Another window did something first. You see how it stands now."),
    UNDECIDED: mark("No option leads. Choose one yourself, or let them talk and vote once more."),
    CHANGED: mark(
        "The author changed this case since the session began. Something that was done has no place any more."
    ),
    "refused": mark("That is not possible now. You see how it stands."),
    "unsaved": mark("That could not be stored. Try again in a moment."),
}
WORDS = {
    "notes": mark("Notes"),
    "skip": mark("To the controls"),
    "lead": mark("Controls"),
    "now": mark("On the screen now"),
    "aloud": mark("The text, to read aloud"),
    "your_notes": mark("Your notes for this scene"),
    "no_note": mark("The author wrote no note here."),
    "after": mark("After this"),
    "choose": mark("Choose below how the story goes on."),
    "keys": mark("PageDown or clicker: on. PageUp: back. Full stop: blank screen."),
    "clicker": mark("Keys and clicker work here"),
    "clock": mark("Clock"),
    "closes": mark("closes nothing by itself"),
    "no_clock": mark("No clock is running."),
    "left": mark("Time left"),
    "soon": mark("Half a minute left."),
    "over": mark("The time is up."),
    "hands": mark("Count hands"),
    "hands_how": mark("For people without a phone. Fill in how many raise a hand for each option."),
    "more": mark("More"),
    "sure": mark("Are you sure?"),
    "yes": mark("Yes, end it"),
    "no": mark("No, go back"),
    "sureness": mark("Sure"),
    "alone_see": mark("Only you see this."),
    "bottlenecks": mark("What was handed in"),
    "bottlenecks_none": mark("Nothing was handed in yet."),
    "helps": mark("What would help:"),
    "same": mark("Handed in as well:"),
    "merge_into": mark("Is the same as"),
    "pick_keys": mark("Press Enter to choose this."),
    "drop": mark("Take out"),
    "report": mark("Open the report"),
    "out": mark("Sign out"),
    "lost": mark("No connection for now. What you press goes out when it is back."),
    "majority": mark("most votes"),
}
# Elsewhere the room is not in the scene, and what belongs to it would only stand in the way.
IN_STORY = frozenset({Phase.READ, Phase.VOTE, Phase.CLOSED, Phase.VOTES, Phase.RULES, Phase.TALK})
CLOSE, APART = Fraction(1, 4), Fraction(1, 2)
AGREED = mark("The room largely agrees on what follows.")
DIVIDED = mark("The room is divided about what follows. Let some people explain their reasons.")
FAR = mark("The room is far apart about what follows. Stop here and talk.")


def notes(tonight: Tonight, found: Notes) -> View:
    """Return the view of the notes, without what only counts: see `counts`."""
    say, scenario, room = tonight.say, tonight.setting.scenario, found.room
    options = votes.options(scenario, (choice for choice, _ in found.onward))
    letters = {option["choice"]: option["letter"] for option in options}
    shown = stage(tonight, room)
    return {
        "language": say.language,
        "title": scenario.title,
        "number": room.number,
        "phase": room.phase.value,
        "scene": scenario.scene(room.scene).title,
        "code": spelled(tonight.code),
        "screen": shown["screen"],
        "now": _now(found, say),
        "has_count": room.phase in (Phase.VOTE, Phase.CLOSED),
        "has_survey": bool(room.asked),
        "story": [paragraph(part) for part in scenario.scene(room.scene).story],
        "note": [paragraph(part) for part in found.note] if room.phase in IN_STORY else None,
        "onward": _onward(tonight, found, options) if room.phase in IN_STORY else [],
        "result": _result(tonight, found, letters),
        "next": cues.following(found, letters, say),
        "home": cues.homeward(found, say),
        "back": cues.backward(found, say),
        "dark": cues.dark(found, say),
        "acts": list(cues.others(found, say)),
        "has_clock": shown["has_clock"],
        "clocks": cues.clocks(found, say),
        "hands": _hands(found, options, say),
        "bottlenecks": weights(tonight.bottlenecks, say) if _has_bottlenecks(tonight, found) else None,
        "can_merge": room.phase in (Phase.GATHER, Phase.WEIGH),
        "has_ended": room.phase is Phase.ENDED,
        "notices": {name: say(sentence) for name, sentence in NOTICES.items()},
        "words": {key: say(sentence) for key, sentence in WORDS.items()},
    }


def counts(found: Notes, say: Words) -> View:
    """Return what counts in the notes: the room's counts, and who asks for more time."""
    asked = say.plural("{count} person asks for more time.", "{count} people ask for more time.", found.wishes)
    shown = stage_counts(found.room, say)
    return {**shown, "wishes": found.wishes, "texts": {**shown["texts"], "wishes": asked if found.wishes else ""}}


def _now(found: Notes, say: Words) -> View:
    room = found.room
    tag, hint = TAGS[room.phase], HINTS[room.phase]
    if room.is_at_door:
        tag, hint = DOOR, ASKED_HINT if room.asked else DOOR_HINT
    tag = BLANK if room.is_blank else PAUSED if room.is_paused else tag
    away = say.plural("{count} scene to go on the other road.", "{count} scenes to go on the other road.", found.left)
    return {"tag": say(tag), "hint": say(hint), "away": away if room.is_away else ""}


def _onward(tonight: Tonight, found: Notes, options: list[View]) -> list[View]:
    scenario, say = tonight.setting.scenario, tonight.say
    targets = dict(found.onward)
    acts = cues.roads(found, targets, say)
    return [
        {
            **option,
            "leads": scenario.scene(targets[option["choice"]]).title,
            "is_leading": option["choice"] in found.leading,
            "acts": acts[option["choice"]],
        }
        for option in options
    ]


def _result(tonight: Tonight, found: Notes, letters: dict[ChoiceId, str]) -> View | None:
    if not found.room.results:
        return None
    say = tonight.say
    shown = votes.result(tonight.setting.scenario, found.room, say)
    hidden = say("not shown")
    sure = {each.choice: hidden if each.word is None else votes.share(each.word, say) for each in found.sureness}
    rows = [{**row, "sure": sure.get(row["choice"], hidden)} for row in shown["rows"]]
    return {**shown, "rows": rows, "flag": _flag(found, letters, say), "remarks": list(_remarks(found, letters, say))}


def _flag(found: Notes, letters: dict[ChoiceId, str], say: Words) -> str:
    if not found.flagged:
        return ""
    named = ", ".join(letters[choice] for choice in found.flagged)
    return say(
        "Many votes, sure, and off the rules: {letters}. Talk about it, without asking who chose it.", letters=named
    )


def _remarks(found: Notes, letters: dict[ChoiceId, str], say: Words) -> Iterable[str]:
    for group in found.alike:
        yield say("{letters} come to the same.", letters=", ".join(letters[choice] for choice in group))
    if found.dissent is not None:
        yield say(_apart(found.dissent))
    if found.shift is not None:
        yield _moved(found.shift, say)


def _apart(dissent: Dissent) -> str:
    if dissent.apart < CLOSE:
        return AGREED
    return DIVIDED if dissent.apart < APART else FAR


def _moved(shift: Shift, say: Words) -> str:
    # One who changed their mind would be a person, and so would the one who did not.
    cells = protect((shift.moved, shift.both - shift.moved))
    if cells is None or cells[0].cover is Cover.HIDDEN:
        return say("How many chose otherwise after talking is not shown: the groups are too small.")
    if cells[0].cover is Cover.FEW:
        return say("Fewer than five people chose otherwise after talking.")
    return say(
        "Of {both} people who voted twice, {moved} chose otherwise after talking.", both=shift.both, moved=shift.moved
    )


def _hands(found: Notes, options: list[View], say: Words) -> list[View]:
    if Act.HANDS not in found.allowed:
        return []
    counted = dict(found.hands)
    return [
        {
            **option,
            "amount": counted.get(option["choice"], 0),
            "send": cues.cue(found, Act.HANDS, say, option["choice"])["send"],
        }
        for option in options
    ]


def _has_bottlenecks(tonight: Tonight, found: Notes) -> bool:
    return bool(tonight.bottlenecks) or found.room.phase in (Phase.GATHER, Phase.WEIGH)
