"""A session in memory with a case that comes with casework, and what its screens show."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.cases import setting

from casework import room
from casework.play.workshop import Act, Event
from casework.room import Form, Knock, Slip
from casework.store import Card, Store
from casework.widgets import notes, stage
from casework.widgets.stage import Tonight
from casework.widgets.view import Setting

View = dict[str, Any]


@dataclass
class Workshop:
    """One session; phones are told apart by a number."""

    store: Store
    setting: Setting
    card: Card
    votes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, store: Store, name: str = "milan", people: int = 8) -> "Workshop":
        case = setting(name)
        card = room.open_session(store, case.scenario, case.protocol)
        for one in range(people):
            room.join(store, Knock(card.code, str(one), str(one)))
        return cls(store, case, card)

    def press(self, *acts: Act, subject: str = "", amount: int = 0) -> None:
        for act in acts:
            number = room.recall(self.store, self.setting.scenario, self.card.id).number + 1
            room.do(self.store, self.setting.scenario, self.card.id, Event(number, act, subject, amount))

    def vote(self, *counts: int, is_sure: bool = True) -> None:
        """Let so many phones vote for each option, in the order of the options."""
        here = room.recall(self.store, self.setting.scenario, self.card.id).here[-1]
        chosen = [option for option, count in zip(here.options, counts, strict=False) for _ in range(count)]
        slips = [Slip(str(one), here.number, 1, choice, is_sure) for one, choice in enumerate(chosen)]
        room.votes(self.store, self.setting.scenario, self.card.id, slips)

    def hand_in(self, *texts: str) -> None:
        for number, text in enumerate(texts, 1):
            room.hand_in(self.store, self.setting.scenario, self.card.id, Form("0", number, text, "Overleg"))

    @property
    def tonight(self) -> Tonight:
        case, of = self.setting.scenario, self.card.id
        shown = replace(self.setting, scenario=room.tonight(self.store, case, of))
        return Tonight(
            shown, self.card.code, room.bottlenecks(self.store, case, of), room.compare(self.store, case, of)
        )

    def stage(self) -> View:
        found = room.look(self.store, self.setting.scenario, self.setting.protocol, self.card.id)
        return {**stage.stage(self.tonight, found), "counts": stage.counts(found, self.setting.say)}

    def notes(self) -> View:
        found = room.notes(self.store, self.setting.scenario, self.setting.protocol, self.card.id)
        return {**notes.notes(self.tonight, found), "counts": notes.counts(found, self.setting.say)}

    @property
    def leader(self) -> str:
        """The option that most chose, as the facilitator may see it."""
        return str(next(one["choice"] for one in self.notes()["onward"] if one["is_leading"]))
