"""The five Declare templates as small automata: what one more activity does to what a rule says.

A template knows no positions and keeps no trace. Its start and its step are all there is, so the same automaton serves
the verdict after a click and the proofs over every path. Lists read as *one of*. An `unless` activity ends the matter:
from there on nothing can break the rule, and what was open is open no more. What was broken before stays broken.

Templates: Declare (Pesic, Schonenberg and Van der Aalst, 2007). The four truth values: runtime verification of business
constraints (Maggi, Montali, Westergaard and Van der Aalst, 2011).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from casework.conformance.model import Rule


class Truth(StrEnum):
    """What a rule says of a trace that may still grow. The first two are final."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    KEPT_SO_FAR = "kept-so-far"
    OPEN = "open"

    @property
    def is_final(self) -> bool:
        """Whether nothing that may still happen can change it."""
        return self in (Truth.SATISFIED, Truth.VIOLATED)

    @property
    def is_kept(self) -> bool:
        """Whether the rule would be kept if the trace ended here."""
        return self in (Truth.SATISFIED, Truth.KEPT_SO_FAR)

    @property
    def at_the_end(self) -> "Truth":
        """What remains when nothing more will happen."""
        return Truth.SATISFIED if self.is_kept else Truth.VIOLATED


@dataclass(frozen=True, slots=True)
class State:
    """All that an automaton remembers: what it says now, and the activities that one half of a pair has barred."""

    truth: Truth
    barred: tuple[str, ...] = ()


SATISFIED, VIOLATED = State(Truth.SATISFIED), State(Truth.VIOLATED)
KEPT_SO_FAR, OPEN = State(Truth.KEPT_SO_FAR), State(Truth.OPEN)


@dataclass(frozen=True, slots=True)
class Automaton:
    """One rule at work.

    `lists` are the fields that its template reads; `start` is before anything has happened; a template that `forbids`
    can be broken only by what happens, never by what is left undone.
    """

    rule: Rule
    lists: ClassVar[tuple[str, ...]] = ("first", "then")
    start: ClassVar[State] = KEPT_SO_FAR
    forbids: ClassVar[bool] = False

    def after(self, state: State, activity: str) -> State:
        """Return the state after one more activity."""
        if state.truth.is_final:
            return state
        return SATISFIED if activity in self.rule.unless else self.step(state, activity)

    def step(self, state: State, activity: str) -> State:
        """Return the state after an activity that does not lift the rule; every template says this for itself."""
        raise NotImplementedError


class Existence(Automaton):
    """One of `any_of` occurs."""

    __slots__ = ()
    lists = ("any_of",)
    start = OPEN

    def step(self, state: State, activity: str) -> State:
        """Settle it with any of them, whenever it comes."""
        return SATISFIED if activity in self.rule.any_of else state


class Absence(Automaton):
    """None of `any_of` occurs."""

    __slots__ = ()
    lists = ("any_of",)
    forbids = True

    def step(self, state: State, activity: str) -> State:
        """Break it at the first of them."""
        return VIOLATED if activity in self.rule.any_of else state


class Precedence(Automaton):
    """No `then` before the first `first`."""

    __slots__ = ()

    def step(self, state: State, activity: str) -> State:
        """Let whichever comes first decide."""
        if activity in self.rule.first:
            return SATISFIED
        return VIOLATED if activity in self.rule.then else state


class Response(Automaton):
    """After every `first`, sooner or later a `then`."""

    __slots__ = ()

    def step(self, state: State, activity: str) -> State:
        """Open it at a `first`; one `then` answers every `first` before it."""
        if activity in self.rule.then:
            return KEPT_SO_FAR
        return OPEN if activity in self.rule.first else state


class NotCoexistence(Automaton):
    """Not both a `first` and a `then`, in whatever order."""

    __slots__ = ()
    forbids = True

    def step(self, state: State, activity: str) -> State:
        """Let one half bar the other."""
        if activity in state.barred:
            return VIOLATED
        if activity in self.rule.first:
            return State(Truth.KEPT_SO_FAR, self.rule.then)
        return State(Truth.KEPT_SO_FAR, self.rule.first) if activity in self.rule.then else state


TEMPLATES: dict[str, type[Automaton]] = {
    "existence": Existence,
    "absence": Absence,
    "precedence": Precedence,
    "response": Response,
    "not-coexistence": NotCoexistence,
}


def automaton(rule: Rule) -> Automaton:
    """Return the automaton of a rule; raises `KeyError` for a template that does not exist."""
    return TEMPLATES[rule.template](rule)
