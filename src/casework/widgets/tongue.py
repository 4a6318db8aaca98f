"""What a further language has to say: every sentence of the toolkit, for its file and for the check of that file."""

from collections.abc import Iterable, Iterator, Mapping

from casework.cards import deck
from casework.cards.deck import FORMS, MOMENTS, PRACTICE, SETTINGS
from casework.conformance.model import Protocol, Text
from casework.conformance.routing import ALWAYS, READ, SINCE
from casework.widgets.labels import SAID, TABLES
from casework.widgets.vocabulary import LINES
from casework.words import words


def interface() -> tuple[str, ...]:
    """Return the English sentences of the page itself: a language that lacks one of them cannot carry the page."""
    told = [*SAID, *(sentence for table in TABLES for sentence in table.values())]
    named = (text.en for table in (FORMS, SETTINGS, MOMENTS) for text in table.values())
    fixed = (PRACTICE.en, ALWAYS.en, SINCE.en, READ.en, deck.rule().text.en)
    return tuple(dict.fromkeys([*told, *(text for _, _, text in LINES), *named, *fixed]))


def sentences(protocols: Iterable[Protocol], titles: Mapping[str, Text]) -> tuple[Text, ...]:
    """Return all that a further language can say: the page, the cards, the routes of protocols, titles of sources."""
    known = tuple(protocols)
    dutch = words("nl").catalogue.gettext
    fixed = {text.en: text for text in _fixed()}
    page = (fixed.get(sentence) or Text(dutch(sentence), sentence) for sentence in interface())
    signals = (text for card in deck.signals() for text in card.texts)
    talks = (text for card in deck.talks() for text in card.texts)
    cited = dict.fromkeys(_cited(known))
    found = [*page, *signals, *talks, *_routes(known), *(titles[each] for each in cited if each in titles)]
    return tuple({text.en: text for text in found}.values())


def _cited(protocols: Iterable[Protocol]) -> Iterator[str]:
    yield from deck.rule().sources
    for signal in deck.signals():
        yield from signal.sources
    for talk in deck.talks():
        yield from talk.sources
    for protocol in protocols:
        for route in protocol.routes:
            yield from route.source
        for row in protocol.consent:
            yield from row.source


def _fixed() -> Iterator[Text]:
    for table in (FORMS, SETTINGS, MOMENTS):
        yield from table.values()
    yield from (PRACTICE, ALWAYS, SINCE, READ, deck.rule().text)


def _routes(protocols: Iterable[Protocol]) -> Iterator[Text]:
    for protocol in protocols:
        yield protocol.scope
        for route in protocol.routes:
            yield from (route.title, route.to, route.ground)
        for row in protocol.consent:
            yield from (row.sharing, row.signature, row.parents)
