"""What stands in the way over all workshops, as coordinators bring it together and pass it on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from casework.conformance.model import Protocol
from casework.library import Case
from casework.play import cohort
from casework.play.bottleneck import BottleneckId, weigh
from casework.play.cohort import Chart
from casework.play.network import (
    MOST_NEWS,
    Board,
    ClusterId,
    Fault,
    Move,
    News,
    Note,
    Receiver,
    Status,
    What,
    board,
    fault,
)
from casework.play.stumbling import Playings
from casework.room.chair import ELSEWHERE
from casework.room.phone import clean
from casework.store import Store

Clock = Callable[[], str]
_TEXTS = (What.TITLE, What.QUESTION, What.ANSWER)


def moment() -> str:
    """Return the time in UTC as ISO text, fine enough to tell which of two clusters was made first."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def look(store: Store) -> Board:
    """Return the board as it is now; the weights of a session that still runs are no part of it."""
    cards = {card.id: card for card in store.sessions.cards()}
    weighed = weigh(store.sessions.all_bottlenecks(), store.network.weights())
    of = ((each, cards[each.bottleneck.session]) for each in weighed)
    notes = [Note(each, card.scenario, card.begun[: len("2026-03-02")]) for each, card in of]
    return board(store.network.clusters(), notes)


def change(store: Store, move: Move, *, clock: Clock = moment) -> str:
    """Make a move, which is stored by then, and return "" or a notice.

    The notice is a `Fault`, or `ELSEWHERE` where somebody else was first: then nothing was changed.
    """
    move, at = cleaned(move), clock()
    return fault(move, datetime.fromisoformat(at).date()) or ("" if store.network.change(move, at) else ELSEWHERE)


def cleaned(move: Move) -> Move:
    """Return a move as it is stored: its text without what no database takes, so that it can be turned round."""
    return replace(move, after=clean(move.after)) if move.what in _TEXTS else move


def tell(
    store: Store, of: ClusterId, status: Status, day: str, receiver: Receiver | None, *, clock: Clock = moment
) -> tuple[Move, str]:
    """Add news to a cluster; return the move that did, and a notice as `change` does.

    Whoever tells something at the same moment tells something else: both are kept.
    """
    for number in range(_told(store, of) + 1, MOST_NEWS + 1):
        move = Move(What.STATUS, of, "", News(number, status, day, receiver).text, str(number))
        notice = change(store, move, clock=clock)
        if notice != ELSEWHERE or _told(store, of) < number:
            return move, notice
    return Move(What.STATUS, of, "", "", str(MOST_NEWS)), Fault.UNKNOWN


def strike(store: Store, bottleneck: BottleneckId) -> None:
    """Take a bottleneck out for good, as when it names somebody; nothing happens where there is none such."""
    found = next((each for each in store.sessions.all_bottlenecks() if each.id == bottleneck), None)
    if found is not None:
        store.sessions.drop(found.session, found.id)


def playings(store: Store, cases: Iterable[Case], running: str) -> Iterator[Playings]:
    """Yield the playings that came to an ending, those together that went alike, as their protocol judges them.

    Counted is what no longer changes, as everywhere that many are counted: two looks at the board, with one playing in
    between, would show by their difference what that one did. *running* is the month that is not over yet, as
    `2026-03`. A playing of a case that was changed since, or is gone, cannot be told again. Raises `StoreUnusable`.
    """
    for name, editions in _editions(cases).items():
        for alike in store.cohort.alike(name, running):
            known = editions.get(cohort.base(alike.version))
            if known is None or alike.is_later:
                continue
            chart, protocol = known
            # A store is a file that anybody may have written to: choices in it may make no road.
            road = cohort.follow(chart, alike.choices)
            if road is not None and road.is_over:
                yield Playings(protocol, road.trace, alike.count)


def _editions(cases: Iterable[Case]) -> Mapping[str, Mapping[str, tuple[Chart, Protocol]]]:
    found: dict[str, dict[str, tuple[Chart, Protocol]]] = {}
    for case in cases:
        scenario = case.scenario
        if scenario is not None and case.protocol is not None:
            found.setdefault(scenario.name, {})[scenario.version] = cohort.chart(scenario), case.protocol
    return found


def _told(store: Store, of: ClusterId) -> int:
    told = (news.number for each in store.network.clusters() if each.id == of for news in each.news)
    return max(told, default=0)
