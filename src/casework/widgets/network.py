"""The board of bottlenecks: cluster them by hand, weigh, trace to steps and rules, pass on, and see what came of it.

All that is on the board leaves whole in `view`; what was moved or typed arrives as one message. The page asks every few
seconds whether somebody else changed something. Each page undoes its own moves, and never those of another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from casework.errors import StoreUnusable
from casework.play.network import LONGEST_TEXT, LONGEST_TITLE, Board, Move, Receiver, Status, What, headline
from casework.play.stumbling import Playings, Score, Stumble, scores, stumbles
from casework.room import network
from casework.session import month, new_id
from casework.store import Store
from casework.widgets.board import Ground, view
from casework.widgets.legends import KEPT, NOTICES, UNDONE, captions
from casework.widgets.module import joined, sheets
from casework.widgets.screen import LEAN_CSS, LEAN_ESM, Screen
from casework.words import LANGUAGES, words

# So many roads are judged between two messages: whoever moves something meanwhile waits a third of a second.
STRIDE = 500
TEXTS = (What.TITLE, What.QUESTION, What.ANSWER)
REFUSED = "refused"


class Network(Screen):
    """The board of one coordinator."""

    _esm: str | Path = joined("network")
    _css: str | Path = sheets("casework", "network")

    def __init__(self, store: Store, ground: Ground, language: str = "nl") -> None:
        self._store, self._ground = store, ground
        self._say = words(language)
        self._made: list[tuple[Move, ...]] = []
        self._hard = _Hard(network.playings(store, ground.cases, month()))
        self._board = network.look(store)
        self._notice: dict[str, Any] = {"text": "", "is_trouble": False, "number": 0}
        super().__init__(view=self._drawn(), words=captions(self._say))
        self.on_msg(self._receive)

    @property
    def board(self) -> Board:
        """The board as it was last read."""
        return self._board

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        try:
            self._act(message)
        except StoreUnusable:
            self._tell("unsaved", is_trouble=True)
        except (AttributeError, KeyError, TypeError, ValueError):
            # A message that no page of ours sends: show the board as it is, and do nothing.
            self.tell(self._drawn())

    def _act(self, message: dict[str, Any]) -> None:
        acts: dict[object, Callable[[dict[str, Any]], None]] = {
            "look": self._look,
            "language": self._speak,
            "move": lambda said: self._make([_move(said)]),
            "make": self._begin,
            "write": self._write,
            "news": self._add_news,
            "strike": self._strike,
            "undo": self._undo,
        }
        acts[message.get("kind")](message)

    # ---- looking

    def _look(self, _message: dict[str, Any]) -> None:
        self._board = network.look(self._store)
        self._hard.go_on()
        drawn = self._drawn()
        if drawn != self.view:
            self.view = drawn
        # The page asks again only after this: while the kernel is busy, its questions do not pile up.
        self.send({"kind": "seen"})

    def _speak(self, message: dict[str, Any]) -> None:
        if message["language"] in LANGUAGES:
            self._say = words(message["language"])
            self.words = captions(self._say)
        self.tell(self._drawn())

    # ---- moves

    def _begin(self, message: dict[str, Any]) -> None:
        of, note = new_id(), message.get("note")
        title = headline(str(message["title"]))
        made = [Move(What.TITLE, of, "", title)]
        if isinstance(note, str):
            made.append(Move(What.PLACE, note, str(message["before"]), of))
        self._make(made)

    def _write(self, message: dict[str, Any]) -> None:
        texts = {What(name): said for name, said in message["texts"].items()}
        if not set(texts) <= set(TEXTS):
            raise ValueError(texts)
        of = str(message["of"])
        self._make([Move(what, of, str(before), str(after)) for what, (before, after) in texts.items()])

    def _add_news(self, message: dict[str, Any]) -> None:
        receiver = Receiver(message["receiver"]) if message["receiver"] else None
        status = Status(message["status"])
        move, notice = network.tell(self._store, str(message["of"]), status, str(message["day"]), receiver)
        self._remember([] if notice else [move], notice)

    def _strike(self, message: dict[str, Any]) -> None:
        network.strike(self._store, str(message["note"]))
        self._remember([], "")

    def _undo(self, _message: dict[str, Any]) -> None:
        if not self._made:
            self.tell(self._drawn())
            return
        notices = [network.change(self._store, move.back) for move in reversed(self._made.pop())]
        trouble = next(filter(None, notices), "")
        self._read()
        self._tell(trouble or UNDONE, is_trouble=bool(trouble))

    def _make(self, moves: Iterable[Move]) -> None:
        made, notice = [], ""
        for move in map(network.cleaned, moves):
            notice = network.change(self._store, move)
            if notice:
                break
            made.append(move)
        self._remember(made, notice)

    def _remember(self, made: list[Move], notice: str) -> None:
        # Whoever clicks twice has moved once, and would undo nothing with the second.
        if made and tuple(made) != next(reversed(self._made), ()):
            self._made.append(tuple(made))
        self._read()
        self._tell(notice or KEPT, is_trouble=bool(notice))

    def _read(self) -> None:
        self._board = network.look(self._store)

    # ---- showing

    def _tell(self, notice: str, *, is_trouble: bool) -> None:
        sentence = NOTICES.get(notice, notice)
        text = self._say(sentence, title=LONGEST_TITLE, text=LONGEST_TEXT)
        # Numbered, because the same notice a second time is news to whoever hears the page.
        self._notice = {"text": text, "is_trouble": is_trouble, "number": self._notice["number"] + 1}
        self.tell(self._drawn())

    def _drawn(self) -> dict[str, Any]:
        return {
            **view(self._board, self._hard.found, self._ground, self._say),
            "notice": self._notice,
            "can_undo": bool(self._made),
            "is_counting": self._hard.is_counting,
        }


class LeanNetwork(Network):
    """The board on casework's own page, which loads the module and the sheets itself, once, from the cache."""

    _esm, _css = LEAN_ESM, LEAN_CSS


class _Hard:
    """Where trainees stumble, counted a stride at a time; nothing is told before all is counted."""

    def __init__(self, playings: Iterator[Playings]) -> None:
        self._playings = playings
        self._scores: Mapping[str, Score] = {}
        self.is_counting = True
        self.found: tuple[Stumble, ...] = ()

    def go_on(self) -> None:
        """Count one stride more."""
        if not self.is_counting:
            return
        stride = list(islice(self._playings, STRIDE))
        self._scores = scores(stride, self._scores)
        if len(stride) < STRIDE:
            self.is_counting = False
            self.found = stumbles(self._scores)


def _move(message: dict[str, Any]) -> Move:
    said = {name: str(message.get(name, "")) for name in ("of", "before", "after", "key")}
    what = What(message["what"])
    if what in TEXTS:
        # Texts come all of a card at once, and are cleaned.
        raise ValueError(what)
    return Move(what, **said)
