"""A session as it stands, read once for all who look at it."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework import room
from casework.play.ballot import Ballot, ParticipantId, standing
from casework.play.bottleneck import Weighed
from casework.play.showing import Notes, Room
from casework.play.survey import Learned
from casework.play.workshop import Phase, Workshop
from casework.room import Compared
from casework.store import Card, Store
from casework.widgets.view import Setting

HANDED_IN = (Phase.GATHER, Phase.WEIGH, Phase.ENDED)
LEARNED = (Phase.ANSWERS, Phase.ENDED)
Own = Mapping[ParticipantId, Mapping[int, Ballot]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What screens of a session are made from; `setting` holds the case as it is played tonight.

    `notes` are there where somebody may see them and does. `left` are the seconds on the clock, None where there is
    none. `weighed` is empty but at the end, `compared` but after playing alone; `learned` is there once it is shown.
    """

    card: Card
    setting: Setting
    workshop: Workshop
    room: Room
    notes: Notes | None
    left: int | None
    weighed: tuple[Weighed, ...]
    compared: Compared
    learned: Learned | None = None


def see(store: Store, whole: Setting, tonight: Setting, card: Card, *, has_notes: bool) -> Seen:
    """Return a session as it stands; *whole* is the case with what is left out. Raises `StoreUnusable`."""
    scenario, protocol = whole.scenario, whole.protocol
    workshop = room.recall(store, scenario, card.id)
    notes = room.notes(store, scenario, protocol, card.id) if has_notes else None
    return Seen(
        card=card,
        setting=tonight,
        workshop=workshop,
        room=notes.room if notes else room.look(store, scenario, protocol, card.id),
        notes=notes,
        left=room.remaining(workshop),
        weighed=room.bottlenecks(store, scenario, card.id) if workshop.phase in HANDED_IN else (),
        compared=room.compare(store, scenario, card.id) if workshop.phase is Phase.COMPARE else Compared(),
        learned=room.learned(store, scenario, card.id) if workshop.phase in LEARNED else None,
    )


def own(store: Store, session_id: str, workshop: Workshop) -> Own:
    """Return each participant's own votes about the question where the room is, by round."""
    found: dict[ParticipantId, dict[int, Ballot]] = {}
    for number, ballots in store.sessions.ballots(session_id, (each.number for each in workshop.here)).items():
        for participant, ballot in standing(ballots).items():
            found.setdefault(participant, {})[number] = ballot
    return found
