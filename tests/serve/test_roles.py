"""Who may open what: everybody plays, and who leads a group says the token once."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jupyter_server.auth.identity import User

from casework.serve.dashboards import Role
from casework.serve.forking.environment import scrubbed
from casework.serve.roles import ALL, KERNELS, OPEN, Rights, is_same, roles, signing
from casework.serve.tries import FORGOTTEN, FREE, LONGEST_WAIT, MOST, Tries, pause

TOKEN = "a-token-of-this-house"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def wrong(tries: Tries, address: str, times: int) -> None:
    for _ in range(times):
        tries.failed(address)


@pytest.mark.parametrize(
    ("who", "resource", "may"),
    [
        (Role.TRAINEE, Role.TRAINEE, True),
        (Role.TRAINEE, Role.FACILITATOR, False),
        (Role.TRAINEE, Role.AUTHOR, False),
        (Role.TRAINEE, KERNELS, True),
        (Role.TRAINEE, "contents", False),
        (Role.FACILITATOR, Role.FACILITATOR, True),
        (Role.FACILITATOR, Role.AUTHOR, True),
        (Role.FACILITATOR, KERNELS, True),
        (Role.FACILITATOR, "contents", False),
    ],
)
def test_a_visitor_may_open_what_is_for_this_role(who: Role, resource: str, may: bool) -> None:
    assert Rights().is_authorized(None, User(who), "read", resource) is may


def test_whoever_is_not_the_facilitator_is_a_trainee() -> None:
    assert roles(User("author")) == roles(User("anything")) == OPEN
    assert roles(User(Role.FACILITATOR)) == ALL


@given(some.text())
def test_only_the_token_is_the_token(said: str) -> None:
    assert is_same(TOKEN, said) is (said.strip() == TOKEN)


def test_a_token_that_was_copied_with_the_space_behind_it_opens_the_door() -> None:
    assert is_same(TOKEN, f" {TOKEN}\n")


def test_cookies_hold_on_every_server_with_this_token_and_on_no_other() -> None:
    assert signing(TOKEN) == signing(TOKEN)
    assert signing(TOKEN) != signing(TOKEN + "!")
    assert TOKEN.encode() not in signing(TOKEN)


def test_no_kernel_is_told_the_token() -> None:
    assert scrubbed({"CASEWORK_TOKEN": TOKEN, "CASEWORK_LANGUAGE": "nl"}) == {"CASEWORK_LANGUAGE": "nl"}


def test_a_few_wrong_tries_cost_nothing_and_then_each_costs_more() -> None:
    clock = Clock()
    tries = Tries(clock)

    wrong(tries, "one", FREE - 1)
    assert tries.wait("one") == 0
    waits = []
    for _ in range(8):
        tries.failed("one")
        waits.append(tries.wait("one"))

    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    clock.now += 59
    assert tries.wait("one") == 1
    clock.now += 1
    assert tries.wait("one") == 0


def test_who_guesses_keeps_nobody_else_out() -> None:
    tries = Tries(Clock())

    wrong(tries, "one", 20)

    assert tries.wait("another") == 0


def test_who_was_right_in_the_end_begins_anew_and_so_does_who_stopped_trying() -> None:
    clock = Clock()
    tries = Tries(clock)
    wrong(tries, "right", FREE)
    wrong(tries, "stopped", FREE)

    tries.passed("right")
    clock.now += FORGOTTEN
    tries.failed("right")
    tries.failed("stopped")

    assert tries.wait("right") == tries.wait("stopped") == 0


def test_a_flood_from_many_addresses_does_not_fill_the_memory_and_keeps_the_latest() -> None:
    tries = Tries(Clock())

    for number in range(MOST + 50):
        tries.failed(str(number))
    wrong(tries, str(MOST + 49), FREE - 1)

    assert len(tries._past) == MOST
    assert tries.wait(str(MOST + 49)) > 0
    assert tries.wait("0") == 0


@given(some.integers(0, 10**6))
def test_a_pause_grows_and_has_an_end(wrong: int) -> None:
    assert 0 <= pause(wrong) <= pause(wrong + 1) <= LONGEST_WAIT
