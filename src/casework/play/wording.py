"""How a case is worded: words that judge or label, walls of text, and options that do not look alike.

The figures are the house's own, for stories read aloud in plain Dutch: sentences of 7 to 11 words, none over 20, and
options of 10 to 16 words within three of each other. A remark on an option comes only where it is clearly outside that.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import floor
from operator import itemgetter

from casework.play.ground import Ground, Menu
from casework.scenario.diagnostics import Both, Remark, Value, remark
from casework.scenario.model import Scene
from casework.scenario.reading import (
    FLOORS,
    FORMULAS,
    Part,
    Passage,
    Reading,
    band,
    by_part,
    sentences,
    texts,
    words,
)

LONGEST_SENTENCE = 20
SHORTEST_MEAN, LONGEST_MEAN = 7, 11
ENOUGH = 300
SHORTEST_CHOICE, LONGEST_CHOICE = 8, 18
NEIGHBOURS = 3
SHOWN = 8

PARTS = {
    Part.FRONT: Both("de eerste cel", "the first cell"),
    Part.SCENES: Both("de scène", "the scene"),
    Part.CONSEQUENCES: Both("de tekst van de gevolgen", "the text of the consequences"),
    Part.OPTIONS: Both("de tekst van de keuzes", "the text of the choices"),
    Part.NOTES: Both("de notitie voor de begeleider", "the facilitator's note"),
}
CONSEQUENCE = Both("het gevolg", "the consequence")
RATTLES = Both(
    "Zulke korte zinnen ratelen. Voeg er in de meeste scènes een van dertien woorden of meer aan toe.",
    "Such short sentences rattle. In most scenes, add one of thirteen words or more.",
)
DRAGS = Both("Knip de langste zinnen in tweeën: één gedachte per zin.", "Cut the longest in two: one thought for each.")
SHORT = Both(
    "Schrijf wat iemand precies doet, met evenveel detail als bij de andere keuzes.",
    "Write what somebody does exactly, in as much detail as with the other choices.",
)
LONG = Both(
    "Houd over wat iemand doet. De reden staat in de scène, de afloop in het gevolg.",
    "Keep what somebody does. The reason stands in the scene, the outcome in the consequence.",
)

# In the narrator's own voice these tell the trainee off, or pat them on the head. Each row is a pattern of whole words.
JUDGING = {
    "nl": (
        *("helaas", "gelukkig", "jammer", "fout", "verkeerd", "dom", "onverstandig", "belangrijk", "goed zo"),
        *("goed gedaan", "(?:foute|verkeerde|goede|juiste|slimme|domme) keuze", "zo ziet u", "uw schuld"),
        *("u had (?:maar |toch )?beter", "had u (?:maar|beter)", r"u had (?:[^\W_]+ ){0,6}(?:moeten|kunnen)"),
        *(r"had u (?:[^\W_]+ ){0,6}(?:moeten|kunnen)", r"(?<=[.!?…] )had u", r"^had u"),
    ),
    "en": (
        *("unfortunately", "fortunately", "sadly", "luckily", "wrong", "mistake", "stupid", "foolish", "unwise"),
        *("important", "well done", "good job", "(?:good|bad|right|poor) choice", "your fault"),
        *("you (?:should|ought to|could) (?:not )?have", "had you (?:only|but)", "if only you", "you had better"),
    ),
}
# Words that make a person a case. "Mogelijk slachtoffer" stands on paper and in law; it is not the narrator's own word.
LABELS = {
    "nl": (
        *(r"(?<!mogelijk )(?<!mogelijke )slachtoffers?", "cliënte?n?", "betrokkenen?", "loverboys?", "prostituees?"),
        *("redden", "gered", "bevrijden", "bevrijd", "bevrijdt"),
    ),
    "en": (
        *("(?<!possible )victims?", "clients?", "loverboys?", "prostitutes?", "rescue[ds]?", "rescuing"),
        *("set (?:her|him|them) free",),
    ),
}
_SPEECH = re.compile(
    r"\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)|„[^”“]*(?:[”“]|$)|«[^»]*(?:»|$)|(?<!\w)[‘'](?![stn]\s)[^’']*[’'](?!\w)"
)


def judging(ground: Ground) -> Iterator[Remark]:
    """Yield each scene and consequence in which the narrator judges; what people on stage say is theirs."""
    yield from _spoken(ground, "judging-words", JUDGING)


def labels(ground: Ground) -> Iterator[Remark]:
    """Yield each scene and consequence in which the narrator puts a label on a person."""
    yield from _spoken(ground, "label", LABELS)


def walls(ground: Ground) -> Iterator[Remark]:
    """Yield each passage under the floor of its part, with its numbers."""
    for passage in ground.passages:
        score = passage.reading.score
        if passage.is_hard and score is not None:
            yield remark("wall-of-text", passage.cell, 0, **_numbers(passage, score))


def long_sentences(ground: Ground) -> Iterator[Remark]:
    """Yield each passage with a sentence of more than twenty words, and the first such sentence."""
    for passage in ground.passages:
        if passage.part is not Part.OPTIONS and passage.reading.longest > LONGEST_SENTENCE:
            text = next(each for each in _sentences(passage) if len(words(each)) > LONGEST_SENTENCE)
            title, part, count = passage.title, PARTS[passage.part], len(words(text))
            yield remark("long-sentence", passage.cell, title=title, part=part, count=count, text=_start(text))


def mean_sentence(ground: Ground) -> Iterator[Remark]:
    """Yield a remark if the sentences of all scenes together are short or long, once there is enough to measure."""
    reading = by_part(ground.passages).get(Part.SCENES, Reading())
    if reading.words >= ENOUGH and not SHORTEST_MEAN <= round(reading.mean) <= LONGEST_MEAN:
        hint = RATTLES if reading.mean < SHORTEST_MEAN else DRAGS
        yield remark("sentence-mean", 0, mean=_decimal(reading.mean, 1), hint=hint)


def choice_lengths(ground: Ground) -> Iterator[Remark]:
    """Yield each choice that has clearly fewer than ten words, or clearly more than sixteen."""
    for scene in ground.scenario.scenes:
        for choice in scene.choices:
            count = len(words(choice.text))
            if not SHORTEST_CHOICE <= count <= LONGEST_CHOICE:
                hint = SHORT if count < SHORTEST_CHOICE else LONG
                yield remark("choice-length", scene.cell, choice.line, text=choice.text, count=count, hint=hint)


def outstanding(ground: Ground) -> Iterator[Remark]:
    """Yield the choice of a scene that is longer, or else shorter, than all beside it by more than three words."""
    for menus in ground.menus.values():
        for menu in menus:
            found = _outstanding(menu)
            if found is not None:
                yield replace(found, road=ground.graph.road(menu.state))
                break


def narration(paragraph: str) -> str:
    """Return a paragraph without what stands between quotation marks; one that is not closed lasts to the end."""
    return _SPEECH.sub(" ", paragraph)


def _spoken(ground: Ground, slug: str, rows: dict[str, tuple[str, ...]]) -> Iterator[Remark]:
    pattern = _pattern(rows.get(ground.scenario.language, rows["nl"]))
    for scene in ground.scenario.scenes:
        for line, part, paragraphs in _narrated(scene):
            found = next((match for text in paragraphs if (match := pattern.search(narration(text)))), None)
            if found is not None:
                yield remark(slug, scene.cell, line, part=part, word=found.group().strip())


def _narrated(scene: Scene) -> Iterator[tuple[int, Both, tuple[str, ...]]]:
    yield 0, PARTS[Part.SCENES], texts(scene.story)
    for choice in scene.choices:
        yield choice.line, CONSEQUENCE, texts(choice.consequence)


@cache
def _pattern(rows: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(rows)})(?!\w)", re.IGNORECASE)


def _numbers(passage: Passage, score: float) -> dict[str, Value]:
    reading = passage.reading
    return {
        "title": passage.title,
        "part": PARTS[passage.part],
        "band": band(score),
        "score": floor(score),
        "formula": FORMULAS.get(reading.language, FORMULAS["nl"]).name,
        "floor": FLOORS[passage.part],
        "mean": _decimal(reading.mean, 1),
        "syllables": _decimal(reading.syllables / reading.words, 2),
    }


def _sentences(passage: Passage) -> Iterable[str]:
    return (sentence for paragraph in passage.paragraphs for sentence in sentences(paragraph))


def _start(sentence: str) -> str:
    shown = sentence.split()
    return " ".join(shown[:SHOWN]) + " ..." if len(shown) > SHOWN else sentence


def _decimal(value: float, places: int) -> Both:
    shown = f"{value:.{places}f}"
    return Both(shown.replace(".", ","), shown)


def _range(counts: list[int]) -> Both:
    least, most = min(counts), max(counts)
    return Both(str(least), str(least)) if least == most else Both(f"{least} tot {most}", f"{least} to {most}")


def _outstanding(menu: Menu) -> Remark | None:
    lengths = sorted(((len(words(choice.text)), choice.line, choice) for choice in menu.choices), key=itemgetter(0))
    counts = [count for count, _, _ in lengths]
    ends = ((-1, counts[-1] - counts[-2]), (0, counts[1] - counts[0])) if len(counts) > 1 else ()
    for end, gap in ends:
        if gap > NEIGHBOURS:
            count, line, choice = lengths.pop(end)
            others = [each for each, _, _ in lengths]
            values: dict[str, Value] = {"text": choice.text, "count": count, "others": _range(others)}
            return remark("choice-stands-out", menu.scene.cell, line, **values)
    return None


CHECKS: tuple[Callable[[Ground], Iterator[Remark]], ...] = (
    judging,
    labels,
    walls,
    long_sentences,
    mean_sentence,
    choice_lengths,
    outstanding,
)
