"""The facilitator's page: choose a case, see its run sheet, open a session, and show how to come in.

All that is on the page leaves whole in `view`; what was chosen arrives as one message. It opens no session itself: the
page asks the server for that, which knows who may, and tells the widget what it was given.
"""

from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from casework import library
from casework.conformance.protocol import Protocol
from casework.library import Stamp
from casework.play.omission import leave_out, omissions, without
from casework.play.runsheet import run_sheet
from casework.scenario.model import Scenario, SceneId
from casework.widgets.door import door, qr
from casework.widgets.evening import LENGTHS, Evening, heard
from casework.widgets.hints import captions
from casework.widgets.homes import homes
from casework.widgets.module import joined, sheets
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen
from casework.widgets.sheet import omission, sheet
from casework.words import LANGUAGES, NAMES, words

View = dict[str, Any]
Editions = dict[tuple[str, str], tuple[Scenario, Protocol]]


# A kernel that was forked finds them read; a file that changed since then has another stamp.
@lru_cache(1)
def _editions(folder: Path, _stamps: tuple[Stamp, ...]) -> Editions:
    cases = (library.open_case(path, is_checked=True) for path in library.notebooks(folder))
    return {
        (case.scenario.name, case.scenario.language): (case.scenario, case.protocol)
        for case in cases
        if case.scenario is not None and case.protocol is not None
    }


class Shelf:
    """The cases in a folder that can be played, each edition by its name and language."""

    def __init__(self, folder: Path) -> None:
        self.editions = _editions(folder, library.stamps(folder)) if folder.is_dir() else {}
        # Seconds of proof, asked for again with each change on the page.
        self.proofs = cache(self._proofs)
        self.sheet = cache(self._sheet)

    def names(self, language: str) -> list[tuple[str, str]]:
        """Return the cases: the name that all editions share, and a title, in a language where there is one."""
        names = dict.fromkeys(name for name, _ in self.editions)
        return [(name, self.find(name, language)[0].title) for name in names]

    def languages(self, name: str) -> list[str]:
        """Return the languages in which there is a case."""
        return [language for one, language in self.editions if one == name]

    def find(self, name: str, language: str) -> tuple[Scenario, Protocol]:
        """Return an edition of a case, in another language where there is none in this one; raises `KeyError`."""
        found = {spoken: edition for (one, spoken), edition in self.editions.items() if one == name}
        return found[language] if language in found else found[next(iter(found), language)]

    def _sheet(self, scenario: Scenario, protocol: Protocol, minutes: int, language: str) -> View:
        return sheet(scenario, run_sheet(scenario, protocol, minutes), words(language))

    def _proofs(self, scenario: Scenario, protocol: Protocol, language: str) -> list[View]:
        return [omission(scenario, protocol, one, words(language)) for one in omissions(scenario, protocol)]


class Facilitator(Screen):
    """The page of one facilitator."""

    _esm: str | Path = joined("facilitator")
    _css: str | Path = sheets("casework", "room", "facilitator")

    def __init__(self, shelf: Shelf, language: str = "nl") -> None:
        self._shelf = shelf
        self._say = words(language)
        self._asked = Evening(language=self._say.language)
        super().__init__(view=self._drawn(is_waiting=True), words=captions(self._say))
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        try:
            if message.get("kind") == "ask":
                self._speak(message.get("language"))
                self._asked = heard(self._asked, message)
        except (AttributeError, TypeError, ValueError):
            # A message that no page of ours sends: show the page as it is, and do nothing.
            pass
        # Proofs take seconds: say so first, or the page seems dead.
        self.tell(self._drawn(is_waiting=True))
        self.tell(self._drawn(is_waiting=False))

    def _speak(self, language: object) -> None:
        if language in LANGUAGES:
            self._say = words(str(language))
            self.words = captions(self._say)
            if not self._asked.case:
                # Whoever reads a page in English most likely plays in English too.
                self._asked = replace(self._asked, language=self._say.language)

    def _drawn(self, *, is_waiting: bool) -> View:
        asked, say = self._asked, self._say
        has_case = asked.case in dict(self._shelf.names(say.language))
        return {
            "lang": say.language,
            "remembered": asked.remembered,
            "cases": [{"value": name, "label": title} for name, title in self._shelf.names(say.language)],
            "case": asked.case if has_case else "",
            "lengths": [
                {"value": each, "label": say.plural("{count} minute", "{count} minutes", each)} for each in LENGTHS
            ],
            "minutes": asked.minutes,
            "is_waiting": is_waiting and has_case,
            **(self._chosen(asked, is_waiting=is_waiting) if has_case else {}),
            "session": self._session(asked, is_waiting=is_waiting) if asked.session else None,
        }

    def _chosen(self, asked: Evening, *, is_waiting: bool) -> View:
        scenario, protocol = self._shelf.find(asked.case, asked.language)
        spoken = self._shelf.languages(asked.case)
        about = {
            "story": scenario.language,
            "stories": [{"value": each, "label": NAMES[each]} for each in spoken],
            "title": scenario.title,
            "content": scenario.content,
        }
        if is_waiting:
            return about
        out = tuple(scene.id for scene in scenario.scenes if scene.id in asked.left_out)
        return {**about, **self._planned(scenario, protocol, asked, out)}

    def _planned(self, scenario: Scenario, protocol: Protocol, asked: Evening, out: tuple[SceneId, ...]) -> View:
        say = self._say
        held = leave_out(scenario, protocol, out)
        case = without(scenario, (*held.scenes, *held.gone)) if held.is_sound else scenario
        return {
            "sheet": self._shelf.sheet(case, protocol, asked.minutes, say.language),
            "left_out": list(out),
            "proofs": self._shelf.proofs(scenario, protocol, say.language) if asked.has_proofs else None,
            "together": omission(scenario, protocol, held, say) if out else None,
            "open": {
                "case": scenario.name,
                "language": scenario.language,
                "left_out": list(out),
                "survey": asked.has_survey,
            }
            if held.is_sound
            else None,
        }

    def _session(self, asked: Evening, *, is_waiting: bool) -> View:
        found = homes(asked.origin, asked.base)
        chosen = next((home for home in found if home.place == asked.host), found[0] if found else None)
        at = f"?at={quote(chosen.place)}" if chosen else ""
        return {
            "id": asked.session,
            "door": door(asked.code, chosen.address, asked.spoken) if chosen else None,
            "phone": qr(f"{chosen.address}notes/{asked.session}{at}") if chosen else None,
            "hosts": [{"value": home.place, "label": home.place} for home in found],
            "host": chosen.place if chosen else "",
            "trouble": "" if is_waiting or chosen is None else chosen.trouble(self._say),
            "stage": f"{asked.base}stage/{asked.session}{at}",
            "notes": f"{asked.base}notes/{asked.session}{at}",
        }


class LeanFacilitator(Facilitator):
    """The page on casework's own page, which loads the module and the sheets itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS
