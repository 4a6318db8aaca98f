"""The toolkit: signal cards, conversation cards, what now, and help lines, in as many languages as there are files.

All that is on the page leaves whole in `view`; what was chosen or typed arrives as one message. Nothing is kept.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from casework.widgets import dealt
from casework.widgets.asked import Asked, Part, heard
from casework.widgets.dealt import Drawn
from casework.widgets.finder import finder
from casework.widgets.kit import Kit
from casework.widgets.labels import NO_TONGUE, PARTS, captions
from casework.widgets.module import joined, sheets
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen
from casework.words import Words, words


def look(kit: Kit, asked: Asked, say: Words) -> Drawn:
    """Return the whole page for what is asked, in one language."""
    parts = {Part.SIGNALS: dealt.signals, Part.TALKS: dealt.talks, Part.NOW: finder}
    return {
        **dealt.spoken(say),
        "languages": [{"value": code, "label": one.name} for code, one in kit.languages.items()],
        "part": asked.part.value,
        "parts": _parts(kit, asked, say),
        "notices": [notice(say) for notice in kit.notices],
        "remembered": asked.remembered,
        "shown": parts[asked.part](kit, asked, say) if asked.part in parts else {},
    }


def _parts(kit: Kit, asked: Asked, say: Words) -> list[Drawn]:
    """Return the parts by name; while someone searches, each says how many of its cards have the words."""
    bare = Asked(words=asked.words)
    counts = {
        Part.SIGNALS: len(dealt.found_signals(kit, bare, say)) if asked.words else None,
        Part.TALKS: len(dealt.found_talks(kit, bare, say)) if asked.words else None,
    }
    return [{"value": part.value, "label": say(PARTS[part]), "count": counts.get(part)} for part in Part]


class Toolkit(Screen):
    """The toolkit of one visitor."""

    _esm: str | Path = joined("toolkit")
    _css: str | Path = sheets("casework", "toolkit")

    def __init__(self, kit: Kit, language: str = "nl", region: str = "") -> None:
        self._say = kit.languages.get(language) or words(language)
        self._asked = Asked(region=region)
        self._kit = kit if language in kit.languages else replace(kit, notices=(*kit.notices, _unspoken(kit, language)))
        super().__init__(view=look(self._kit, self._asked, self._say), words=captions(self._say))
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        try:
            if message.get("kind") == "ask":
                self._speak(message.get("language"))
                self._asked = heard(self._asked, message)
        except (AttributeError, TypeError, ValueError):
            # A message that no page of ours sends: show the page as it is, and do nothing.
            pass
        self.tell(look(self._kit, self._asked, self._say))

    def _speak(self, language: object) -> None:
        if isinstance(language, str) and language in self._kit.languages:
            self._say = self._kit.languages[language]
            self.words = captions(self._say)


class LeanToolkit(Toolkit):
    """The toolkit on casework's own page, which loads the module and the sheets itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS


def _unspoken(kit: Kit, language: str) -> Any:
    known = ", ".join(kit.languages)
    return lambda say: say(NO_TONGUE, language=language, known=known)
