"""What the toolkit draws from: cards, protocols, regions, sources and languages, read once when a page opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casework import library
from casework.cards import deck
from casework.cards.deck import SignalCard, TalkCard
from casework.conformance.model import Protocol, Text
from casework.conformance.regions import Region
from casework.errors import LanguageInvalid, ProtocolInvalid
from casework.widgets import labels, tongue
from casework.words import LANGUAGES, Words, further, words

FILES = "toolkit.*.po"
Notice = Callable[[Words], str]


@dataclass(frozen=True, slots=True)
class Kit:
    """All that the toolkit can show. `notices` tell what could not be read, to whom keeps the files."""

    signals: tuple[SignalCard, ...]
    talks: tuple[TalkCard, ...]
    protocols: Mapping[str, Protocol]
    regions: Mapping[str, Region] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)
    tongues: Mapping[str, Words] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def languages(self) -> Mapping[str, Words]:
        """Every language of the page, by its code; Dutch first."""
        return {**{language: words(language) for language in LANGUAGES}, **self.tongues}


def open_kit(scenarios: Path, languages: Path) -> Kit:
    """Return the toolkit with the protocols and regions beside the cases, and the further languages in a folder.

    A file that cannot be used is left out and told of in `notices`: who needs a number must not wait for its author.
    """
    tongues, unread = _tongues(languages)
    regions, unsound = _regions(scenarios / library.REGIONS)
    return Kit(
        signals=deck.signals(),
        talks=deck.talks(),
        protocols=library.Protocols(scenarios),
        regions=regions,
        sources=titles(),
        tongues=tongues,
        notices=(*unread, *unsound),
    )


def titles() -> dict[str, Text]:
    """Return the titles of all sources."""
    return {entry.id: Text(entry.nl, entry.en) for entry in library.sources().values()}


def told(error: ProtocolInvalid | LanguageInvalid) -> Notice:
    """Return what a file's author should know, for a reader of any language."""
    return lambda say: error.in_(say.own)


def _tongues(folder: Path) -> tuple[dict[str, Words], tuple[Notice, ...]]:
    found: dict[str, Words] = {}
    notices: list[Notice] = []
    for file in sorted(folder.glob(FILES)):
        try:
            say = further(file)
        except LanguageInvalid as error:
            notices.append(told(error))
            continue
        missing = [sentence for sentence in tongue.interface() if not say.knows(sentence)]
        if missing:
            notices.append(_half(file.name, missing[0]))
        elif say.language not in LANGUAGES:
            found[say.language] = say
    return found, tuple(notices)


def _half(file: str, sentence: str) -> Notice:
    return lambda say: say(labels.HALF_TONGUE, file=file, one=sentence)


def _regions(file: Path) -> tuple[Mapping[str, Region], tuple[Notice, ...]]:
    try:
        return library.regions(file), ()
    except ProtocolInvalid as error:
        return {}, (told(error),)
