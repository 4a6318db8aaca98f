"""One session in a store, with a facilitator who presses buttons and phones that come and go."""

from dataclasses import dataclass, field

from tests.samples import SAMPLE

from casework import library, room
from casework.play.showing import Minutes, Notes, Room
from casework.play.workshop import Act, Event, Workshop
from casework.room import Cast, Entry, Knock, Slip, Turn
from casework.scenario.model import Scenario
from casework.store import Card, Store

MELDCODE = library.protocol("meldcode")
NOON = "2026-01-05T12:00:00+00:00"


@dataclass
class Clock:
    """Tells the time that a test sets."""

    at: str = NOON

    def __call__(self) -> str:
        return self.at


@dataclass
class Evening:
    """A session, with what its facilitator and its phones do."""

    store: Store
    card: Card
    clock: Clock = field(default_factory=Clock)
    scenario: Scenario = SAMPLE

    @classmethod
    def begin(cls, store: Store, scenario: Scenario = SAMPLE, **options: object) -> "Evening":
        clock = Clock()
        card = room.open_session(store, scenario, MELDCODE, clock=clock, **options)  # type: ignore[arg-type]
        return cls(store, card, clock, scenario)

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def workshop(self) -> Workshop:
        return room.recall(self.store, self.scenario, self.id)

    def press(self, act: Act, subject: str = "", amount: int = 0, number: int = 0) -> Turn:
        """Do something, at the next number unless another is given."""
        event = Event(number or self.workshop.number + 1, act, subject, amount)
        return room.do(self.store, self.scenario, self.id, event, clock=self.clock)

    def join(self, *tokens: str) -> list[Entry]:
        return [room.join(self.store, Knock(self.card.code, token, token), clock=self.clock) for token in tokens]

    def vote(self, token: str, choice: str, number: int = 1, *, is_sure: bool = False, round_: int = 0) -> Cast:
        slip = Slip(token, round_ or self.workshop.open_round, number, choice, is_sure)
        return room.vote(self.store, self.scenario, self.id, slip)

    def fill(self, **groups: int) -> None:
        """Let groups of phones join and vote: `a__b=3` would be three for choice `a/b`."""
        for choice, count in groups.items():
            for one in range(count):
                token = f"{choice} {one}"
                self.join(token)
                self.vote(token, choice.replace("__", "/"))

    def look(self) -> Room:
        return room.look(self.store, self.scenario, MELDCODE, self.id)

    def notes(self) -> Notes:
        return room.notes(self.store, self.scenario, MELDCODE, self.id)

    def minutes(self) -> Minutes:
        return room.minutes(self.store, self.scenario, MELDCODE, self.id)
