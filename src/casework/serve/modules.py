"""The modules and sheets that widgets bring along, handed out by this server under names with their content in them.

A kernel sends them as text. Our policy runs no text: only files of this server. To let the page make files of texts
(`blob:`) would hold for any text that finds its way there; here only what a kernel said becomes a file, and the page
cannot add to it. And a browser fetches a module once, however many widgets and visits need it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.serve.assets import FOR_EVER, Asset, named, packed
from casework.serve.shown import Shown

FOLDER = "casework/module/"
SUFFIXES = {"_esm": ".js", "_css": ".css"}
# Widgets may make a module for each visitor; the ones that were asked for longest ago go.
MOST_BYTES = 64_000_000
ELSEWHERE = ("http://", "https://")


@dataclass(slots=True)
class Modules:
    """What kernels sent, by name: the newest, up to so many bytes."""

    most: int = MOST_BYTES
    _kept: dict[str, Asset] = field(default_factory=dict)
    _size: int = 0

    def keep(self, text: str, suffix: str) -> str:
        """Keep a module or sheet, and return its name."""
        content = text.encode()
        name = named(f"widget{suffix}", content)
        asset = self._kept.pop(name, None) or self._packed(f"widget{suffix}", content)
        self._kept[name] = asset
        self._forget()
        return name

    def find(self, asked: str) -> tuple[Asset, str] | None:
        """Return what has this name, and how long it may be kept."""
        return (self._kept[asked], FOR_EVER) if asked in self._kept else None

    def names(self, shown: Shown) -> tuple[str, ...]:
        """Keep what the widgets that are shown bring along, and return its names: a page can ask for it soon."""
        states = [dict(guest.state) for guest in shown.guests]
        for state in states:
            self._take(state)
        kept = (str(state[key]) for state in states for key in SUFFIXES if state.get(key))
        return tuple(dict.fromkeys(name for name in kept if not name.startswith(ELSEWHERE)))

    def silent(self, shown: Shown) -> dict[str, dict[str, Any]]:
        """Return the states of widgets that are no class of ipywidgets: not each of them answers a page that asks."""
        models = {name: shown.models[name] for name in shown.drawn}
        states = {name: dict(model.state) for name, model in models.items() if model.is_silent}
        for state in states.values():
            self._take(state)
        return states

    def lighten(self, parts: Sequence[bytes]) -> list[bytes]:
        """Return a kernel's message (header, parent, metadata, content, buffers) with names in the place of texts."""
        if not any(f'"{key}"'.encode() in parts[3] for key in SUFFIXES):
            return list(parts)
        content = json.loads(parts[3])
        for state in _states(content):
            self._take(state)
        return [*parts[:3], json.dumps(content).encode(), *parts[4:]]

    def _take(self, state: dict[str, Any]) -> None:
        for key, suffix in SUFFIXES.items():
            text = state.get(key)
            if isinstance(text, str) and text and not text.startswith(ELSEWHERE):
                state[key] = self.keep(text, suffix)

    def _packed(self, name: str, content: bytes) -> Asset:
        asset = packed(name, content)
        self._size += _weight(asset)
        return asset

    def _forget(self) -> None:
        # The newest stays, however large: the page that it was kept for is about to ask for it.
        while self._size > self.most and len(self._kept) > 1:
            self._size -= _weight(self._kept.pop(next(iter(self._kept))))


def _weight(asset: Asset) -> int:
    return len(asset.plain) + len(asset.packed)


def _states(content: Any) -> Iterator[dict[str, Any]]:
    """Yield the states in a message: that of one widget, or those of all."""
    said = content.get("data") if isinstance(content, dict) else None
    if not isinstance(said, dict):
        return
    told = said.get("states")
    models = told.values() if isinstance(told, dict) else ()
    for model in (said, *models):
        state = model.get("state") if isinstance(model, dict) else None
        if isinstance(state, dict):
            yield state
