"""One trainee's attempt behind a screen: takes what was pressed, keeps it through the session, and returns the view."""

from typing import Any

from casework import session
from casework.errors import CaseworkError, ChoiceNotOffered, NumberTaken, StoreUnusable
from casework.play.attempt import Attempt, AttemptId, has_ended, start
from casework.session import Seat
from casework.store import Store
from casework.widgets.beside import answer
from casework.widgets.lookback import debrief
from casework.widgets.view import Setting, View, show
from casework.words import mark

NOTICES = {
    "from": mark("You play on from here. What you played before stays as it was."),
    "changed": mark("This story was changed since you began. You go on from the last place that still fits."),
    "elsewhere": mark("You went on in another window. This is where you are now."),
    "unsaved": mark("Your choice could not be saved, so nothing was lost or changed. Try again in a moment."),
    "away": mark("For now nothing can be looked up. What you did before is kept. Try again in a moment."),
    "refused": mark("That choice is not on offer here any more. This is where you are now."),
}


class Playing:
    """What stands between the messages of a page and the session; every host of the player has one."""

    def __init__(self, setting: Setting, store: Store, attempt: Attempt) -> None:
        self.setting = setting
        self.attempt = attempt
        self._store = store
        self._has_help = False
        self._told: View | None = None

    def look(self, notice: str = "") -> View:
        """Return the view of where the trainee is now; once the story has ended with the look back.

        `whatif` in it answers the last question of that kind. It is never stored. `is_away` says that the store could
        not be asked where the trainee is.
        """
        say, scenario = self.setting.say, self.setting.scenario
        told = say(NOTICES[notice]) if notice else ""
        view = show(self.setting, self.attempt, has_help=self._has_help, notice=told)
        ended = has_ended(scenario, self.attempt)
        back = debrief(self.setting, self.attempt) if ended else None
        return {**view, "debrief": back, "whatif": self._told, "is_away": notice == "away"}

    def receive(self, message: dict[str, Any]) -> View:
        """Return the view after what was pressed; never raises for what a page, of ours or not, may send."""
        before = self.attempt.id
        try:
            self.attempt, notice = self._act(message)
        except (ChoiceNotOffered, NumberTaken):
            notice = "refused"
        except StoreUnusable:
            notice = "unsaved"
        except (CaseworkError, KeyError, TypeError, ValueError):
            # A message that no page of ours sends: answer with where the trainee is, and do nothing.
            notice = ""
        if self.attempt.id != before:
            self._told = None
        return self.look(notice)

    def _act(self, message: dict[str, Any]) -> tuple[Attempt, str]:
        scenario, store = self.setting.scenario, self._store
        match message:
            case {"kind": "open", "attempt": str(attempt_id)}:
                seat = self._open(attempt_id or self.attempt.id)
            case {"kind": "choose", "choice": str(choice), "number": int(number)}:
                seat = session.choose(store, scenario, self.attempt.id, choice, number)
            case {"kind": "keep", "sentences": list(sentences)}:
                seat = session.keep(store, scenario, self.attempt.id, frozenset(map(str, sentences)))
            case {"kind": "again"}:
                return session.begin(store, scenario), ""
            case {"kind": "from", "number": int(number)}:
                before = self.attempt.id
                seat = session.branch(store, scenario, before, number)
                return seat.attempt, seat.notice or ("from" if seat.attempt.id != before else "")
            case {"kind": "what-if", "number": int(number), "choice": str(choice)}:
                self._wonder(number, choice)
                return self.attempt, ""
            case {"kind": "help", "on": bool(is_on)}:
                self._has_help = is_on
                return self.attempt, ""
            case _:
                return self.attempt, ""
        return seat.attempt, seat.notice

    def _open(self, attempt_id: AttemptId) -> Seat:
        own = self.attempt.id
        try:
            return session.resume(self._store, self.setting.scenario, attempt_id, own=own)
        except StoreUnusable:
            # Under its own name, or the device would remember another one and the next choice begin another attempt.
            is_here = attempt_id == own or not session.is_id(attempt_id)
            return Seat(self.attempt if is_here else start(self.setting.scenario, attempt_id), "away")

    def _wonder(self, number: int, choice: str) -> None:
        # Before the end an answer would tell what lies ahead.
        if has_ended(self.setting.scenario, self.attempt):
            self._told = answer(self.setting, self.attempt, number, choice)
