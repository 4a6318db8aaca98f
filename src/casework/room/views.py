"""What the store knows of a session, as each may see it: the room, the facilitator, the report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from casework import items
from casework.conformance.protocol import Protocol
from casework.play import showing, survey
from casework.play.attempt import Attempt, decide, has_ended, offered, start
from casework.play.bottleneck import BottleneckId, Weighed
from casework.play.bottleneck import weigh as weighed
from casework.play.disclosure import Cell, protect
from casework.play.showing import Ballots, Minutes, Notes, Room
from casework.play.survey import Learned
from casework.play.workshop import Act, Phase, Workshop, fold
from casework.room.chair import is_weighing, recall, tonight
from casework.scenario.model import Scenario, SceneId
from casework.store import Store


@dataclass(frozen=True, slots=True)
class Compared:
    """The roads of those who played alone: how many came to each ending, and how many are under way.

    `endings` is empty where fewer than five played.
    """

    endings: tuple[tuple[SceneId, Cell], ...] = ()
    under_way: Cell | None = None


def look(store: Store, scenario: Scenario, protocol: Protocol, session_id: str) -> Room:
    """Return what everybody may see of a session now; raises `SessionUnknown` and `StoreUnusable`."""
    case, workshop, ballots = _here(store, scenario, session_id)
    shown = showing.room(case, protocol, workshop, ballots, store.sessions.joined(session_id))
    return replace(shown, finished=_finished(store, session_id, workshop))


def notes(store: Store, scenario: Scenario, protocol: Protocol, session_id: str) -> Notes:
    """Return what the facilitator alone sees; raises `SessionUnknown` and `StoreUnusable`."""
    case, workshop, ballots = _here(store, scenario, session_id)
    wishes = store.sessions.wishes(session_id, workshop.open_round) if workshop.open_round else 0
    found = showing.notes(case, protocol, workshop, ballots, store.sessions.joined(session_id), wishes)
    return replace(found, room=replace(found.room, finished=_finished(store, session_id, workshop)))


def minutes(store: Store, scenario: Scenario, protocol: Protocol, session_id: str) -> Minutes:
    """Return what a report says of a session, ended or not; raises `SessionUnknown` and `StoreUnusable`."""
    case, workshop, _ = _here(store, scenario, session_id)
    ballots = store.sessions.ballots(session_id)
    return showing.minutes(case, protocol, workshop, ballots, store.sessions.joined(session_id))


def compare(store: Store, scenario: Scenario, session_id: str) -> Compared:
    """Return the roads of the last period at one's own pace, as a room or a report may see them.

    They are as they stood when the facilitator first compared them: a view that went on changing would show by its
    changes how one person went on.
    """
    case = tonight(store, scenario, session_id)
    events = store.sessions.events(session_id)
    period = max((event.number for event in events if event.act is Act.ALONE), default=0)
    until = next((event.at for event in events if event.act is Act.COMPARE and event.number > period), "")
    walked = [solo for solo in store.sessions.walked(session_id) if until and solo.period == period]
    ends = Counter(_end(case, _attempt(store, case, solo.attempt, until)) for solo in walked)
    places = [scene.id for scene in case.scenes if scene.ending is not None]
    cells = protect([*(ends[place] for place in places), ends[""]])
    return Compared() if cells is None else Compared(tuple(zip(places, cells, strict=False)), cells[-1])


def learned(store: Store, scenario: Scenario, session_id: str) -> Learned | None:
    """Return what the two replies of each person come to; None as long as somebody can still reply, or none are asked.

    Raises `SessionUnknown` and `StoreUnusable`.
    """
    workshop = recall(store, scenario, session_id)
    is_over = workshop.is_told or workshop.phase is Phase.ENDED
    if not workshop.has_survey or not is_over:
        return None
    return survey.learned(items.survey(), store.sessions.replies(session_id))


def bottlenecks(store: Store, scenario: Scenario, session_id: str) -> tuple[Weighed, ...]:
    """Return what was handed in, the heaviest first; without weights as long as the room is weighing."""
    workshop, events = recall(store, scenario, session_id), store.sessions.events(session_id)
    weights = () if is_weighing(workshop, events) else store.sessions.weights(session_id)
    return weighed(store.sessions.bottlenecks(session_id), weights)


def merge(store: Store, session_id: str, into: BottleneckId, others: Iterable[BottleneckId]) -> None:
    """Merge bottlenecks into one; ids that are none are left aside. Raises `SessionUnknown` and `StoreUnusable`."""
    store.sessions.merge(session_id, into, others)


def drop(store: Store, session_id: str, bottleneck: BottleneckId) -> None:
    """Take a bottleneck out for good, as when it names somebody; raises `SessionUnknown` and `StoreUnusable`."""
    store.sessions.drop(session_id, bottleneck)


def _here(store: Store, scenario: Scenario, session_id: str) -> tuple[Scenario, Workshop, Ballots]:
    """Return the case as played tonight, the workshop, and the ballots about the question where it stands."""
    case = tonight(store, scenario, session_id)
    workshop = fold(case, session_id, store.sessions.events(session_id))
    return case, workshop, store.sessions.ballots(session_id, (each.number for each in workshop.here))


def _finished(store: Store, session_id: str, workshop: Workshop) -> int:
    return store.sessions.finished(session_id, workshop.open_turn) if workshop.open_turn else 0


def _attempt(store: Store, case: Scenario, attempt_id: str, until: str) -> Attempt:
    attempt = start(case, attempt_id)
    for decision in store.decisions(attempt_id):
        if decision.at >= until or all(choice.id != decision.choice for choice in offered(case, attempt)):
            break
        attempt = decide(case, attempt, decision.choice, decision.at)
    return attempt


def _end(case: Scenario, attempt: Attempt) -> SceneId:
    return attempt.scene if has_ended(case, attempt) else ""
