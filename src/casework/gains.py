"""What a room learned, in sentences and rows: the same on the projector, in the report and on a dashboard."""

from dataclasses import dataclass

from casework.play.disclosure import Cell, Cover, Trend
from casework.play.survey import Growth, Learned, Survey
from casework.words import Words, decimal, mark

TRENDS = {
    Trend.MORE: mark("more people"),
    Trend.SAME: mark("not clear"),
    Trend.LESS: mark("fewer people"),
}
COLUMNS = (mark("first time"), mark("second time"), mark("change"))


@dataclass(frozen=True, slots=True)
class Row:
    """One item: what it was the first and the second time, and the change in words; `trend` is there for knowledge."""

    text: str
    first: str
    second: str
    change: str
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Gains:
    """All that is told. With too few pairs only `few` is there, and `note`, which says what this is not."""

    few: str
    note: str
    pairs: str = ""
    score: str = ""
    known_title: str = ""
    felt_title: str = ""
    columns: tuple[str, ...] = ()
    known: tuple[Row, ...] = ()
    felt: tuple[Row, ...] = ()
    hidden: str = ""


def gains(survey: Survey, learned: Learned, say: Words) -> Gains:
    """Return what a room learned, as it may be read by all."""
    note = say.text(survey.note)
    if learned.score is None:
        return Gains(say("Fewer than five people answered both times. Nothing of it is shown."), note)
    known, felt = _known(survey, learned, say), _felt(survey, learned, say)
    is_covered = any(Cover.EXACT is not each.cover for row in learned.known for each in (row.first, row.second))
    return Gains(
        few="",
        note=note,
        pairs=say("{count} people answered both times.", count=learned.pairs),
        score=_score(learned.score, len(survey.questions), say),
        known_title=say("How many people knew it"),
        felt_title=say("How sure people feel, on average, from 1 to {most}", most=len(survey.scale)),
        columns=tuple(say(column) for column in COLUMNS),
        known=known,
        felt=felt,
        hidden=say("A number is left out where it would be about one to four people.") if is_covered else "",
    )


def _score(score: Growth, most: int, say: Words) -> str:
    gaps = {"most": most, **_means(score, say)}
    told = say("Of {most} questions people knew {first} on average at first, and {second} afterwards.", **gaps)
    if score.low is None or score.high is None:
        alike = say("All changed by the same, so this says nothing about other groups.")
        return f"{told} {alike}"
    margin = _margin(score.low, score.high, say)
    change = say("The difference is {change}; with 95% certainty {margin} for groups like this.", **gaps, margin=margin)
    return f"{told} {change}"


def _means(growth: Growth, say: Words) -> dict[str, str]:
    return {
        "first": decimal(growth.first, say.language),
        "second": decimal(growth.second, say.language),
        "change": decimal(growth.change, say.language, is_signed=True),
    }


def _margin(low: float, high: float, say: Words) -> str:
    below, above = (decimal(each, say.language, is_signed=True) for each in (low, high))
    return say("{low} to {high}", low=below, high=above)


def _known(survey: Survey, learned: Learned, say: Words) -> tuple[Row, ...]:
    return tuple(
        Row(
            say.text(question.title),
            _cell(known.first, say),
            _cell(known.second, say),
            say(TRENDS[known.trend]),
            known.trend,
        )
        for question, known in zip(survey.questions, learned.known, strict=True)
    )


def _felt(survey: Survey, learned: Learned, say: Words) -> tuple[Row, ...]:
    return tuple(
        _feeling(say.text(statement.text), growth, say)
        for statement, (_, growth) in zip(survey.statements, learned.felt, strict=True)
    )


def _feeling(text: str, growth: Growth | None, say: Words) -> Row:
    if growth is None:
        hidden = say("not shown")
        return Row(text, hidden, hidden, hidden)
    means = _means(growth, say)
    margin = "" if growth.low is None or growth.high is None else f" ({_margin(growth.low, growth.high, say)})"
    return Row(text, means["first"], means["second"], means["change"] + margin)


def _cell(cell: Cell, say: Words) -> str:
    if cell.cover is Cover.FEW:
        return say("fewer than 5")
    return say("not shown") if cell.cover is Cover.HIDDEN else str(cell.count)
