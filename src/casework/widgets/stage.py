"""The projector as one JSON value: what the whole room may see, in very large type, with every word in place.

It is made from a `Room`, which holds nothing of a vote before its reveal; notes and next scenes are no part of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casework.play.bottleneck import HEAVIEST, Weighed
from casework.play.disclosure import Cell, Cover
from casework.play.showing import Room
from casework.play.survey import Learned
from casework.play.workshop import Phase
from casework.room import Compared, spelled
from casework.scenario.model import ChoiceId, Scenario, SceneId
from casework.widgets import survey, votes
from casework.widgets.view import ENDINGS, Setting, ending, paragraph
from casework.widgets.vocabulary import LINES
from casework.words import Words, mark

View = dict[str, Any]

HEADINGS = {
    Phase.VOTE: mark("What do you do?"),
    Phase.CLOSED: mark("The vote is closed"),
    Phase.VOTES: mark("This is how you voted"),
    Phase.RULES: mark("What the Meldcode says"),
    Phase.TALK: mark("Talk in pairs"),
    Phase.ALONE: mark("Play on by yourself"),
    Phase.COMPARE: mark("Where everybody came"),
    Phase.GATHER: mark("What stands in your way in practice?"),
    Phase.WEIGH: mark("How heavy does this weigh?"),
    Phase.AGAIN: mark("The same questions once more"),
    Phase.ANSWERS: mark("What changed in this room"),
    Phase.ENDED: mark("Thank you for taking part"),
}
DOOR, AGAIN, CHANGED = mark("Join with your phone"), mark("Vote once more"), mark("What talking changed")
BEFOREHAND = mark("Your phone has a few questions first. You may skip them.")
PAUSE, BLANK = mark("A short break"), mark("The screen is blank")
SAID = {
    Phase.VOTE: mark("The vote is open."),
    Phase.CLOSED: mark("The vote is closed."),
    Phase.VOTES: mark("The result is on the screen."),
    Phase.RULES: mark("What the Meldcode says is on the screen."),
}
WORDS = {
    "aim": mark("Point your camera at the block beside this."),
    "go": mark("Or go to"),
    "type": mark("and type:"),
    "qr": mark("QR code to join"),
    "no_name": mark("You give no name."),
    "no_phone": mark("No phone? Raise your hand when we vote."),
    "bar": mark("Share"),
    "first": mark("first"),
    "after": mark("after talking"),
    "left": mark("Time left"),
    "soon": mark("Half a minute left."),
    "over": mark("The time is up. Take the moment that you still need."),
    "lost": mark("No connection for now. This screen comes back by itself."),
    "controls": mark("For who leads"),
    "back": mark("Back"),
    "next": mark("Next"),
    "blank": mark("Blank screen"),
    "light": mark("Show the screen"),
    "whole": mark("Full screen"),
    "clicker": mark("Keys and clicker work here"),
    "cannot": mark("This screen only shows. Use your notes to go on."),
}


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a session's screens are drawn from besides the room; `setting` holds the case as it is played tonight."""

    setting: Setting
    code: str
    bottlenecks: tuple[Weighed, ...] = ()
    compared: Compared | None = None
    learned: Learned | None = None

    @property
    def say(self) -> Words:
        """The interface in the language of the case."""
        return self.setting.say


def stage(tonight: Tonight, room: Room) -> View:
    """Return the view of the projector, without what only counts: see `counts`."""
    say = tonight.say
    screen, body = _screen(tonight, room)
    return {
        "language": say.language,
        "title": tonight.setting.scenario.title,
        "fiction": say("a made-up story"),
        "number": room.number,
        "phase": room.phase.value,
        "screen": screen,
        "heading": _heading(tonight.setting.scenario, room, say),
        "say": "" if room.is_blank or room.is_paused else say(SAID[room.phase]) if room.phase in SAID else "",
        "code": spelled(tonight.code),
        "away": say("We are looking along the road of another group. We go back after this.") if room.is_away else "",
        "has_clock": bool(room.deadline) and not room.is_paused,
        "words": {key: say(sentence) for key, sentence in WORDS.items()},
        **body,
    }


def counts(room: Room, say: Words) -> View:
    """Return what counts on the projector: who takes part, and how many voted in the open or last round; with words."""
    texts = {
        "joined": say.plural("{count} takes part", "{count} take part", room.joined),
        "voted": str(room.voted),
        "of": say("of {joined} voted", joined=room.joined + room.raised),
    }
    if room.asked:
        texts["finished"] = say("{count} of {joined} have finished", count=room.finished, joined=room.joined)
    return {"joined": room.joined, "voted": room.voted, "texts": texts}


def cell(shown: Cell, say: Words) -> str:
    """Return a count of people as a room may read it."""
    if shown.cover is Cover.FEW:
        return say("fewer than 5")
    return say("not shown") if shown.cover is Cover.HIDDEN else str(shown.count)


def came(setting: Setting, choice_id: ChoiceId) -> View | None:
    """Return what followed from the choice by which the room came here; None in the first scene."""
    chosen = next((choice for choice in setting.scenario.choices if choice.id == choice_id), None)
    if chosen is None:
        return None
    person = setting.scenario.person
    heading = setting.say("What happens to {person}", person=person) if person else setting.say("What happens")
    return {
        "chosen": setting.say("You chose: {text}", text=chosen.text),
        "heading": heading,
        "story": [paragraph(part) for part in chosen.consequence],
    }


def ending_title(setting: Setting, scene: SceneId) -> str:
    """Return what an ending is called, with how it ends."""
    found = setting.scenario.scene(scene)
    return f"{found.title} ({setting.say(ENDINGS[found.ending][0])})" if found.ending else found.title


def weights(weighed: tuple[Weighed, ...], say: Words) -> list[View]:
    """Return what was handed in, with its weight where five people or more gave one."""
    return [
        {
            "id": each.bottleneck.id,
            "text": each.bottleneck.text,
            "help": each.bottleneck.help,
            "merged": [one.text for one in each.merged],
            "weight": "" if each.mean is None else _weight(float(each.mean), say),
        }
        for each in weighed
    ]


def _weight(mean: float, say: Words) -> str:
    shown = f"{mean:.1f}"
    return say("{weight} of {most}", weight=shown if say.language == "en" else shown.replace(".", ","), most=HEAVIEST)


def _heading(scenario: Scenario, room: Room, say: Words) -> str:
    if room.is_blank:
        return say(BLANK)
    if room.is_paused:
        return say(PAUSE)
    if room.is_at_door:
        return say(DOOR)
    if room.phase is Phase.VOTE and room.turn > 1:
        return say(AGAIN)
    if room.phase is Phase.VOTES and sum(bool(each.rows) for each in room.results) > 1:
        return say(CHANGED)
    return say(HEADINGS[room.phase]) if room.phase in HEADINGS else scenario.scene(room.scene).title


def _screen(tonight: Tonight, room: Room) -> tuple[str, View]:
    """Return what kind of screen it is, and what only this kind shows."""
    say = tonight.say
    if room.is_blank:
        return "blank", {}
    if room.is_paused:
        return "pause", {"lines": [say("We go on in a moment.")]}
    if room.is_at_door:
        return "door", {"about": tonight.setting.scenario.content, "survey": say(BEFOREHAND) if room.asked else ""}
    name, draw = _SCREENS[room.phase]
    return name, draw(tonight, room)


def _scene(tonight: Tonight, room: Room) -> View:
    scene = tonight.setting.scenario.scene(room.scene)
    return {
        "place": scene.place,
        "came": came(tonight.setting, room.came),
        "story": [paragraph(part) for part in scene.story],
        "ending": ending(tonight.setting, scene.ending) if scene.ending else None,
    }


def _question(tonight: Tonight, room: Room) -> View:
    say, is_open = tonight.say, room.phase is Phase.VOTE
    return {
        "options": votes.options(tonight.setting.scenario, room.options),
        "lines": [say("Choose on your phone, in silence. Say too whether you are sure.")] if is_open else [],
        "is_open": is_open,
    }


def _pairs(tonight: Tonight, room: Room) -> View:
    say = tonight.say
    return {
        "options": votes.options(tonight.setting.scenario, room.options),
        "lines": [say("Why did you choose this? What did you see or hear? After this you vote once more.")],
    }


def _votes(tonight: Tonight, room: Room) -> View:
    return {"result": votes.result(tonight.setting.scenario, room, tonight.say)}


def _rules(tonight: Tonight, room: Room) -> View:
    # What talking changed was on the screen before; here its room is for the rules, in type that can be read.
    last = replace(room, results=room.results[-1:])
    return {
        "result": votes.result(tonight.setting.scenario, last, tonight.say),
        "said": votes.said(tonight.setting, room.said),
        "options": votes.options(tonight.setting.scenario, (each.choice for each in room.said)),
        "sources": votes.sources(tonight.setting, room.said),
    }


def _alone(tonight: Tonight, _: Room) -> View:
    say = tonight.say
    return {
        "lines": [
            say("The story goes on, on your own phone. Choose what you would do, at your own pace."),
            say("Nobody sees your road. After this we compare where we came, together."),
        ]
    }


def _compare(tonight: Tonight, _: Room) -> View:
    say, found = tonight.say, tonight.compared
    if found is None or not found.endings or found.under_way is None:
        return {"lines": [say("Fewer than five people played. Nothing of this is shown.")], "table": None}
    # An ending that nobody came to may still lie ahead of the room.
    came_to = [(scene, shown) for scene, shown in found.endings if shown.count != 0]
    rows = [[ending_title(tonight.setting, scene), cell(shown, say)] for scene, shown in came_to]
    columns = [say("Came to"), say("People")]
    return {
        "lines": [],
        "table": {"columns": columns, "rows": [*rows, [say("were under way"), cell(found.under_way, say)]]},
    }


def _gather(tonight: Tonight, _: Room) -> View:
    say = tonight.say
    return {
        "lines": [
            say("Write it down on your phone: what makes it hard in your work, and what would help?"),
            say("No names, please: not of clients, and not of colleagues."),
        ]
    }


def _weigh(tonight: Tonight, _: Room) -> View:
    say = tonight.say
    return {
        "lines": [say("Say on your phone how heavy each of these weighs, from 0 to {most}.", most=HEAVIEST)],
        "rows": weights(tonight.bottlenecks, say),
    }


def _again(tonight: Tonight, _: Room) -> View:
    say = tonight.say
    return {
        "lines": [
            say("The questions from the start are on your phone again. Answer by yourself; you may skip them."),
            say("After this your phone shows the right answers, with the reasons."),
        ]
    }


def _answers(tonight: Tonight, _: Room) -> View:
    return {"told": survey.told(tonight.learned or Learned(), tonight.say)}


def _ended(tonight: Tonight, room: Room) -> View:
    say = tonight.say
    is_new = tonight.learned is not None and not room.is_told
    return {
        "told": survey.told(tonight.learned, say) if tonight.learned is not None and is_new else None,
        "lines": [say("Did the story upset you? Talk about it with someone you trust, or call.")],
        "rows": weights(tonight.bottlenecks, say),
        "help": [{"number": number, "text": say(text)} for _tel, number, text in LINES],
    }


_SCREENS: Mapping[Phase, tuple[str, Callable[[Tonight, Room], View]]] = {
    Phase.READ: ("scene", _scene),
    Phase.VOTE: ("question", _question),
    Phase.CLOSED: ("question", _question),
    Phase.VOTES: ("votes", _votes),
    Phase.RULES: ("rules", _rules),
    Phase.TALK: ("pairs", _pairs),
    Phase.ALONE: ("alone", _alone),
    Phase.COMPARE: ("compare", _compare),
    Phase.GATHER: ("gather", _gather),
    Phase.WEIGH: ("weigh", _weigh),
    Phase.AGAIN: ("again", _again),
    Phase.ANSWERS: ("answers", _answers),
    Phase.ENDED: ("ended", _ended),
}
