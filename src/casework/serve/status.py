"""How the server does, for who leads the group: places, memory, how long people waited, what went wrong."""

import asyncio
from dataclasses import dataclass
from typing import Any

from voila.handler import BaseVoilaHandler

from casework.serve import pages
from casework.serve.dashboards import Role
from casework.serve.forking import merging
from casework.serve.handlers import PageMixin
from casework.serve.health import NO_CASE, NO_STORE, NO_TEMPLATE, SLOW, Readiness
from casework.serve.joins import Failure, Joins
from casework.serve.memory import Memory, measure
from casework.serve.pages import STATUS, TITLE
from casework.serve.seats import Seats
from casework.words import LANGUAGES, Words, day, mark, number, words

MEGABYTE = 2**20
PATIENCE = 1.0  # seconds; the page comes again in five
REASONS = {
    NO_STORE: mark("Decisions cannot be kept: the store does not answer."),
    NO_TEMPLATE: mark("Cases start more slowly than usual."),
    NO_CASE: mark("No case can be played."),
    SLOW: mark("casework is still getting ready, or its store is slow."),
}


@dataclass(frozen=True, slots=True)
class State:
    """All that the page shows, as it is now."""

    seats: Seats
    memory: Memory
    joins: Joins
    reasons: tuple[str, ...] = ()


class StatusHandler(PageMixin, BaseVoilaHandler):
    """The status page. It is drawn here each time; its script only puts the new figures in place of the old."""

    def initialize(self, language: str, readiness: Readiness, **kwargs: Any) -> None:
        """Keep the language of the house and who knows what is wrong."""
        super().initialize(**kwargs)
        self.language, self.readiness = language, readiness

    async def get(self, language: str | None = None) -> None:
        """Answer with the page in the language of the address, to who leads the group."""
        self.language = language if language in LANGUAGES else self.language
        if not self.admits(Role.FACILITATOR):
            return
        # Reading the memory of two hundred kernels takes a moment in which nobody else is to wait.
        memory, reasons = await asyncio.gather(asyncio.to_thread(measure), self.readiness.reasons(PATIENCE))
        state = State(self.settings["casework_seats"], memory, self.settings["casework_joins"], reasons)
        self.show("status.html.j2", {**show(state, self.language, self.base_url), **self.leaving})


def show(state: State, language: str, base: str) -> pages.Values:
    """Return the page: its figures as rows of a name and a text, in a language."""
    say = words(language)
    return {
        **pages.framed(say(TITLE), f"{base}{STATUS}/", language, base),
        "told": {
            "about": say("These figures are renewed every five seconds. Nothing in them leads to a person."),
            "pause": say("Stop renewing"),
            "go_on": say("Go on renewing"),
            "lost": say("The server does not answer. You see the last figures."),
            "failures": say("What went wrong"),
            "well": say("Nothing went wrong since the start."),
        },
        "is_well": not state.reasons,
        "said": [say(REASONS[reason]) for reason in state.reasons] or [say("People can begin.")],
        "groups": [_seats(state.seats, say), _joins(state.joins, say), _memory(state.memory, say)],
        "failures": [_failure(one, language) for one in state.joins.failures],
        "more": _more(state.joins, say),
    }


def _seats(seats: Seats, say: Words) -> pages.Values:
    rows = [
        (say("Taken"), str(seats.taken)),
        (say("Free"), str(seats.free)),
        (say("In all"), str(seats.capacity)),
        (say("Waiting"), str(seats.waiting)),
    ]
    return {"title": say("Places"), "rows": rows}


def _joins(joins: Joins, say: Words) -> pages.Values:
    if joins.median is None or joins.slowest is None:
        return {"title": say("Time until a case begins"), "rows": [(say("People counted"), say("nobody yet"))]}
    rows = [
        (say("Half waited at most"), _seconds(joins.median, say)),
        (say("Slowest"), _seconds(joins.slowest, say)),
        (say("People counted"), str(joins.count)),
    ]
    return {"title": say("Time until a case begins"), "rows": rows}


def _memory(memory: Memory, say: Words) -> pages.Values:
    rows = [
        (say("Server"), _megabytes(memory.server, say)),
        (say("All players together"), _megabytes(memory.kernels, say)),
        (say("Free on this machine"), _megabytes(memory.free, say)),
        (say("Like pages of memory"), say("kept once") if merging.is_on() else say("kept for each")),
    ]
    return {"title": say("Memory"), "rows": rows}


def _failure(failure: Failure, language: str) -> pages.Values:
    at = failure.at.astimezone()
    return {
        "iso": at.isoformat(timespec="seconds"),
        "at": f"{day(at.date(), language)}, {at:%H:%M}",
        "what": failure.what,
    }


def _more(joins: Joins, say: Words) -> str:
    left = joins.failed_count - len(joins.failures)
    return say.plural("And {count} time before that.", "And {count} times before that.", left) if left else ""


def _seconds(seconds: float, say: Words) -> str:
    written = f"{seconds:.1f}" if say.language == "en" else f"{seconds:.1f}".replace(".", ",")
    return say("{number} seconds", number=written)


def _megabytes(size: int | None, say: Words) -> str:
    return say("unknown") if size is None else f"{number(round(size / MEGABYTE), say.language)} MB"
