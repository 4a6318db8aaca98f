"""The lines of a workshop: a websocket to each phone, to the projector and to the facilitator's notes.

Texts on it are JSON, in both directions. To a screen goes `{"kind": "view", "view": ..., "counts": ..., "left": ...}`,
whole on every change; `{"kind": "counts", ...}` where only a count changed; and `{"kind": "trouble"}` while the store
cannot be reached. `left` are the seconds on the clock. Every message that asks for something is answered with
`{"kind": "taken", "of": ..., "number": ..., "notice": ...}`, in which an empty notice means that it is stored; each may
be sent again, any number of times.
"""

import json
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from casework import room, session
from casework.errors import (
    ActRefused,
    CaseworkError,
    ChoiceNotOffered,
    NumberTaken,
    SessionUnknown,
    StoreUnusable,
)
from casework.play.ballot import ParticipantId
from casework.play.workshop import Act, Event
from casework.room import Form, Knock, Slip, Turn
from casework.serve.hub import Audience, Hub, Live, Seat, Told
from casework.serve.kernels import GOING_AWAY
from casework.serve.rooms import may_lead
from casework.serve.seen import Seen
from casework.widgets import notes, phone, stage
from casework.widgets.stage import Tonight
from casework.widgets.view import View

PING = 20  # seconds between two pings; a phone that is gone without a word is forgotten after the second
MOST_BYTES = 16_384  # what a phone hands in has at most a third of that
UNSAVED, REFUSED = "unsaved", "refused"

VERBS = {"follow-majority": room.follow_majority, "resume": room.resume, "come-back": room.come_back}
CLOCKS = {"set-clock": room.set_clock, "extend": room.extend}


def phone_view(seen: Seen) -> View:
    """Return what every phone is shown."""
    return phone.show(seen.setting, seen.room, seen.compared, seen.weighed)


def tonight(seen: Seen) -> Tonight:
    """Return what the projector and the notes are drawn from besides the room."""
    return Tonight(seen.setting, seen.card.code, seen.weighed, seen.compared, seen.learned)


def stage_view(seen: Seen) -> View:
    """Return what the projector shows, without what only counts."""
    return stage.stage(tonight(seen), seen.room)


def notes_view(seen: Seen) -> View:
    """Return what the facilitator alone is shown, without what only counts."""
    if seen.notes is None:
        raise ValueError(seen.card.id)
    return notes.notes(tonight(seen), seen.notes)


def stage_counts(seen: Seen) -> View:
    """Return what counts on the projector."""
    return stage.counts(seen.room, seen.setting.say)


def notes_counts(seen: Seen) -> View:
    """Return what counts in the notes."""
    return notes.counts(seen.notes, seen.setting.say) if seen.notes else {}


PHONES = Audience("phones", phone_view)
STAGE = Audience("stage", stage_view, stage_counts)
NOTES = Audience("notes", notes_view, notes_counts, has_notes=True)


class Line(WebSocketHandler):
    """A line to a screen: what is said on it is JSON; what cannot be read is not answered."""

    audience: Audience

    def initialize(self, hub: Hub) -> None:
        """Keep the hub."""
        self.hub = hub
        self.live: Live | None = None
        self.is_over = False
        hub.lines.add(self)

    @property
    def ping_interval(self) -> float:
        """How often to ask whether somebody is still there."""
        return PING

    @property
    def max_message_size(self) -> int:
        """How long a message may be, in bytes."""
        return MOST_BYTES

    async def on_message(self, message: str | bytes) -> None:
        """Do what is asked, and answer."""
        try:
            asked = json.loads(message)
            if not isinstance(asked, dict):
                return
            told = await self.act(asked)
        except (ValueError, TypeError, KeyError, RecursionError):
            # No page of ours sends this; whoever did learns nothing from it.
            return
        except StoreUnusable:
            told = {"notice": UNSAVED}
        except CaseworkError:
            told = {"notice": REFUSED}
        if told is not None:
            about = {name: asked.get(name) for name in ("number", "round", "bottleneck") if name in asked}
            self.tell({"kind": "taken", "of": asked.get("kind"), **about, **told})

    async def act(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Do what one message asks, and return what to answer; nothing where there is no answer."""
        raise NotImplementedError

    def on_close(self) -> None:
        """Stop telling this screen anything."""
        self.is_over = True
        if self.live is not None:
            self.hub.leave(self.live, self.audience, self)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message; a screen that has just gone hears it when it comes back and asks again."""
        self.send(json.dumps(message))

    def send(self, text: str) -> None:
        """Send a text, without waiting for it to arrive."""
        try:
            self.write_message(text).add_done_callback(lambda sent: sent.cancelled() or sent.exception())
        except WebSocketClosedError:
            return

    def view(self, told: Told) -> None:
        """Send a whole view."""
        self.send(f'{{"kind": "view", "view": {told.text}, {_rest(told)}}}')

    def count(self, told: Told) -> None:
        """Send counts that changed."""
        self.send(f'{{"kind": "counts", {_rest(told)}}}')

    def again(self) -> None:
        """Send nothing: what is on this screen hangs on nobody's own votes."""

    def trouble(self) -> None:
        """Say that the store cannot be reached."""
        self.tell({"kind": "trouble"})

    def hang_up(self) -> None:
        """End the line; the page looks for another one at once."""
        self.close(GOING_AWAY)


class StageLine(Line):
    """The projector's line: it only listens."""

    audience = STAGE

    async def open(self, session_id: str) -> None:
        """Begin to listen; who does not lead the group, or asks for no session of ours, is told so and let go."""
        try:
            live = await self.hub.session(session_id) if may_lead(self) else None
        except StoreUnusable:
            # The page comes back by itself, until the store does.
            self.close()
            return
        if live is None:
            self.tell({"kind": "gone"})
            self.close()
        elif not self.is_over:
            self.live = live
            self.hub.listen(live, self.audience, self)

    async def act(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Answer that the line is there."""
        return {"notice": ""} if asked.get("kind") == "beat" else None


class NotesLine(StageLine):
    """The facilitator's line: each act has a number, one more than that of the workshop as it was seen."""

    audience = NOTES

    async def act(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Do one act, and answer with its notice and the number at which the workshop is now."""
        live = self.live
        if live is None or asked.get("kind") == "beat":
            return await super().act(asked)
        try:
            turn = await self.hub.run(self._turn, live, asked)
        except (ActRefused, SessionUnknown):
            return {"notice": REFUSED}
        live.is_changed.set()
        return {"notice": ""} if turn is None else {"notice": turn.notice, "at": turn.workshop.number}

    def _turn(self, live: Live, asked: dict[str, Any]) -> Turn | None:
        store, scenario, of = self.hub.store, live.whole.scenario, live.id
        match asked:
            case {"kind": "act", "act": str(act), "number": int(number)}:
                event = Event(number, Act(act), str(asked.get("subject", "")), int(asked.get("amount", 0)))
                return room.do(store, scenario, of, event)
            case {"kind": str(kind), "number": int(number), "seconds": int(length)} if kind in CLOCKS:
                return CLOCKS[kind](store, scenario, of, number, length)
            case {"kind": str(kind), "number": int(number)} if kind in VERBS:
                return VERBS[kind](store, scenario, of, number)
            case {"kind": "merge", "into": str(into), "others": list(others)}:
                room.merge(store, of, into, map(str, others))
            case {"kind": "drop", "bottleneck": str(bottleneck)}:
                room.drop(store, of, bottleneck)
            case _:
                raise ValueError(asked.get("kind"))
        return None


class PhoneLine(Line):
    """A phone's line. It says its token first, and is let in, or told why not."""

    audience = PHONES

    def initialize(self, hub: Hub) -> None:
        """Keep the hub; nobody has come in yet."""
        super().initialize(hub)
        self.token = ""
        self.participant = ""
        self.seat: Seat | None = None
        self.held: Told | None = None

    def open(self, code: str) -> None:
        """Remember at which door this phone stands."""
        self.code = code

    async def act(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Do what one message asks, and return what to answer."""
        match asked:
            case {"kind": "beat"}:
                return {"notice": ""}
            case {"kind": "join", "token": str(token)} if token and self.live is None:
                await self._come_in(token)
                return None
        if self.live is None or self.seat is None:
            return None
        if asked.get("kind") == "vote":
            return await self._vote(self.live, asked)
        return await self.hub.run(self._do, self.live, asked)

    def on_close(self) -> None:
        """Leave the seat; whoever comes back has it again."""
        super().on_close()
        if self.live is not None:
            self.hub.rise(self.live, self.participant, self)

    def view(self, told: Told) -> None:
        """Send a whole view with this phone's own votes; not before they are known, or it would ask for them again."""
        self.held = told
        self.again()

    def again(self) -> None:
        """Send the last view once more: this phone's own votes have changed."""
        if self.seat is not None and self.held is not None:
            text, votes = self.held.text, json.dumps(_own(self.seat))
            self.send(f'{{"kind": "view", "view": {text}, "own": {votes}, {_rest(self.held)}}}')

    def count(self, told: Told) -> None:
        """Send nothing: a phone shows no counts but those of a view."""

    async def _come_in(self, token: str) -> None:
        try:
            entry = await self.hub.joins.put(Knock(self.code, token, str(self.request.remote_ip)))
            live = await self.hub.session(entry.card.id) if entry.card else None
            if live is None:
                notice = entry.notice or room.UNKNOWN
                self.tell({"kind": "door", "notice": notice, "wait": entry.wait, "language": entry.language})
            elif not self.is_over and self.live is None:
                await self._sit(live, token, entry.participant)
        except StoreUnusable:
            # The phone comes back by itself, until the store does.
            self.trouble()
            self.close()

    async def _sit(self, live: Live, token: str, participant: ParticipantId) -> None:
        self.live, self.token, self.participant = live, token, participant
        self.hub.listen(live, PHONES, self)
        seat = await self.hub.sit(live, participant, self)
        if self.is_over:
            self.hub.rise(live, participant, self)
            return
        self.seat = seat
        self.again()

    async def _vote(self, live: Live, asked: dict[str, Any]) -> dict[str, Any]:
        round_number, number = int(asked["round"]), int(asked["number"])
        slip = Slip(self.token, round_number, number, str(asked["choice"]), asked.get("sure") is True)
        cast = await self.hub.vote(live, slip)
        if self.seat is None:
            return {"notice": cast.notice}
        for line in self.seat.lines - {self}:
            # The other tab of the same phone shows the vote too.
            line.again()
        return {"notice": cast.notice, "own": _own(self.seat)}

    def _do(self, live: Live, asked: dict[str, Any]) -> dict[str, Any] | None:
        store, scenario, of = self.hub.store, live.whole.scenario, live.id
        match asked:
            case {"kind": "time", "round": int(round_number)}:
                room.ask_for_time(store, of, self.token, round_number)
            case {"kind": "alone"} | {"kind": "choose", "choice": str(), "number": int()}:
                return self._alone(live, asked)
            case {"kind": "reply", "number": int(turn), "answers": dict(answers)}:
                given = frozenset((str(item), str(answer)) for item, answer in answers.items())
                replied = room.reply(store, of, self.token, turn, given)
                stands = dict(replied.reply.answers) if replied.reply else None
                return {"notice": replied.notice, "answers": stands}
            case {"kind": "hand-in", "number": int(number), "text": str(text), "help": str(wish)}:
                return {"notice": room.hand_in(store, scenario, of, Form(self.token, number, text, wish)).notice}
            case {"kind": "weigh", "bottleneck": str(bottleneck), "number": int(number), "weight": int(weight)}:
                is_kept = room.weigh(store, scenario, of, self.token, bottleneck, number, weight)
                return {"notice": "" if is_kept else room.LATE}
            case _:
                return None
        return {"notice": ""}

    def _alone(self, live: Live, asked: dict[str, Any]) -> dict[str, Any]:
        """Return where this phone is on its own road, after a choice if one was made."""
        store, tonight = self.hub.store, live.setting.scenario
        attempt_id = room.alone(store, live.whole.scenario, live.id, self.token)
        if attempt_id is None:
            return {"notice": room.LATE}
        refused = ""
        try:
            if asked["kind"] == "choose":
                choice, number = str(asked["choice"]), int(asked["number"])
                session.choose(store, tonight, attempt_id, choice, number)
        except (ChoiceNotOffered, NumberTaken):
            refused = REFUSED
        seat = session.resume(store, tonight, attempt_id)
        return {"notice": refused or seat.notice, "alone": phone.alone(live.setting, seat.attempt)}


def _own(seat: Seat) -> View:
    return {
        str(number): {"choice": ballot.choice, "sure": ballot.is_sure, "number": ballot.number}
        for number, ballot in seat.votes.items()
    }


def _rest(told: Told) -> str:
    return f'"counts": {json.dumps(told.counts)}, "left": {json.dumps(told.left)}'
