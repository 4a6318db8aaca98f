"""The player: sends the view to the browser, and hands what was pressed to the session."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from casework import session
from casework.errors import CaseworkError, ChoiceNotOffered, NumberTaken, StoreUnusable
from casework.play.attempt import Attempt, has_ended
from casework.store import Store
from casework.widgets.lookback import debrief
from casework.widgets.module import STATIC, joined
from casework.widgets.view import Setting, View, show
from casework.widgets.vocabulary import vocabulary
from casework.words import mark

NOTICES = {
    "changed": mark("This story was changed since you began. You go on from the last place that still fits."),
    "elsewhere": mark("You went on in another window. This is where you are now."),
    "unsaved": mark("Your choice could not be saved, so nothing was lost or changed. Try again in a moment."),
    "refused": mark("That choice is not on offer here any more. This is where you are now."),
}


class Player(anywidget.AnyWidget):
    """One trainee's screen. All state leaves whole in `view`; what was pressed arrives as one message."""

    _esm: str | Path = joined("player")
    _css: str | Path = STATIC / "casework.css"

    view = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, setting: Setting, store: Store, attempt: Attempt, exit_address: str = "", **traits: Any) -> None:
        self._setting = setting
        self._store = store
        self._attempt = attempt
        self._has_help = False
        words = vocabulary(setting.say.language, exit_address)
        super().__init__(view=self._look(attempt), words=words, **traits)
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        try:
            attempt, notice = self._act(message)
        except (ChoiceNotOffered, NumberTaken):
            attempt, notice = self._attempt, "refused"
        except StoreUnusable:
            attempt, notice = self._attempt, "unsaved"
        except (CaseworkError, KeyError, TypeError, ValueError):
            # A message that no page of ours sends: answer with where the trainee is, and do nothing.
            attempt, notice = self._attempt, ""
        self._attempt = attempt
        self._answer(self._look(attempt, notice))

    def _act(self, message: dict[str, Any]) -> tuple[Attempt, str]:
        scenario, store = self._setting.scenario, self._store
        match message:
            case {"kind": "open", "attempt": str(attempt_id)}:
                seat = session.resume(store, scenario, attempt_id or self._attempt.id)
            case {"kind": "choose", "choice": str(choice), "number": int(number)}:
                seat = session.choose(store, scenario, self._attempt.id, choice, number)
            case {"kind": "keep", "sentences": list(sentences)}:
                seat = session.keep(store, scenario, self._attempt.id, frozenset(map(str, sentences)))
            case {"kind": "again"}:
                return session.begin(store, scenario), ""
            case {"kind": "help", "on": bool(is_on)}:
                self._has_help = is_on
                return self._attempt, ""
            case _:
                return self._attempt, ""
        return seat.attempt, seat.notice

    def _look(self, attempt: Attempt, notice: str = "") -> View:
        say = self._setting.say
        view = show(self._setting, attempt, has_help=self._has_help, notice=say(NOTICES[notice]) if notice else "")
        ended = has_ended(self._setting.scenario, attempt)
        return {**view, "debrief": debrief(self._setting, attempt) if ended else None}

    def _answer(self, view: View) -> None:
        # traitlets keeps silent when a value is equal; the page would wait for ever for the answer to its message.
        if view == self.view:
            self.send_state("view")
        else:
            self.view = view


class LeanPlayer(Player):
    """The player on casework's own page, which loads the module and the sheet itself, once, from the cache."""

    _esm = "export default { render() {} };"
    _css = ""
