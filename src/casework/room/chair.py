"""The facilitator's side: each act is an event, stored with its number before any screen changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casework.errors import NumberTaken, SessionUnknown
from casework.play.omission import without
from casework.play.showing import majority
from casework.play.workshop import SWITCHES, Act, Event, Phase, Workshop, check, fold
from casework.room.times import later, seconds
from casework.scenario.model import Scenario
from casework.session import now
from casework.store import Card, Store

CHANGED, ELSEWHERE, UNDECIDED = "changed", "elsewhere", "undecided"


@dataclass(frozen=True, slots=True)
class Turn:
    """A workshop after an act. `notice` is "" or what has to be told besides.

    `ELSEWHERE`: another window did something first. `UNDECIDED`: no option leads. `CHANGED`: the author changed the
    case since, and some of what was done has no place in it any more.
    """

    workshop: Workshop
    notice: str = ""


def tonight(store: Store, scenario: Scenario, session_id: str) -> Scenario:
    """Return the case as it is played in a session: without what is left out. Raises `SessionUnknown`."""
    return without(scenario, card(store, session_id).left_out)


def recall(store: Store, scenario: Scenario, session_id: str) -> Workshop:
    """Return a workshop as the store knows it; raises `SessionUnknown` and `StoreUnusable`."""
    return fold(tonight(store, scenario, session_id), session_id, store.sessions.events(session_id))


def card(store: Store, session_id: str) -> Card:
    """Return what is known of a session; raises `SessionUnknown`."""
    found = store.sessions.card(session_id)
    if found is None:
        raise SessionUnknown(session_id)
    return found


def do(store: Store, scenario: Scenario, session_id: str, event: Event, *, clock: Callable[[], str] = now) -> Turn:
    """Return the workshop after an event, which is stored by then, at the time of the clock; again, it changes nothing.

    Its number is one more than the workshop's as the facilitator saw it, so that two presses of a clicker are one act
    and two windows cannot both go on. Raises `ActRefused` for what is not possible now, `SessionUnknown` and
    `StoreUnusable`.
    """
    case, events = tonight(store, scenario, session_id), store.sessions.events(session_id)
    workshop = fold(case, session_id, events)
    if any(_is_same(event, done) for done in events):
        return _turn(workshop)
    if event.number != workshop.number + 1:
        return _turn(workshop, ELSEWHERE)
    check(case, workshop, event)
    event = replace(event, at=clock())
    after = fold(case, session_id, (*events, event))
    try:
        store.sessions.do(session_id, event, after.open_round, after.open_turn)
    except NumberTaken:
        return _turn(recall(store, scenario, session_id), ELSEWHERE)
    return _turn(after)


def follow_majority(
    store: Store, scenario: Scenario, session_id: str, number: int, *, clock: Callable[[], str] = now
) -> Turn:
    """Return the workshop after following the option that leads; `UNDECIDED` where none does. Raises as `do`."""
    workshop = recall(store, scenario, session_id)
    last = _done(store, session_id, number)
    leading = majority(workshop, store.sessions.ballots(session_id, (each.number for each in workshop.here)))
    choice = last.subject if last and last.act is Act.FOLLOW else leading
    if choice is None:
        return _turn(workshop, UNDECIDED)
    return do(store, scenario, session_id, Event(number, Act.FOLLOW, choice), clock=clock)


def set_clock(
    store: Store, scenario: Scenario, session_id: str, number: int, length: int, *, clock: Callable[[], str] = now
) -> Turn:
    """Return the workshop with a clock that runs out after so many seconds; it closes nothing. Raises as `do`."""
    return do(store, scenario, session_id, Event(number, Act.TIME, later(clock(), length)), clock=clock)


def extend(
    store: Store, scenario: Scenario, session_id: str, number: int, length: int, *, clock: Callable[[], str] = now
) -> Turn:
    """Return the workshop with more time on its clock, from now if that had run out. Raises as `do`."""
    deadline = max(recall(store, scenario, session_id).deadline, clock())
    return do(store, scenario, session_id, Event(number, Act.TIME, later(deadline, length)), clock=clock)


def resume(store: Store, scenario: Scenario, session_id: str, number: int, *, clock: Callable[[], str] = now) -> Turn:
    """Return the workshop after a pause, with as much time on its clock as there was. Raises as `do`."""
    deadline = recall(store, scenario, session_id).deadline
    paused = [event.at for event in store.sessions.events(session_id) if event.act is Act.PAUSE and event.at]
    if deadline and paused:
        deadline = later(clock(), max(0, seconds(paused[-1], deadline)))
    return do(store, scenario, session_id, Event(number, Act.RESUME, deadline), clock=clock)


def come_back(
    store: Store, scenario: Scenario, session_id: str, number: int, *, clock: Callable[[], str] = now
) -> Turn:
    """Return the workshop back from the minority's road, with as much time on its clock as before. Raises as `do`."""
    workshop, events = recall(store, scenario, session_id), store.sessions.events(session_id)
    deadline = "" if workshop.home is None else workshop.home.deadline
    if workshop.home is not None and deadline:
        left = [event.number for event in events if event.act is Act.VISIT][-1]
        # A clock in a pause stood still already when the room left, and stands still until the pause is over.
        stopped = _last(events[:left], Act.PAUSE if workshop.home.is_paused else Act.VISIT)
        begins = _last(events, Act.PAUSE) if workshop.is_paused else clock()
        deadline = later(begins, max(0, seconds(stopped, deadline)))
    return do(store, scenario, session_id, Event(number, Act.RETURN, deadline), clock=clock)


def remaining(workshop: Workshop, *, clock: Callable[[], str] = now) -> int | None:
    """Return the seconds that are left on the clock, 0 when it ran out; None where there is no clock, or a pause."""
    if not workshop.deadline or workshop.is_paused:
        return None
    return max(0, seconds(clock(), workshop.deadline))


def is_weighing(workshop: Workshop, events: Sequence[Event]) -> bool:
    """Whether bottlenecks can be weighed: once in a session, until the facilitator goes on.

    Weights are shown then, and one that came in later would be seen by what it changes.
    """
    first = next((event.number for event in events if event.act is Act.WEIGH), 0)
    later_steps = [event for event in events if event.number > first and event.act not in SWITCHES]
    return workshop.phase is Phase.WEIGH and not later_steps


def _turn(workshop: Workshop, notice: str = "") -> Turn:
    return Turn(workshop, notice or (CHANGED if workshop.lost else ""))


def _done(store: Store, session_id: str, number: int) -> Event | None:
    return next((event for event in store.sessions.events(session_id) if event.number == number), None)


def _last(events: Sequence[Event], act: Act) -> str:
    """Return when this was done last."""
    return next(event.at for event in reversed(events) if event.act is act)


def _is_same(event: Event, done: Event) -> bool:
    # A clock goes on between two presses of a button, so what was set by it is the same act at another time.
    is_timed = event.act in (Act.TIME, Act.RESUME, Act.RETURN)
    same = (event.number, event.act, event.amount) == (done.number, done.act, done.amount)
    return same and (is_timed or event.subject == done.subject)
