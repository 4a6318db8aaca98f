"""What a case rests on: the sources that it lists, those that its notes name, and how old they are."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from casework.scenario.cover import cover
from casework.scenario.diagnostics import Both, Remark, remark
from casework.scenario.drafts import Draft

_BRACKETS = re.compile(r"\(([^()]*)\)")
_ID = re.compile(r"(?<!\w)[SZ]\d{1,3}(?!\w)")
# What "2019" and "2019-05" lack: a text of 2019 may have been written on its last day, and nothing older is claimed.
_LAST_DAY = "-12-31"


def check_sources(case: Draft, scenes: Iterable[Draft], known: Container[str] | None) -> Iterator[Remark]:
    """Yield sources that are not *known*, that are listed and not named, or named and not listed.

    A source is named in brackets, as `(S44)`, in a note or in the introduction. Without *known* nothing is said.
    """
    if known is None:
        return
    listed, places = cover(case).sources, tuple(_named(case, scenes))
    named = {source for source, _, _ in places}
    for source in listed:
        if source not in known:
            yield remark("unknown-source", case.cell, _line(case), source=source)
        elif source not in named:
            yield remark("unused-source", case.cell, _line(case), source=source)
    for source, cell, line in places:
        if source not in listed:
            yield remark("uncited-source", cell, line, source=source)


def check_ages(case: Draft, dates: Mapping[str, str], titles: Mapping[str, Both], before: str) -> Iterator[Remark]:
    """Yield the listed sources that were surely written before a day; all dates as `2019`, `2019-05` or `2019-05-31`.

    A source without a date in *dates* stays out: nobody knows how old it is.
    """
    for source in cover(case).sources:
        dated = dates.get(source, "")
        if dated and is_older(dated, before):
            yield remark("old-source", case.cell, _line(case), source=source, dated=dated, title=titles[source])


def is_older(dated: str, before: str) -> bool:
    """Whether a text of this year, month or day was surely written before the day *before*."""
    return dated + _LAST_DAY[len(dated) - 4 :] < before


def _named(case: Draft, scenes: Iterable[Draft]) -> Iterator[tuple[str, int, int]]:
    for draft, prose in ((case, case.sheet.story), *((each, each.sheet.note) for each in (case, *scenes))):
        for written in (each for paragraph in prose for each in paragraph):
            text = "".join(run.text for run in written.runs)
            for source in _ID.findall(" ".join(_BRACKETS.findall(text))):
                yield source, draft.cell, written.line


def _line(case: Draft) -> int:
    fact = case.fact("sources")
    return fact.line if fact else 0
