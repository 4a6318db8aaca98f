"""A workshop as a value: one attempt that a room shares, and what the facilitator did, folded from events.

Votes are no part of it: who voted what lies in ballots, which nothing here can see, so that nothing of a vote can leave
with the state before its reveal. No event reads a clock; times are given from outside, as text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from casework.errors import ActRefused
from casework.play.acts import ROWS, SWITCHES, Act, Event, Phase, Round, Workshop, can_go_on, carried, options
from casework.play.attempt import start
from casework.scenario.model import Scenario

__all__ = [
    "SWITCHES",
    "Act",
    "Event",
    "Phase",
    "Round",
    "Workshop",
    "allowed",
    "begin",
    "check",
    "fold",
    "proposed",
]

# What usually comes next. A question that was put twice is not put again: then a road is to be chosen.
_USUAL: Mapping[Phase, tuple[Act, ...]] = {
    Phase.READ: (Act.ASK,),
    Phase.VOTE: (Act.REVEAL,),
    Phase.CLOSED: (Act.REVEAL,),
    Phase.VOTES: (Act.RULES,),
    Phase.RULES: (Act.TALK,),
    Phase.TALK: (Act.ASK,),
    Phase.ALONE: (Act.COMPARE,),
    Phase.COMPARE: (Act.READ,),
    Phase.GATHER: (Act.WEIGH,),
    Phase.WEIGH: (Act.AGAIN, Act.END),
    Phase.AGAIN: (Act.ANSWERS,),
    Phase.ANSWERS: (Act.END,),
    Phase.ENDED: (),
}
_TO_VOTE_AGAIN = (Act.TALK, Act.ASK)


def begin(scenario: Scenario, session_id: str) -> Workshop:
    """Return a workshop that has just been opened, in the first scene."""
    return Workshop(start(scenario, session_id))


def allowed(scenario: Scenario, workshop: Workshop) -> tuple[Act, ...]:
    """Return what the facilitator can do now."""
    return tuple(act for act in Act if _is_possible(scenario, workshop, act))


def proposed(scenario: Scenario, workshop: Workshop) -> Act | None:
    """Return the usual next act, for a clicker with one button; None where the facilitator has to choose."""
    is_twice = len(workshop.here) > 1
    usual = tuple(act for act in _USUAL[workshop.phase] if not (is_twice and act in _TO_VOTE_AGAIN))
    if workshop.is_at_door:
        usual = (Act.READ,)
    elif workshop.phase is Phase.READ and not can_go_on(scenario, workshop):
        usual = (Act.RETURN, Act.GATHER)
    return next((act for act in usual if _is_possible(scenario, workshop, act)), None)


def fold(scenario: Scenario, session_id: str, events: Iterable[Event]) -> Workshop:
    """Return the workshop after these events; those that are not possible are left out and counted as `lost`."""
    states = [begin(scenario, session_id)]
    for event in events:
        try:
            _advance(scenario, states, event)
        except ActRefused:
            states[-1] = replace(states[-1], number=event.number, lost=states[-1].lost + 1)
    return states[-1]


def check(scenario: Scenario, workshop: Workshop, event: Event) -> None:
    """Raise `ActRefused` if this event is not possible now."""
    if not _is_possible(scenario, workshop, event.act) or not _is_sound(scenario, workshop, event):
        raise ActRefused(event.act, event.subject, workshop.phase, allowed(scenario, workshop))


def _advance(scenario: Scenario, states: list[Workshop], event: Event) -> None:
    now = states[-1]
    check(scenario, now, event)
    if event.act is Act.UNDO:
        states.pop()
        states[-1] = carried(states[-1], now)
    elif event.act in SWITCHES:
        states[-1] = ROWS[event.act].move(scenario, now, event)
    else:
        states.append(replace(ROWS[event.act].move(scenario, now, event), is_undoable=True))
    states[-1] = replace(states[-1], number=event.number)


def _is_possible(scenario: Scenario, workshop: Workshop, act: Act) -> bool:
    return workshop.phase in ROWS[act].phases and ROWS[act].asks(scenario, workshop)


def _is_sound(scenario: Scenario, workshop: Workshop, event: Event) -> bool:
    if event.act in (Act.FOLLOW, Act.VISIT):
        return event.subject in options(scenario, workshop)
    if event.act is Act.HANDS:
        return event.subject in workshop.here[-1].options and event.amount >= 0
    return True
