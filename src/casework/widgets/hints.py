"""The sentences of the facilitator's page; English here, Dutch in the catalogue."""

from typing import Any

from casework.words import Words, mark

CAPTIONS = {
    "case": mark("Which case?"),
    "case_none": mark("Choose"),
    "story": mark("In which language do you play?"),
    "minutes": mark("How much time is there?"),
    "about": mark("This story is about"),
    "wait": mark("One moment, the run sheet is being worked out."),
    "sheet": mark("Run sheet"),
    "sheet_note": mark(
        "The times are estimates: reading aloud calmly, 40 seconds to choose, 5 minutes for a vote with talk."
    ),
    "plan": mark("How the time is spent"),
    "votes": mark("Vote here"),
    "votes_none": mark(
        "There is no time for a vote on every road. Choose a longer evening, or let people raise hands."
    ),
    "places": mark("Scene by scene"),
    "note": mark("Your notes"),
    "vote": mark("vote"),
    "ways": mark("How long each road takes"),
    "leave": mark("Leave scenes out tonight"),
    "leave_why": mark(
        "Do you know that something is too close to somebody in the room? Leave it out. The proof is beside it."
    ),
    "leave_ask": mark("Show which scenes can be left out"),
    "leave_wait": mark("This takes a few seconds."),
    "leave_can": mark("can be left out"),
    "leave_cannot": mark("must stay"),
    "leave_together": mark("Together"),
    "survey": mark("Ask what people know and how sure they feel, before the case and again at the end"),
    "survey_how": mark(
        "Short questions on each phone, the same ones twice; reckon with some minutes each time. Nobody has to, and "
        "nobody sees anyone’s answers: you see how many have finished, and afterwards what the room learned, from five "
        "people up. It is no validated test."
    ),
    "open": mark("Open a session"),
    "open_why": mark("You get a code. Phones come in with it; nobody gives a name. The first scene is not shown yet."),
    "open_failed": mark(
        "The session could not be opened. Try again; you may have to open this page anew with your own link."
    ),
    "opened": mark("The session is open"),
    "another": mark("Open another session"),
    "join": mark("Join with your phone"),
    "go": mark("Go to"),
    "type": mark("and type:"),
    "qr": mark("QR code to join"),
    "host": mark("At which address do phones come in?"),
    "host_none": mark("This computer is not in a network. Connect it first, and load this page again."),
    "host_how": mark("Try it with your own phone first. If it does not open, choose another address."),
    "stage": mark("Open the projector screen"),
    "stage_how": mark("Drag this window to the projector and press Full screen."),
    "notes": mark("Open your notes"),
    "notes_how": mark("In a window of your own. It opens only for who has the token."),
    "notes_phone": mark("Your notes on your own phone"),
    "notes_phone_how": mark("Point your camera at this block. The first time, the phone asks for the token."),
    "notes_qr": mark("QR code to your notes"),
    "isolated": mark("Do phones not come in?"),
    "isolated_1": mark(
        "Is the phone in the same network as this computer? Switch mobile data off for a moment and try again."
    ),
    "isolated_2": mark(
        "Many guest networks keep devices apart. Then a phone cannot reach this computer, although both have internet. "
        "Ask whoever keeps the network for one in which devices may see each other."
    ),
    "isolated_3": mark(
        "Or make a network of your own: switch on the hotspot of a phone, connect this computer to it, let the other "
        "phones connect too, and load this page again. It needs no internet."
    ),
    "isolated_4": mark(
        "Does this computer ask whether Python may receive connections? Say yes, for this network only."
    ),
    "isolated_5": mark(
        "Does your organisation have a server with casework? Open the session there: every phone reaches it."
    ),
    "isolated_6": mark(
        "Still nothing? Let people raise hands. Your notes have a place to count them, and everything else works."
    ),
    "lost": mark("No connection for now. It comes back by itself."),
}


def captions(say: Words) -> dict[str, Any]:
    """Return what facilitator.js says by itself, by key."""
    return {key: say(sentence) for key, sentence in CAPTIONS.items()}
