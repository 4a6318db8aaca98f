"""The screen of insight reports what was chosen and shows what it is given; it counts nothing itself."""

from collections.abc import Mapping
from typing import Any

from casework.widgets.insight import InsightScreen, LeanInsight
from casework.widgets.screen import LEAN_CSS, LEAN_ESM


def answer(message: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"heard": dict(message)}, {"wait": str(message.get("language", "nl"))}


def test_the_first_view_is_there_before_anything_is_asked() -> None:
    screen = InsightScreen(answer)

    assert screen.view == {"heard": {}}
    assert screen.words == {"wait": "nl"}


def test_what_was_chosen_changes_the_view_and_the_words() -> None:
    screen = InsightScreen(answer)

    screen._receive(screen, {"kind": "ask", "part": "votes", "language": "en"}, [])

    assert screen.view["heard"]["part"] == "votes"
    assert screen.words == {"wait": "en"}


def test_a_message_of_another_kind_asks_for_nothing() -> None:
    screen = InsightScreen(answer)

    screen._receive(screen, {"kind": "shout", "part": "votes"}, [])

    assert screen.view == {"heard": {}}


def test_on_our_own_page_the_module_comes_from_the_cache() -> None:
    assert (LeanInsight._esm, LeanInsight._css) == (LEAN_ESM, LEAN_CSS)
