"""What a facilitator asked for on their page, and what their page remembers: nothing of anybody in the room."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from casework.play.runsheet import PLANS
from casework.room import plain
from casework.scenario.model import SceneId
from casework.words import LANGUAGES

LENGTHS = tuple(plan.minutes for plan in PLANS)
USUAL = 60
_AN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_A_HOST = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)
_A_PLACE = re.compile(r"/(?:[\w.~-]+/)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Evening:
    """A workshop that is being prepared, or is going on where there is a `session`.

    `spoken` is the language of that session, whatever is chosen on the page since.
    `origin` and `base` are where this page was opened, `host` is where phones are to come in. `has_proofs` is whether
    the scenes that may be left out are asked for, which takes seconds to prove; `has_survey` whether knowledge and
    confidence are asked before the case and again at the end.
    """

    case: str = ""
    language: str = ""
    minutes: int = USUAL
    left_out: tuple[SceneId, ...] = ()
    has_proofs: bool = False
    has_survey: bool = False
    origin: str = ""
    base: str = "/"
    host: str = ""
    session: str = ""
    code: str = ""
    spoken: str = ""

    @property
    def remembered(self) -> dict[str, Any]:
        """What brings this page back as it was."""
        return {
            "case": self.case,
            "story": self.language,
            "minutes": self.minutes,
            "left_out": list(self.left_out),
            "survey": self.has_survey,
            "host": self.host,
            "session": self.session,
            "code": self.code,
            "spoken": self.spoken,
        }


def heard(before: Evening, message: dict[str, Any]) -> Evening:
    """Return what is asked for after a message; what no page of ours sends is left aside."""
    after = before
    if isinstance(message.get("case"), str):
        after = replace(after, case=message["case"], left_out=(), has_proofs=False)
    if isinstance(message.get("story"), str):
        after = replace(after, language=message["story"])
    if message.get("minutes") in LENGTHS:
        after = replace(after, minutes=message["minutes"])
    if isinstance(message.get("left_out"), list):
        after = replace(after, left_out=tuple(str(scene) for scene in message["left_out"]))
    if isinstance(message.get("proofs"), bool):
        after = replace(after, has_proofs=message["proofs"])
    if isinstance(message.get("survey"), bool):
        after = replace(after, has_survey=message["survey"])
    return _placed(_opened(after, message), message)


def _opened(before: Evening, message: dict[str, Any]) -> Evening:
    session, code = message.get("session"), message.get("code")
    if not isinstance(session, str) or not isinstance(code, str):
        return before
    known = session if _AN_ID.fullmatch(session) else ""
    spoken = message.get("spoken") if message.get("spoken") in LANGUAGES else before.language
    return replace(before, session=known, code=plain(code) if known else "", spoken=str(spoken))


def _placed(before: Evening, message: dict[str, Any]) -> Evening:
    after = before
    origin, base, host = message.get("origin"), message.get("base"), message.get("host")
    if isinstance(origin, str) and urlsplit(origin).scheme in ("http", "https"):
        after = replace(after, origin=origin)
    if isinstance(base, str) and _A_PLACE.fullmatch(base):
        after = replace(after, base=base)
    if isinstance(host, str) and _A_HOST.fullmatch(host):
        after = replace(after, host=host)
    return after
