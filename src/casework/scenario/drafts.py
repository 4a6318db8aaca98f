"""The first pass: each cell alone. Out come drafts, with every name still as it was typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from casework.scenario import keywords
from casework.scenario.cells import Cell, Source
from casework.scenario.diagnostics import Nearest, Remark, remark
from casework.scenario.keywords import CASE_FACTS, SCENE_FACTS, Keyword
from casework.scenario.notation import Fact, Sheet, html_lines, read
from casework.scenario.repair import mend

LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One Markdown cell as read: its place in the notebook, its sheet and its facts by keyword id."""

    id: str
    cell: int
    sheet: Sheet
    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The text of its first heading."""
        return self.sheet.headings[0].text if self.sheet.headings else ""

    @property
    def line(self) -> int:
        """The line of its first heading."""
        return self.sheet.headings[0].line if self.sheet.headings else 1

    def fact(self, keyword: str) -> Fact | None:
        """Return the first fact of this keyword."""
        return next(iter(self.facts.get(keyword, ())), None)


@dataclass(frozen=True, slots=True)
class Drafts:
    """All cells of a notebook, each read alone."""

    case: Draft | None
    scenes: tuple[Draft, ...]
    remarks: tuple[Remark, ...]


def draft(source: Source) -> Drafts:
    """Return every Markdown cell as read, and what is to be said about each alone."""
    case: Draft | None = None
    scenes: list[Draft] = []
    remarks: list[Remark] = []
    for number, cell in enumerate(source.cells, 1):
        if cell.kind != "markdown" or not cell.text.strip():
            continue
        if len(cell.text) > LONGEST_CELL:
            remarks.append(remark("cell-too-large", number, limit=LONGEST_CELL))
            continue
        found, said = _read_cell(cell, number)
        remarks.extend(said)
        is_first = case is None and not scenes
        level = found.sheet.headings[0].level if found.sheet.headings else 0
        if level == 1 and is_first:
            case = found
        elif level == 2:
            scenes.append(found)
        else:
            remarks.append(remark("title-not-first" if level else "text-without-scene", number, found.line))
    if case is None:
        remarks.append(remark("missing-title", min(1, len(source.cells))))
    return Drafts(case, tuple(scenes), tuple(remarks))


# An author saves one cell and forty stay as they were; an edition is held against an original that was just read.
@lru_cache(maxsize=1024)
def _read_cell(cell: Cell, number: int) -> tuple[Draft, tuple[Remark, ...]]:
    mended = mend(cell.text)
    sheet = read(mended.text)
    is_case = bool(sheet.headings) and sheet.headings[0].level == 1
    known, others = (CASE_FACTS, SCENE_FACTS) if is_case else (SCENE_FACTS, CASE_FACTS)
    facts, said = _sort_facts(sheet, number, known, others)
    remarks = [
        *(remark(fix.slug, number, fix.line, repaired=fix.after) for fix in mended.fixes),
        *(remark(odd.slug, number, odd.line, text=odd.text) for odd in sheet.oddities),
        *(remark("unsafe-text", number, line) for line in html_lines(cell.text)[:1]),
        *(remark("two-scenes-in-one-cell", number, heading.line, title=heading.text) for heading in sheet.headings[1:]),
        *(remark("choice-outside-scene", number, option.line) for option in sheet.options if is_case),
        *said,
    ]
    return Draft(cell.id, number, sheet, facts), tuple(remarks)


def _sort_facts(
    sheet: Sheet, cell: int, known: tuple[Keyword, ...], others: tuple[Keyword, ...]
) -> tuple[dict[str, tuple[Fact, ...]], tuple[Remark, ...]]:
    facts: dict[str, tuple[Fact, ...]] = {}
    remarks: list[Remark] = []
    for fact in sheet.facts:
        keyword = keywords.find(fact.word, known)
        if keyword is None:
            remarks.append(_unknown(fact, cell, known, others))
            continue
        if keyword.id in facts and keyword.id != "signal":
            remarks.append(remark("duplicate-fact", cell, fact.line, word=fact.word))
        facts[keyword.id] = (*facts.get(keyword.id, ()), fact)
    return facts, (*remarks, *_empty(sheet, cell))


def _unknown(fact: Fact, cell: int, known: tuple[Keyword, ...], others: tuple[Keyword, ...]) -> Remark:
    if keywords.find(fact.word, others) is not None:
        return remark("misplaced-fact", cell, fact.line, word=fact.word)
    return remark("unknown-fact", cell, fact.line, word=fact.word, near=Nearest(fact.word, keywords.words(known)))


def _empty(sheet: Sheet, cell: int) -> Iterator[Remark]:
    for fact in sheet.facts:
        if not fact.text and keywords.find(fact.word, (*CASE_FACTS, *SCENE_FACTS)):
            yield remark("empty-fact", cell, fact.line, word=fact.word)
