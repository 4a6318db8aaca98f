"""One trainee's attempt behind a screen: takes what was pressed, keeps it through the session, and returns the view."""

from typing import Any

from casework import session
from casework.errors import CaseworkError, ChoiceNotOffered, NumberTaken, StoreUnusable
from casework.play.attempt import Attempt, has_ended
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
        self._wanted = ""

    def look(self, notice: str = "") -> View:
        """Return the view of where the trainee is now; once the story has ended with the look back.

        `whatif` in it answers the last question of that kind. It is never stored.
        """
        say, scenario = self.setting.say, self.setting.scenario
        told = say(NOTICES[notice]) if notice else ""
        view = show(self.setting, self.attempt, has_help=self._has_help, notice=told)
        ended = has_ended(scenario, self.attempt)
        return {**view, "debrief": debrief(self.setting, self.attempt) if ended else None, "whatif": self._told}

    def receive(self, message: dict[str, Any]) -> View:
        """Return the view after what was pressed; never raises for what a page, of ours or not, may send."""
        before = self.attempt.id
        try:
            self._catch_up(message)
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

    def _catch_up(self, message: dict[str, Any]) -> None:
        # The store was away when the page asked for its place: a choice now would begin another attempt.
        if self._wanted and message.get("kind") not in ("open", "again"):
            self.attempt = self._open().attempt

    def _act(self, message: dict[str, Any]) -> tuple[Attempt, str]:
        scenario, store = self.setting.scenario, self._store
        match message:
            case {"kind": "open", "attempt": str(attempt_id)}:
                self._wanted = attempt_id or self.attempt.id
                seat = self._open()
            case {"kind": "choose", "choice": str(choice), "number": int(number)}:
                seat = session.choose(store, scenario, self.attempt.id, choice, number)
            case {"kind": "keep", "sentences": list(sentences)}:
                seat = session.keep(store, scenario, self.attempt.id, frozenset(map(str, sentences)))
            case {"kind": "again"}:
                self._wanted = ""
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

    def _open(self) -> Seat:
        seat = session.resume(self._store, self.setting.scenario, self._wanted)
        self._wanted = ""
        return seat

    def _wonder(self, number: int, choice: str) -> None:
        # Before the end an answer would tell what lies ahead.
        if has_ended(self.setting.scenario, self.attempt):
            self._told = answer(self.setting, self.attempt, number, choice)
