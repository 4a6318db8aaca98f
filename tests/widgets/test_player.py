"""The player: a message in, a whole view out, and no message that can break it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import setting

from casework import session
from casework.store import Store, open_store
from casework.widgets.player import Player

CASE = setting("milan")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store in a file."""
    store = open_store(str(tmp_path / "store.sqlite"))
    yield store
    store.close()


@pytest.fixture
def player(store: Store) -> Player:
    """Return a player at the start of Milan."""
    return Player(CASE, store, session.begin(store, CASE.scenario))


def send(player: Player, **message: Any) -> dict[str, Any]:
    """Send a message as the browser does and return the view that answers it."""
    player._handle_custom_msg(message, [])
    return dict(player.view)


def first(player: Player) -> str:
    """Return the id of the first choice on offer."""
    return str(player.view["scene"]["choices"][0]["id"])


def test_a_choice_is_in_the_store_when_the_view_shows_it(player: Player, store: Store) -> None:
    choice = first(player)

    view = send(player, kind="choose", choice=choice, number=1)

    assert view["number"] == 1
    assert [decision.choice for decision in store.decisions(view["attempt"])] == [choice]


def test_a_double_click_is_one_decision(player: Player, store: Store) -> None:
    choice = first(player)

    for _ in range(2):
        view = send(player, kind="choose", choice=choice, number=1)

    assert view["number"] == 1
    assert len(store.decisions(view["attempt"])) == 1


def test_opening_with_an_attempt_goes_on_where_it_was(player: Player, store: Store) -> None:
    view = send(player, kind="choose", choice=first(player), number=1)
    later = Player(CASE, store, session.begin(store, CASE.scenario))

    resumed = send(later, kind="open", attempt=view["attempt"])

    assert resumed["attempt"] == view["attempt"]
    assert resumed["scene"] == view["scene"]


def test_a_choice_that_is_not_on_offer_changes_nothing_and_is_told(player: Player, store: Store) -> None:
    before = dict(player.view)

    view = send(player, kind="choose", choice="nergens", number=1)

    assert view["notice"]
    assert view["scene"] == before["scene"]
    assert store.decisions(view["attempt"]) == ()


def test_a_choice_that_cannot_be_stored_is_told_and_can_be_made_again(
    player: Player, store: Store, tmp_path: Path
) -> None:
    choice = first(player)
    file = tmp_path / "store.sqlite"
    store.close()
    kept = file.rename(tmp_path / "away")
    file.mkdir()

    refused = send(player, kind="choose", choice=choice, number=1)
    file.rmdir()
    kept.rename(file)
    view = send(player, kind="choose", choice=choice, number=1)

    assert refused["number"] == 0
    assert "niet worden bewaard" in refused["notice"]
    assert view["number"] == 1


def test_starting_over_is_a_new_attempt_and_the_old_one_stays(player: Player, store: Store) -> None:
    old = send(player, kind="choose", choice=first(player), number=1)

    view = send(player, kind="again")

    assert view["number"] == 0
    assert view["attempt"] != old["attempt"]
    assert len(store.decisions(old["attempt"])) == 1


def test_kept_sentences_are_stored_and_only_those_of_scenes_that_were_visited(player: Player, store: Store) -> None:
    known = player.view["scene"]["story"][0][0]["id"]

    view = send(player, kind="keep", sentences=[known, "de-la:000000"])

    assert [row["id"] for row in view["notebook"]["kept"]] == [known]
    assert store.kept(view["attempt"]) == {known}


def test_help_is_switched_on_and_off(player: Player) -> None:
    assert send(player, kind="help", on=True)["scene"]["facts"]
    assert not send(player, kind="help", on=False)["scene"]["facts"]


messages = st.dictionaries(
    st.sampled_from(["kind", "attempt", "choice", "number", "sentences", "on"]),
    st.sampled_from(["open", "choose", "keep", "help", "again"])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(messages, max_size=4))
def test_no_message_breaks_the_player(player: Player, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        player._handle_custom_msg(row, [])

    assert player.view["scene"]["choices"]
