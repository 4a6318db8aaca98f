"""A participant's phone in a workshop, as JSON values: all that phone.js draws, with every word in place.

One view serves all phones of a room. What belongs to one of them, its own votes, travels beside it; its own road,
when everybody plays alone for a while, is a value of its own.
"""

from collections.abc import Sequence

from casework.play.attempt import Attempt, has_ended
from casework.play.bottleneck import Weighed
from casework.play.disclosure import Cell, Cover, Word
from casework.play.dissent import Said
from casework.play.showing import Result, Room
from casework.play.survey import SECOND
from casework.play.workshop import Phase
from casework.room import Compared
from casework.scenario.model import ChoiceId, Scene
from casework.widgets import survey
from casework.widgets.stage import ending_title
from casework.widgets.verdicts import MARK_WORDS, verdict
from casework.widgets.view import Setting, View, paragraph
from casework.widgets.view import show as play
from casework.words import mark, words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# What the page says whatever the room does; phone.js holds no sentence.
CAPTIONS = {
    "title": mark("Join in"),
    "enter": mark("Join in with a code"),
    "enter_how": mark("The code is on the big screen: six letters. Capitals or not does not matter."),
    "code": mark("Code"),
    "join": mark("Join in"),
    "joining": mark("One moment, you are coming in."),
    "no_name": mark(
        "You give no name. Nobody sees what you choose, the facilitator neither. This device remembers a random "
        "number, for this session only."
    ),
    "lost_phone": mark("Another phone than before, or late? Just join in. You take part from the next question on."),
    "room_code": mark("Code of this session"),
    "unknown": mark("There is no session with this code"),
    "unknown_more": mark("Look at the big screen and type the six letters again. A letter is easily misread."),
    "slow": mark("Please wait a moment"),
    "slow_more": mark("Wrong codes were typed several times. To keep the room safe it now takes a moment."),
    "slow_left": mark("Seconds still to wait:"),
    "ended": mark("This session is over"),
    "ended_more": mark("Nothing is asked of you any more. Is there a new session? Then type its code."),
    "full": mark("This room is full"),
    "full_more": mark("All seats are taken. Watch on the big screen, or vote by raising your hand."),
    "again": mark("Try again"),
    "offline": mark("No connection for now."),
    "offline_more": mark("The page comes back by itself. You do not have to do anything."),
    "offline_vote": mark("Your vote is ready on this device. It goes along as soon as the connection is back."),
    "offline_long": mark("Does it take long? Look for the network of the room, or raise your hand."),
    "trouble": mark("It does not work for now. What you sent is kept; the page goes on by itself."),
    "choice": mark("Your choice"),
    "sure_how": mark("How sure are you?"),
    "sure": mark("Sure"),
    "unsure": mark("I doubt"),
    "send": mark("Send my vote"),
    "sending": mark("Your vote is on its way."),
    "not_sent": mark("Your vote has not been sent yet."),
    "choose_first": mark("Choose an answer first."),
    "voted": mark("Your vote is in"),
    "you_chose": mark("You chose:"),
    "you_sure": mark("You are sure."),
    "you_doubt": mark("You doubt."),
    "first_time": mark("The first time you chose:"),
    "vote_again": mark("You may choose the same, or something else."),
    "until": mark(
        "The result comes here when the facilitator shows it. You may change your vote as long as it is open."
    ),
    "change": mark("Change my vote"),
    "keep": mark("Keep my vote"),
    "late": mark("The vote was closed already. Your choice does not count this time; with the next question it does."),
    "elsewhere": mark("You voted in another window of this phone. This is the vote that counts."),
    "clock": mark("Time left:"),
    "closing": mark("The vote closes soon. It never closes by itself: the facilitator waits for you."),
    "more_time": mark("I want more time"),
    "more_time_sent": mark("The facilitator sees that somebody wants more time."),
    "own_vote": mark("your vote"),
    "votes": mark("Votes"),
    "option": mark("Choice"),
    "meldcode": mark("What the Meldcode says"),
    "why": mark("Why, and the source"),
    "the_source": mark("The source"),
    "source": mark("Source"),
    "read": mark("Read along"),
    "yours": mark("Your choice"),
    "alone_begin": mark("Begin"),
    "alone_choose": mark("What do you do?"),
    "alone_next": mark("Continue"),
    "alone_changes": mark("What changes"),
    "alone_done": mark("Your story has ended. Wait for the others; you will compare soon."),
    "alone_refused": mark("That choice is not on offer here any more. This is where you are now."),
    "chosen": mark("You chose:"),
    "hand_in": mark("Hand in"),
    "hand_in_text": mark("What stands in your way at work?"),
    "hand_in_help": mark("What would help? (may stay empty)"),
    "hand_in_names": mark("Name nobody: no client, no colleague and no organisation. Others read it."),
    "hand_in_done": mark("Thank you. It is in. You may hand in more."),
    "hand_in_late": mark("Handing in is over. What you typed was not sent."),
    "hand_in_wrong": mark("Type what stands in the way first, in no more than a few sentences."),
    "weight_0": mark("Not heavy"),
    "weight_1": mark("A little"),
    "weight_2": mark("Heavy"),
    "weight_3": mark("Very heavy"),
    "weighed": mark("Kept."),
    "weigh_late": mark("Weighing is over."),
    "helps": mark("What would help:"),
    "survey_free": mark(
        "You do not have to. You may leave a question open, or skip all of them. Nobody sees your answers. The two "
        "times are laid side by side under a random number, without your name. This device remembers your answers "
        "until the session is over."
    ),
    "survey_alone": mark("You did not answer the first time. You may answer now, for yourself; it does not count."),
    "survey_sure": mark("How sure do you feel?"),
    "survey_send": mark("Send my answers"),
    "survey_once": mark("What you have sent you cannot change any more."),
    "survey_skip": mark("Skip these questions"),
    "survey_none": mark("You have not answered anything yet."),
    "survey_none_more": mark("Choose an answer, or skip the questions."),
    "survey_sending": mark("Your answers are on their way."),
    "survey_wait": mark("As soon as the connection allows, they are in. You do not have to do anything."),
    "survey_in": mark("Thank you, your answers are in."),
    "survey_skipped": mark("You skipped the questions. That is fine."),
    "survey_then_1": mark("Look at the big screen; the story begins soon. At the end the questions come once more."),
    "survey_then_2": mark("The right answers come here when the facilitator shows them."),
    "survey_elsewhere": mark("You answered in another window of this phone. Those answers count."),
    "survey_late": mark("The questions were closed already, so your answers do not count. That is no problem."),
    "survey_over": mark("The questions have closed. What you had chosen was not sent; that is no problem."),
    "survey_right": mark("Right:"),
    "survey_first": mark("Your first answer:"),
    "survey_second": mark("Your second answer:"),
    "survey_both": mark("Your answer, both times:"),
    "survey_open": mark("left open"),
    "survey_well": mark("Right"),
    "survey_ill": mark("Not right"),
    "survey_answers": mark("The right answers"),
    "help_too": mark("Help, for you too"),
    "help_real": mark(
        "This story is fiction. What happens in it is real for some people. Does it upset you? Talk to "
        "someone you trust, or call."
    ),
    "no_script": mark("To join in your browser needs JavaScript. You can also vote by raising your hand."),
}

READ_TITLE, READ_TEXT = (
    mark("You are in"),
    mark("Look at the big screen. As soon as there is a question, it comes here by itself."),
)
HEADINGS = {
    Phase.READ: READ_TITLE,
    Phase.VOTE: mark("What do you do?"),
    Phase.CLOSED: mark("The vote is closed"),
    Phase.VOTES: mark("How the room voted"),
    Phase.RULES: mark("What the Meldcode says"),
    Phase.TALK: mark("Talk about it in pairs"),
    Phase.ALONE: mark("Now you play alone"),
    Phase.COMPARE: mark("The roads side by side"),
    Phase.GATHER: mark("What stands in the way?"),
    Phase.WEIGH: mark("What weighs most?"),
    Phase.AGAIN: survey.HEADINGS[SECOND],
    Phase.ANSWERS: mark("The right answers"),
    Phase.ENDED: mark("The session is over"),
}
TEXTS = {
    Phase.READ: READ_TEXT,
    Phase.VOTE: "",
    Phase.CLOSED: mark("Look at the big screen. The result comes here too."),
    Phase.VOTES: mark("Soon the screen says what the Meldcode makes of it."),
    Phase.RULES: "",
    Phase.TALK: mark("Tell somebody beside you what you chose, and why. Perhaps there is a second vote."),
    Phase.ALONE: mark("Play on from here, at your own pace. Nobody sees your road. Later you compare where roads led."),
    Phase.COMPARE: mark("So many people came to each ending."),
    Phase.GATHER: mark("Think of your own work. You may hand in more than one thing."),
    Phase.WEIGH: mark("How heavy is each of these in your work?"),
    Phase.AGAIN: survey.LEADS[SECOND],
    Phase.ANSWERS: mark("With the reason and the source. What you answered yourself, only you see."),
    Phase.ENDED: mark("Thank you for taking part. What you chose cannot be traced to you any more."),
}
LATECOMER = mark(
    "You came in the middle of a question, or did not vote. Watch along; with the next question you take part."
)
PAUSED = mark("There is a break. You do not have to do anything.")
AWAY = mark("The room looks along another road for a moment: that of the smaller group.")
TURNS = (mark("first time"), mark("second time"))
FEW_VOTES = mark("Fewer than five people voted, so no result is shown.")
FEW_ROADS = mark("Fewer than five people played, so no roads are shown.")
NOTHING_SAID = mark("The Meldcode says nothing about this.")
UNDER_WAY = mark("Still under way")
FEWER = mark("fewer than 5")
NOT_SHOWN = mark("not shown")
WORDS = {
    Word.MOST: mark("most"),
    Word.SOME: mark("some"),
    Word.FEW: mark("few"),
    Word.NONE: mark("nobody"),
}
NOT_COMPARED = Compared()
ANSWERED = (Phase.ANSWERS, Phase.ENDED)
QUESTION = (Phase.VOTE, Phase.CLOSED, Phase.VOTES, Phase.RULES, Phase.TALK)


def captions(language: str) -> dict[str, str]:
    """Return the sentences of the page in a language by key."""
    say = words(language)
    return {key: say(sentence) for key, sentence in CAPTIONS.items()}


def show(setting: Setting, room: Room, compared: Compared = NOT_COMPARED, weighed: Sequence[Weighed] = ()) -> View:
    """Return what every phone of a room is shown; nothing in it belongs to one of them."""
    say, scene = setting.say, setting.scenario.scene(room.scene)
    is_asked = room.phase in QUESTION
    return {
        "language": setting.scenario.language,
        "case": setting.scenario.title,
        "phase": room.phase.value,
        "scene": scene.id,
        "eyebrow": _eyebrow(setting, room, scene),
        "heading": say(HEADINGS[room.phase]),
        "text": say(TEXTS[room.phase]) if TEXTS[room.phase] else "",
        "latecomer": say(LATECOMER),
        "notes": [say(note) for note in _notes(room)],
        "story": [paragraph(part) for part in scene.story] if is_asked or room.phase is Phase.READ else [],
        "round": room.round,
        "turn": room.turn,
        "deadline": room.deadline,
        "options": _options(setting, room) if is_asked else [],
        "result": _result(setting, room),
        "said": [_said(setting, room, each) for each in room.said],
        "roads": _roads(setting, compared) if room.phase is Phase.COMPARE else None,
        "bottlenecks": [_bottleneck(each) for each in weighed] if room.phase is Phase.WEIGH else [],
        "survey": survey.asked(room.asked, say) if room.asked else None,
        "answers": survey.answers(setting) if room.has_survey and room.phase in ANSWERED else None,
    }


def alone(setting: Setting, attempt: Attempt) -> View:
    """Return one phone's own road: as on the player's screen, without what only that has room for."""
    view = play(setting, attempt)
    told = view["consequence"]
    return {
        "number": view["number"],
        "scene": {name: view["scene"][name] for name in ("id", "title", "place", "story", "choices", "ending")},
        "consequence": told and {name: told[name] for name in ("chosen", "heading", "story", "changes", "verdicts")},
        "ended": has_ended(setting.scenario, attempt),
    }


def _notes(room: Room) -> list[str]:
    found = ((PAUSED, room.is_paused), (AWAY, room.is_away and room.phase in (Phase.READ, *QUESTION)))
    return [] if room.phase is Phase.ENDED else [note for note, is_so in found if is_so]


def _eyebrow(setting: Setting, room: Room, scene: Scene) -> str:
    if room.phase not in QUESTION:
        return setting.scenario.title
    turn = setting.say(TURNS[min(room.turn, len(TURNS)) - 1]) if room.turn else ""
    return " · ".join(filter(None, (scene.title, turn)))


def _letter(room: Room, choice: ChoiceId) -> str:
    return LETTERS[room.options.index(choice) % len(LETTERS)]


def _text(setting: Setting, room: Room, choice: ChoiceId) -> str:
    return next(each.text for each in setting.scenario.scene(room.scene).choices if each.id == choice)


def _options(setting: Setting, room: Room) -> list[View]:
    return [
        {"id": choice, "letter": _letter(room, choice), "text": _text(setting, room, choice)} for choice in room.options
    ]


def _result(setting: Setting, room: Room) -> View | None:
    """Return the votes as a table: a row for each option, a column for each vote."""
    if not room.results:
        return None
    say = setting.say
    shown = [result for result in room.results if result.rows]
    if not shown:
        return {"few": say(FEW_VOTES), "caption": "", "columns": [], "rows": []}
    is_twice = len(room.results) > 1
    columns = [say(TURNS[min(room.results.index(one), 1)]) if is_twice else say("Votes") for one in shown]
    voters = say.plural("{count} person voted.", "{count} people voted.", shown[-1].voters)
    cells = {choice: [_cell(setting, result, choice) for result in shown] for choice in room.options}
    rows = [{**option, "cells": cells[option["id"]]} for option in _options(setting, room)]
    few = say(FEW_VOTES) if len(shown) < len(room.results) else ""
    return {"few": few, "caption": voters, "columns": columns, "rows": rows}


def _cell(setting: Setting, result: Result, choice: ChoiceId) -> View:
    row = next((each for each in result.rows if each.choice == choice), None)
    if row is None:
        return {"text": setting.say(NOT_SHOWN), "share": None}
    if row.count is None:
        # A bar would tell the number that the facilitator wants in words.
        return {"text": setting.say(WORDS[row.word]), "share": None}
    return {"text": str(row.count), "share": round(100 * row.count / result.voters)}


def _said(setting: Setting, room: Room, said: Said) -> View:
    say = setting.say
    word = say(MARK_WORDS[said.mark]) if said.mark else say(NOTHING_SAID)
    return {
        "id": said.choice,
        "letter": _letter(room, said.choice),
        "is": said.mark.value if said.mark else "",
        "word": word,
        "verdicts": [verdict(each.rule, each.mark, setting.sources, say) for each in said.remarks],
    }


def _roads(setting: Setting, compared: Compared) -> View:
    say = setting.say
    if not compared.endings or compared.under_way is None:
        return {"few": say(FEW_ROADS), "rows": []}
    # An ending that nobody came to may still lie ahead of the room.
    rows = [(ending_title(setting, place), cell) for place, cell in compared.endings if cell.count != 0]
    shown = [*rows, (say(UNDER_WAY), compared.under_way)]
    return {"few": "", "rows": [{"title": title, "text": _count(setting, cell)} for title, cell in shown]}


def _count(setting: Setting, cell: Cell) -> str:
    if cell.cover is Cover.EXACT:
        return str(cell.count)
    return setting.say(FEWER if cell.cover is Cover.FEW else NOT_SHOWN)


def _bottleneck(each: Weighed) -> View:
    one = each.bottleneck
    return {"id": one.id, "text": one.text, "help": one.help}
