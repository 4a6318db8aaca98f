"""The interface's sentences in Dutch and English, from one gettext catalogue; the English ones are its keys.

A further language is one file with the same keys. And numbers and days, as each language writes them.
"""

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from casework.conformance.complaints import complaint
from casework.conformance.model import Text
from casework.errors import LanguageInvalid

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages.catalog import Catalog, Message

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("nl", "en")
NAMES = {"nl": "Nederlands", "en": "English"}
NO_LANGUAGE = Text(
    "'{language}' is geen taal; noem het bestand naar een taal, zoals toolkit.pl.po",
    "'{language}' is no language; name the file after one, as toolkit.pl.po",
)
NO_CATALOGUE = Text("het is geen .po-bestand in UTF-8 ({reason})", "it is no .po file in UTF-8 ({reason})")
OTHER_GAPS = Text(
    "de vertaling van '{original}' heeft niet dezelfde woorden tussen accolades",
    "the translation of '{original}' does not have the same words between braces",
)


@dataclass(frozen=True, slots=True)
class Words:
    """Says a sentence in one language; `{gaps}` in it are filled from the keywords.

    `known` are the sentences that a further language has; the interface in Dutch and English has all.
    """

    language: str
    catalogue: gettext.NullTranslations
    name: str = ""
    direction: str = "ltr"
    known: frozenset[str] | None = None

    def __call__(self, sentence: str, **gaps: object) -> str:
        """Return the sentence in this language."""
        return self.catalogue.gettext(sentence).format(**gaps)

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the sentence that fits the count, which fills `{count}`."""
        return self.catalogue.ngettext(one, many, count).format(count=count)

    @property
    def own(self) -> str:
        """Dutch or English: the language in which authors of files are told what is wrong with them."""
        return self.language if self.known is None else "en"

    def text(self, text: Text) -> str:
        """Return a text that has its Dutch and English beside it; a further language looks the English up."""
        return text.in_(self.language) if self.known is None else self.catalogue.gettext(text.en)

    def knows(self, *sentences: str) -> bool:
        """Whether all these English sentences can be said in this language."""
        return self.known is None or self.known.issuperset(filter(None, sentences))


@cache
def words(language: str) -> Words:
    """Return the interface in a language; any but Dutch is answered in English, the language of the keys."""
    catalogue = gettext.translation("casework", LOCALES, languages=[language], fallback=True)
    spoken = language if language in LANGUAGES else "en"
    return Words(spoken, catalogue, NAMES[spoken])


class _Further(gettext.NullTranslations):
    """Translations as they were read, with nothing behind them: an English sentence without one stays as it is."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__()
        self.said = said

    def gettext(self, message: str) -> str:
        return self.said.get(message, message)


def further(file: Path) -> Words:
    """Return a further language from one file, called after it: `toolkit.pl.po`. Raises `LanguageInvalid`."""
    language, locale = _language(file)
    said = {str(each.id): str(each.string) for each in catalogue(file) if _is_said(each)}
    for sentence, translation in said.items():
        if _gaps(sentence) != _gaps(translation):
            raise LanguageInvalid(file.name, complaint("", OTHER_GAPS, original=sentence))
    name = locale.get_display_name() or language
    return Words(language, _Further(said), name, locale.text_direction, frozenset(said))


def catalogue(file: Path) -> "Catalog":
    """Return what stands in the file of a further language; nothing where it is not there. Raises `LanguageInvalid`."""
    # Hardly any page has a further language, and these imports take a tenth of a second.
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    language, locale = _language(file)
    if not file.is_file():
        return Catalog(locale, charset="utf-8", fuzzy=False, last_translator="", language_team=language)
    try:
        with file.open("rb") as content:
            return read_po(content, locale, abort_invalid=True)
    except (PoFileError, OSError, ValueError, LookupError) as error:
        raise LanguageInvalid(file.name, complaint("", NO_CATALOGUE, reason=str(error))) from error


def _language(file: Path) -> tuple[str, "Locale"]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    language = file.name.removesuffix(".po").rpartition(".")[2]
    try:
        return language, Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise LanguageInvalid(file.name, complaint("", NO_LANGUAGE, language=language)) from error


def _is_said(message: "Message") -> bool:
    return bool(message.id and message.string and not message.fuzzy)


def _gaps(sentence: str) -> frozenset[str] | None:
    try:
        return frozenset(_named(sentence))
    except ValueError:
        return None


def _named(sentence: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


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


def decimal(value: Fraction | float, language: str, *, is_signed: bool = False) -> str:
    """Return a number with one decimal, rounded: 2,5 in Dutch and 2.5 in English; with its sign +2,5 or −2,5."""
    rounded = round(float(value), 1) + 0.0  # what rounds to nought has no sign
    shown = f"{rounded:+.1f}" if is_signed and rounded else f"{rounded:.1f}"
    return (shown if language == "en" else shown.replace(".", ",")).replace("-", "−")


def day(when: date, language: str) -> str:
    """Return a day in words, as a language writes it: 1 januari 2019."""
    # Only pages that show a day need it, and it takes a tenth of a second.
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(when, "long", locale=language.replace("-", "_"))
