"""A short check of knowledge and confidence, put before a case and again at the end: what a room's answers come to.

Only pairs count: people who answered both times, each compared with themselves. Of a question the room may read how
many knew it at first and how many later. The counts of who learned it and who lost it stay inside: beside the other two
they would say what those hide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, fsum, sqrt
from statistics import NormalDist, stdev

from casework.conformance.model import Text
from casework.play.disclosure import HIDDEN, Cell, Trend, is_enough, protect

ItemId = str
PairId = str
Answers = frozenset[tuple[ItemId, str]]

FIRST, SECOND = 1, 2
# Whoever does not know need not guess: a lucky guess would look like knowledge.
UNKNOWN = "unknown"
CERTAINTY = 0.95


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One item of knowledge; `title` names it in a table, `right` is the id of the right option, by its `sources`."""

    id: ItemId
    title: Text
    text: Text
    options: tuple[Option, ...]
    right: str
    reason: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One item of confidence, answered on the scale."""

    id: ItemId
    text: Text


@dataclass(frozen=True, slots=True)
class Survey:
    """All items. `scale` are the steps of confidence from the lowest, which counts as 1; `note` says what it is not."""

    questions: tuple[Question, ...]
    statements: tuple[Statement, ...]
    scale: tuple[Text, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Reply:
    """What one person sent, the first time or the second; without answers they skipped it.

    `pair` is a random name that ties the two replies of one person, and nothing else, together.
    """

    turn: int
    pair: PairId
    answers: Answers = frozenset()


@dataclass(frozen=True, slots=True)
class Crossed:
    """One question over all pairs: who knew it both times, only later, only at first, and never."""

    kept: int = 0
    gained: int = 0
    lost: int = 0
    never: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """How many pairs knew the answer to a question, as may be shown; `trend` is `SAME` where it may well be chance."""

    question: ItemId
    first: Cell
    second: Cell
    trend: Trend


@dataclass(frozen=True, slots=True)
class Growth:
    """A mean of both times, over pairs, and between which two numbers the change lies with 95% certainty.

    `low` and `high` are None where all changed alike: then nothing says how another group would do.
    """

    first: Fraction
    second: Fraction
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> Fraction:
        """The mean change."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Learned:
    """What a room learned: nothing in it is about fewer than five people. With fewer pairs, `pairs` is 0 and all empty.

    `score` is the number of questions that somebody knew; `felt` is the confidence with each statement, None where
    fewer than five answered it both times.
    """

    pairs: int = 0
    known: tuple[Known, ...] = ()
    score: Growth | None = None
    felt: tuple[tuple[ItemId, Growth | None], ...] = ()


Cover = Callable[[Sequence[int]], tuple[Cell, ...] | None]
Pair = tuple[Mapping[ItemId, str], Mapping[ItemId, str]]


def is_sound(survey: Survey, answers: Answers) -> bool:
    """Whether these answers are to items of the survey, at most one to each, and among those that can be given."""
    steps = {str(step) for step in range(1, len(survey.scale) + 1)}
    offered = {each.id: {UNKNOWN, *(option.id for option in each.options)} for each in survey.questions}
    offered |= {each.id: steps for each in survey.statements}
    is_single = len(dict(answers)) == len(answers)
    return is_single and all(answer in offered.get(item, ()) for item, answer in answers)


def paired(replies: Iterable[Reply]) -> tuple[Pair, ...]:
    """Return the answers of everybody who answered both times; any order and repetition of replies gives the same."""
    found: dict[tuple[PairId, int], Answers] = {}
    for each in replies:
        if each.answers:
            # Of two replies where one belongs, which no store of ours holds, no order of reading may decide.
            found[each.pair, each.turn] = min(found.get((each.pair, each.turn), each.answers), each.answers, key=sorted)
    names = sorted(pair for pair, turn in found if turn == FIRST and (pair, SECOND) in found)
    return tuple((dict(found[name, FIRST]), dict(found[name, SECOND])) for name in names)


def learned(survey: Survey, replies: Iterable[Reply], cover: Cover = protect) -> Learned:
    """Return what these replies come to. A question that was left open counts as not known.

    *cover* hides what is small in a table of who knew an answer and who did not.
    """
    pairs = paired(replies)
    if not is_enough(len(pairs)):
        return Learned()
    return Learned(
        pairs=len(pairs),
        known=tuple(_known(question.id, crossed(question, pairs), cover) for question in survey.questions),
        score=growth([_scores(survey, pair) for pair in pairs]),
        felt=tuple((statement.id, _felt(statement, pairs)) for statement in survey.statements),
    )


def crossed(question: Question, pairs: Iterable[Pair]) -> Crossed:
    """Return how the pairs did with one question."""
    marks = [tuple(answers.get(question.id) == question.right for answers in pair) for pair in pairs]
    return Crossed(*(marks.count(each) for each in ((True, True), (False, True), (True, False), (False, False))))


def chance(gained: int, lost: int) -> Fraction:
    """Return how likely so uneven a change is if it were a coin's: the exact test of McNemar, two-sided."""
    moved = gained + lost
    tail = sum(comb(moved, each) for each in range(min(gained, lost) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**moved))


def growth(pairs: Sequence[tuple[int, int]]) -> Growth | None:
    """Return the means of numbers of both times, and the interval of the change; None for fewer than five pairs."""
    if not is_enough(len(pairs)):
        return None
    first, second = (Fraction(sum(each[turn] for each in pairs), len(pairs)) for turn in (0, 1))
    spread = stdev(after - before for before, after in pairs)
    if not spread:
        return Growth(first, second)
    reach = quantile(len(pairs) - 1) * spread / sqrt(len(pairs))
    change = float(second - first)
    return Growth(first, second, change - reach, change + reach)


def quantile(freedom: int) -> float:
    """Return Student's t for 95% certainty on both sides, to 0.001 from four degrees of freedom up.

    By the expansion of Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z = NormalDist().inv_cdf((1 + CERTAINTY) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + fsum(term / freedom**power for power, term in enumerate(terms, 1))


def _known(question: ItemId, counts: Crossed, cover: Cover) -> Known:
    whole = counts.kept + counts.gained + counts.lost + counts.never
    tables = (cover((right, whole - right)) for right in (counts.kept + counts.lost, counts.kept + counts.gained))
    first, second = (HIDDEN if cells is None else cells[0] for cells in tables)
    return Known(question, first, second, _trend(counts))


def _trend(counts: Crossed) -> Trend:
    # To be unlikely, it takes six people more who changed one way than the other: no trend is about fewer than five.
    if chance(counts.gained, counts.lost) > 1 - Fraction(str(CERTAINTY)):
        return Trend.SAME
    return Trend.MORE if counts.gained > counts.lost else Trend.LESS


def _scores(survey: Survey, pair: Pair) -> tuple[int, int]:
    before, after = (sum(answers.get(each.id) == each.right for each in survey.questions) for answers in pair)
    return before, after


def _felt(statement: Statement, pairs: Iterable[Pair]) -> Growth | None:
    given = [(before.get(statement.id), after.get(statement.id)) for before, after in pairs]
    return growth([(int(before), int(after)) for before, after in given if before and after])
