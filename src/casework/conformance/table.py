"""One table of a protocol file, read field by field; what is wrong is said in words for a tired trainer."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import NoReturn

from casework.conformance.model import Questions, Text
from casework.errors import ProtocolInvalid

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a hint that ends a complaint: the word that was probably meant, or every right word if they are few."""
    known = tuple(words)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; right are: {', '.join(known)}" if 0 < len(known) <= 12 else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file. `place` says where it stands ("rule 'consulted': "); every complaint begins with it.

    Every method raises `ProtocolInvalid`.
    """

    protocol: str
    place: str
    fields: Mapping[str, object]

    def complain(self, reason: str) -> NoReturn:
        """Raise `ProtocolInvalid`, with the place before the reason."""
        raise ProtocolInvalid(self.protocol, f"{self.place}{reason}")

    def only(self, known: Collection[str]) -> None:
        """Refuse a field that no one reads: a misspelt `unless` would otherwise be passed over in silence."""
        for key in self.fields:
            if key not in known:
                self.complain(f"'{key}' is no field here{nearest(key, known)}")

    def need(self, key: str, example: str) -> object:
        """Return a field that must be there; the example shows what to write."""
        if key not in self.fields:
            self.complain(f"'{key}' is missing; write for example: {key} = {example}")
        return self.fields[key]

    def name(self, key: str) -> str:
        """Return an id or a name: small letters, digits and hyphens."""
        value = self.need(key, '"my-own-name"')
        if not isinstance(value, str) or not NAME.fullmatch(value):
            self.complain(f"'{key}' is {value!r}; use a-z, digits and hyphens, between double quotes")
        return value

    def word(self, key: str, words: Collection[str], default: str = "") -> str:
        """Return one of these words; the default where the field is left out, if there is one."""
        if default and key not in self.fields:
            return default
        value = self.need(key, f'"{next(iter(words))}"')
        if value not in words:
            self.complain(f"'{key}' is {value!r}{nearest(str(value), words)}")
        return str(value)

    def sentence(self, key: str) -> str:
        """Return a text that may be left out."""
        value = self.fields.get(key, "")
        if not isinstance(value, str):
            self.complain(f"'{key}' is {value!r}; write text between double quotes")
        return value

    def number(self, key: str, highest: int) -> int | None:
        """Return a whole number from 1, or nothing where it is left out."""
        value = self.fields.get(key)
        if value is not None and (type(value) is not int or not 1 <= value <= highest):
            self.complain(f"'{key}' is {value!r}; write a number from 1 to {highest}, or leave it out")
        return value if isinstance(value, int) else None

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.need(key, "2019-01-01")
        if not isinstance(value, date) or isinstance(value, datetime):
            self.complain(f"'{key}' is {str(value)!r}, which is no date; write it without quotes: 2019-01-01")
        return value

    def some(self, key: str, example: str = '["..."]') -> tuple[str, ...]:
        """Return a list of texts with at least one in it."""
        value = self.need(key, example)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
            self.complain(f"'{key}' must be a list with something in it; write for example: {key} = {example}")
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list that may be left out; an empty one is the same as none."""
        return self.some(key) if self.fields.get(key, []) != [] else ()

    def both(self, key: str) -> "Table":
        """Return the field's own table, which must hold Dutch and English and nothing else."""
        example = '{ nl = "...", en = "..." }'
        value = self.need(key, example)
        if not isinstance(value, dict):
            self.complain(f"'{key}' needs Dutch and English; write for example: {key} = {example}")
        inner = Table(self.protocol, f"{self.place}'{key}': ", value)
        inner.only(("nl", "en"))
        return inner

    def text(self, key: str) -> Text:
        """Return a text in Dutch and English."""
        inner = self.both(key)
        for language in ("nl", "en"):
            if not str(inner.need(language, '"..."')).strip() or not inner.sentence(language):
                inner.complain(f"'{language}' is empty")
        return Text(inner.sentence("nl"), inner.sentence("en"))

    def names(self, key: str) -> Text:
        """Return the Dutch and the English name that authors type."""
        inner = self.both(key)
        return Text(inner.name("nl"), inner.name("en"))

    def questions(self, key: str) -> Questions:
        """Return open questions, as many in Dutch as in English."""
        inner = self.both(key)
        found = Questions(inner.some("nl"), inner.some("en"))
        if len(found.nl) != len(found.en):
            self.complain(f"'{key}' has {len(found.nl)} in Dutch and {len(found.en)} in English; give as many of both")
        return found

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return the tables under `[[key]]`, each placed by its number; none where there are none."""
        value = self.fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.complain(f"'{key}' must be tables; open each with [[{key}]]")
        kind = {"activities": "activity", "rules": "rule"}[key]
        return tuple(self._placed(kind, number, one) for number, one in enumerate(value, 1))

    def _placed(self, kind: str, number: int, fields: Mapping[str, object]) -> "Table":
        known = fields.get("id")
        return Table(self.protocol, f"{kind} '{known}': " if known else f"{kind} number {number}: ", fields)
