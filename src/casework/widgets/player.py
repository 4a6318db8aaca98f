"""The player: sends the view to the browser, and hands what was pressed to the session."""

from pathlib import Path
from typing import Any

from casework.play.attempt import Attempt
from casework.store import Store
from casework.widgets.module import STATIC, joined
from casework.widgets.playing import Playing
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen
from casework.widgets.view import Setting
from casework.widgets.vocabulary import vocabulary


class Player(Screen):
    """One trainee's screen. All state leaves whole in `view`; what was pressed arrives as one message."""

    _esm: str | Path = joined("player")
    _css: str | Path = STATIC / "casework.css"

    def __init__(self, setting: Setting, store: Store, attempt: Attempt, exit_address: str = "", **traits: Any) -> None:
        self._playing = Playing(setting, store, attempt)
        words = vocabulary(setting.say.language, exit_address)
        super().__init__(view=self._playing.look(), words=words, **traits)
        self.on_msg(self._receive)

    def taste(self, choices: int) -> None:
        """Make so many choices, the first on offer each time: what Python does once, it does faster from then on."""
        self._receive(self, {"kind": "open", "attempt": ""}, [])
        for _ in range(choices):
            offered = self.view["scene"]["choices"]
            if not offered:
                break
            number = self.view["number"] + 1
            self._receive(self, {"kind": "choose", "choice": offered[0]["id"], "number": number}, [])

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        self.tell(self._playing.receive(message))


class LeanPlayer(Player):
    """The player on casework's own page, which loads the module and the sheet itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS
