"""The player: a message in, a whole view out, and no message that can break it."""

from collections.abc import Iterator
from contextlib import contextmanager
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


def test_a_line_that_comes_back_before_the_first_choice_finds_the_same_attempt(player: Player, store: Store) -> None:
    # Otherwise the page would take a first choice that was lost on the way for one of an attempt that it has left.
    begun = player.view["attempt"]

    told = [send(player, kind="open", attempt=known)["attempt"] for known in ("", begun)]
    view = send(player, kind="choose", choice=first(player), number=1)

    assert told == [begun, begun]
    assert view["attempt"] == begun
    assert len(store.decisions(begun)) == 1


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

    with away(store, tmp_path):
        refused = send(player, kind="choose", choice=choice, number=1)
    view = send(player, kind="choose", choice=choice, number=1)

    assert refused["number"] == 0
    assert "niet worden bewaard" in refused["notice"]
    assert view["number"] == 1


def test_a_place_that_was_asked_for_while_the_store_was_away_is_found_before_the_next_choice(
    player: Player, store: Store, tmp_path: Path
) -> None:
    made = first(player)
    before = send(player, kind="choose", choice=made, number=1)
    later = Player(CASE, store, session.begin(store, CASE.scenario))
    with away(store, tmp_path):
        lost = send(later, kind="open", attempt=before["attempt"])
        assert "Opzoeken lukt nu even niet" in lost["notice"]

    again = send(later, kind="choose", choice=made, number=1)
    view = send(later, kind="choose", choice=first(later), number=2)

    assert (again["attempt"], again["number"]) == (before["attempt"], 1)
    assert (view["attempt"], view["number"]) == (before["attempt"], 2)
    assert len(store.decisions(before["attempt"])) == 2


@contextmanager
def away(store: Store, folder: Path) -> Iterator[None]:
    """Take a store's file away until the end of the block."""
    store.close()
    files = {file: file.rename(folder / f"away-{file.name}") for file in folder.glob("store.sqlite*")}
    (folder / "store.sqlite").mkdir()
    yield
    (folder / "store.sqlite").rmdir()
    for file, kept in files.items():
        kept.rename(file)


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


def end(player: Player, *choices: str) -> dict[str, Any]:
    """Play these choices, or else the first on offer each time, until the story has ended."""
    made = [*choices]
    while player.view["debrief"] is None:
        choice = made.pop(0) if made else first(player)
        send(player, kind="choose", choice=choice, number=player.view["number"] + 1)
    return dict(player.view)


HARM = ("het-kamertje/de-kraan", "de-kraan/de-belofte", "de-belofte/maandag", "maandag/de-la")


def test_playing_on_from_the_last_moment_leads_to_that_scene_in_an_attempt_of_its_own(
    player: Player, store: Store
) -> None:
    old = end(player, *HARM)
    number = old["debrief"]["moment"]["from"]

    view = send(player, kind="from", number=number)

    assert (view["number"], view["scene"]["id"]) == (number, "de-belofte")
    assert view["notice"] == "U speelt hier verder. Wat u eerder speelde, blijft zoals het was."
    assert view["debrief"] is None
    assert view["attempt"] != old["attempt"]
    assert len(store.decisions(old["attempt"])) == 4
    assert [decision.choice for decision in store.decisions(view["attempt"])] == [*HARM[:number]]


def test_pressing_twice_plays_on_once_and_the_next_choice_is_stored(player: Player, store: Store) -> None:
    end(player, *HARM)

    one = send(player, kind="from", number=2)
    two = send(player, kind="from", number=2)
    further = send(player, kind="choose", choice="de-belofte/in-de-pauze", number=3)

    assert one["attempt"] == two["attempt"] == further["attempt"]
    assert len(store.decisions(further["attempt"])) == 3


@pytest.mark.parametrize("number", [-1, 4, 5, 2**70, True, "2", None, 1.5])
def test_a_number_that_no_decision_has_changes_nothing(player: Player, number: object) -> None:
    old = end(player, *HARM)

    assert send(player, kind="from", number=number) == old


def test_playing_on_that_cannot_be_stored_is_told_and_the_look_back_stays(
    player: Player, store: Store, tmp_path: Path
) -> None:
    old = end(player, *HARM)
    file = tmp_path / "store.sqlite"
    store.close()
    kept = file.rename(tmp_path / "away")
    file.mkdir()

    refused = send(player, kind="from", number=2)
    file.rmdir()
    kept.rename(file)

    assert refused["attempt"] == old["attempt"]
    assert "niet worden bewaard" in refused["notice"]
    assert refused["debrief"] == old["debrief"]
    assert send(player, kind="from", number=2)["number"] == 2


def test_what_if_is_answered_beside_the_look_back_and_stores_nothing(player: Player, store: Store) -> None:
    old = end(player, *HARM)
    before = store.decisions(old["attempt"])

    view = send(player, kind="what-if", number=2, choice="de-kraan/in-de-pauze~1279")

    assert old["whatif"] is None
    assert (view["whatif"]["number"], view["whatif"]["choice"]) == (2, "de-kraan/in-de-pauze~1279")
    assert {**view, "whatif": None} == old
    assert store.decisions(old["attempt"]) == before


def test_what_if_tells_nothing_before_the_end(player: Player) -> None:
    send(player, kind="choose", choice="het-kamertje/de-kraan", number=1)

    view = send(player, kind="what-if", number=1, choice="het-kamertje/de-lege-kruk~d361")

    assert view["whatif"] is None


@pytest.mark.parametrize(("number", "choice"), [(2, "nergens"), (0, HARM[0]), (9, HARM[0]), (2, HARM[0])])
def test_what_if_about_what_was_not_on_offer_has_no_answer(player: Player, number: int, choice: str) -> None:
    end(player, *HARM)

    view = send(player, kind="what-if", number=number, choice=choice)

    assert view["whatif"] is None
    assert view["debrief"]


def test_the_answer_goes_with_the_attempt_that_it_was_about(player: Player) -> None:
    end(player, *HARM)
    send(player, kind="what-if", number=2, choice="de-kraan/in-de-pauze~1279")

    assert send(player, kind="from", number=2)["whatif"] is None
    assert end(player)["whatif"] is None


messages = st.dictionaries(
    st.sampled_from(["kind", "attempt", "choice", "number", "sentences", "on"]),
    st.sampled_from(["open", "choose", "keep", "help", "again", "from", "what-if"])
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
