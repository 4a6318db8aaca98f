"""What the official figures say: for each question the rows to draw, and the numbers that its sentences name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from casework.analytics.amounts import printed
from casework.analytics.bars import Bar, Chart, Group, Tone
from casework.analytics.choosing import Rows, others, preferred
from casework.analytics.questions import QUESTIONS, Question, Topic
from casework.figures.table import Evidence, Figure
from casework.words import Words, mark, words

# From 2014 the National Rapporteur counts more narrowly: bars on both sides may not be read as one row. And CoMensha
# and the Rapporteur each published a number for the years in `TWICE`. See figures/README.md.
BREAK = 2014
TWICE = ("2019", "2020")
RAPPORTEUR = "Nationaal Rapporteur (revised/de-duplicated)"
SEEN = "medical professionals who say they ever saw a trafficking victim in practice"
VISITS = "visits to doctors by one victim with injuries, exploitation never noticed"
NO_IDEA = "municipalities with no idea whether trafficking occurs"
NO_POLICY = "municipalities without specific trafficking policy"
REPORTERS = {
    "police": mark("Police"),
    "care coordination (zorgcoordinatie)": mark("Care coordinators"),
    "FairWork": mark("FairWork, for exploited workers"),
    "labour inspectorate (Inspectie SZW / NLA)": mark("Labour inspectorate"),
    "Royal Marechaussee (KMar)": mark("Royal Marechaussee"),
    "other (lawyers, outreach, clients themselves, shelters incl. asylum centres, ...)": mark(
        "Others: lawyers, shelters, people themselves"
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered in one language: all that is said, and the chart if there is one."""

    topic: Topic
    title: str
    told: tuple[str, ...]
    caution: str
    chart: Chart | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn for a question: bars in groups, and the numbers for the gaps in its sentences."""

    groups: tuple[Group, ...]
    gaps: Mapping[str, object] = field(default_factory=dict)
    has_years: bool = False
    whole: int | None = None


Draw = Callable[[Words, Path | None], Drawn]


def answers(language: str, folder: Path | None = None) -> tuple[Answer, ...]:
    """Return all questions in the order of the page, from the tables in *folder* or those that come with casework.

    Raises `FiguresInvalid` where a table is damaged, or lacks a row that is told here.
    """
    say = words(language)
    return tuple(_answer(question, _drawn(question.topic, say, folder), say) for question in QUESTIONS)


def _drawn(topic: Topic, say: Words, folder: Path | None) -> Drawn:
    return DRAW[topic](say, folder) if topic in DRAW else Drawn(())


def _answer(question: Question, drawn: Drawn, say: Words) -> Answer:
    return Answer(
        topic=question.topic,
        title=say(question.title),
        told=tuple(_capital(say(sentence, **drawn.gaps)) for sentence in question.told),
        caution=say(question.caution, **drawn.gaps),
        chart=_chart(question, drawn, say) if drawn.groups else None,
        sources=question.sources,
    )


def _chart(question: Question, drawn: Drawn, say: Words) -> Chart:
    counts = say(question.counts, **drawn.gaps)
    told = "; ".join(f"{bar.label}: {bar.told}" for group in drawn.groups for bar in group.bars)
    alt = say("Bar chart, {counts}. {told}.", counts=counts, told=told)
    note = say(question.note, **drawn.gaps) if question.note else ""
    return Chart(drawn.groups, counts, alt, drawn.has_years, drawn.whole, note)


def _registered(say: Words, folder: Path | None) -> Drawn:
    rows = preferred("registered", folder, category="total")
    second = others("registered", folder, series=RAPPORTEUR)
    last = rows.one(year=rows.years[-1])
    early, late = (
        tuple(_year(each, second, say) for each in rows.figures if (int(each.year) >= BREAK) is is_late)
        for is_late in (False, True)
    )
    groups = (
        Group(say("Up to {year}", year=BREAK - 1), early),
        Group(say("From {year}: counted more narrowly", year=BREAK), late),
    )
    return Drawn(
        groups=tuple(group for group in groups if group.bars),
        gaps={
            "year": last.year,
            "number": printed(last, say),
            "since": BREAK,
            "first": printed(second.one(year=TWICE[0]), say),
            "second": printed(second.one(year=TWICE[1]), say),
        },
        has_years=True,
    )


def _year(figure: Figure, second: Rows, say: Words) -> Bar:
    is_late, is_twice = int(figure.year) >= BREAK, figure.year in TWICE
    number = printed(figure, say) + "*" * is_twice
    also = (second.one(year=figure.year),) if is_twice else ()
    return Bar(figure.year, figure, number, number, Tone.COUNTED if is_late else Tone.OTHERWISE, also=also)


def _estimated(say: Words, folder: Path | None) -> Drawn:
    estimates = preferred("estimates", folder, indicator="estimated actual number of victims")
    registered = preferred("registered", folder, category="total")
    periods = preferred("estimates", folder, category="total, lower bound").figures
    groups = tuple(
        Group(_period(low.year), (_estimate(estimates, low, say), *_counted(registered, low.year, say)))
        for low in sorted(periods, key=lambda each: each.year)
    )
    newest = groups[-1].bars[0].figure
    return Drawn(groups, {"number": printed(newest, say), "years": _period(newest.year)})


def _estimate(rows: Rows, low: Figure, say: Words) -> Bar:
    wanted = {"year": low.year, "series": low.series}
    point = rows.one(**wanted, category="total, point estimate")
    high = rows.one(**wanted, category="total, upper bound")
    start, number, end = (printed(each, say) for each in (low, point, high))
    return Bar(
        label=say("Estimated: about {number}", number=number),
        figure=point,
        start=start,
        end=end,
        told=say("between {low} and {high}", low=start, high=end),
        tone=Tone.ESTIMATED,
        low=low,
        high=high,
    )


def _counted(rows: Rows, period: str, say: Words) -> tuple[Bar, ...]:
    years = period.split("-")
    return tuple(_bar(say("Registered in {year}", year=year), rows.one(year=year), say) for year in years)


def _period(years: str) -> str:
    return years.replace("-", "–")


def _reporters(say: Words, folder: Path | None) -> Drawn:
    series, unit = "CoMensha", "percent of reports"
    year = preferred("reporters", folder, series=series, unit=unit).years[-1]
    # The sentence names the first two.
    shares = sorted(
        preferred("reporters", folder, least=2, series=series, unit=unit, year=year).figures, key=_from_most
    )
    counted = preferred("reporters", folder, series=series, unit="reports", year=year).figures
    counts = {each.category: each for each in counted}
    bars = tuple(_share(each, counts.get(each.category), say) for each in sorted(shares, key=_from_most))
    first, second, *_ = bars
    gaps = {"year": year, "first": first.label, "most": first.end, "second": second.label, "next": second.end}
    return Drawn((Group("", bars),), gaps)


def _from_most(share: Figure) -> tuple[bool, Decimal]:
    # What remains when all others are taken off is nobody in particular: it comes last.
    return share.evidence is Evidence.COMPUTED, -(share.value or Decimal(0))


def _share(share: Figure, count: Figure | None, say: Words) -> Bar:
    told = printed(share, say) if count is None else f"{printed(share, say)} ({printed(count, say)})"
    also = () if count is None else (count,)
    return Bar(say(REPORTERS.get(share.category, share.category)), share, end=told, told=told, also=also)


def _care(say: Words, folder: Path | None) -> Drawn:
    rows = preferred("care", folder, geo="NL")
    seen, visits = rows.one(category=SEEN), rows.one(category=VISITS)
    bar = _bar(say("Says: I saw a victim at some time"), seen, say, visits)
    gaps = {"share": bar.end, "year": seen.year, "visits": printed(visits, say)}
    return Drawn((Group("", (bar,)),), gaps, whole=100)


def _municipalities(say: Words, folder: Path | None) -> Drawn:
    rows = preferred("care", folder, indicator="municipalities")
    unknown = _bar(say("Has no idea whether there is trafficking"), rows.one(category=NO_IDEA), say)
    without = _bar(say("Has no policy of its own on trafficking"), rows.one(category=NO_POLICY), say)
    gaps = {"year": unknown.figure.year, "unknown": unknown.end, "without": _capital(without.end)}
    return Drawn((Group("", (unknown, without)),), gaps, whole=100)


def _bar(label: str, figure: Figure, say: Words, *also: Figure) -> Bar:
    number = printed(figure, say)
    return Bar(label, figure, end=number, told=number, also=also)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


DRAW: Mapping[Topic, Draw] = {
    Topic.REGISTERED: _registered,
    Topic.ESTIMATED: _estimated,
    Topic.REPORTERS: _reporters,
    Topic.CARE: _care,
    Topic.MUNICIPALITIES: _municipalities,
}
