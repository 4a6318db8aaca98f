"""One table of a protocol file, read field by field; whatever is wrong is kept, so that it can be said all at once."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from casework.conformance import complaints as say
from casework.conformance.complaints import Complaint, nearest, said
from casework.conformance.model import Questions, Text

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = {
    "activities": Text("activiteit", "activity"),
    "rules": Text("regel", "rule"),
    "routes": Text("route", "route"),
    "consent": Text("leeftijd", "age"),
    "regions": Text("regio", "region"),
}
BOTH = '{ nl = "...", en = "..." }'
Word = TypeVar("Word", bound=StrEnum)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file. `place` says where it stands ("rule 'consulted'"); every complaint begins with it.

    A method that finds something wrong adds it to `complaints`, which all tables of a file share, and returns a value
    of the right type, so that reading goes on. Whoever reads a file asks at the end whether there were any.
    """

    fields: Mapping[str, object]
    place: Text = say.NOTHING
    complaints: list[Complaint] = field(default_factory=list)
    within: str = ""

    def complain(self, key: str, sentence: Text, **gaps: object) -> None:
        """Keep a complaint about a field, or with no key about the whole table."""
        path = ".".join(part for part in (self.within, key) if part)
        self.complaints.append(Complaint(self.place, path, said(sentence, **{"key": key, **gaps})))

    def only(self, known: Collection[str]) -> None:
        """Refuse a field that no one reads: a misspelt `unless` would otherwise be passed over in silence."""
        for key in self.fields:
            if key not in known:
                self.complain(key, say.NO_FIELD, near=nearest(key, known))

    def need(self, key: str, example: str) -> object | None:
        """Return a field that must be there, or nothing; the example shows what to write."""
        if key not in self.fields:
            self.complain(key, say.MISSING, example=example)
        return self.fields.get(key)

    def name(self, key: str) -> str:
        """Return an id or a name: small letters, digits and hyphens."""
        value = self.need(key, '"my-own-name"')
        if isinstance(value, str) and NAME.fullmatch(value):
            return value
        if value is not None:
            self.complain(key, say.NO_NAME, value=value)
        return ""

    def word(self, key: str, words: Collection[str]) -> str:
        """Return one of these words, or none where it is another."""
        value = self.need(key, f'"{next(iter(words))}"')
        if value is not None and value not in words:
            self.complain(key, say.NO_WORD, value=value, near=nearest(str(value), words))
        return str(value) if value in words else ""

    def one(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """Return one of these words; the default where the field is left out, if there is one."""
        if default is not None and key not in self.fields:
            return default
        found = self.word(key, tuple(words))
        return words(found) if found else next(iter(words))

    def several(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """Return a list of these words; it may be left out."""
        found = self.texts(key)
        for value in found:
            if value not in tuple(words):
                self.complain(key, say.NO_WORD, value=value, near=nearest(value, tuple(words)))
        return tuple(words(value) for value in found if value in tuple(words))

    def sentence(self, key: str) -> str:
        """Return a text that may be left out."""
        value = self.fields.get(key, "")
        if not isinstance(value, str):
            self.complain(key, say.NO_TEXT, value=value)
        return value if isinstance(value, str) else ""

    def flag(self, key: str) -> bool | None:
        """Return true or false, or nothing where it is left out."""
        value = self.fields.get(key)
        if value is not None and not isinstance(value, bool):
            self.complain(key, say.NO_FLAG, value=value)
        return value if isinstance(value, bool) else None

    def day(self, key: str) -> date:
        """Return a date that must be there."""
        self.need(key, "2019-01-01")
        return self.perhaps_day(key) or date.min

    def perhaps_day(self, key: str) -> date | None:
        """Return a date, or nothing where it is left out."""
        value = self.fields.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.complain(key, say.NO_DAY, value=value)
        return None

    def some(self, key: str, example: str = '["..."]') -> tuple[str, ...]:
        """Return a list of texts with at least one in it."""
        value = self.need(key, example)
        if isinstance(value, list) and value and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        if value is not None:
            self.complain(key, say.NO_LIST, example=example)
        return ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list that may be left out; an empty one is the same as none."""
        return self.some(key) if self.fields.get(key, []) != [] else ()

    def inner(self, key: str, example: str, complaint: Text, known: Collection[str]) -> "Table | None":
        """Return the field's own table, which may hold only these fields; nothing where it is none."""
        value = self.need(key, example)
        if not isinstance(value, dict):
            if value is not None:
                self.complain(key, complaint, example=example)
            return None
        place = Text(*(": ".join(part for part in (self.place.in_(each), f"'{key}'") if part) for each in ("nl", "en")))
        inner = Table(value, place, self.complaints, key)
        inner.only(known)
        return inner

    def text(self, key: str) -> Text:
        """Return a text in Dutch and English."""
        inner = self._both(key)
        return Text(inner.written("nl"), inner.written("en")) if inner else say.NOTHING

    def written(self, key: str) -> str:
        """Return a text that must be there and must say something."""
        value = self.need(key, '"..."')
        found = self.sentence(key)
        if isinstance(value, str) and not found.strip():
            self.complain(key, say.EMPTY)
        return found

    def names(self, key: str) -> Text:
        """Return the Dutch and the English name that authors type."""
        inner = self._both(key)
        return Text(inner.name("nl"), inner.name("en")) if inner else say.NOTHING

    def questions(self, key: str) -> Questions:
        """Return open questions, as many in Dutch as in English."""
        inner = self._both(key)
        found = Questions(inner.some("nl"), inner.some("en")) if inner else Questions((), ())
        if found.nl and found.en and len(found.nl) != len(found.en):
            self.complain(key, say.UNEQUAL, nl=len(found.nl), en=len(found.en))
        return found

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return the tables under `[[key]]`, each placed by its id or number; none where there are none."""
        value = self.fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.complain(key, say.NO_TABLES)
            return ()
        return tuple(self._placed(KINDS[key], number, one) for number, one in enumerate(value, 1))

    def keyed(self, kind: str, read: Callable[["Table"], Row], key: str, twice: Text) -> dict[str, Row]:
        """Return what is read of the tables under `[[kind]]`, by its *key*; one that stands there twice is refused."""
        rows: dict[str, Row] = {}
        for table in self.tables(kind):
            row = read(table)
            name = getattr(row, key)
            if name in rows:
                table.complain(key, twice)
            rows[name] = row
        return rows

    def _placed(self, kind: Text, number: int, fields: Mapping[str, object]) -> "Table":
        known = fields.get("id", fields.get("age"))
        named = said(Text("{kind} {id}", "{kind} {id}"), kind=kind, id=f"'{known}'")
        counted = said(Text("{kind} nummer {number}", "{kind} number {number}"), kind=kind, number=number)
        return Table(fields, named if known else counted, self.complaints)

    def _both(self, key: str) -> "Table | None":
        return self.inner(key, BOTH, say.ONE_LANGUAGE, ("nl", "en"))
