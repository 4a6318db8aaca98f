"""Decisions as rows, and the dictionary that says what each column means."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from casework.export.alias import Alias
from casework.export.cells import Group, Precision, group
from casework.export.retold import Retold, Told
from casework.play.attempt import Decision
from casework.play.feedback import last_step
from casework.scenario.diagnostics import Both
from casework.scenario.model import Measure
from casework.store import Played

Value = str | int | None
BETWEEN = " "


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision where a row is made of it; `told` is missing where the case is not on the shelf as it was played."""

    attempt: Retold
    decision: Decision
    told: Told | None
    alias: Alias
    precision: Precision

    @property
    def is_last(self) -> bool:
        """Whether this decision ended the story."""
        return self.attempt.has_ended and self.decision.number == len(self.attempt.played.decisions)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its values, what they mean, and how a decision gets its value."""

    name: str
    type: type
    meaning: Both
    value: Callable[[Moment], Value]


def _of_told(value: Callable[[Moment, Told], Value]) -> Callable[[Moment], Value]:
    return lambda moment: None if moment.told is None else value(moment, moment.told)


def _measure(measure: Measure) -> Callable[[Moment], Value]:
    return _of_told(lambda _, told: told.after.outcomes.value(measure))


def _step(moment: Moment, told: Told) -> Value:
    case = moment.attempt.case
    return None if case is None or case.protocol is None else last_step(case.protocol, told.choice.activities)


SCALE = Both(
    "{name} na deze keuze: van -5 tot 5, aan het begin 0.", "{name} after this choice: from -5 to 5, 0 at the start."
)


def _scale(nl: str, en: str) -> Both:
    return Both(SCALE.nl.format(name=nl), SCALE.en.format(name=en))


COLUMNS = (
    Column(
        "attempt",
        str,
        Both(
            "Een poging: één keer spelen. Een naam die alleen in dit bestand bestaat; in een volgend bestand heet "
            "dezelfde poging anders. Een poging is geen persoon: wie twee keer speelt, of vanuit de terugblik verder "
            "speelt, staat er twee keer in. Wie in een zaal alleen verder speelt, begint met wat de zaal koos.",
            "An attempt: one playing. A name that exists in this file only; the next file calls the same attempt "
            "otherwise. An attempt is no person: whoever plays twice, or plays on from the look back, is in it twice. "
            "Whoever plays on alone in a workshop begins with what the room chose.",
        ),
        lambda moment: moment.alias.name(moment.attempt.played.record.id),
    ),
    Column(
        "case",
        str,
        Both("De naam van de casus.", "The name of the case."),
        lambda moment: moment.attempt.played.record.scenario,
    ),
    Column(
        "version",
        str,
        Both(
            "De versie van de casus: verandert met elk woord en elke weg.",
            "The version of the case: it changes with every word and road.",
        ),
        lambda moment: moment.attempt.played.record.version,
    ),
    Column(
        "language",
        str,
        Both("De taal waarin is gespeeld.", "The language it was played in."),
        lambda moment: moment.attempt.played.record.language,
    ),
    Column(
        "standing",
        str,
        Both(
            "`current`: de casus staat er nu zo. `changed`: hij is sindsdien veranderd. `gone`: hij is er niet meer. "
            "Bij de laatste twee zijn de kolommen die van de casus komen, leeg.",
            "`current`: the case stands as it was played. `changed`: it was changed since. `gone`: it is no longer "
            "there. With the last two, the columns that come from the case are empty.",
        ),
        lambda moment: moment.attempt.standing.value,
    ),
    Column(
        "period",
        str,
        Both(
            "Wanneer de poging begon: maand, jaar of niets; zie hierboven.",
            "When the attempt began: a month, a year or nothing; see above.",
        ),
        lambda moment: moment.attempt.played.record.begun[: moment.precision],
    ),
    Column(
        "number",
        int,
        Both("De hoeveelste keuze van de poging, vanaf 1.", "Which choice of the attempt this was, from 1."),
        lambda moment: moment.decision.number,
    ),
    Column(
        "choice",
        str,
        Both("De keuze, als lange naam die niet verandert.", "The choice, as a lasting name."),
        lambda moment: moment.decision.choice,
    ),
    Column(
        "scene",
        str,
        Both("De scène waarin is gekozen.", "The scene in which the choice was made."),
        _of_told(lambda _, told: told.scene.id),
    ),
    Column(
        "scene_title",
        str,
        Both("De titel van die scène.", "The title of that scene."),
        _of_told(lambda _, told: told.scene.title),
    ),
    Column(
        "choice_text",
        str,
        Both("De keuze zoals de deelnemer die las.", "The choice as the trainee read it."),
        _of_told(lambda _, told: told.choice.text),
    ),
    Column(
        "activities",
        str,
        Both(
            "Wat de keuze in het werk doet, met spaties ertussen.",
            "What the choice does in the work, with spaces between.",
        ),
        _of_told(lambda _, told: BETWEEN.join(told.choice.activities)),
    ),
    Column(
        "step",
        int,
        Both(
            "De stap van het protocol waar de keuze bij hoort, 1 tot 5; leeg als zij bij geen stap hoort.",
            "The step of the protocol that the choice belongs to, 1 to 5; empty where it belongs to none.",
        ),
        _of_told(_step),
    ),
    Column(
        "rules_broken",
        str,
        Both(
            "De regels die met deze keuze zijn gebroken, normen en adviezen.",
            "The rules that this choice broke, norms and advice alike.",
        ),
        _of_told(lambda _, told: BETWEEN.join(told.broken)),
    ),
    Column(
        "signals_acted_on",
        str,
        Both("De signalen waar de keuze iets mee deed.", "The signals that the choice did something with."),
        _of_told(lambda _, told: BETWEEN.join(told.choice.acts_on)),
    ),
    Column("trust", int, _scale("Vertrouwen", "Trust"), _measure(Measure.TRUST)),
    Column("safety", int, _scale("Veiligheid", "Safety"), _measure(Measure.SAFETY)),
    Column("autonomy", int, _scale("Eigen keuze", "Own choice"), _measure(Measure.AUTONOMY)),
    Column(
        "days",
        int,
        Both(
            "Hoeveel dagen er in het verhaal voorbij zijn; niets over de tijd van de deelnemer.",
            "How many days went by in the story; nothing about the trainee's own time.",
        ),
        _measure(Measure.DAYS),
    ),
    Column(
        "ending",
        str,
        Both(
            "Het einde waar deze keuze naartoe leidde: good, defensible, repaired of harm; leeg als het verhaal "
            "doorging.",
            "The ending that this choice led to: good, defensible, repaired or harm; empty where the story went on.",
        ),
        lambda moment: moment.attempt.ending if moment.is_last else None,
    ),
    Column(
        "signals_missed",
        str,
        Both(
            "Bij het einde: de signalen die voorbijkwamen zonder dat iemand ze bewaarde of er iets mee deed.",
            "At the ending: the signals that passed by and were neither kept nor acted on.",
        ),
        lambda moment: BETWEEN.join(moment.attempt.missed) if moment.is_last else None,
    ),
)
TIME = Column(
    "at",
    str,
    Both(
        "Het moment van de keuze, in UTC. Alleen in dit bestand omdat erom gevraagd is: wie weet wanneer iemand "
        "speelde, vindt die persoon hiermee terug.",
        "The moment of the choice, in UTC. Only in this file because it was asked for: whoever knows when somebody "
        "played will find that person with it.",
    ),
    lambda moment: moment.decision.at,
)


def columns(*, has_times: bool = False) -> tuple[Column, ...]:
    """Return the columns of an export; the exact times stand in it only where somebody asked for them."""
    return (*COLUMNS, TIME) if has_times else COLUMNS


def admitted(
    played: Iterable[Played], precisions: Mapping[Group, Precision], until: str | None = None
) -> Iterator[Played]:
    """Yield the attempts that may leave: those of versions that enough people played, begun no later than *until*."""
    for each in played:
        if group(each.record) in precisions and not (until and each.record.begun[: Precision.MONTH] > until):
            yield each


def rows(
    attempts: Iterable[Retold], chosen: tuple[Column, ...], alias: Alias, precisions: Mapping[Group, Precision]
) -> Iterator[tuple[Value, ...]]:
    """Yield one row for each decision, with a value for each of the *chosen* columns."""
    for attempt in attempts:
        precision = precisions[group(attempt.played.record)]
        for number, decision in enumerate(attempt.played.decisions):
            told = attempt.steps[number] if attempt.steps else None
            moment = Moment(attempt, decision, told, alias, precision)
            yield tuple(column.value(moment) for column in chosen)
