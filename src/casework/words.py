"""The interface's sentences in Dutch and English, from one gettext catalogue; the English ones are its keys.

And numbers, as each language writes them.
"""

import gettext
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """Says a sentence in one language; `{gaps}` in it are filled from the keywords."""

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, sentence: str, **gaps: object) -> str:
        """Return the sentence in this language."""
        return self.catalogue.gettext(sentence).format(**gaps)

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the sentence that fits the count, which fills `{count}`."""
        return self.catalogue.ngettext(one, many, count).format(count=count)


@cache
def words(language: str) -> Words:
    """Return the interface in a language; any but Dutch is answered in English, the language of the keys."""
    catalogue = gettext.translation("casework", LOCALES, languages=[language], fallback=True)
    return Words(language if language in LANGUAGES else "en", catalogue)


def mark(sentence: str) -> str:
    """Return the sentence as it is: marks it for the catalogue where it is said later."""
    return sentence


def number(count: int, language: str) -> str:
    """Return a whole number with marks between its thousands: 47.655.750 in Dutch, 47,655,750 in English."""
    grouped = f"{count:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def percentage(share: Fraction, language: str) -> str:
    """Return a share with one decimal, rounded down: what is nearly whole is never called whole."""
    tenths = int(share * 1000)
    mark = "." if language == "en" else ","
    return f"{tenths // 10}{mark}{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
