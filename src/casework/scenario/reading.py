"""How hard a case is to read: words, sentences and syllables counted, and the formula of Flesch as Douma fitted it.

No formula proves a level of language: the levels describe people who learn a language, not texts. This one finds walls
of text and officialese, and nothing else. It sees no rare word, no tangle and no rattle of stubs, so four more checks
stand beside it (`play/wording.py`), and people who read aloud. The formula is W.H. Douma's; it stands with its bands
at dbnl.org/tekst/_taa014197701_01, and the package `textstat` has the same figures for Dutch.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise
from math import inf
from unicodedata import normalize

from casework.scenario.diagnostics import Both
from casework.scenario.model import Paragraph, Scenario, Scene, SceneId

FEWEST = 30
RARE = 3.3

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_SOURCES = re.compile(r"\s*\([SZ]\d+(?:\s*[,;]\s*[SZ]\d+)*\)")
_KEPT = re.compile(
    r"(?<!\w)(?:meldcodes?|veilig thuis|comensha|aandachtsfunctionaris(?:sen)?|zorgcoördinator(?:en|s)?|mensenhandel"
    r"|uitbuiting|aangifte[ns]?|bedenktijd|kindcheck)(?!\w)",
    re.IGNORECASE,
)
_DUTCH = re.compile(
    r"ieuw|eeuw|aai|ooi|oei|ieu|eeu|auw|ouw|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûüýÿ]"
)
_ENGLISH = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT = re.compile(r"(?<=[^aeiouy])(?:(?<![^aeiouy]l)e|(?<![td])ed|(?<![sxzcg])(?<![cs]h)es)$")


@dataclass(frozen=True, slots=True)
class Formula:
    """What a score takes off for each word of a mean sentence, and for each syllable of a mean word."""

    name: str
    word: float
    syllable: float


FORMULAS = {"nl": Formula("Flesch-Douma", 0.93, 77.0), "en": Formula("Flesch", 1.015, 84.6)}


@dataclass(frozen=True, slots=True)
class Band:
    """What scores under `below`, and not under the band before it, are called."""

    below: float
    name: Both


BANDS = (
    Band(30, Both("heel moeilijk", "very hard")),
    Band(45, Both("moeilijk", "hard")),
    Band(60, Both("vrij moeilijk", "rather hard")),
    Band(70, Both("gewoon", "ordinary")),
    Band(80, Both("vrij makkelijk", "rather easy")),
    Band(90, Both("makkelijk", "easy")),
    Band(inf, Both("heel makkelijk", "very easy")),
)


class Part(StrEnum):
    """The parts of a case that are measured apart, since each is read in another mood."""

    FRONT = "front"
    SCENES = "scenes"
    CONSEQUENCES = "consequences"
    OPTIONS = "options"
    NOTES = "notes"


FLOORS = {Part.FRONT: 65, Part.SCENES: 80, Part.CONSEQUENCES: 80, Part.OPTIONS: 75, Part.NOTES: 65}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, counted. `longest` is the number of words in its longest sentence."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    longest: int = 0
    language: str = "nl"

    @property
    def mean(self) -> float:
        """The words in a mean sentence; 0 where there is no word."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def score(self) -> float | None:
        """How easy the text is, mostly from 0 to 100, by the formula of its language; None where there is no word."""
        if not self.words:
            return None
        formula = FORMULAS.get(self.language, FORMULAS["nl"])
        return 206.835 - formula.word * self.mean - formula.syllable * self.syllables / self.words


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of one scene (or the first cell, whose `scene` is empty), and its reading; choices count together."""

    part: Part
    scene: SceneId
    title: str
    cell: int
    paragraphs: tuple[str, ...]
    reading: Reading

    @property
    def is_hard(self) -> bool:
        """Whether it is under the floor of its part; with fewer than thirty words one long name would decide."""
        score = self.reading.score
        return score is not None and self.reading.words >= FEWEST and score < FLOORS[self.part]


def band(score: float) -> Both:
    """Return what Douma calls a text with this score."""
    return next(each.name for each in BANDS if score < each.below)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text: runs of letters or digits, with hyphens and apostrophes inside."""
    return tuple(_WORD.findall(text))


def sentences(paragraph: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph that hold a word.

    One ends at `.`, `!`, `?` or `…`, with a closing quotation mark if there is one, before a space; a colon ends none.
    The trainee's own sentences (`scenario/sentences.py`) know abbreviations and speech that goes on; a measure that
    can be compared with others does not.
    """
    ends = [0, *(match.end() for match in _END.finditer(paragraph)), len(paragraph)]
    pieces = (paragraph[first:last].strip() for first, last in pairwise(ends))
    return tuple(piece for piece in pieces if _WORD.search(piece))


@lru_cache(maxsize=4096)
def syllables(word: str, language: str = "nl") -> int:
    """Return the syllables of a word, at least one.

    Dutch: groups of vowels, the longest first, and then any single vowel; one with a mark on it is always a group of
    its own (*geïnteresseerd* 5, but so also *één* 2). English: runs of vowels, less a last *e*, *es* or *ed* that is
    not heard.
    """
    plain = word.casefold()
    if language == "en":
        return max(len(_ENGLISH.findall(_SILENT.sub("", plain))), 1)
    return max(len(_DUTCH.findall(plain)), 1)


def measure(paragraphs: Iterable[str], language: str = "nl", *, is_raw: bool = False) -> Reading:
    """Return a text counted, without the source marks of a note.

    Terms that stay because trainees must know them (*Veilig Thuis*, *aandachtsfunctionaris*) count as two syllables
    unless *is_raw*; otherwise a single one decides about a paragraph.
    """
    plain = (_SOURCES.sub("", normalize("NFC", each)) for each in paragraphs)
    return total((_measure(each, language, is_raw=is_raw) for each in plain), language)


def total(readings: Iterable[Reading], language: str = "nl") -> Reading:
    """Return several readings as one."""
    each = tuple(readings)
    return Reading(
        words=sum(one.words for one in each),
        sentences=sum(one.sentences for one in each),
        syllables=sum(one.syllables for one in each),
        longest=max((one.longest for one in each), default=0),
        language=language,
    )


def passages(scenario: Scenario) -> tuple[Passage, ...]:
    """Return the passages of a case in the order of its cells, those without a word left out."""
    front = _passage(Part.FRONT, None, texts(scenario.introduction), scenario)
    found = (front, *(each for scene in scenario.scenes for each in _of_scene(scene, scenario)))
    return tuple(each for each in found if each.reading.words)


def by_part(found: Iterable[Passage]) -> dict[Part, Reading]:
    """Return the readings of whole parts, for the parts that there are."""
    each = tuple(found)
    parts = {part: [one.reading for one in each if one.part is part] for part in Part}
    return {part: total(readings, readings[0].language) for part, readings in parts.items() if readings}


def rare(found: Iterable[Passage], frequency: Callable[[str], float]) -> tuple[str, ...]:
    """Return the words that are rare, the rarest first: a list to look at, and no fault.

    *frequency* gives a word's place on the Zipf scale (0 to about 7; 3.3 is twice in a million words). Names, which
    never stand without a capital, are left out, and so are the terms that stay, and the notes.
    """
    texts = [_KEPT.sub(" ", text) for each in found if each.part is not Part.NOTES for text in each.paragraphs]
    forms = {word for text in texts for word in words(text) if word.islower()}
    scored = sorted((frequency(word), word) for word in forms)
    return tuple(word for zipf, word in scored if zipf < RARE)


def texts(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Return paragraphs as plain text."""
    return tuple(" ".join(sentence.text for sentence in paragraph) for paragraph in paragraphs)


def _of_scene(scene: Scene, scenario: Scenario) -> Iterator[Passage]:
    consequences = tuple(text for choice in scene.choices for text in texts(choice.consequence))
    yield _passage(Part.SCENES, scene, texts(scene.story), scenario)
    yield _passage(Part.CONSEQUENCES, scene, consequences, scenario)
    yield _passage(Part.OPTIONS, scene, tuple(choice.text for choice in scene.choices), scenario)
    yield _passage(Part.NOTES, scene, texts(scene.note), scenario)


def _passage(part: Part, scene: Scene | None, paragraphs: tuple[str, ...], scenario: Scenario) -> Passage:
    place = (scene.id, scene.title, scene.cell) if scene else ("", scenario.title, 1)
    return Passage(part, *place, paragraphs, measure(paragraphs, scenario.language))


def _measure(paragraph: str, language: str, *, is_raw: bool) -> Reading:
    found = [words(sentence) for sentence in sentences(paragraph)]
    kept = 0 if is_raw else len(_KEPT.findall(paragraph))
    counted = words(_KEPT.sub(" ", paragraph)) if kept else tuple(chain.from_iterable(found))
    count = 2 * kept + sum(syllables(word, language) for word in counted)
    lengths = [len(each) for each in found]
    return Reading(sum(lengths), len(lengths), count, max(lengths, default=0), language)
