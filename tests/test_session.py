"""What people do: whatever the windows, clicks and edits, a trainee finds the attempt that the store has."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import session
from casework.errors import ChoiceNotOffered, StoreUnusable
from casework.play.attempt import Attempt, Decision, offered, replay, start
from casework.scenario.model import Scenario
from casework.session import CHANGED, ELSEWHERE, Seat
from casework.store import Record, Store, open_store
from tests.play.strategies import scenarios
from tests.samples import CALL, DOOR_SENTENCE, END_SENTENCE, LEAVE, LISTEN, SAMPLE, WAIT, WOUND_SENTENCE, edited

NOON = "2026-01-05T12:00:00+00:00"


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store(":memory:")) as store:
        yield store


def play(store: Store, attempt_id: str, *choices: str) -> Attempt:
    """Return the attempt after these choices, from its beginning."""
    attempt = start(SAMPLE, attempt_id)
    for number, choice in enumerate(choices, 1):
        attempt = session.choose(store, SAMPLE, attempt_id, choice, number, clock=lambda: NOON).attempt
    return attempt


def test_an_attempt_begins_in_the_first_scene_with_an_id_nobody_can_guess(store: Store) -> None:
    one, two = session.begin(store, SAMPLE), session.begin(store, SAMPLE)

    assert one == start(SAMPLE, one.id)
    assert one.id != two.id
    assert len(one.id) == 32


def test_the_clock_tells_utc_to_the_second() -> None:
    assert session.now().endswith("+00:00")
    assert len(session.now()) == len(NOON)


def test_a_visitor_who_only_looks_leaves_nothing_in_the_store(store: Store) -> None:
    attempt = session.begin(store, SAMPLE)
    session.resume(store, SAMPLE, attempt.id)
    session.keep(store, SAMPLE, attempt.id, [])

    assert store.record(attempt.id) is None


def test_a_choice_is_stored_when_it_comes_back(store: Store) -> None:
    attempt = session.begin(store, SAMPLE)

    seat = session.choose(store, SAMPLE, attempt.id, LISTEN, 1, clock=lambda: NOON)

    decision = Decision(1, LISTEN, NOON)
    assert seat == Seat(replay(SAMPLE, attempt.id, [decision]))
    assert store.record(attempt.id) == Record(attempt.id, "sample", SAMPLE.version, "nl", NOON)
    assert store.decisions(attempt.id) == (decision,)


def test_an_attempt_resumes_where_it_was(store: Store) -> None:
    attempt = play(store, "monday", WAIT, LISTEN)
    kept = session.keep(store, SAMPLE, "monday", [WOUND_SENTENCE]).attempt

    assert session.resume(store, SAMPLE, "monday") == Seat(kept)
    assert kept == replace(attempt, kept=frozenset({WOUND_SENTENCE}))


@pytest.mark.parametrize(
    "unknown", ["", "tuesday", "a b", "\0", "\ud800", "é", "../../etc/passwd", "x" * 65, "monday\n"]
)
def test_an_unknown_id_gives_a_fresh_attempt(store: Store, unknown: str) -> None:
    play(store, "monday", WAIT)

    assert session.resume(store, SAMPLE, unknown, new_id=lambda: "new") == Seat(start(SAMPLE, "new"))


def test_an_attempt_of_which_nothing_is_stored_keeps_its_id_on_the_page_that_has_it(store: Store) -> None:
    assert session.resume(store, SAMPLE, "tuesday", own="tuesday") == Seat(start(SAMPLE, "tuesday"))
    assert session.resume(store, SAMPLE, "tuesday", own="monday", new_id=lambda: "new") == Seat(start(SAMPLE, "new"))
    assert session.resume(store, SAMPLE, "\0", own="\0", new_id=lambda: "new") == Seat(start(SAMPLE, "new"))


def test_an_id_of_another_scenario_gives_a_fresh_attempt(store: Store) -> None:
    play(store, "monday", WAIT)
    other = replace(SAMPLE, name="other")

    assert session.resume(store, other, "monday", new_id=lambda: "new") == Seat(start(other, "new"))


def test_a_double_click_changes_nothing(store: Store) -> None:
    first = play(store, "monday", LISTEN)

    second = session.choose(store, SAMPLE, "monday", LISTEN, 1, clock=lambda: "later")

    assert second == Seat(first)
    assert len(store.decisions("monday")) == 1


@pytest.mark.parametrize("choice", [WAIT, LISTEN, CALL])
@pytest.mark.parametrize("number", [-1, 0, 1, 4, 2**80])
def test_a_window_that_lags_behind_is_shown_where_the_attempt_is(store: Store, choice: str, number: int) -> None:
    attempt = play(store, "monday", WAIT, LISTEN)

    assert session.choose(store, SAMPLE, "monday", choice, number) == Seat(attempt, ELSEWHERE)
    assert len(store.decisions("monday")) == 2


def test_a_choice_that_loses_the_race_is_shown_what_won(tmp_path: Path) -> None:
    address = str(tmp_path / "casework.sqlite")
    with closing(open_store(address)) as store, closing(open_store(address)) as other:

        def while_somebody_else_chooses() -> str:
            session.choose(other, SAMPLE, "monday", WAIT, 1, clock=lambda: NOON)
            return "later"

        seat = session.choose(store, SAMPLE, "monday", LISTEN, 1, clock=while_somebody_else_chooses)

        assert seat == Seat(replay(SAMPLE, "monday", [Decision(1, WAIT, NOON)]), ELSEWHERE)
        assert store.decisions("monday") == (Decision(1, WAIT, NOON),)


@pytest.mark.parametrize("choice", [CALL, "kitchen/cellar", "", "\0"])
def test_a_choice_that_is_not_on_offer_is_refused_and_not_stored(store: Store, choice: str) -> None:
    with pytest.raises(ChoiceNotOffered):
        session.choose(store, SAMPLE, "monday", choice, 1)

    assert store.record("monday") is None


def test_a_choice_that_could_not_be_stored_is_raised(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "casework.sqlite"))
    store.close()
    for file in tmp_path.iterdir():
        file.write_bytes(b"no database")

    with pytest.raises(StoreUnusable):
        session.choose(store, SAMPLE, "monday", WAIT, 1)


def test_only_sentences_of_scenes_that_were_visited_are_kept(store: Store) -> None:
    play(store, "monday", LISTEN)

    seat = session.keep(store, SAMPLE, "monday", [DOOR_SENTENCE, WOUND_SENTENCE, END_SENTENCE, "intro:000001", "x"])

    assert seat.attempt.kept == {DOOR_SENTENCE, WOUND_SENTENCE} == store.kept("monday")


def test_a_sentence_may_be_kept_before_the_first_choice(store: Store) -> None:
    session.keep(store, SAMPLE, "monday", [DOOR_SENTENCE], clock=lambda: NOON)

    seat = session.choose(store, SAMPLE, "monday", LISTEN, 1)

    assert seat.attempt.kept == {DOOR_SENTENCE}
    assert store.record("monday") == Record("monday", "sample", SAMPLE.version, "nl", NOON)


def test_what_was_kept_may_be_let_go(store: Store) -> None:
    session.keep(store, SAMPLE, "monday", [DOOR_SENTENCE])

    assert session.keep(store, SAMPLE, "monday", []) == Seat(start(SAMPLE, "monday"))
    assert store.kept("monday") == frozenset()


class TestPlayingOnFromAnEarlierMoment:
    """A trainee looks back, and makes a decision anew."""

    @pytest.fixture
    def old(self, store: Store) -> Attempt:
        play(store, "monday", WAIT, LISTEN, LEAVE)
        return session.keep(store, SAMPLE, "monday", [DOOR_SENTENCE, WOUND_SENTENCE]).attempt

    def test_stands_where_the_first_decisions_led_with_what_was_kept_so_far(self, store: Store, old: Attempt) -> None:
        seat = session.branch(store, SAMPLE, "monday", 1)

        assert seat.notice == ""
        assert seat.attempt == replace(
            replay(SAMPLE, seat.attempt.id, old.decisions[:1]), kept=frozenset({DOOR_SENTENCE})
        )

    def test_has_an_id_of_its_own_that_nobody_can_guess(self, store: Store, old: Attempt) -> None:
        ids = {session.branch(store, SAMPLE, "monday", number).attempt.id for number in range(3)}
        play(store, "tuesday", WAIT)
        ids.add(session.branch(store, SAMPLE, "tuesday", 0).attempt.id)

        assert len(ids - {"monday", "tuesday"}) == 4
        assert {len(each) for each in ids} == {32}

    def test_leaves_the_old_attempt_as_it_was(self, store: Store, old: Attempt) -> None:
        anew = session.branch(store, SAMPLE, "monday", 2).attempt
        session.choose(store, SAMPLE, anew.id, CALL, 3)

        assert session.resume(store, SAMPLE, "monday") == Seat(old)

    def test_goes_on_from_there_and_is_found_again_after_a_reload(self, store: Store, old: Attempt) -> None:
        seat = session.branch(store, SAMPLE, "monday", 2)

        assert session.resume(store, SAMPLE, seat.attempt.id) == seat
        further = session.choose(store, SAMPLE, seat.attempt.id, CALL, 3)
        assert further.attempt.scene == "good"
        assert session.resume(store, SAMPLE, seat.attempt.id) == further

    def test_a_double_click_gives_the_same_new_attempt(self, store: Store, old: Attempt) -> None:
        first = session.branch(store, SAMPLE, "monday", 2)

        assert session.branch(store, SAMPLE, "monday", 2) == first
        assert session.branch(store, SAMPLE, first.attempt.id, 2) == first

    def test_the_same_moment_asked_for_again_shows_what_was_played_since(self, store: Store, old: Attempt) -> None:
        anew = session.branch(store, SAMPLE, "monday", 2).attempt
        further = session.choose(store, SAMPLE, anew.id, CALL, 3).attempt

        assert session.branch(store, SAMPLE, "monday", 2) == Seat(further, ELSEWHERE)

    def test_from_before_the_first_choice_is_a_fresh_attempt_of_which_nothing_is_stored(self, store: Store) -> None:
        play(store, "monday", LISTEN)

        seat = session.branch(store, SAMPLE, "monday", 0)

        assert seat == Seat(start(SAMPLE, seat.attempt.id))
        assert store.record(seat.attempt.id) is None
        assert session.choose(store, SAMPLE, seat.attempt.id, WAIT, 1).attempt.visited == ("door", "door")

    def test_from_before_the_first_choice_finds_again_what_was_kept_there(self, store: Store, old: Attempt) -> None:
        seat = session.branch(store, SAMPLE, "monday", 0)

        assert seat.attempt == replace(start(SAMPLE, seat.attempt.id), kept=frozenset({DOOR_SENTENCE}))
        assert session.resume(store, SAMPLE, seat.attempt.id) == seat
        further = session.choose(store, SAMPLE, seat.attempt.id, LISTEN, 1)
        assert session.resume(store, SAMPLE, seat.attempt.id) == further

    def test_is_as_old_as_the_decisions_that_it_took_over(self, store: Store, old: Attempt) -> None:
        anew = session.branch(store, SAMPLE, "monday", 1).attempt

        assert store.record(anew.id) == Record(anew.id, "sample", SAMPLE.version, "nl", NOON, "monday", 1)

    def test_says_whose_decisions_it_copied_so_that_nobody_counts_them_twice(self, store: Store, old: Attempt) -> None:
        anew = session.branch(store, SAMPLE, "monday", 2).attempt
        session.choose(store, SAMPLE, anew.id, CALL, 3)
        again = session.branch(store, SAMPLE, anew.id, 1).attempt

        records = [store.record(each) for each in ("monday", anew.id, again.id)]
        assert [(each.origin, each.taken) for each in records if each] == [("", 0), ("monday", 2), (anew.id, 1)]

    @pytest.mark.parametrize("number", [-1, 3, 4, 2**80, True, False, 1.0, "1", None])
    def test_a_number_that_leaves_nothing_to_make_anew_changes_nothing(
        self, store: Store, old: Attempt, number: int
    ) -> None:
        assert session.branch(store, SAMPLE, "monday", number) == Seat(old)

    @pytest.mark.parametrize("number", [-1, 0, 1])
    def test_an_attempt_of_which_nothing_is_known_stays_at_its_start(self, store: Store, number: int) -> None:
        assert session.branch(store, SAMPLE, "nobody", number) == Seat(start(SAMPLE, "nobody"))

    def test_of_a_changed_story_first_shows_what_is_left_of_the_attempt(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2", without=LEAVE)

        seat = session.branch(store, changed, "monday", 1)

        assert seat == session.resume(store, changed, "monday")
        assert (seat.notice, len(seat.attempt.decisions)) == (CHANGED, 2)


class TestAChangedScenario:
    """An author saved another version while an attempt was under way."""

    @pytest.fixture
    def old(self, store: Store) -> Attempt:
        play(store, "monday", WAIT, LISTEN, CALL)
        return session.keep(store, SAMPLE, "monday", [DOOR_SENTENCE, END_SENTENCE]).attempt

    def test_takes_over_what_can_still_be_chosen(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2", without=CALL)

        seat = session.resume(store, changed, "monday")

        assert seat.notice == CHANGED
        assert seat.attempt == replace(
            replay(changed, seat.attempt.id, old.decisions[:2]), kept=frozenset({DOOR_SENTENCE})
        )
        assert seat.attempt.id != "monday"
        assert store.record(seat.attempt.id) == Record(seat.attempt.id, "sample", "2", "nl", NOON, "monday", 2)

    def test_leaves_the_old_attempt_as_it_was(self, store: Store, old: Attempt) -> None:
        session.resume(store, edited(SAMPLE, version="2", without=CALL), "monday")

        assert session.resume(store, SAMPLE, "monday") == Seat(old)

    def test_goes_on_in_the_new_attempt_without_a_notice(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2", without=CALL)
        taken_over = session.resume(store, changed, "monday").attempt

        seat = session.choose(store, changed, taken_over.id, LEAVE, 3)

        assert (seat.attempt.scene, seat.notice) == ("harm", "")
        assert session.resume(store, changed, taken_over.id) == seat

    def test_finds_the_same_new_attempt_each_time_the_old_id_is_asked_for(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2", without=CALL)
        taken_over = session.resume(store, changed, "monday").attempt
        further = session.choose(store, changed, taken_over.id, LEAVE, 3).attempt

        assert session.resume(store, changed, "monday") == Seat(further, CHANGED)

    def test_keeps_a_whole_attempt_where_only_words_changed(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2")

        seat = session.resume(store, changed, "monday")

        assert seat.attempt == replace(old, id=seat.attempt.id, version="2")

    def test_starts_anew_and_stores_nothing_where_nothing_fits(self, store: Store) -> None:
        play(store, "monday", WAIT)
        changed = edited(SAMPLE, version="2", without=WAIT)

        seat = session.resume(store, changed, "monday")

        assert seat == Seat(start(changed, seat.attempt.id), CHANGED)
        assert store.record(seat.attempt.id) is None
        assert session.choose(store, changed, seat.attempt.id, LISTEN, 1).attempt.scene == "kitchen"

    def test_stores_no_choice_that_was_made_on_the_old_page(self, store: Store, old: Attempt) -> None:
        changed = edited(SAMPLE, version="2", without=CALL)

        seat = session.choose(store, changed, "monday", LEAVE, 3)

        assert (seat.notice, seat.attempt.scene) == (CHANGED, "kitchen")
        assert store.decisions(seat.attempt.id) == old.decisions[:2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), max_size=8))
def test_resuming_after_every_step_is_the_attempt_that_was_played(steps: list[tuple[int, bool, int]]) -> None:
    numbers = count(1)
    with closing(open_store(":memory:")) as store:
        attempt = session.begin(store, SAMPLE)
        for pick, is_double, sentences in steps:
            options = offered(SAMPLE, attempt)
            if options:
                choice, number = options[pick % len(options)].id, next(numbers)
                for _ in range(2 if is_double else 1):
                    attempt = session.choose(store, SAMPLE, attempt.id, choice, number).attempt
                attempt = session.keep(store, SAMPLE, attempt.id, [DOOR_SENTENCE, WOUND_SENTENCE][:sentences]).attempt

                assert session.resume(store, SAMPLE, attempt.id) == Seat(attempt)


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """One store for all examples of a property: each plays an attempt of its own."""
    with closing(open_store(":memory:")) as store:
        yield store


@settings(deadline=None)
@given(scenario=scenarios(), picks=st.lists(st.integers(0, 5), max_size=8))
def test_any_attempt_at_any_scenario_resumes_as_it_was_left(
    shared: Store, scenario: Scenario, picks: list[int]
) -> None:
    attempt = session.begin(shared, scenario)

    for number, pick in enumerate(picks, 1):
        options = offered(scenario, attempt)
        if options:
            attempt = session.choose(shared, scenario, attempt.id, options[pick % len(options)].id, number).attempt

    attempt = session.keep(shared, scenario, attempt.id, ["s0:1", "s1:1", "s2:1"]).attempt
    assert session.resume(shared, scenario, attempt.id) == Seat(attempt)
    assert attempt == replace(replay(scenario, attempt.id, attempt.decisions), kept=attempt.kept)


@settings(deadline=None)
@given(scenario=scenarios(), picks=st.lists(st.integers(0, 5), min_size=1, max_size=8), number=st.integers(0, 8))
def test_any_earlier_moment_of_any_attempt_can_be_played_on_from(
    shared: Store, scenario: Scenario, picks: list[int], number: int
) -> None:
    attempt = session.begin(shared, scenario)
    for at, pick in enumerate(picks, 1):
        if options := offered(scenario, attempt):
            attempt = session.choose(shared, scenario, attempt.id, options[pick % len(options)].id, at).attempt

    seat = session.branch(shared, scenario, attempt.id, number)

    made = attempt.decisions
    assert seat.attempt.decisions == made[: number if number < len(made) else None]
    assert (seat.attempt.id == attempt.id) == (number >= len(made))
    if seat.attempt.decisions:
        assert session.resume(shared, scenario, seat.attempt.id) == seat
    assert session.resume(shared, scenario, attempt.id).attempt.decisions == made
