"""Who comes in by a code, who comes back, and who only guesses."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import setting
from tests.room.evening import MELDCODE, NOON, Evening
from tests.samples import SAMPLE

from casework import room
from casework.errors import OmissionUnsound
from casework.play.workshop import Act
from casework.room import ENDED, FULL, SLOW, UNKNOWN, Entry, Knock
from casework.store import Store, open_store

RIGHT = "HKRTWX"


def guess(store: Store, code: str, at: str, caller: str = "there") -> Entry:
    return room.join(store, Knock(code, "token", caller), clock=lambda: at)


def test_a_code_is_six_letters_that_look_like_no_other() -> None:
    codes = {room.new_code() for _ in range(200)}

    assert len(codes) > 190
    assert all(len(code) == 6 for code in codes)
    assert not set("".join(codes)) & set("ABDEGINOQSUVY0123456789")
    assert room.spelled(RIGHT) == "HKR TWX"


@given(st.sampled_from([room.new_code() for _ in range(5)]), st.lists(st.sampled_from(" -.\u00a0"), max_size=5))
def test_a_code_is_understood_however_it_is_typed(code: str, between: list[str]) -> None:
    typed = "".join(letter + space for letter, space in zip(code.lower(), [*between, *[""] * 6], strict=False))

    assert room.plain(typed) == code == room.plain(room.spelled(code))


def test_a_session_opens_with_an_id_nobody_can_guess_and_takes_another_code_if_one_is_in_use(store: Store) -> None:
    codes = iter([RIGHT, RIGHT, RIGHT, "CFHJKL"])
    one = room.open_session(store, SAMPLE, MELDCODE, clock=lambda: NOON, new_code=lambda: next(codes))

    two = room.open_session(store, SAMPLE, MELDCODE, clock=lambda: NOON, new_code=lambda: next(codes))

    assert (one.code, two.code) == (RIGHT, "CFHJKL")
    assert (len(one.id), one.id == two.id) == (32, False)
    assert store.sessions.card(one.id) == one


def test_a_phone_comes_in_and_comes_back_as_the_same_participant(evening: Evening) -> None:
    first, again, other = evening.join("phone", "phone", "other")

    assert first == again == Entry(evening.card, first.participant, language="nl")
    assert other.participant != first.participant
    assert evening.look().joined == 2


def test_no_token_and_no_address_is_in_the_store(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "store.db"))) as store:
        evening = Evening.begin(store)
        evening.join("secret-token")
        room.join(store, Knock("wrong", "secret-token", "198.51.100.7"), clock=evening.clock)
        content = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert evening.card.code.encode() in content
    assert b"secret-token" not in content
    assert b"198.51.100.7" not in content


def test_a_phone_is_somebody_else_in_another_session(store: Store) -> None:
    entries = [Evening.begin(store).join("phone")[0] for _ in range(2)]

    assert entries[0].participant != entries[1].participant


def test_wrong_closed_and_full_rooms_are_told_apart(store: Store) -> None:
    evening = Evening.begin(store, seats=1)
    evening.join("phone")

    assert guess(store, "CFHJKL", NOON) == Entry(notice=UNKNOWN)
    assert guess(store, "", NOON) == Entry(notice=UNKNOWN)
    assert guess(store, evening.card.code, NOON) == Entry(notice=FULL, language="nl")
    evening.press(Act.END)
    assert guess(store, evening.card.code, NOON) == Entry(notice=ENDED, language="nl")


def test_a_session_that_nobody_ended_is_open_and_no_longer_tonight(store: Store) -> None:
    older, newer = Evening.begin(store), Evening.begin(store)
    ended = Evening.begin(store)
    newer.clock.at = "2026-01-05T23:59:59+00:00"
    ended.press(Act.END)
    late = room.open_session(store, SAMPLE, MELDCODE, clock=newer.clock)

    found = room.going_on(store)

    assert found[0] == late
    assert {card.id for card in found} == {late.id, older.id, newer.id}
    assert room.is_tonight(older.card, clock=newer.clock)
    assert not room.is_tonight(older.card, clock=lambda: "2026-01-06T00:00:00+00:00")
    assert not room.is_tonight(store.sessions.card(ended.id) or late, clock=newer.clock)


def test_guessing_gets_slower_after_five_wrong_codes_and_a_right_one_waits_too(evening: Evening) -> None:
    store = evening.store
    times = [f"2026-01-05T12:{minute:02}:00+00:00" for minute in range(20)]

    notices = [guess(store, "CFHJKL", times[0]).notice for _ in range(7)]

    assert notices == [UNKNOWN] * 5 + [SLOW] * 2
    assert guess(store, evening.card.code, times[0]) == Entry(notice=SLOW, wait=1)
    waits = []
    for time in times[1:10]:
        guess(store, "CFHJKL", time)
        waits.append(guess(store, "CFHJKL", time).wait)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert guess(store, evening.card.code, times[9]).notice == SLOW
    assert guess(store, evening.card.code, times[10]).notice == ""


def test_guesses_that_arrive_together_are_counted_one_by_one(evening: Evening) -> None:
    guesses = [Knock("CFHJKL", "token", "there")] * 8
    right = Knock(evening.card.code, "token", "there")

    entries = room.joins(evening.store, [*guesses, right, replace(right, caller="elsewhere")], clock=evening.clock)

    assert [entry.notice for entry in entries] == [UNKNOWN] * 5 + [SLOW] * 4 + [""]


def test_a_phone_that_was_in_comes_back_however_others_at_its_address_guess(evening: Evening) -> None:
    guess(evening.store, evening.card.code, NOON)
    for _ in range(7):
        guess(evening.store, "CFHJKL", NOON)

    assert guess(evening.store, evening.card.code, NOON).notice == ""
    stranger = Knock(evening.card.code, "stranger", "there")
    assert room.join(evening.store, stranger, clock=evening.clock).notice == SLOW


def test_a_crowd_at_the_door_comes_in_together_as_far_as_there_are_seats(store: Store) -> None:
    one, two = Evening.begin(store, seats=2), Evening.begin(store)
    codes = [one.card.code, two.card.code, one.card.code, "CFHJKL", one.card.code, one.card.code]
    tokens = ["a", "a", "b", "c", "d", "a"]

    entries = room.joins(store, [Knock(code, token, "hall") for code, token in zip(codes, tokens, strict=True)])

    assert [entry.notice for entry in entries] == ["", "", "", UNKNOWN, FULL, ""]
    assert entries[0] == entries[5]
    assert (one.look().joined, two.look().joined) == (2, 1)


def test_another_caller_is_not_slowed_down_and_old_slips_are_forgotten(evening: Evening) -> None:
    for _ in range(9):
        guess(evening.store, "CFHJKL", NOON)

    assert guess(evening.store, evening.card.code, NOON, "elsewhere").notice == ""
    assert guess(evening.store, evening.card.code, "2026-01-05T12:10:00+00:00").notice == ""


def test_a_clock_that_was_set_back_locks_nobody_out(evening: Evening) -> None:
    for _ in range(5):
        guess(evening.store, "CFHJKL", NOON)

    assert guess(evening.store, evening.card.code, "2020-01-05T12:00:00+00:00").wait <= 60


def test_scenes_are_left_out_only_where_endings_and_rules_hold(store: Store) -> None:
    with pytest.raises(OmissionUnsound, match=r"cannot leave out kitchen: good, harm, "):
        room.open_session(store, SAMPLE, MELDCODE, left_out=["kitchen"])

    leo = setting("leo")
    card = room.open_session(store, leo.scenario, leo.protocol, left_out=["de-hand"])
    assert card.left_out == ("de-hand",)
    case = room.tonight(store, leo.scenario, card.id)
    assert {scene.id for scene in leo.scenario.scenes} - {scene.id for scene in case.scenes} == {"de-hand"}
    assert replace(case, scenes=leo.scenario.scenes, version=leo.scenario.version) == leo.scenario
