"""A scene may be left out tonight where endings and rules still hold, and the proof says what would fail elsewhere."""

import pytest
from tests.cases import DUTCH, setting
from tests.samples import SAMPLE

from casework import library
from casework.play.explore import explore
from casework.play.omission import Omission, leave_out, omissions, without
from casework.play.prove import prove

MELDCODE = library.protocol("meldcode")


@pytest.mark.parametrize("name", DUTCH)
def test_without_a_scene_that_may_go_every_ending_and_rule_of_a_case_holds(name: str) -> None:
    scenario, protocol = setting(name).scenario, setting(name).protocol
    whole = prove(scenario, protocol)
    ends = {scene.id for scene in scenario.scenes if scene.ending is not None}

    for each in omissions(scenario, protocol):
        if each.is_sound:
            shorter = without(scenario, (*each.scenes, *each.gone))
            proof = prove(shorter, protocol)
            assert ends <= explore(shorter).scenes
            assert proof.best is not None
            assert [(r.is_at_stake, r.is_kept, r.is_broken) for r in proof.rules] == [
                (r.is_at_stake, r.is_kept, r.is_broken) for r in whole.rules
            ]


def test_what_would_fail_is_named() -> None:
    found = leave_out(SAMPLE, MELDCODE, ["kitchen"])

    assert found.gone == ("good", "harm")
    assert found.endings == ("good", "harm")
    assert "no-good-ending" in found.faults
    assert not found.is_sound
    assert set(found.reasons) >= {"good", "harm", "no-good-ending"}


def test_the_first_scene_always_stays() -> None:
    assert leave_out(SAMPLE, MELDCODE, ["door"]) == Omission(("door",), (), (), (), ("no-start",))


def test_a_scene_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(KeyError):
        leave_out(SAMPLE, MELDCODE, ["attic"])


def test_leaving_nothing_out_changes_nothing_and_anything_else_makes_another_version() -> None:
    assert without(SAMPLE, ()) is SAMPLE
    assert leave_out(SAMPLE, MELDCODE, ()) == Omission((), (), (), (), ())
    assert without(SAMPLE, ["harm"]).version != SAMPLE.version
    assert [choice.id for choice in without(SAMPLE, ["harm"]).scene("kitchen").choices] == ["kitchen/good"]
