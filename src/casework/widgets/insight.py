"""The page of insight: it draws what a cohort did, and reports what was chosen. What is counted is decided elsewhere.

All that is on the page leaves whole in `view`; what was chosen arrives as one message. Nothing is kept.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from casework.widgets.module import joined, sheets
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen

View = dict[str, Any]
Answer = Callable[[Mapping[str, Any]], tuple[View, View]]


class InsightScreen(Screen):
    """The page of one visitor; *answer* gives the view and the words of the page for a message."""

    _esm: str | Path = joined("insight")
    _css: str | Path = sheets("casework", "charts", "insight")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        view, words = answer({})
        super().__init__(view=view, words=words)
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        view, self.words = self._answer(message if message.get("kind") == "ask" else {})
        self.tell(view)


class LeanInsight(InsightScreen):
    """The page on casework's own page, which loads the module and the sheets itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS
