"""Every case that comes with casework can be played by a room, on the road of the experienced colleague."""

import pytest
from tests.cases import DUTCH, setting
from tests.export.evening import PEOPLE, press, vote

from casework import room
from casework.play.dissent import OFF
from casework.play.expert import expert
from casework.play.workshop import Act
from casework.room import Knock
from casework.scenario.model import Ending
from casework.store import Store


@pytest.mark.parametrize("name", DUTCH)
def test_a_room_votes_its_way_to_a_good_ending_and_what_is_told_on_the_way_is_sound(store: Store, name: str) -> None:
    case = setting(name)
    scenario, protocol = case.scenario, case.protocol
    card = room.open_session(store, scenario, protocol)
    room.joins(store, [Knock(card.code, one, one) for one in PEOPLE])

    for choice in expert(scenario, protocol) or ():
        press(store, scenario, card.id, Act.ASK)
        vote(store, scenario, card.id, (1, 6, 3))
        for act in (Act.REVEAL, Act.RULES):
            press(store, scenario, card.id, act)
        told = room.notes(store, scenario, protocol, card.id)
        assert told.room.results[0].voters == len(PEOPLE)
        assert told.dissent is not None
        assert told.dissent.weighed <= told.dissent.entropy
        assert set(told.flagged) <= {each.choice for each in told.room.said if each.mark in OFF}
        assert told.note
        press(store, scenario, card.id, Act.FOLLOW, choice)

    end = room.recall(store, scenario, card.id).attempt.scene
    assert scenario.scene(end).ending is Ending.GOOD
