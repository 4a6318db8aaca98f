"""Where one sentence ends and the next begins, in Dutch and in English prose."""

import re

CLOSING = "\"'”’»)]"
OPENING = "\"'“‘„«(["
# "Hij kwam o.a. met dr. Bakker." is one sentence: a trainee would otherwise keep half of it.
ABBREVIATIONS = frozenset(
    {
        "bijv",
        "bv",
        "dhr",
        "mevr",
        "mw",
        "nr",
        "nrs",
        "dr",
        "drs",
        "prof",
        "ds",
        "mr",
        "mrs",
        "ms",
        "ir",
        "ing",
        "jr",
        "sr",
    }
    | {"st", "blz", "ca", "evt", "incl", "excl", "resp", "tel", "vs", "afd"}
)
_END = re.compile(rf"[.!?…؟。！？]+[{re.escape(CLOSING)}]*(?=\s)")
_LAST_WORD = re.compile(r"([^\W\d_](?:[\w.]*\w)?)\.$")
_EVENING = re.compile(r"['’](?:s|t|n)\s+\w", re.IGNORECASE)


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence in *text*, without the space around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_here(text, match):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text)))
    trimmed = (_trim(text, first, last) for first, last in found)
    return tuple((first, last) for first, last in trimmed if first < last)


def _ends_here(text: str, match: re.Match[str]) -> bool:
    rest = text[match.end() :].lstrip()
    if _goes_on(rest):
        return False
    return match.group() != "." or not _is_abbreviation(text[: match.end()])


def _goes_on(rest: str) -> bool:
    if _EVENING.match(rest):
        return rest.split(maxsplit=1)[1][:1].islower()
    return rest.lstrip(OPENING)[:1].islower() and not (rest[:1] in OPENING and rest[1:2].isupper())


def _is_abbreviation(before: str) -> bool:
    match = _LAST_WORD.search(before[-24:])
    if match is None:
        return False
    word = match.group(1)
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    is_dotted = "." in word and all(len(part) <= 2 for part in word.split("."))
    return is_initial or is_dotted or word.casefold() in ABBREVIATIONS


def _trim(text: str, first: int, last: int) -> tuple[int, int]:
    piece = text[first:last]
    lead = len(piece) - len(piece.lstrip())
    return first + lead, first + lead + len(piece.strip())
