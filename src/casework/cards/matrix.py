"""Which signals, forms and places of work the cases cover, and which none does yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.cards.deck import Form, Place, Setting, SignalCard
from casework.scenario.model import Scenario


class Use(StrEnum):
    """What a case does with a signal: a scene shows it, and perhaps a choice acts on it too."""

    OFFERED = "offered"
    ACTED_ON = "acted-on"


@dataclass(frozen=True, slots=True)
class Row:
    """One card, and its use in each case, in the order of the matrix; None where a case does not have it."""

    card: SignalCard
    uses: tuple[Use | None, ...]

    @property
    def is_covered(self) -> bool:
        """Whether some case has this signal."""
        return any(self.uses)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cards against cases. `plays` says, for each case, what it is about and where; None where nobody said it."""

    cases: tuple[str, ...]
    rows: tuple[Row, ...]
    plays: tuple[Place | None, ...]
    unmapped: tuple[str, ...]

    @property
    def uncovered(self) -> tuple[SignalCard, ...]:
        """The cards that no case has."""
        return tuple(row.card for row in self.rows if not row.is_covered)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that no case is about."""
        told = {form for place in self.plays if place for form in place.forms}
        return tuple(form for form in Form if form is not Form.ANY and form not in told)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The places of work where no case plays."""
        told = {setting for place in self.plays if place for setting in place.settings}
        return tuple(setting for setting in Setting if setting not in told)

    def at(self, form: Form, setting: Setting) -> tuple[str, ...]:
        """Return the cases of this form in this setting."""
        found = (place for place in self.plays if place)
        return tuple(place.case for place in found if form in place.forms and setting in place.settings)


def matrix(cards: Sequence[SignalCard], scenarios: Iterable[Scenario], places: Iterable[Place] = ()) -> Matrix:
    """Return the cards against the cases; editions of one case in two languages are one case.

    `unmapped` are the signals of cases that are on no card, as `leo/munten`.
    """
    cases = {scenario.name: scenario for scenario in scenarios}
    used = {f"{name}/{signal}": use for name, case in cases.items() for signal, use in _uses(case).items()}
    known = {place.case: place for place in places}
    on_cards = {signal for card in cards for signal in card.cases}
    return Matrix(
        cases=tuple(cases),
        rows=tuple(Row(card, tuple(_use(card, name, used) for name in cases)) for card in cards),
        plays=tuple(known.get(name) for name in cases),
        unmapped=tuple(signal for signal in used if signal not in on_cards),
    )


def _uses(case: Scenario) -> dict[str, Use]:
    acted = {signal for choice in case.choices for signal in choice.acts_on}
    offered = (signal.id for scene in case.scenes for signal in scene.signals)
    return {signal: Use.ACTED_ON if signal in acted else Use.OFFERED for signal in offered}


def _use(card: SignalCard, case: str, used: dict[str, Use]) -> Use | None:
    found = {used[signal] for signal in card.cases if signal in used and signal.startswith(f"{case}/")}
    return Use.ACTED_ON if Use.ACTED_ON in found else next(iter(found), None)
