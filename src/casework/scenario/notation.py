"""What is written in one cell: headings, facts, story, choices and notes, in plain CommonMark."""

from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it import MarkdownIt

from casework.scenario import keywords
from casework.scenario.blocks import Block, tree
from casework.scenario.diagnostics import nearest
from casework.scenario.prose import Piece, Prose, Span, Written, as_text, has_html, pieces, plain, sentences

SCENE = 2
# With HTML on, a script in a story would reach the trainee's screen as a script.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the case and level 2 opens a scene."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A bullet that opens with a bold word: the word, what stands behind it, and its code spans."""

    word: str
    text: str
    codes: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Option:
    """A numbered link: what the trainee reads, the heading it names, its codes and its consequence."""

    text: str
    target: str
    codes: tuple[Span, ...]
    behind: str
    consequence: Prose
    line: int


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that reads differently from what its author may expect; `slug` names the remark."""

    slug: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is written in one cell."""

    headings: tuple[Heading, ...] = ()
    facts: tuple[Fact, ...] = ()
    story: Prose = ()
    options: tuple[Option, ...] = ()
    note: Prose = ()
    oddities: tuple[Oddity, ...] = ()


def read(text: str) -> Sheet:
    """Return what is written in a cell. Any text is a sheet; what is odd about it stands in `oddities`."""
    reader = _Reader()
    for block in tree(MARKDOWN.parse(text)).blocks:
        reader.take(block)
    return reader.sheet()


class _Reader:
    """Collects one cell, block by block; lives only inside `read`."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.facts: list[Fact] = []
        self.story: list[tuple[Written, ...]] = []
        self.options: list[Option] = []
        self.note: list[tuple[Written, ...]] = []
        self.oddities: list[Oddity] = []

    def sheet(self) -> Sheet:
        """Return what was collected."""
        return Sheet(
            tuple(self.headings),
            tuple(self.facts),
            tuple(self.story),
            tuple(self.options),
            tuple(self.note),
            tuple(self.oddities),
        )

    def take(self, block: Block) -> None:
        """Read one block at the top of the cell."""
        match block.kind:
            case "heading" if block.tag in ("h1", "h2"):
                text = plain(pieces(block.inline, block.line), codes=True)
                self.headings.append(Heading(int(block.tag[1]), text, block.line))
            case "heading":
                self._odd("deep-heading", block.line, plain(pieces(block.inline, block.line), codes=True))
                self._tell(block)
            case "bullet_list":
                for item in block.blocks:
                    self._bullet(item)
            case "ordered_list":
                self._numbered(block)
            case "blockquote":
                self._quote(block)
            case _:
                self._tell(block)

    def _bullet(self, item: Block) -> None:
        fact = _fact(item)
        if fact is None:
            self._tell(item)
        else:
            self.facts.append(fact)

    def _numbered(self, block: Block) -> None:
        has_choices = any(_opens_with_link(item) for item in block.blocks)
        for item in block.blocks:
            if _opens_with_link(item):
                self.options.append(self._option(item))
            elif has_choices:
                self._odd("choice-without-link", item.line, _all_text(item))
            else:
                self._tell(item)

    def _option(self, item: Block) -> Option:
        words = item.blocks[0].inline
        end = next(at for at, word in enumerate(words) if word.type == "link_close")
        text = plain(pieces(words[:end], item.line), codes=True)
        target = unquote(str(words[0].attrGet("href") or ""))
        line = item.line + sum(word.type in ("softbreak", "hardbreak") for word in words[:end])
        behind = tuple(pieces(words[end:], line))
        codes = tuple(Span(piece.text, piece.line) for piece in behind if piece.code)
        rest = [block for block in item.blocks[1:] if not self._is_note(block)]
        quotes = [block for block in rest if block.kind == "blockquote"]
        stray = " ".join([plain(behind), *(_all_text(block) for block in rest if block not in quotes)]).strip()
        for quote in quotes:
            self._watch_for_notes(quote)
        consequence = tuple(paragraph for quote in quotes for paragraph in self._paragraphs(quote))
        return Option(text, target, codes, stray, consequence, item.line)

    def _watch_for_notes(self, quote: Block) -> None:
        for leaf in _leaves(quote):
            bold = (piece for piece in pieces(leaf.inline, leaf.line) if piece.style == "strong")
            for piece in bold:
                if keywords.find(piece.text.rstrip(": "), keywords.NOTES):
                    self._odd("unknown-note", piece.line, _all_text(leaf))

    def _quote(self, block: Block) -> None:
        if self._is_note(block):
            return
        if self.options:
            # Shown to a trainee, this might be what a facilitator was meant to say.
            self._odd("unknown-note", block.line, _all_text(block))
            return
        self._tell(block)

    def _is_note(self, block: Block) -> bool:
        opening = _bold_word(block.first("paragraph")) if block.kind == "blockquote" else None
        if opening is None:
            return False
        word, rest = opening
        if keywords.find(word, keywords.NOTES) is None:
            if not nearest(word, keywords.words(keywords.NOTES)):
                return False
            self._odd("unknown-note", block.line, word)
            return True
        self.note.extend(part for part in (sentences(as_text(rest)), *self._paragraphs(block, skip=1)) if part)
        return True

    def _tell(self, block: Block) -> None:
        if self.options and block.kind != "hr" and _all_text(block):
            self._odd("text-after-choices", block.line, _all_text(block))
        self.story.extend(self._paragraphs(block, has_signals=self._in_scene))

    @property
    def _in_scene(self) -> bool:
        return bool(self.headings) and self.headings[0].level == SCENE

    def _paragraphs(self, block: Block, *, skip: int = 0, has_signals: bool = False) -> tuple[tuple[Written, ...], ...]:
        """Return the paragraphs of a block; outside a story, code spans are words like all others."""
        found = (self._pieces(leaf) for leaf in _leaves(block)[skip:])
        read = (sentences(each if has_signals else as_text(each)) for each in found)
        return tuple(paragraph for paragraph in read if paragraph)

    def _pieces(self, leaf: Block) -> tuple[Piece, ...]:
        if leaf.token is not None:
            return (Piece(leaf.token.content, "", leaf.line),)
        for word in leaf.inline:
            if word.type == "image":
                self._odd("picture-in-text", leaf.line, word.content)
            elif word.type == "link_open":
                self._odd("link-in-text", leaf.line, unquote(str(word.attrGet("href") or "")))
        return tuple(pieces(leaf.inline, leaf.line))

    def _odd(self, slug: str, line: int, text: str) -> None:
        self.oddities.append(Oddity(slug, line, _short(text)))


def html_lines(text: str) -> tuple[int, ...]:
    """Return the lines of a cell on which something looks like HTML."""
    return tuple(number for number, line in enumerate(text.split("\n"), 1) if has_html(line))


def _fact(item: Block) -> Fact | None:
    opening = _bold_word(item.first("paragraph"))
    if opening is None:
        return None
    word, rest = opening
    codes = tuple(piece.text.strip() for piece in rest if piece.code)
    return Fact(word, plain(rest), codes, item.line)


def _bold_word(paragraph: Block | None) -> tuple[str, tuple[Piece, ...]] | None:
    """Return the bold word with which a paragraph opens and the pieces behind it, if a colon marks it as one."""
    words = [word for word in paragraph.inline if word.content or word.type != "text"] if paragraph else []
    if paragraph is None or not words or words[0].type != "strong_open":
        return None
    end = next((at for at, word in enumerate(words) if word.type == "strong_close"), 0)
    inside = plain(pieces(words[1:end], paragraph.line))
    rest = tuple(pieces(words[end + 1 :], paragraph.line))
    if inside.endswith(":"):
        return inside.rstrip(": "), rest
    if rest and rest[0].text.lstrip().startswith(":"):
        first = Piece(rest[0].text.lstrip()[1:], rest[0].style, rest[0].line, rest[0].code)
        return inside, (first, *rest[1:])
    return None


def _opens_with_link(item: Block) -> bool:
    paragraph = item.first("paragraph")
    words = paragraph.inline if paragraph else ()
    return bool(words) and words[0].type == "link_open"


def _leaves(block: Block) -> list[Block]:
    if block.kind in ("paragraph", "heading", "code"):
        return [block]
    return [leaf for inner in block.blocks for leaf in _leaves(inner)]


def _all_text(block: Block) -> str:
    return " ".join(_leaf_text(leaf) for leaf in _leaves(block)).strip()


def _leaf_text(leaf: Block) -> str:
    return leaf.token.content if leaf.token is not None else plain(pieces(leaf.inline, leaf.line), codes=True)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
