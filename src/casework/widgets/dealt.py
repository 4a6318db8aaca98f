"""The cards that fit what was asked, as one JSON value."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from casework.cards import deck, search
from casework.cards.deck import FORMS, MOMENTS, PRACTICE, SETTINGS, Moment, SignalCard, TalkCard
from casework.conformance.model import Text
from casework.widgets.asked import Asked
from casework.widgets.kit import Kit
from casework.widgets.labels import ALL, ALL_CARDS, BEGIN_SIGNALS, BEGIN_TALKS, COUNT, EMPTY, FIELDS, MET, NONE
from casework.words import Words, words

Drawn = dict[str, Any]


def signals(kit: Kit, asked: Asked, say: Words) -> Drawn:
    """Return the part with signals: what can be chosen, and the cards once something is."""
    rule = deck.rule()
    found = found_signals(kit, asked, say) if has_chosen(asked) else ()
    cards = [_signal(kit, card, say) for card in found]
    begin = [] if has_chosen(asked) or not kit.signals else _begin("setting", SETTINGS, len(kit.signals), say)
    fields = [choice("setting", SETTINGS, asked.setting, say), choice("form", FORMS, asked.form, say)]
    return {
        "fields": [] if begin else fields,
        "words": asked.words,
        "begin": begin,
        "lead": _lead(kit, asked, say),
        "rule": {"text": say.text(rule.text), "source": cited(kit, rule.sources, say)},
        "groups": [{"title": "", "cards": cards}] if cards else [],
        "summary": _summary(asked, say, len(cards)),
    }


def talks(kit: Kit, asked: Asked, say: Words) -> Drawn:
    """Return the part with conversations, by the moments of a talk."""
    is_chosen = bool(asked.words or asked.moment or asked.has_all)
    found = found_talks(kit, asked, say) if is_chosen else ()
    moments = groupby(found, key=lambda card: card.moment)
    begin = [] if is_chosen or not kit.talks else _begin("moment", MOMENTS, len(kit.talks), say)
    return {
        "fields": [] if begin else [choice("moment", MOMENTS, asked.moment, say)],
        "words": asked.words,
        "begin": begin,
        "lead": say(EMPTY) if not kit.talks else "" if is_chosen else say(BEGIN_TALKS),
        "groups": [_group(kit, moment, cards, say) for moment, cards in moments],
        "summary": _summary(asked, say, len(found)) if is_chosen else "",
    }


def found_signals(kit: Kit, asked: Asked, say: Words) -> tuple[SignalCard, ...]:
    """Return the signal cards that fit; those of a case that was played, when they are asked for."""
    if asked.cards:
        return tuple(card for card in kit.signals if card.id in asked.cards)
    return search.signals(kit.signals, say.text, setting=asked.setting, form=asked.form, words=asked.words)


def found_talks(kit: Kit, asked: Asked, say: Words) -> tuple[TalkCard, ...]:
    """Return the conversation cards that fit."""
    return search.talks(kit.talks, say.text, moment=asked.moment, words=asked.words)


def has_chosen(asked: Asked) -> bool:
    """Whether something was chosen by which to pick signals: a hundred cards at once help nobody on a phone."""
    return bool(asked.words or asked.setting or asked.form or asked.cards or asked.has_all)


def choice(name: str, texts: Mapping[Any, Text], chosen: str | None, say: Words) -> Drawn:
    """Return one field to choose in; its first option asks nothing."""
    options = [{"value": str(value), "label": say.text(text)} for value, text in texts.items()]
    first = {"value": "", "label": say(ALL[name])}
    return {"name": name, "label": say(FIELDS[name]), "options": [first, *options], "value": str(chosen or "")}


def cited(kit: Kit, ids: Iterable[str], say: Words) -> str:
    """Return the sources by their titles."""
    named = ((each, kit.sources.get(each)) for each in ids)
    return "; ".join(f"{say.text(title)} ({each})" if title else each for each, title in named)


def speaker(say: Words, *texts: Text) -> Words:
    """Return who can say all of this: a card that lacks a sentence in a further language is English as a whole."""
    return say if say.knows(*(text.en for text in texts)) else words("en")


def spoken(say: Words) -> Drawn:
    """Return the language of a piece and its direction, for the page to mark."""
    return {"lang": say.language, "dir": say.direction}


def _begin(name: str, texts: Mapping[Any, Text], count: int, say: Words) -> list[Drawn]:
    rows = [{"label": say.text(text), "ask": {name: str(value)}} for value, text in texts.items()]
    return [*rows, {"label": say(ALL_CARDS, count=count), "ask": {"has_all": True}}]


def _lead(kit: Kit, asked: Asked, say: Words) -> str:
    if not kit.signals:
        return say(EMPTY)
    return say(MET) if asked.cards else "" if has_chosen(asked) else say(BEGIN_SIGNALS)


def _summary(asked: Asked, say: Words, count: int) -> str:
    if not count:
        return say(NONE) if has_chosen(asked) or asked.moment else ""
    return say(COUNT, count=count)


def _group(kit: Kit, moment: Moment, cards: Iterable[TalkCard], say: Words) -> Drawn:
    return {"title": say.text(MOMENTS[moment]), "cards": [_talk(kit, card, say) for card in cards]}


def _signal(kit: Kit, card: SignalCard, say: Words) -> Drawn:
    own = speaker(say, *card.texts)
    return {
        "kind": "signal",
        "id": card.id,
        **spoken(own),
        "text": own.text(card.text),
        "also": own.text(card.also),
        "tags": [say.text(FORMS[form]) for form in card.forms],
        **_origin(kit, card, say),
    }


def _talk(kit: Kit, card: TalkCard, say: Words) -> Drawn:
    own = speaker(say, *card.texts)
    said = {name: own.text(getattr(card, name)) for name in ("do", "avoid", "why", "say")}
    return {"kind": "talk", "id": card.id, **spoken(own), **said, **_origin(kit, card, say)}


def _origin(kit: Kit, card: SignalCard | TalkCard, say: Words) -> Drawn:
    practice = say.text(PRACTICE) if card.is_practice else ""
    return {"source": cited(kit, card.sources, say), "practice": practice}
