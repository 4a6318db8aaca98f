"""The author's desk: what is wrong in a case and how to mend it, its map, its figures, and playing from any scene.

All that the desk shows leaves whole in `view`, what takes a second longer in `beside`, and what is being tried out in
`stage`; what was pressed arrives as one message. The page asks every second whether the notebook was saved; it is read
again only when it was.
"""

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import traitlets

from casework import library, notebook, session
from casework.errors import CaseworkError
from casework.play.prove import road_to
from casework.scenario.cells import Source
from casework.scenario.model import ChoiceId
from casework.store import Store, open_store
from casework.widgets import manuscript as paper
from casework.widgets.atlas import atlas
from casework.widgets.captions import captions
from casework.widgets.findings import find, findings, suggested
from casework.widgets.manuscript import Manuscript
from casework.widgets.measures import measures
from casework.widgets.module import joined, sheets
from casework.widgets.playing import Playing
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen
from casework.widgets.versions import committed, translations
from casework.widgets.vocabulary import vocabulary
from casework.words import LANGUAGES, mark, words

NUMBERS = count(1)
NOTICES = {
    "repaired": mark(
        "Repaired and saved. Is this notebook open in another window? Then load it again from the disk there, or your "
        "next save will undo the repair."
    ),
    "moved": mark("The notebook was saved in the meantime. What you see now is how it stands; look at it once more."),
    "nothing": mark("There is nothing to repair any more."),
    "unreachable": mark("No road leads to that place, so it cannot be played. The remarks say more."),
    "unplayable": mark("The case has errors and cannot be played yet. Mend those first."),
}


class Desk(Screen):
    """The desk of one author. `folder` holds the cases among which they may pick; None when one was named."""

    _esm: str | Path = joined("desk")
    _css: str | Path = sheets("casework", "desk")

    beside = traitlets.List().tag(sync=True)
    stage = traitlets.Dict().tag(sync=True)

    def __init__(self, path: Path, folder: Path | None, language: str = "nl", exit_address: str = "") -> None:
        self._folder, self._exit = folder, exit_address
        self._number = next(NUMBERS)
        self._store: Store | None = None
        self._playing: Playing | None = None
        self._paper = paper.read(path, language)
        self._compared: Manuscript | None = None
        super().__init__(view=self._drawn(), words=captions(language))
        self.on_msg(self._receive)

    @property
    def manuscript(self) -> Manuscript:
        """The case as it was last read."""
        return self._paper

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        try:
            self._act(message)
        except (CaseworkError, KeyError, TypeError, ValueError, OSError):
            # A message that no page of ours sends, or a disk that failed: show the desk as it is, and do nothing.
            self._show()

    def _act(self, message: dict[str, Any]) -> None:
        acts: dict[object, Callable[[dict[str, Any]], None]] = {
            "look": self._look,
            "case": self._open,
            "language": self._speak,
            "repair": self._repair,
            "take": self._take,
            "play": self._play_from,
            "stage": self._pass_on,
            "close": self._close,
        }
        act = acts.get(message.get("kind"))
        if act is not None:
            act(message)

    # ---- reading and writing

    def _look(self, message: dict[str, Any]) -> None:
        if message.get("fresh") or paper.stamp(self._paper.path) != self._paper.stamp:
            self._read(self._paper.path, self._paper.language)
        if self._compared is not self._paper:
            self._compare()
        # The page asks again only after this: while a cell runs for minutes, its questions do not pile up.
        self.send({"kind": "seen"})

    def _compare(self) -> None:
        # git and other editions take a second; nobody should wait for them before a remark.
        self._compared = self._paper
        self.beside = [*filter(None, [committed(self._paper)]), *translations(self._paper)]

    def _open(self, message: dict[str, Any]) -> None:
        chosen = {path.name: path for path in self._files()}[message["file"]]
        self._close()
        self._read(chosen, self._paper.language)

    def _speak(self, message: dict[str, Any]) -> None:
        language = message["language"]
        if language in LANGUAGES:
            self.words = captions(language)
            self._read(self._paper.path, language)

    def _repair(self, _message: dict[str, Any]) -> None:
        self._write(paper.repaired(self._paper))

    def _read(self, path: Path, language: str) -> None:
        self._paper = paper.read(path, language)
        self._show()

    def _take(self, message: dict[str, Any]) -> None:
        said = find(self._paper, message["slug"], message["cell"], message["line"])
        guess = suggested(self._paper, said) if said else ""
        self._write(paper.rewritten(self._paper, said, guess) if said and guess else None)

    def _write(self, source: Source | None) -> None:
        if source is None:
            self._show("nothing")
            return
        failed = notebook.write(self._paper.found, source, self._paper.language)
        self._paper = paper.read(self._paper.path, self._paper.language)
        if failed is not None and failed.slug != "changed-on-disk":
            self._show(text=f"{failed.message} {failed.hint}")
        else:
            self._show("moved" if failed else "repaired")

    # ---- trying out

    def _play_from(self, message: dict[str, Any]) -> None:
        case, graph = self._paper.case, self._paper.graph
        if case.scenario is None or case.protocol is None or graph is None:
            self._show("unplayable")
            return
        match message:
            case {"scene": str(scene)}:
                standing = graph.standing.get(scene)
                road = graph.road(standing[0]) if standing else None
            case {"rule": str(rule)}:
                road = road_to(case.scenario, case.protocol, rule, is_kept=False)
            case _:
                road = tuple(map(str, message["road"]))
        if road is None:
            self._show("unreachable")
        else:
            self._play(road)

    def _play(self, road: Iterable[ChoiceId]) -> None:
        setting = paper.setting(self._paper)
        if setting is None:
            return
        self._close()
        self._store = open_store(":memory:")
        attempt = session.begin(self._store, setting.scenario)
        for number, choice in enumerate(road, start=1):
            attempt = session.choose(self._store, setting.scenario, attempt.id, choice, number).attempt
        self._playing = Playing(setting, self._store, attempt)
        self._stage(self._playing.look(), next(NUMBERS))

    def _pass_on(self, message: dict[str, Any]) -> None:
        if self._playing is not None:
            self._stage(self._playing.receive(message["message"]), self.stage["number"])

    def _stage(self, view: dict[str, Any], number: int) -> None:
        # Under the case's own name the page would find, and overwrite, what a trainee has played on this device.
        case = {**view["case"], "name": f"desk/{view['case']['name']}"}
        said = vocabulary(view["language"], self._exit)
        self._say("stage", {"view": {**view, "case": case}, "words": said, "number": number})

    def _close(self, _message: dict[str, Any] | None = None) -> None:
        if self._store is not None:
            self._store.close()
        self._store, self._playing = None, None
        self._say("stage", {})

    # ---- showing

    def _show(self, notice: str = "", *, text: str = "") -> None:
        say = words(self._paper.language)
        self._say("view", {**self._drawn(), "notice": text or (say(NOTICES[notice]) if notice else "")})

    def _say(self, trait: str, value: dict[str, Any]) -> None:
        # traitlets keeps silent when a value is equal; the page would wait for ever for the answer to its message.
        if getattr(self, trait) == value:
            self.send_state(trait)
        else:
            setattr(self, trait, value)

    def _drawn(self) -> dict[str, Any]:
        case, language = self._paper.case, self._paper.language
        return {
            "language": language,
            "file": case.path.name,
            "title": paper.title(self._paper),
            "can_play": case.scenario is not None,
            "story": case.scenario.language if case.scenario else "",
            "cases": [path.name for path in self._files()],
            "findings": findings(self._paper),
            "map": atlas(self._paper, f"casework-map-{self._number}"),
            "measures": measures(self._paper),
            "notice": "",
        }

    def _files(self) -> tuple[Path, ...]:
        return library.notebooks(self._folder) if self._folder and self._folder.is_dir() else ()


class LeanDesk(Desk):
    """The desk on casework's own page, which loads the module and the sheets itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS
