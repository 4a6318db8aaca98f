"""A word of Milan to change: whatever its authors write there, tests need one that they can find again."""

import re

from tests.cases import SCENARIOS, setting

MILAN = SCENARIOS / "milan.ipynb"
OTHER = "Tegenwoordig"


def _a_word() -> tuple[str, str, str]:
    """Return a scene's id and title and a word in its text that stands nowhere else in the notebook."""
    text = MILAN.read_text("utf-8")
    for scene in setting("milan").scenario.scenes[1:]:
        for sentence in (sentence for paragraph in scene.story for sentence in paragraph):
            for word in re.findall(r"\b[a-z]{4,}\b", sentence.text):
                if len(re.findall(rf"\b{word}\b", text)) == 1:
                    return scene.id, scene.title, word
    raise LookupError


SCENE, TITLE, WORD = _a_word()
