"""What the facilitator can press, each as the whole message that the page sends: what it says, does and asks first."""

from collections.abc import Iterable, Iterator
from typing import Any

from casework.play.showing import Notes
from casework.play.workshop import Act
from casework.scenario.model import ChoiceId
from casework.words import Words, mark

View = dict[str, Any]

LABELS = {
    Act.READ: mark("Back to the scene"),
    Act.ASK: mark("Open the vote"),
    Act.CLOSE: mark("Close the vote, show nothing yet"),
    Act.REVEAL: mark("Show the votes"),
    Act.RULES: mark("Show what the Meldcode says"),
    Act.TALK: mark("Let them talk in pairs"),
    Act.RETURN: mark("Back from the other road"),
    Act.RESET: mark("Put this question anew"),
    Act.ALONE: mark("Let everybody play on alone"),
    Act.COMPARE: mark("Compare where everybody came"),
    Act.GATHER: mark("Ask what stands in the way"),
    Act.WEIGH: mark("Let the room weigh what was handed in"),
    Act.SURVEY: mark("Ask a few questions first, and again at the end"),
    Act.AGAIN: mark("Ask the questions once more"),
    Act.ANSWERS: mark("Show the right answers and what changed"),
    Act.UNDO: mark("Undo"),
    Act.PAUSE: mark("Pause"),
    Act.RESUME: mark("Go on after the pause"),
    Act.BLANK: mark("Blank the screen"),
    Act.LIGHT: mark("Show the screen"),
    Act.WORDS: mark("Show votes in words, without numbers"),
    Act.NUMBERS: mark("Show votes in numbers"),
    Act.END: mark("End the session and make the report"),
}
BEGIN, AGAIN = mark("Begin to read"), mark("Vote once more")
SURE = mark("After this nobody can vote or hand in anything more, and the report is made. It cannot be undone.")
# The clock has a say in these, and pages have none.
TIMED = {Act.RESUME: "resume", Act.RETURN: "come-back"}
MINUTE = 60
CLOCKS = (1, 2, 3, 5, 10)
MORE = 60

# These have places of their own on the page: roads, the way back from one, hands, the clock.
ELSEWHERE = frozenset({Act.FOLLOW, Act.VISIT, Act.RETURN, Act.HANDS, Act.TIME})


def following(notes: Notes, letters: dict[ChoiceId, str], say: Words) -> View | None:
    """Return the usual next act, for one big button and a clicker; None where the facilitator has to choose.

    Where a question was put twice, that is the road of the majority, if there is one.
    """
    if notes.proposed is not None:
        return cue(notes, notes.proposed, say)
    if Act.FOLLOW in notes.allowed and len(notes.leading) == 1:
        label = say("Go on with {letter}, as most chose", letter=letters[notes.leading[0]])
        return {"label": label, "sure": "", "send": {"kind": "follow-majority", "number": notes.room.number + 1}}
    return None


def others(notes: Notes, say: Words) -> Iterator[View]:
    """Return all other acts that are possible now, in the order of `Act`."""
    for act in notes.allowed:
        if act not in ELSEWHERE and act is not notes.proposed and act is not Act.UNDO:
            yield cue(notes, act, say)


def cue(notes: Notes, act: Act, say: Words, subject: str = "") -> View:
    """Return one act as a button."""
    label = LABELS.get(act, "")
    if act is Act.READ and notes.room.is_at_door:
        label = BEGIN
    elif act is Act.ASK and notes.room.turn:
        label = AGAIN
    kind = {"kind": TIMED[act]} if act in TIMED else {"kind": "act", "act": act.value, "subject": subject}
    return {
        "act": act.value,
        "label": say(label) if label else "",
        "sure": say(SURE) if act is Act.END else "",
        "send": {**kind, "number": notes.room.number + 1},
    }


def backward(notes: Notes, say: Words) -> View | None:
    """Return the act behind the backward key, where there is something to undo."""
    return cue(notes, Act.UNDO, say) if Act.UNDO in notes.allowed else None


def homeward(notes: Notes, say: Words) -> View | None:
    """Return the act that leads back from another road, where the room is on one and it is not the usual next act."""
    can_return = Act.RETURN in notes.allowed and notes.proposed is not Act.RETURN
    return cue(notes, Act.RETURN, say) if can_return else None


def dark(notes: Notes, say: Words) -> View | None:
    """Return the act behind the point key: a blank screen, or light again."""
    act = Act.LIGHT if notes.room.is_blank else Act.BLANK
    return cue(notes, act, say) if act in notes.allowed else None


def roads(notes: Notes, choices: Iterable[ChoiceId], say: Words) -> dict[ChoiceId, list[View]]:
    """Return what can be done with each option: go on with it, or look along it for two scenes and come back."""
    labels = {Act.FOLLOW: say("Go on with this"), Act.VISIT: say("Look along this for two scenes")}
    acts = [act for act in labels if act in notes.allowed]
    return {choice: [{**cue(notes, act, say, choice), "label": labels[act]} for act in acts] for choice in choices}


def clocks(notes: Notes, say: Words) -> list[View]:
    """Return how a clock is set or extended."""
    if Act.TIME not in notes.allowed:
        return []
    number = notes.room.number + 1
    if notes.room.deadline and not notes.room.is_paused:
        send = {"kind": "extend", "number": number, "seconds": MORE}
        return [{"label": say("One minute more"), "sure": "", "send": send}]
    return [
        {
            "label": say.plural("{count} minute", "{count} minutes", minutes),
            "sure": "",
            "send": {"kind": "set-clock", "number": number, "seconds": minutes * MINUTE},
        }
        for minutes in CLOCKS
    ]
