"""The sentences of the board of bottlenecks; English here, Dutch in the catalogue."""

from typing import Any

from casework.play.network import Fault
from casework.room import ELSEWHERE
from casework.words import Words, mark

CAPTIONS = {
    "undo": mark("Undo your last move"),
    "report": mark("Report and agenda on two pages"),
    "report_how": mark("In a new window. Print it from there, or save it and send it."),
    "report_elsewhere": mark("For the report on two pages: casework export network"),
    "loose": mark("Handed in, not in a cluster yet"),
    "loose_none": mark("Everything that was handed in lies in a cluster."),
    "nothing": mark(
        "Nothing was handed in yet. At the end of a workshop, ask what stands in the way. What people hand in comes "
        "here."
    ),
    "clusters": mark("Clusters"),
    "clusters_how": mark(
        "Drag a text by its handle to a cluster, or choose below it where it belongs. Both do the same."
    ),
    "clusters_none": mark("There is no cluster yet. Make one here, or from a text."),
    "make": mark("Make a cluster"),
    "make_title": mark("What is it called?"),
    "put": mark("Where does it belong?"),
    "put_loose": mark("Choose a cluster"),
    "put_out": mark("Out of this cluster"),
    "put_new": mark("In a new cluster"),
    "pick_keys": mark("Press Enter to choose this."),
    "drag": mark("Drag"),
    "help": mark("What would help:"),
    "same": mark("Also handed in:"),
    "rooms": mark("Weighed by rooms:"),
    "contact": mark("There seems to be a telephone number or an e-mail address in this. Strike it if it tells who."),
    "strike": mark("Strike"),
    "strike_sure": mark("Strike this text for good?"),
    "strike_what": mark(
        "Do so when it names somebody. It is taken out of the store, with its weights, and cannot be brought back."
    ),
    "strike_yes": mark("Strike for good"),
    "strike_no": mark("Leave it"),
    "weight": mark("How heavy?"),
    "weight_none": mark("Not weighed"),
    "meeting": mark("On the agenda?"),
    "meeting_none": mark("No"),
    "minutes": mark("Minutes"),
    "texts": mark("What it is called, what you ask"),
    "title": mark("Title"),
    "question": mark("What do you ask? (may stay empty)"),
    "answer": mark("What was answered or done? (may stay empty)"),
    "no_names": mark("Name nobody: no client, no colleague. A function is enough; others read it."),
    "save": mark("Save"),
    "now_reads": mark("Somebody else wrote meanwhile:"),
    "ties": mark("Steps and rules of the Meldcode"),
    "ties_none": mark("Nothing was chosen yet."),
    "tie": mark("What does it hang together with?"),
    "tie_none": mark("Choose"),
    "tie_steps": mark("Steps"),
    "tie_hard": mark("Rules with which trainees have trouble"),
    "tie_other": mark("Other rules"),
    "untie": mark("Take away:"),
    "receivers": mark("To whom, and what came of it"),
    "receivers_to": mark("To whom does it go?"),
    "news_none": mark("Nothing was passed on yet."),
    "news_new": mark("What happened?"),
    "news_who": mark("To or from whom?"),
    "news_nobody": mark("Nobody in particular"),
    "news_day": mark("On which day?"),
    "news_add": mark("Add"),
    "news_drop": mark("Take away:"),
    "apart": mark("Take this cluster apart"),
    "apart_how": mark("Its texts lie loose again. You can undo this."),
    "hard": mark("Where trainees have trouble"),
    "hard_none": mark("Too few playings came to an ending to say anything. From five on, it stands here."),
    "hard_counting": mark("One moment, the playings are being counted."),
    "rule": mark("Rule"),
    "said": mark("In playings to an ending"),
    "in_clusters": mark("In clusters"),
    "agenda": mark("Agenda"),
    "agenda_none": mark("Nothing is on it yet. Choose in a cluster where it is to be talked about."),
    "from": mark("from minute"),
    "addresses": mark("To whom can it go?"),
    "source": mark("Source"),
    "lost": mark("No connection for now. What you typed stays here; save it once the connection is back."),
}
KEPT, UNDONE = mark("Kept."), mark("Undone.")
NOTICES = {
    ELSEWHERE: mark(
        "Somebody else changed this in the meantime. You see how it stands now; what you typed is still there."
    ),
    Fault.EMPTY: mark("Type a title first. A cluster without a title cannot be found again."),
    Fault.LONG: mark("That is too long. A title has room for {title} characters, a text for {text}."),
    Fault.CONTACT: mark(
        "There seems to be a telephone number or an e-mail address in this. Leave it out; it was not saved."
    ),
    Fault.DAY: mark("Choose a day that has come already."),
    Fault.RECEIVER: mark("Choose to whom it was passed on."),
    Fault.UNKNOWN: mark("That is not possible now. You see how it stands."),
    "unsaved": mark("That could not be stored. Try again in a moment."),
}


def captions(say: Words) -> dict[str, Any]:
    """Return what network.js says by itself, by key."""
    return {key: say(sentence) for key, sentence in CAPTIONS.items()}
