"""What a facilitator can do in a workshop, act by act: when it is possible, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from casework.play.attempt import Attempt, decide, offered
from casework.play.ballot import Hands
from casework.play.survey import FIRST, SECOND
from casework.scenario.model import ChoiceId, Scenario, SceneId

MINORITY_SCENES = 2
FEWEST_OPTIONS = 2


class Phase(StrEnum):
    """What the room is doing."""

    READ = "read"
    VOTE = "vote"
    CLOSED = "closed"
    VOTES = "votes"
    RULES = "rules"
    TALK = "talk"
    ALONE = "alone"
    COMPARE = "compare"
    GATHER = "gather"
    WEIGH = "weigh"
    AGAIN = "again"
    ANSWERS = "answers"
    ENDED = "ended"


class Act(StrEnum):
    """What a facilitator can do: steps, each of which can be undone, and the rest, which cannot (see `SWITCHES`)."""

    READ = "read"
    ASK = "ask"
    CLOSE = "close"
    REVEAL = "reveal"
    RULES = "rules"
    TALK = "talk"
    FOLLOW = "follow"
    VISIT = "visit"
    RETURN = "return"
    RESET = "reset"
    ALONE = "alone"
    COMPARE = "compare"
    GATHER = "gather"
    WEIGH = "weigh"
    SURVEY = "survey"
    AGAIN = "again"
    ANSWERS = "answers"
    UNDO = "undo"
    HANDS = "hands"
    TIME = "time"
    PAUSE = "pause"
    RESUME = "resume"
    BLANK = "blank"
    LIGHT = "light"
    WORDS = "words"
    NUMBERS = "numbers"
    END = "end"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the facilitator did; `number` counts from 1 in the session, `at` is an ISO time or empty.

    `subject` is a choice (to follow, to visit, that hands were raised for) or the time at which a clock runs out, which
    a pause or another road has put off.
    """

    number: int
    act: Act
    subject: str = ""
    amount: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One vote: where it was held, and on what. `number` is that of the event that opened it; `stop` groups rounds."""

    number: int
    stop: int
    scene: SceneId
    options: tuple[ChoiceId, ...]
    after: tuple[ChoiceId, ...]
    hands: Hands = ()
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a room is. `number` counts its events, `stop` is the event by which it came to this scene.

    `home` is where it goes back to from the minority's road, with `left` scenes to go; `detours` are such roads that
    were taken. `deadline` is an ISO time or empty: nothing happens then by itself. `sealed` are the rounds that were
    shown once, in which nobody votes any more. `has_survey` says that knowledge and confidence are asked before the
    case and again at the end, `is_told` that the right answers were shown, after which nobody replies any more. `lost`
    counts events that the scenario, changed since, has no place for.
    """

    attempt: Attempt
    phase: Phase = Phase.READ
    number: int = 0
    stop: int = 0
    rounds: tuple[Round, ...] = ()
    home: "Workshop | None" = None
    left: int = 0
    detours: tuple[Attempt, ...] = ()
    deadline: str = ""
    is_paused: bool = False
    is_blank: bool = False
    in_words: bool = False
    is_undoable: bool = False
    sealed: frozenset[int] = frozenset()
    has_survey: bool = False
    is_told: bool = False
    lost: int = 0

    @property
    def here(self) -> tuple[Round, ...]:
        """The rounds about the question in this scene, the first vote first."""
        return tuple(each for each in self.rounds if each.stop == self.stop)

    @property
    def open_round(self) -> int:
        """The number of the round in which one can vote now, 0 where there is none."""
        return self.here[-1].number if self.phase is Phase.VOTE else 0

    @property
    def is_at_door(self) -> bool:
        """Whether nothing was done yet that leads into the story: people are coming in."""
        return self.phase is Phase.READ and not self.is_undoable

    @property
    def open_turn(self) -> int:
        """Which time knowledge and confidence are asked now, the first or the second; 0 where they are not."""
        if self.has_survey and self.is_at_door:
            return FIRST
        return SECOND if self.phase is Phase.AGAIN else 0

    @property
    def shown(self) -> tuple[Round, ...]:
        """The rounds that were revealed, in order."""
        return tuple(each for each in self.rounds if each.is_shown)


Move = Callable[[Scenario, Workshop, Event], Workshop]


@dataclass(frozen=True, slots=True)
class Row:
    """One act: the phases in which it is possible, what else it asks for, and the workshop after it."""

    phases: frozenset[Phase]
    move: Move
    asks: Callable[[Scenario, Workshop], bool] = lambda _scenario, _workshop: True


def carried(before: Workshop, now: Workshop) -> Workshop:
    """Return an earlier state with the switches as they stand now, hands as counted, and what was shown still shown."""
    counted = {each.number: each.hands for each in now.rounds}
    found = replace(
        before,
        rounds=tuple(replace(each, hands=counted.get(each.number, each.hands)) for each in before.rounds),
        deadline=now.deadline,
        is_paused=now.is_paused,
        is_blank=now.is_blank,
        in_words=now.in_words,
        sealed=now.sealed,
        is_told=now.is_told,
        lost=now.lost,
    )
    # A vote that everybody has seen, opened again, would show by its change what one more person voted.
    if found.open_round in now.sealed:
        return replace(found, phase=Phase.CLOSED)
    # And so would a second time of which the room has seen what it came to.
    return replace(found, phase=Phase.ANSWERS) if now.is_told and found.phase is Phase.AGAIN else found


def options(scenario: Scenario, workshop: Workshop) -> tuple[ChoiceId, ...]:
    """Return the choices that are on offer where the room is."""
    return tuple(choice.id for choice in offered(scenario, workshop.attempt))


# ---- what each act asks for


def _can_read(_: Scenario, workshop: Workshop) -> bool:
    # At the door people come in; from there reading is what begins the story.
    return workshop.phase is not Phase.READ or workshop.is_at_door


def _is_question(scenario: Scenario, workshop: Workshop) -> bool:
    return len(options(scenario, workshop)) >= FEWEST_OPTIONS


def _has_round(_: Scenario, workshop: Workshop) -> bool:
    return bool(workshop.here)


def _takes_hands(_: Scenario, workshop: Workshop) -> bool:
    return bool(workshop.here) and workshop.here[-1].number not in workshop.sealed


def can_go_on(scenario: Scenario, workshop: Workshop) -> bool:
    """Whether a next scene can be chosen: not at an ending, nor where the minority's road is over."""
    is_spent = workshop.home is not None and workshop.left == 0
    return not is_spent and bool(options(scenario, workshop))


def _can_visit(scenario: Scenario, workshop: Workshop) -> bool:
    return workshop.home is None and any(each.is_shown for each in workshop.here) and can_go_on(scenario, workshop)


def _can_survey(_: Scenario, workshop: Workshop) -> bool:
    return workshop.is_at_door and not workshop.has_survey


def _can_ask_again(_: Scenario, workshop: Workshop) -> bool:
    return workshop.has_survey and not workshop.is_told and not workshop.is_at_door


# ---- what each act does


def _to(phase: Phase) -> Move:
    return lambda _scenario, workshop, _event: replace(workshop, phase=phase)


def _switch(**values: bool) -> Move:
    return lambda _scenario, workshop, _event: replace(workshop, **values)  # type: ignore[arg-type]


def _ask(scenario: Scenario, workshop: Workshop, event: Event) -> Workshop:
    road = tuple(decision.choice for decision in workshop.attempt.decisions)
    opened = Round(event.number, workshop.stop, workshop.attempt.scene, options(scenario, workshop), road)
    return replace(workshop, phase=Phase.VOTE, rounds=(*workshop.rounds, opened), deadline="")


def _reveal(_: Scenario, workshop: Workshop, __: Event) -> Workshop:
    # A first vote that stayed closed while the room talked is shown beside the second.
    here = workshop.here
    rounds = tuple(replace(each, is_shown=True) if each in here else each for each in workshop.rounds)
    sealed = workshop.sealed.union(each.number for each in here)
    return replace(workshop, phase=Phase.VOTES, rounds=rounds, sealed=sealed, deadline="")


def _follow(scenario: Scenario, workshop: Workshop, event: Event) -> Workshop:
    attempt = decide(scenario, workshop.attempt, event.subject, event.at)
    left = max(0, workshop.left - 1)
    return replace(workshop, attempt=attempt, phase=Phase.READ, stop=event.number, left=left, deadline="")


def _visit(scenario: Scenario, workshop: Workshop, event: Event) -> Workshop:
    return replace(_follow(scenario, workshop, event), home=workshop, left=MINORITY_SCENES - 1)


def _return(_: Scenario, workshop: Workshop, event: Event) -> Workshop:
    if workshop.home is None:
        raise ValueError(workshop.phase)
    return replace(
        carried(workshop.home, workshop),
        rounds=workshop.rounds,
        detours=(*workshop.detours, workshop.attempt),
        deadline=event.subject,
    )


def _reset(_: Scenario, workshop: Workshop, __: Event) -> Workshop:
    rounds = tuple(each for each in workshop.rounds if each.stop != workshop.stop)
    return replace(workshop, phase=Phase.READ, rounds=rounds, deadline="")


def _hands(_: Scenario, workshop: Workshop, event: Event) -> Workshop:
    last = workshop.here[-1]
    hands = tuple(sorted({**dict(last.hands), event.subject: event.amount}.items()))
    rounds = tuple(replace(each, hands=hands) if each is last else each for each in workshop.rounds)
    return replace(workshop, rounds=rounds)


def _time(_: Scenario, workshop: Workshop, event: Event) -> Workshop:
    return replace(workshop, deadline=event.subject)


def _resume(_: Scenario, workshop: Workshop, event: Event) -> Workshop:
    return replace(workshop, is_paused=False, deadline=event.subject)


def _answers(_: Scenario, workshop: Workshop, __: Event) -> Workshop:
    return replace(workshop, phase=Phase.ANSWERS, is_told=True, deadline="")


SWITCHES = frozenset(
    {Act.SURVEY, Act.ANSWERS, Act.HANDS, Act.TIME, Act.PAUSE, Act.RESUME, Act.BLANK, Act.LIGHT, Act.WORDS, Act.NUMBERS}
)
_LIVE = frozenset(Phase) - {Phase.ENDED}
_CALM = _LIVE - {Phase.VOTE}
_SCENE = frozenset({Phase.READ, Phase.CLOSED, Phase.VOTES, Phase.RULES, Phase.TALK})
_ASKED = frozenset({Phase.VOTE, Phase.CLOSED, Phase.VOTES, Phase.RULES, Phase.TALK})
ROWS: Mapping[Act, Row] = {
    Act.READ: Row(_CALM, _to(Phase.READ), _can_read),
    Act.ASK: Row(_SCENE, _ask, _is_question),
    Act.CLOSE: Row(frozenset({Phase.VOTE}), _to(Phase.CLOSED)),
    Act.REVEAL: Row(frozenset({Phase.VOTE, Phase.CLOSED, Phase.TALK}), _reveal, _has_round),
    Act.RULES: Row(frozenset({Phase.VOTES}), _to(Phase.RULES)),
    Act.TALK: Row(_SCENE - {Phase.TALK}, _to(Phase.TALK)),
    Act.FOLLOW: Row(_SCENE, _follow, can_go_on),
    Act.VISIT: Row(_SCENE, _visit, _can_visit),
    Act.RETURN: Row(_CALM, _return, lambda _, workshop: workshop.home is not None),
    Act.RESET: Row(_ASKED, _reset, _has_round),
    Act.ALONE: Row(_SCENE, _to(Phase.ALONE)),
    Act.COMPARE: Row(frozenset({Phase.ALONE}), _to(Phase.COMPARE)),
    Act.GATHER: Row(_CALM - {Phase.GATHER}, _to(Phase.GATHER)),
    Act.WEIGH: Row(frozenset({Phase.GATHER}), _to(Phase.WEIGH)),
    Act.SURVEY: Row(frozenset({Phase.READ}), _switch(has_survey=True), _can_survey),
    Act.AGAIN: Row(_CALM - {Phase.AGAIN}, _to(Phase.AGAIN), _can_ask_again),
    Act.ANSWERS: Row(frozenset({Phase.AGAIN}), _answers),
    Act.UNDO: Row(_LIVE, _to(Phase.READ), lambda _, workshop: workshop.is_undoable),
    Act.HANDS: Row(frozenset({Phase.VOTE, Phase.CLOSED, Phase.TALK}), _hands, _takes_hands),
    Act.TIME: Row(_LIVE, _time),
    Act.PAUSE: Row(_LIVE, _switch(is_paused=True), lambda _, workshop: not workshop.is_paused),
    Act.RESUME: Row(_LIVE, _resume, lambda _, workshop: workshop.is_paused),
    Act.BLANK: Row(_LIVE, _switch(is_blank=True), lambda _, workshop: not workshop.is_blank),
    Act.LIGHT: Row(_LIVE, _switch(is_blank=False), lambda _, workshop: workshop.is_blank),
    Act.WORDS: Row(_LIVE, _switch(in_words=True), lambda _, workshop: not workshop.in_words),
    Act.NUMBERS: Row(_LIVE, _switch(in_words=False), lambda _, workshop: workshop.in_words),
    Act.END: Row(_LIVE, _to(Phase.ENDED)),
}
