"""Remarks to authors: values with a code, a place and a hint, never exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

MOST_NAMES = 12


class Severity(StrEnum):
    """How much a remark matters. With an error the case cannot be played."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One remark: `cell` counts all cells from 1 (0 is the whole file), `line` from 1 (0 is the whole cell).

    `road` holds the ids of the choices that lead from the start to what is wrong; empty where no road shows it.
    """

    code: str
    slug: str
    severity: Severity
    file: str
    cell: int
    line: int
    message: str
    hint: str
    road: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}: {self.code} {self.slug}: {self.message}"


class Both(NamedTuple):
    """One sentence in both languages; `{name}` stands for a value of the remark."""

    nl: str
    en: str

    def in_(self, language: str) -> str:
        """Return the sentence in this language; Dutch for one that we do not speak."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of remark, as the catalogue lists it."""

    code: str
    slug: str
    severity: Severity
    message: Both
    hint: Both


@dataclass(frozen=True, slots=True)
class Nearest:
    """A value of a remark: what the author may have meant by *word*, out of *names*."""

    word: str
    names: tuple[str, ...]

    def in_(self, language: str) -> str:
        """Return "did you mean", or the names there are, as a sentence."""
        near = nearest(self.word, self.names)
        if near:
            return Both(f"Bedoelde u `{near}`?", f"Did you mean `{near}`?").in_(language)
        if not self.names:
            return Both("Er is er nog geen.", "There are none yet.").in_(language)
        shown = ", ".join(f"`{name}`" for name in self.names[:MOST_NAMES])
        more = Both(" en meer", " and more").in_(language) if len(self.names) > MOST_NAMES else ""
        return Both(f"U kunt kiezen uit: {shown}{more}.", f"You can choose from: {shown}{more}.").in_(language)


Value = str | int | Both | Nearest


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark before it is put in words: which row of the catalogue, where, and with which values.

    `road` holds the choices that lead to what is wrong, from the start, where playing shows it.
    """

    slug: str
    cell: int
    line: int = 0
    values: tuple[tuple[str, Value], ...] = ()
    road: tuple[str, ...] = ()


def remark(slug: str, cell: int, line: int = 0, **values: Value) -> Remark:
    """Return a remark with these values."""
    return Remark(slug, cell, line, tuple(values.items()))


def nearest(word: str, names: Iterable[str]) -> str:
    """Return the name that looks most like *word*, or nothing if none does."""
    plain = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else ""


def worded(found: Remark, row: Row, file: str, language: str) -> Diagnostic:
    """Return the remark in words, for *file*, in this language."""
    values = {name: _worded(value, language) for name, value in found.values}
    message = row.message.in_(language).format_map(values)
    hint = row.hint.in_(language).format_map(values)
    return Diagnostic(row.code, row.slug, row.severity, file, found.cell, found.line, message, hint, found.road)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of these makes the case unplayable."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the remarks from the top of the notebook to its end, each once."""
    return tuple(sorted(set(diagnostics), key=lambda each: (each.cell, each.line, each.code, each.message)))


def _worded(value: Value, language: str) -> str | int:
    return value.in_(language) if isinstance(value, Both | Nearest) else value
