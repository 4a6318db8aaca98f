"""What an author of a protocol is told: one sentence for each thing that can be wrong, in Dutch and in English.

The gaps between braces are filled when the complaint is made; `{near}` is a hint or nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from casework.conformance.model import Text

MOST_NAMES = 12
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong at one place of a protocol file: `place` names the table, `key` the field; empty is the file."""

    place: Text
    key: str
    reason: Text

    def in_(self, language: str) -> str:
        """Return place and reason as one line in this language."""
        return ": ".join(part for part in (self.place.in_(language), self.reason.in_(language)) if part)


def said(sentence: Text, **gaps: object) -> Text:
    """Return the sentence with its gaps filled; a `Text` among them speaks each language."""
    return Text(_filled(sentence.nl, "nl", gaps), _filled(sentence.en, "en", gaps))


def complaint(key: str, sentence: Text, **gaps: object) -> Complaint:
    """Return a complaint about a field of the file itself, or with no key about the whole file."""
    return Complaint(NOTHING, key, said(sentence, **{"key": key, **gaps}))


def _filled(sentence: str, language: str, gaps: dict[str, object]) -> str:
    return sentence.format_map(
        {name: gap.in_(language) if isinstance(gap, Text) else gap for name, gap in gaps.items()}
    )


def nearest(word: str, words: Iterable[str]) -> Text:
    """Return a hint that ends a complaint: the word that was probably meant, or every right word if they are few."""
    known = tuple(words)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return said(MEANT, word=close[0])
    return said(RIGHT, words=", ".join(known)) if 0 < len(known) <= MOST_NAMES else NOTHING


MEANT = Text("; bedoelde u '{word}'?", "; did you mean '{word}'?")
RIGHT = Text("; u kunt kiezen uit: {words}", "; right are: {words}")

# ---- the file ----
UNREADABLE = Text(
    "op regel {line} is het bestand niet te lezen; kijk daar naar een aanhalingsteken, haakje of komma,"
    " of naar een datum die niet bestaat",
    "line {line} cannot be read: {complaint}; look there for a quote, bracket or comma, or a date that is none",
)
NOT_UTF8 = Text("het bestand is niet te lezen; bewaar het als UTF-8", "its file cannot be read; save it as UTF-8")
OTHER_ID = Text("het bestand heet '{file}', maar de id is '{id}'", "its file is called '{file}', but its id is '{id}'")
NO_FILE = Text("dit protocol is er niet; wel: {known}", "there is no such protocol; there is: {known}")
CIRCLE = Text(
    "het breidt zichzelf uit: {circle}; laat bij een van deze 'extends' weg",
    "it extends itself: {circle}; let one of them extend nothing",
)
NO_PARENT = Text(
    "het breidt '{parent}' uit, maar dat bestaat niet{near}", "it extends '{parent}', which does not exist{near}"
)
NOTHING_TO_CHANGE = Text(
    "'{key}' verandert een ander protocol; noem dat met: extends = \"meldcode\"",
    "'{key}' needs a protocol to change; name it with: extends = \"meldcode\"",
)

# ---- fields ----
NO_FIELD = Text("'{key}' hoort hier niet{near}", "'{key}' is no field here{near}")
MISSING = Text(
    "'{key}' ontbreekt; schrijf bijvoorbeeld: {key} = {example}",
    "'{key}' is missing; write for example: {key} = {example}",
)
NO_NAME = Text(
    "'{key}' is {value!r}; gebruik a-z, cijfers en streepjes, tussen dubbele aanhalingstekens",
    "'{key}' is {value!r}; use a-z, digits and hyphens, between double quotes",
)
NO_WORD = Text("'{key}' is {value!r}{near}", "'{key}' is {value!r}{near}")
NO_TEXT = Text(
    "'{key}' is {value!r}; schrijf tekst tussen dubbele aanhalingstekens",
    "'{key}' is {value!r}; write text between double quotes",
)
NO_DAY = Text(
    "'{key}' is '{value}' en dat is geen datum; schrijf hem zonder aanhalingstekens: 2019-01-01",
    "'{key}' is '{value}', which is no date; write it without quotes: 2019-01-01",
)
NO_FLAG = Text("'{key}' is {value!r}; schrijf true of false", "'{key}' is {value!r}; write true or false")
NO_LIST = Text(
    "'{key}' moet een lijst zijn met iets erin; schrijf bijvoorbeeld: {key} = {example}",
    "'{key}' must be a list with something in it; write for example: {key} = {example}",
)
NO_TABLES = Text(
    "'{key}' moet uit tabellen bestaan; open elke tabel met [[{key}]]",
    "'{key}' must be tables; open each with [[{key}]]",
)
NO_TABLE = Text(
    "'{key}' moet een tabel zijn; schrijf bijvoorbeeld: {key} = {example}",
    "'{key}' must be a table; write for example: {key} = {example}",
)
ONE_LANGUAGE = Text(
    "'{key}' moet er in het Nederlands en in het Engels staan; schrijf bijvoorbeeld: {key} = {example}",
    "'{key}' needs Dutch and English; write for example: {key} = {example}",
)
EMPTY = Text("'{key}' is leeg", "'{key}' is empty")
UNEQUAL = Text(
    "'{key}' heeft er {nl} in het Nederlands en {en} in het Engels; geef er in beide evenveel",
    "'{key}' has {nl} in Dutch and {en} in English; give as many of both",
)
NO_DATE = Text(
    "een datum ontbreekt; schrijf since = 2019-01-01 (vanaf wanneer het geldt), of read = 2026-01-01 (opgenomen op)",
    "a date is missing; write since = 2019-01-01 (from when it holds), or read = 2026-01-01 (when it was entered)",
)

# ---- activities ----
NO_STEP = Text(
    "'step' is {value!r}; schrijf een getal van 1 tot en met {highest}, of 0 als dit bij geen stap hoort",
    "'step' is {value!r}; write a number from 1 to {highest}, or 0 if it belongs to no step",
)
STEP_MISSING = Text(
    "'step' ontbreekt; schrijf bij welke stap dit hoort, van 1 tot en met {highest}, of step = 0 als het bij geen stap"
    " hoort",
    "'step' is missing; write to which step this belongs, from 1 to {highest}, or step = 0 if it belongs to none",
)
NAME_TAKEN = Text(
    "'{name}' is al de naam van activiteit '{taken}'", "'{name}' is already the name of activity '{taken}'"
)

# ---- rules, routes and ages ----
ID_TWICE = Text(
    "deze id komt twee keer voor; geef een van de twee een andere",
    "this id stands there twice; give one of them another",
)
AGE_TWICE = Text("deze leeftijd komt twee keer voor; laat er een weg", "this age stands there twice; leave one out")
WRONG_LIST = Text(
    "'{key}' hoort niet bij sjabloon '{template}'; dat gebruikt {needed}",
    "'{key}' does not belong to template '{template}', which reads {needed}",
)
NO_ACTIVITY = Text("'{name}' in '{key}' is geen activiteit{near}", "'{name}' in '{key}' is no activity{near}")
NAME_FOR_ID = Text(
    "'{name}' in '{key}' is een naam; in regels staat de id: '{id}'",
    "'{name}' in '{key}' is a name; rules use the id: '{id}'",
)
TWO_PARTS = Text(
    "'{name}' staat er twee keer in; een activiteit heeft één rol in een regel",
    "'{name}' stands in it twice; an activity has one part in a rule",
)
NORM_OF_ADVICE = Text(
    "deze regel maakt een norm van een advies uit '{parent}'; noem daarvoor een eigen bron",
    "this rule makes a norm of what is advice in '{parent}'; name a source of its own for that",
)
LACKED = Text(
    "'{key}' noemt '{id}', maar '{parent}' heeft dat niet{near}", "'{key}' names '{id}', which '{parent}' lacks{near}"
)
CHANGED_TWICE = Text(
    "'{id}' staat in '{key}' en wordt hieronder opnieuw geschreven; kies een van de twee",
    "'{id}' stands in '{key}' and is written anew below; choose one",
)
LEFT_AND_WEAKENED = Text(
    "regel '{id}' staat in 'without' en in 'as_advice'; kies een van de twee",
    "rule '{id}' stands in 'without' and in 'as_advice'; choose one",
)

# ---- what is no mistake, but worth a look ----
UNLISTED_SOURCE = Text(
    "bron '{source}' staat niet in de lijst van casework; deelnemers zien dan alleen de code",
    "source '{source}' is not in casework's list; trainees then see only the code",
)
NO_TITLE = Text(
    "'title' ontbreekt; deelnemers lezen dan de reden als titel",
    "'title' is missing; trainees then read the reason as its title",
)
UNKNOWN_REGION = Text("regio '{region}' is er niet; wel: {known}", "there is no region '{region}'; there is: {known}")
NO_REGIONS = Text("geen enkele", "none")
