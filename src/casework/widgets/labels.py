"""The sentences of the toolkit; English here, Dutch in the catalogue, a further language in one file of its own."""

from collections.abc import Mapping
from typing import Any

from casework.conformance.situation import Age, Circumstance, Danger, Relation
from casework.widgets.vocabulary import LINES
from casework.words import Words, mark

CAPTIONS = {
    "parts": mark("What do you want to see?"),
    "kit_language": mark("Language of these cards"),
    "search": mark("Search for a word"),
    "filter": mark("Choose"),
    "also": mark("It may be ordinary too:"),
    "do": mark("Do"),
    "avoid": mark("Don't"),
    "because": mark("Why"),
    "say": mark("For example"),
    "the_source": mark("The source"),
    "source": mark("Source"),
    "print_one": mark("Print"),
    "print_card": mark("Print this card:"),
    "print_all": mark("Print these cards"),
    "print_page": mark("Print this page"),
    "print_how": mark("One card on a page of A5. For two on a sheet of A4, choose so in your printer's window."),
    "ground": mark("Why, and the source"),
    "decides": mark("Who decides at this age"),
    "for_whom": mark("For whom"),
    "call": mark("Is something really happening, to you or to someone else? Call:"),
    "you": mark("Does this subject touch you yourself? Talk to someone you trust, or call too."),
    "lost": mark("No connection for now. What you see stays; searching works again when the connection is back."),
}

PARTS = {
    "signals": mark("Signals"),
    "talks": mark("Conversations"),
    "now": mark("What now?"),
    "lines": mark("Help lines"),
}
FIELDS = {
    "setting": mark("Where do you work?"),
    "form": mark("What kind of exploitation?"),
    "moment": mark("At what moment in the talk?"),
    "role": mark("What is your work?"),
    "region": mark("Which region?"),
    "age": mark("How old is the person?"),
    "relation": mark("Who may be exploiting?"),
    "danger": mark("Is there danger?"),
}
CONSENT, ALSO = mark("The person agrees to the step"), mark("What else is the case?")
ALL = {"setting": mark("Everywhere"), "form": mark("Every form"), "moment": mark("Every moment")}
UNKNOWN = mark("I do not know (yet)")
NO_REGION = mark("Not in this list")

COUNT = mark("Cards: {count}")
BEGIN_SIGNALS = mark("Choose where you work, or search for a word.")
BEGIN_TALKS = mark("Choose a moment, or search for a word.")
ALL_CARDS = mark("All cards ({count})")
MET = mark("Cards of signals in the case that you played")
NONE = mark("No card fits. Search for a shorter word, or choose less.")
EMPTY = mark("There are no cards here yet.")
ASKS_AGE = mark(
    "Choose an age: the route depends on it. Do you not know it? Ask Veilig Thuis for advice; that needs no name."
)
ASKS_RELATION = mark("Choose who may be exploiting too: for an adult the route depends on it.")
NO_ROUTE = mark("No route fits this yet. Ask Veilig Thuis for advice; that needs no name.")
NO_REGIONS = mark(
    "Who takes reports of trafficking differs from region to region. Your region is not filled in here: ask CoMensha."
)
FOUND = mark("Steps that fit: {count}")
CALL = mark("Danger now? Call {number}.")
NO_TONGUE = mark("This page does not speak '{language}'. It speaks: {known}.")
HALF_TONGUE = mark("{file}: not all sentences of this page are in it, so this language is not offered. First: {one}")
SAID = (
    COUNT,
    BEGIN_SIGNALS,
    BEGIN_TALKS,
    ALL_CARDS,
    MET,
    NONE,
    EMPTY,
    ASKS_AGE,
    ASKS_RELATION,
    NO_ROUTE,
    NO_REGIONS,
    FOUND,
    CALL,
    NO_TONGUE,
    HALF_TONGUE,
    UNKNOWN,
    NO_REGION,
    CONSENT,
    ALSO,
)

ROLES = {
    "meldcode": mark("Care or support, in general"),
    "citizen": mark("Volunteer, family, friend or neighbour"),
    "meldcode-artsen": mark("Doctor or dentist"),
    "meldcode-coa": mark("Reception of asylum seekers (COA)"),
    "meldcode-gemeente": mark("Municipality, or care coordinator"),
    "meldcode-jeugd": mark("Youth care and youth protection"),
    "meldcode-sociaal-werk": mark("Social work"),
    "meldcode-verpleegkundigen": mark("Nursing and personal care"),
    "methode-sociaal-werk": mark("Social work, with an adult outside the domestic circle"),
}
AGES = {
    Age.UNDER_12: mark("Younger than 12"),
    Age.FROM_12: mark("12 to 15"),
    Age.FROM_16: mark("16 or 17"),
    Age.ADULT: mark("18 or older"),
}
RELATIONS = {
    Relation.FAMILY: mark("Family"),
    Relation.HOUSEMATE: mark("A housemate"),
    Relation.PARTNER: mark("A partner or former partner"),
    Relation.CARER: mark("Someone who cares for the person"),
    Relation.LIVE_IN: mark("An employer or host in whose home the person lives"),
    Relation.ACQUAINTANCE: mark("A friend or acquaintance"),
    Relation.EMPLOYER: mark("An employer"),
    Relation.AGENCY: mark("An employment agency"),
    Relation.NETWORK: mark("A group or network"),
    Relation.STRANGER: mark("A stranger"),
}
DANGERS = {
    Danger.NOT_NOW: mark("Not at this moment"),
    Danger.NEAR: mark("Serious harm is near"),
    Danger.NOW: mark("Yes, this minute"),
}
CIRCUMSTANCES = {
    Circumstance.PLACE_ONLY: mark("I know only a place or a firm, not a person"),
    Circumstance.CHILDREN: mark("Children depend on this person"),
    Circumstance.SEXUAL_VIOLENCE: mark("There was sexual violence in the last seven days"),
    Circumstance.MANY_PROBLEMS: mark("A disability, an addiction or a mental illness"),
    Circumstance.SUSPECT: mark("The person is also a suspect"),
    Circumstance.NO_RESIDENCE: mark("No lawful stay in the Netherlands"),
    Circumstance.EU_CITIZEN: mark("From another country of the EU"),
    Circumstance.RECEPTION: mark("Lives in reception of the COA"),
    Circumstance.UNACCOMPANIED: mark("Younger than 18, and came to the Netherlands alone"),
    Circumstance.GUARDIANSHIP: mark("Under guardianship or supervision"),
}
TABLES: tuple[Mapping[Any, str], ...] = (
    CAPTIONS,
    PARTS,
    FIELDS,
    ALL,
    ROLES,
    AGES,
    RELATIONS,
    DANGERS,
    CIRCUMSTANCES,
)


def captions(say: Words) -> dict[str, Any]:
    """Return what toolkit.js says by itself, by key, with the help lines."""
    lines = [{"tel": tel, "number": number, "text": say(text)} for tel, number, text in LINES]
    return {**{key: say(sentence) for key, sentence in CAPTIONS.items()}, "lines": lines}
