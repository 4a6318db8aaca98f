"""The questions of the official figures as HTML: text, chart, what it does not show, table and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from casework import library
from casework.analytics.bars import Bar, Chart
from casework.analytics.charts import Size, specification
from casework.analytics.citing import cited
from casework.analytics.exploring import explored
from casework.analytics.svg import svg
from casework.analytics.trends import Answer, answers
from casework.figures.table import Evidence, Figure
from casework.words import Words, mark, words

SENTENCES = {
    "caution": mark("What you cannot conclude"),
    "table": mark("The numbers in a table"),
    "what": mark("What"),
    "number": mark("Number"),
    "source": mark("Source"),
    "sources": mark("Sources"),
}
EVIDENCE = {
    Evidence.PUBLICATION: mark("official publication"),
    Evidence.DATASET: mark("copy of an official data set"),
    Evidence.GOVERNMENT: mark("report of the American government"),
    Evidence.QUOTED: mark("quotes an official source"),
    Evidence.REVIEWED: mark("scientific study"),
    Evidence.COMPUTED: mark("computed from the other numbers"),
    Evidence.PAGE: mark("page of an organisation"),
    Evidence.GENERAL: mark("general knowledge"),
}
MOST = 5  # a longer list of sources is folded: it would push the next question off a phone


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a reader finds it; a row of the table names it by its place in the list."""

    title: str
    address: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question as it stands on a page."""

    title: str
    html: str


def sections(language: str, sizes: tuple[Size, ...], folder: Path | None = None) -> tuple[Section, ...]:
    """Return each question as a section of a page, with its chart in these sizes; see `answers` for what it raises."""
    # The tables that come with casework do not change while it runs; those of somebody else may at any time.
    return _made(language, sizes, folder) if folder else _own(language, sizes)


@cache
def _own(language: str, sizes: tuple[Size, ...]) -> tuple[Section, ...]:
    return _made(language, sizes, None)


def _made(language: str, sizes: tuple[Size, ...], folder: Path | None) -> tuple[Section, ...]:
    say = words(language)
    return tuple(Section(answer.title, _html(answer, sizes, say)) for answer in answers(language, folder))


def _html(answer: Answer, sizes: tuple[Size, ...], say: Words) -> str:
    references = _references(answer, say)
    return _template().render(
        answer=answer,
        chart=answer.chart,
        drawings=_drawings(answer.chart, sizes) if answer.chart else (),
        # Where there are years to go along; elsewhere all there is stands in the drawing.
        explored=explored(answer.chart, say) if answer.chart and answer.chart.has_years else None,
        references=references,
        most=MOST,
        numbers={bar: _numbers(bar, references, say) for bar in answer.chart.bars} if answer.chart else {},
        words={key: say(sentence) for key, sentence in SENTENCES.items()},
    )


def _drawings(chart: Chart, sizes: tuple[Size, ...]) -> tuple[str, ...]:
    return tuple(svg(specification(chart, size), chart.alt, size.name) for size in sizes)


def _references(answer: Answer, say: Words) -> tuple[Reference, ...]:
    drawn = (figure for bar in answer.chart.bars for figure in bar.figures) if answer.chart else ()
    found = (*(_reference(figure, say) for figure in drawn), *_listed(answer.sources, say.language))
    return tuple(dict.fromkeys(found))


def _reference(figure: Figure, say: Words) -> Reference:
    return Reference(cited(figure, say), figure.address, say(EVIDENCE[figure.evidence]))


def _listed(sources: Iterable[str], language: str) -> Iterable[Reference]:
    known = library.sources()
    return (Reference(known[each].title(language), known[each].address) for each in sources)


def _numbers(bar: Bar, references: tuple[Reference, ...], say: Words) -> tuple[int, ...]:
    return tuple(sorted({references.index(_reference(figure, say)) + 1 for figure in bar.figures}))


@cache
def _template() -> Template:
    return Environment(
        loader=PackageLoader("casework.analytics"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("section.html.j2")
