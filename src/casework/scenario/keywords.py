"""The one table of Dutch and English keywords. An author may use either, in a case of either language."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keyword:
    """One word of the notation: its id in the program, and what an author types."""

    id: str
    nl: str
    en: str

    def in_(self, language: str) -> str:
        """Return the word in this language."""
        return self.en if language == "en" else self.nl


CASE_FACTS = (
    Keyword("language", "Taal", "Language"),
    Keyword("protocol", "Protocol", "Protocol"),
    Keyword("role", "Rol", "Role"),
    Keyword("person", "Persoon", "Person"),
    Keyword("minutes", "Duur", "Duration"),
    Keyword("content", "Inhoud", "Content"),
    Keyword("sources", "Bronnen", "Sources"),
    Keyword("feedback", "Terugkoppeling", "Feedback"),
)
SCENE_FACTS = (
    Keyword("signal", "Signaal", "Signal"),
    Keyword("place", "Plaats", "Place"),
    Keyword("picture", "Beeld", "Picture"),
    Keyword("ending", "Einde", "Ending"),
    Keyword("exercise", "Oefening", "Exercise"),
)
NOTES = (Keyword("note", "Begeleider", "Facilitator"),)
ENDINGS = (
    Keyword("good", "goed", "good"),
    Keyword("defensible", "verdedigbaar", "defensible"),
    Keyword("repaired", "hersteld", "repaired"),
    Keyword("harm", "schade", "harm"),
)
EXERCISES = (Keyword("registration", "registratie", "registration"),)
FEEDBACK = (Keyword("afterwards", "achteraf", "afterwards"), Keyword("direct", "direct", "direct"))
MEASURES = (
    Keyword("trust", "vertrouwen", "trust"),
    Keyword("safety", "veiligheid", "safety"),
    Keyword("autonomy", "autonomie", "autonomy"),
    Keyword("days", "dagen", "days"),
)
IF = Keyword("if", "als", "if")
NOT = Keyword("not", "niet", "not")
SEEN = Keyword("seen", "gezien", "seen")
DONE = Keyword("done", "gedaan", "done")
SIGNAL = Keyword("signal", "signaal", "signal")
ONCE = Keyword("once", "eenmalig", "once")
CODE_WORDS = (*MEASURES, IF, NOT, SEEN, DONE, SIGNAL, ONCE)
LANGUAGES = ("nl", "en")
REQUIRED = ("language", "protocol", "role", "minutes", "content")
FICTION = ("verzonnen", "fictie", "bestaan niet", "bestaat niet", "fiction", "made up", "invented", "made-up")


def find(word: str, keywords: Iterable[Keyword]) -> Keyword | None:
    """Return the keyword that an author means by *word*, in either language and without regard to capitals."""
    plain = word.strip().casefold()
    return next((each for each in keywords if plain in (each.nl.casefold(), each.en.casefold())), None)


def spelling(word: str, keywords: Iterable[Keyword]) -> str:
    """Return *word* with the capitals of the table; unknown words come back as they are."""
    keyword = find(word, keywords)
    if keyword is None:
        return word
    return keyword.nl if word.casefold() == keyword.nl.casefold() else keyword.en


def words(keywords: Iterable[Keyword]) -> tuple[str, ...]:
    """Return all spellings of these keywords, Dutch first, each once."""
    rows = tuple(keywords)
    return tuple(dict.fromkeys([each.nl for each in rows] + [each.en for each in rows]))
