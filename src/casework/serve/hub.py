"""The middle of all rooms on this server: one store, one watch over it, and for each session those who look at it.

Nothing is decided here. What phones send is handed to `casework.room` in batches, on threads; what changes in the
store, by whatever process, is read once for each session and told to all who look, at most four times a second.
"""

import asyncio
import json
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar
from weakref import WeakSet

from casework import library, room
from casework.errors import StoreUnusable
from casework.play.ballot import Ballot, ParticipantId
from casework.room import Cast, Entry, Knock, Slip
from casework.scenario.model import Scenario
from casework.serve.batch import Batch
from casework.serve.seen import Seen, own, see
from casework.serve.shelf import Shelf
from casework.store import Card, Store, open_store
from casework.widgets.view import Setting, View

# Four threads write at most; the watch holds a connection of its own.
WORKERS = 4
PACE = 0.25  # seconds between two looks at a session
LOOK = 1.0  # seconds after which the watch looks whether it is still wanted
RETRY = 1.0  # seconds before a store that was away is asked again
BREATH = 50  # lines that are told something before anybody else has a turn

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who look at a session in one way: what they are shown, and what of it only counts.

    A count that changes is told by itself, so that a room that votes is not sent its whole screen for each vote.
    """

    name: str
    show: Callable[[Seen], View]
    count: Callable[[Seen], View] = lambda _: {}
    has_notes: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an audience was told: its view as JSON, and its counts.

    `ends` is when the clock of the room runs out, on the clock of this process, or None where there is none.
    """

    text: str
    counts: View
    ends: float | None = field(default=None, compare=False)

    @property
    def left(self) -> int | None:
        """The seconds that are left on the clock now: the time of a phone may be wrong by hours, so it is not asked."""
        return None if self.ends is None else max(0, math.ceil(self.ends - time.monotonic()))


class Listener(Protocol):
    """One who looks, from the side of the hub; it never waits for them."""

    def view(self, told: Told) -> None:
        """Take in a whole view."""

    def count(self, told: Told) -> None:
        """Take in counts that changed while the view stayed."""

    def again(self) -> None:
        """Show the last view once more: what belongs to this listener alone has changed."""

    def trouble(self) -> None:
        """Hear that the store cannot be reached; what is on the screen may be out of date."""

    def hang_up(self) -> None:
        """Hear that this server stops: whoever looks goes on at another one, or at this one once it is back."""


@dataclass(slots=True, eq=False)
class Seat:
    """One participant who is here: their own votes by round, and every line of theirs, of which two tabs have two."""

    votes: dict[int, Ballot] = field(default_factory=dict)
    lines: set[Listener] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Live:
    """A session that somebody looks at; `whole` is its case, `setting` holds it without what is left out tonight."""

    card: Card
    whole: Setting
    setting: Setting
    votes: Batch[Slip, Cast]
    recalls: Batch[ParticipantId, Mapping[int, Ballot]]
    seats: dict[ParticipantId, Seat] = field(default_factory=dict)
    lines: dict[str, tuple[Audience, set[Listener]]] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    is_changed: asyncio.Event = field(default_factory=asyncio.Event)
    following: "asyncio.Task[None] | None" = None

    @property
    def id(self) -> str:
        """The session's id."""
        return self.card.id

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The ways in which somebody looks at it now."""
        return tuple(audience for audience, listeners in self.lines.values() if listeners)


class Hub:
    """All sessions of this server; made once, and started with the first one who asks for something."""

    def __init__(self, shelf: Shelf, address: str) -> None:
        self.shelf = shelf
        self.pool = ThreadPoolExecutor(WORKERS, "casework-room")
        self.joins: Batch[Knock, Entry] = Batch(self._join, self.pool)
        self.address = address
        # All that have come, also those who still stand at the door.
        self.lines: WeakSet[Listener] = WeakSet()
        self._opening = threading.Lock()
        self._opened: Store | None = None
        self._live: dict[str, Live] = {}
        self._watch: threading.Thread | None = None
        self._over = threading.Event()

    @property
    def sessions(self) -> tuple[Live, ...]:
        """The sessions that somebody looks at here."""
        return tuple(self._live.values())

    @property
    def store(self) -> Store:
        """The store, opened by whoever needs it first; to be asked for on a thread. Raises `StoreUnusable`."""
        with self._opening:
            if self._opened is None:
                self._opened = open_store(self.address, WORKERS + 1)
            return self._opened

    async def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """Return what comes of *work* on a thread; all that touches the store goes there, or every line would wait."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, lambda: work(*given))

    async def session(self, session_id: str) -> Live | None:
        """Return a session by its id, to `listen` to at once; nothing where it is not here, or its case is gone.

        Raises `StoreUnusable`.
        """
        if session_id not in self._live:
            found = await self.run(self.found, session_id)
            if found is None:
                return None
            # Two who ask at once must come to the same one.
            self._live.setdefault(session_id, found)
        return self._live[session_id]

    async def vote(self, live: Live, slip: Slip) -> Cast:
        """Return what became of a vote, which is stored by then; see `room.votes`. Raises `StoreUnusable`."""
        cast = await live.votes.put(slip)
        # The watch would tell too, a twentieth of a second later.
        live.is_changed.set()
        if cast.ballot is not None and cast.ballot.participant in live.seats:
            live.seats[cast.ballot.participant].votes[cast.ballot.round] = cast.ballot
        return cast

    async def sit(self, live: Live, participant: ParticipantId, line: Listener) -> Seat:
        """Return the seat of a participant, with what they voted before, on whatever server. Raises `StoreUnusable`."""
        seat = live.seats.setdefault(participant, Seat())
        seat.lines.add(line)
        before = await live.recalls.put(participant)
        # Votes that came in meanwhile are newer than what was read.
        seat.votes.update({number: ballot for number, ballot in before.items() if number not in seat.votes})
        return seat

    def rise(self, live: Live, participant: ParticipantId, line: Listener) -> None:
        """Forget a line of a participant, and the participant with the last one."""
        seat = live.seats.get(participant, Seat())
        seat.lines.discard(line)
        if not seat.lines:
            live.seats.pop(participant, None)

    def listen(self, live: Live, audience: Audience, listener: Listener) -> None:
        """Tell a listener what this audience sees now, and of every change from now on."""
        self._start()
        live.lines.setdefault(audience.name, (audience, set()))[1].add(listener)
        known = live.told.get(audience.name)
        if known is not None:
            listener.view(known)
        else:
            live.is_changed.set()
        if live.following is None:
            live.following = asyncio.create_task(self._follow(live))

    def leave(self, live: Live, audience: Audience, listener: Listener) -> None:
        """Forget a listener; a session that nobody looks at is forgotten too."""
        _, listeners = live.lines.get(audience.name, (audience, set()))
        listeners.discard(listener)
        if not listeners:
            # What was told last grows old while nobody of this audience hears of changes.
            live.told.pop(audience.name, None)
        if not live.audiences:
            live.is_changed.set()

    def changed(self) -> None:
        """Look at all sessions again: something in the store changed."""
        for live in self.sessions:
            live.is_changed.set()

    def hang_up(self) -> None:
        """Send all who have come to another server."""
        for listener in tuple(self.lines):
            listener.hang_up()

    def close(self) -> None:
        """Let go of the store and of every thread."""
        self._over.set()
        if self._watch is not None:
            self._watch.join()
        self.pool.shutdown(cancel_futures=True)
        if self._opened is not None:
            self._opened.close()

    # ---- on the loop

    def _start(self) -> None:
        if self._watch is None:
            loop = asyncio.get_running_loop()
            self._watch = threading.Thread(target=self._wait, args=(loop,), name="casework-watch", daemon=True)
            self._watch.start()

    async def _follow(self, live: Live) -> None:
        is_away = False
        while live.audiences:
            await live.is_changed.wait()
            live.is_changed.clear()
            try:
                seen = await self.run(self._see, live, live.audiences)
            except StoreUnusable:
                if not is_away:
                    self._warn(live)
                is_away = True
                live.is_changed.set()
                await asyncio.sleep(RETRY)
                continue
            if is_away:
                # A whole view is what tells the screens that it is over.
                live.told.clear()
            is_away = False
            await self._tell(live, seen)
            await asyncio.sleep(PACE)
        live.following = None
        self._live.pop(live.id, None)

    def _warn(self, live: Live) -> None:
        for _, listeners in live.lines.values():
            for listener in tuple(listeners):
                listener.trouble()

    async def _tell(self, live: Live, seen: Mapping[str, Told]) -> None:
        """Tell each audience what changed: first those of whom there are few, the projector and the notes."""
        for name in sorted(seen, key=lambda one: len(live.lines[one][1])):
            before, now = live.told.get(name), seen[name]
            if before == now:
                continue
            live.told[name] = now
            is_whole = before is None or before.text != now.text
            for place, listener in enumerate(tuple(live.lines[name][1]), 1):
                if is_whole:
                    listener.view(now)
                else:
                    listener.count(now)
                if place % BREATH == 0:
                    await asyncio.sleep(0)

    # ---- on a thread

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._over.is_set():
            try:
                with self.store.watch() as watch:
                    # What changed before there was a watch is told by nobody.
                    loop.call_soon_threadsafe(self.changed)
                    while not self._over.is_set():
                        if watch.wait(LOOK):
                            loop.call_soon_threadsafe(self.changed)
            except StoreUnusable:
                # Screens are told, also those on which nobody presses anything.
                loop.call_soon_threadsafe(self.changed)
                self._over.wait(RETRY)

    def found(self, session_id: str) -> Live | None:
        """Return a session as it is at rest, to be asked for on a thread; nobody can listen to it."""
        card = self.store.sessions.card(session_id)
        whole = None if card is None else setting(self.shelf, card)
        if card is None or whole is None:
            return None
        tonight = replace(whole, scenario=room.tonight(self.store, whole.scenario, card.id))
        scenario = whole.scenario
        votes = Batch[Slip, Cast](lambda slips: room.votes(self.store, scenario, card.id, slips), self.pool)
        recalls = Batch[ParticipantId, Mapping[int, Ballot]](lambda them: self._own(card, scenario, them), self.pool)
        return Live(card, whole, tonight, votes, recalls)

    def _join(self, knocks: Sequence[Knock]) -> Sequence[Entry]:
        return room.joins(self.store, knocks)

    def _own(self, card: Card, scenario: Scenario, them: Sequence[ParticipantId]) -> Sequence[Mapping[int, Ballot]]:
        found = own(self.store, card.id, room.recall(self.store, scenario, card.id))
        return [found.get(one, {}) for one in them]

    def _see(self, live: Live, audiences: Sequence[Audience]) -> Mapping[str, Told]:
        has_notes = any(audience.has_notes for audience in audiences)
        seen = see(self.store, live.whole, live.setting, live.card, has_notes=has_notes)
        ends = None if seen.left is None else time.monotonic() + seen.left
        return {each.name: Told(json.dumps(each.show(seen), default=str), each.count(seen), ends) for each in audiences}


def setting(shelf: Shelf, card: Card) -> Setting | None:
    """Return the case of a session; nothing where it is not on the shelf any more, or cannot be played."""
    return case_setting(shelf, card.scenario, card.language)


def case_setting(shelf: Shelf, name: str, language: str) -> Setting | None:
    """Return a case by its name and language; nothing where it is not on the shelf, or cannot be played."""
    for case in shelf.cases():
        found = case.scenario
        if found is not None and case.protocol is not None and (found.name, found.language) == (name, language):
            return Setting(found, case.protocol, library.source_titles(language), library.pictures(case))
    return None
