"""A page of insight and what was asked of it so far: a message in, the page as it is then out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from casework.analytics.charts import Size
from casework.analytics.insight import Insight, Question, View, captions
from casework.words import LANGUAGES, words


class Asking:
    """What one visitor asks; the first view is drawn in all these *sizes*, and later ones in the size of their page."""

    def __init__(self, insight: Insight, language: str, sizes: Sequence[Size]) -> None:
        self._insight, self._language = insight, language
        self._all = self._sizes = tuple(sizes)
        self._question = Question()

    def __call__(self, message: Mapping[str, Any]) -> tuple[View, View]:
        """Return the page and its words after a message; one that no page of ours sends changes nothing."""
        with suppress(TypeError, ValueError):
            self._question = self._insight.heard(self._question, message)
        if message.get("language") in LANGUAGES:
            self._language = message["language"]
        # A page shows one of the sizes: to draw the other takes as long again.
        self._sizes = tuple(size for size in self._all if size.name == message.get("size")) or self._sizes
        if message.get("more"):
            self._insight.read_more()
        view = self._insight.look(self._question, self._language, sizes=self._sizes)
        return view, captions(words(self._language))

    @property
    def told(self) -> str:
        """What it shows, for a terminal."""
        view = self._insight.look(self._question, self._language, sizes=())
        return "\n".join([*view["notes"], *(finding["title"] for finding in view["findings"])])
