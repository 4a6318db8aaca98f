"""A whole evening with a case that comes with casework, from the first vote to the report."""

from contextlib import closing
from datetime import date
from functools import cache
from itertools import cycle

from tests.cases import SCENARIOS, setting

from casework import library, room
from casework.export.report import Gathered, report
from casework.play.attempt import offered
from casework.play.workshop import Act, Event, Phase, allowed
from casework.room import Form, Knock, Slip
from casework.scenario.model import Scenario
from casework.store import Store, open_store

PEOPLE = tuple(f"phone {number}" for number in range(34))
HELP = "Een vast moment om te overleggen"


def press(store: Store, scenario: Scenario, session_id: str, act: Act, subject: str = "") -> None:
    number = room.recall(store, scenario, session_id).number + 1
    room.do(store, scenario, session_id, Event(number, act, subject))


def vote(store: Store, scenario: Scenario, session_id: str, weights: tuple[int, ...]) -> None:
    """Let every phone vote, spread over the options as weighed."""
    here = room.recall(store, scenario, session_id)
    options = here.here[-1].options
    spread = cycle([option for option, weight in zip(options, weights, strict=False) for _ in range(weight)])
    slips = [Slip(one, here.open_round, 1, choice, is_sure=True) for one, choice in zip(PEOPLE, spread, strict=False)]
    room.votes(store, scenario, session_id, slips)


def play(store: Store, name: str = "milan") -> str:
    """Return the code of a session that was played to an ending, with two votes in each scene, and ended."""
    case = setting(name)
    scenario = case.scenario
    card = room.open_session(store, scenario, case.protocol)
    for one in PEOPLE:
        room.join(store, Knock(card.code, one, one))
    while offered(scenario, room.recall(store, scenario, card.id).attempt):
        _scene(store, scenario, card.id)
    press(store, scenario, card.id, Act.GATHER)
    for number, text in enumerate(("Te weinig tijd", "Wie belt er <b>eerst</b>?", "Geen tijd"), 1):
        room.hand_in(store, scenario, card.id, Form(PEOPLE[0], number, text, HELP))
    found = {each.bottleneck.text: each.bottleneck for each in room.bottlenecks(store, scenario, card.id)}
    first, third = found["Te weinig tijd"], found["Geen tijd"]
    room.merge(store, card.id, first.id, [third.id])
    press(store, scenario, card.id, Act.WEIGH)
    for one in PEOPLE[:7]:
        room.weigh(store, scenario, card.id, one, first.id, 1, 2)
    press(store, scenario, card.id, Act.END)
    return card.code


def _scene(store: Store, scenario: Scenario, session_id: str) -> None:
    here = room.recall(store, scenario, session_id)
    best = offered(scenario, here.attempt)[-1].id
    if Act.ASK in allowed(scenario, here):
        for weights in ((3, 1, 1), (1, 6, 3)):
            press(store, scenario, session_id, Act.ASK)
            vote(store, scenario, session_id, weights)
            press(store, scenario, session_id, Act.REVEAL)
            press(store, scenario, session_id, Act.RULES)
        if not here.detours:
            press(store, scenario, session_id, Act.VISIT, offered(scenario, here.attempt)[0].id)
            press(store, scenario, session_id, Act.RETURN)
    press(store, scenario, session_id, Act.FOLLOW, best)


@cache
def page(language: str = "nl") -> str:
    """Return the report of an evening with Milan, in Dutch or English."""
    edition = "milan" if language == "nl" else f"milan.{language}"
    case = library.open_case(SCENARIOS / f"{edition}.ipynb", is_checked=True)
    assert case.scenario
    assert case.protocol
    with closing(open_store(":memory:")) as store:
        card = store.sessions.found(play(store))
        assert card
        assert room.recall(store, case.scenario, card.id).phase is Phase.ENDED
        gathered = Gathered(
            date(2026, 1, 5),
            room.minutes(store, case.scenario, case.protocol, card.id),
            room.bottlenecks(store, case.scenario, card.id),
            library.source_titles(language),
        )
        return report(case.scenario, case.protocol, gathered)
