"""The interface's sentences in Dutch and English, from one gettext catalogue; the English ones are its keys."""

import gettext
from dataclasses import dataclass
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
