"""Inline Markdown as text: runs in three styles, sentences, and the code spans behind them. Nothing stays markup."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from casework.scenario.blocks import Token
from casework.scenario.model import Run
from casework.scenario.sentences import spans

_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_SPACES = re.compile(r"\s+")
_STYLES = {"em_open": "em", "strong_open": "strong"}


@dataclass(frozen=True, slots=True)
class Span:
    """A code span behind a sentence."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence as it was written: its runs, the code spans behind it, and its line in the cell."""

    runs: tuple[Run, ...]
    spans: tuple[Span, ...]
    line: int


Prose = tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one style; `code` holds a code span instead."""

    text: str
    style: str
    line: int
    code: bool = False


def pieces(words: Iterable[Token], line: int) -> Iterator[Piece]:
    """Yield the words of a paragraph; links give their text and pictures the words that replace them."""
    styles: list[str] = []
    for word in words:
        if word.type in _STYLES:
            styles.append(_STYLES[word.type])
        elif word.type in ("em_close", "strong_close"):
            styles.pop()
        elif word.type in ("softbreak", "hardbreak"):
            yield Piece(" ", "", line)
            line += 1
        elif word.content:
            yield Piece(word.content, _style(styles), line, word.type == "code_inline")


def as_text(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with code spans as ordinary words."""
    return tuple(replace(piece, code=False) for piece in found)


def plain(found: Iterable[Piece], *, codes: bool = False) -> str:
    """Return the text alone, without code spans unless *codes*, with single spaces."""
    return _SPACES.sub(" ", "".join(piece.text for piece in found if codes or not piece.code)).strip()


def sentences(found: Iterable[Piece]) -> tuple[Written, ...]:
    """Return the sentences of one paragraph; a code span belongs to the sentence before it."""
    letters, codes = _letters(found)
    text = "".join(letter for letter, _, _ in letters)
    bounds = spans(text)
    starts = [first for first, _ in bounds]
    behind: dict[int, list[Span]] = {}
    for at, span in codes:
        behind.setdefault(max(bisect_right(starts, max(at - 1, 0)) - 1, 0), []).append(span)
    return tuple(
        Written(_runs(letters[first:last]), tuple(behind.get(number, ())), letters[first][2])
        for number, (first, last) in enumerate(bounds)
    )


def has_html(text: str) -> bool:
    """Whether *text* looks like HTML, which is shown as it stands."""
    return _HTML.search(text) is not None


Letter = tuple[str, str, int]


def _letters(found: Iterable[Piece]) -> tuple[list[Letter], list[tuple[int, Span]]]:
    letters: list[Letter] = []
    codes: list[tuple[int, Span]] = []
    for piece in found:
        if piece.code:
            while letters and letters[-1][0] == " ":
                letters.pop()
            codes.append((len(letters), Span(piece.text.strip(), piece.line)))
            continue
        for letter in _SPACES.sub(" ", piece.text):
            if letter != " " or (letters and letters[-1][0] != " "):
                letters.append((letter, piece.style, piece.line))
    return letters, codes


def _runs(letters: list[Letter]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(letter for letter, _, _ in group), style) for style, group in groupby(letters, lambda each: each[1])
    )


def _style(styles: list[str]) -> str:
    return "strong" if "strong" in styles else styles[-1] if styles else ""
