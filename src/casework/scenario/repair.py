"""What the reader forgives, as repairs of the text. A repair keeps every word, and keeps every line on its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.scenario import keywords
from casework.scenario.codes import Unreadable, read_code, tidy
from casework.scenario.diagnostics import nearest

_ITEM = re.compile(r"^( {0,3})(\d{1,9}[.)]|[-*+])( *)(?=\[)")
_LINK = re.compile(r"^(\[(?:[^\[\]]|\[[^\[\]]*\])*\])(\s*)\(((?:[^()]|\([^()]*\))*)\)")
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|www\.)", re.IGNORECASE)
_TITLED = re.compile(r"^\S+\s+(?:\"[^\"]*\"|'[^']*')$")
_QUOTE = re.compile(r"^([ \t]*)>")
_BOLD_QUOTE = re.compile(r"^[ \t]*>\s*(?:\*\*|__)\s*([^*_:]{1,40}?)\s*:?\s*(?:\*\*|__)")
_FACT = re.compile(r"^( {0,3}[-*+]\s+(?:\*\*|__))([^*_:]+)(?=:?(?:\*\*|__))")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
MOST_SPACES = 4
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Fix:
    """One repaired line: the remark it answers, and the line as it should be."""

    slug: str
    line: int
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell's text after repair, and what was repaired."""

    text: str
    fixes: tuple[Fix, ...]


@dataclass(slots=True)
class _Place:
    """Where in the cell the mender is; lives only inside `mend`."""

    indent: int = 0
    written: int = 0
    has_quote: bool = False
    in_quote: bool = False
    was_inside: bool = False
    in_code: bool = False
    before: str = ""

    @property
    def in_choice(self) -> bool:
        return self.indent > 0


def mend(text: str) -> Mended:
    """Return the text of a cell as its author meant it, line for line."""
    place = _Place()
    lines: list[str] = []
    fixes: list[Fix] = []
    for number, line in enumerate(text.split("\n"), 1):
        steps = tuple(_mend_line(line, place))
        place.before = steps[-1][1] if steps else line
        lines.append(place.before)
        fixes.extend(
            Fix(slug, number, place.before.rstrip()) for slug in dict.fromkeys(slug for slug, _ in steps) if slug
        )
    return Mended("\n".join(lines), tuple(fixes))


def _mend_line(line: str, place: _Place) -> Iterator[tuple[str, str]]:
    if _FENCE.match(line):
        place.in_code = not place.in_code
    if place.in_code:
        return
    if _QUOTE.match(line):
        yield from _mend_quote(line, place)
        return
    place.in_quote = False
    if (choice := _ITEM.match(line)) and _is_choice(line[choice.end() :]):
        yield from _mend_choice(line, choice, place)
    elif not line.strip():
        return
    elif place.in_choice and line.startswith(" "):
        yield from _changed("code-spelling", line, _mend_codes(line))
    else:
        place.indent = 0
        yield from _changed("keyword-spelling", line, _FACT.sub(_mend_word, line))


def _mend_choice(line: str, choice: re.Match[str], place: _Place) -> Iterator[tuple[str, str]]:
    marker, rest = choice[2], line[choice.end() :]
    lead = "" if place.in_choice and len(choice[1]) >= place.indent else choice[1]
    space = choice[3] if 1 <= len(choice[3]) <= MOST_SPACES else " "
    head = f"{lead}{_number(marker, place)}{space}"
    yield from _changed("choice-as-bullet" if marker in "-*+" else "choice-number", line, head + rest)
    linked = _LINK.sub(lambda link: f"{link[1]}({_mend_target(link[3])})", rest, count=1)
    yield from _changed("malformed-link", head + rest, head + linked)
    end = linked.index("](") + 2
    coded = linked[:end] + _mend_codes(linked[end:])
    yield from _changed("code-spelling", head + linked, head + coded)
    place.indent, place.written, place.has_quote = len(head), choice.end(), False


def _number(marker: str, place: _Place) -> str:
    if marker in "-*+":
        return "1."
    # CommonMark reads a "2." straight under a paragraph as part of that paragraph.
    is_first = not place.in_choice and place.before.strip() != "" and not place.before.startswith("#")
    return "1." if is_first and int(marker[:-1]) != 1 else f"{marker[:-1]}."


def _mend_quote(line: str, place: _Place) -> Iterator[tuple[str, str]]:
    width = len(line) - len(line.lstrip())
    is_inside = place.indent <= width < place.indent + MOST_SPACES
    goes_on = place.in_quote and place.was_inside == is_inside
    place.in_quote, place.was_inside = True, is_inside
    if not place.in_choice:
        return
    # Drawn into a consequence, words for the facilitator would stand on every trainee's screen.
    if _is_bold(line) or (place.has_quote and not is_inside and not goes_on):
        place.indent = 0
        return
    place.has_quote = True
    if not is_inside or "\t" in line[:width]:
        was_right = place.written <= width < place.written + MOST_SPACES
        yield ("" if goes_on or was_right else "unindented-consequence"), " " * place.indent + line.lstrip()


def _is_bold(line: str) -> bool:
    bold = _BOLD_QUOTE.match(line)
    return bold is not None and nearest(bold[1], keywords.words(keywords.NOTES)) != ""


def _is_choice(rest: str) -> bool:
    link = _LINK.match(rest)
    return link is not None and not _OUTSIDE.match(link[3].strip().lstrip("<"))


def _mend_target(target: str) -> str:
    plain = target.strip()
    if not plain or plain.startswith("<") or _TITLED.match(plain):
        return target
    return "#" + "-".join(plain.lstrip("#").split())


def _mend_codes(rest: str) -> str:
    return _SPAN.sub(lambda span: f"`{_mend_code(span[1])}`", rest)


def _mend_code(text: str) -> str:
    return text if isinstance(read_code(text), Unreadable) else tidy(text)


def _mend_word(fact: re.Match[str]) -> str:
    return fact[1] + keywords.spelling(fact[2], (*keywords.CASE_FACTS, *keywords.SCENE_FACTS))


def _changed(slug: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    if before != after:
        yield slug, after
