"""Which cards someone asks for: by place of work, by form, by moment of a talk, by words; pure, in any language."""

import unicodedata
from collections.abc import Callable, Iterable

from casework.cards.deck import Form, Moment, Setting, SignalCard, TalkCard
from casework.conformance.model import Text

Speak = Callable[[Text], str]


def signals(
    cards: Iterable[SignalCard], say: Speak, *, setting: Setting | None, form: Form | None, words: str
) -> tuple[SignalCard, ...]:
    """Return the cards of this place, this form and these words; those that hold with every form come last."""
    found = [card for card in cards if _belongs(card, setting, form) and has(words, *map(say, card.texts))]
    return tuple(sorted(found, key=lambda card: form is not None and form not in card.forms))


def talks(cards: Iterable[TalkCard], say: Speak, *, moment: Moment | None, words: str) -> tuple[TalkCard, ...]:
    """Return the cards of this moment and these words."""
    return tuple(card for card in cards if moment in {None, card.moment} and has(words, *map(say, card.texts)))


def has(words: str, *texts: str) -> bool:
    """Whether all these words stand in the texts: in any order, in part too, whatever their capitals and accents."""
    body = plain(" ".join(texts))
    return all(word in body for word in plain(words).split())


def plain(text: str) -> str:
    """Return a text as it is compared: without capitals and without marks on its letters."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _belongs(card: SignalCard, setting: Setting | None, form: Form | None) -> bool:
    is_form = form is None or form in card.forms or Form.ANY in card.forms
    return is_form and (setting is None or setting in card.settings)
