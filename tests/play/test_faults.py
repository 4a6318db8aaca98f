"""Seeded faults: a good case is spoilt in one place, and the proofs must say so, at that place and nowhere else.

What they say is held against the oracle, which plays every attempt there is: nothing may be missing and nothing too
much; each road must lead to what it shows, and none may be shorter.
"""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.cases import decided
from tests.play.faults import FAULTS, FILES, Fault, compiled, good, spoilt
from tests.play.oracle import Oracle, TooMany, about, all_futures, all_roads
from tests.play.slips import protocols, slipped, stories

from casework.conformance.model import Protocol
from casework.play.attempt import has_ended, replay
from casework.play.explore import Road
from casework.play.prove import prove, road_to
from casework.scenario.catalogue.proofs import ROWS
from casework.scenario.diagnostics import Remark
from casework.scenario.model import Scenario

SMALL = ("milan", "new")
"""The cases of which every attempt can be played within a second."""
OF_AN_ENDING = {"norm-never-kept", "advice-never-kept"}
"""Their road leads to an ending; they stand where the rule is first at issue."""


# ---- faults that an author could make


@pytest.mark.parametrize("case", FILES)
def test_nothing_is_found_in_a_good_case(case: str) -> None:
    assert prove(*good(case)).findings == ()


def test_every_property_is_spoilt_somewhere() -> None:
    assert {fault.slug for fault in FAULTS} == {row.slug for row in ROWS} | {"missing-consequence"}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_found_in_its_cell(fault: Fault) -> None:
    text = spoilt(fault)

    found = [said for said in prove(*compiled(text)).findings if said.slug == fault.slug]

    cells = [text.cells[said.cell - 1] for said in found if said.cell]
    lines = [cell.text.split("\n")[said.line - 1] for cell, said in zip(cells, found, strict=False) if said.line]
    assert fault.cell in ({cell.id for cell in cells} or {""})
    assert not fault.at or any(fault.at in line for line in lines)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.case in SMALL], ids=str)
def test_what_is_found_in_a_spoilt_case_is_what_playing_every_attempt_finds(fault: Fault) -> None:
    scenario, protocol = compiled(spoilt(fault))

    assert_true(scenario, protocol, all_futures(scenario, protocol))


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.case not in SMALL], ids=str)
def test_the_road_of_a_finding_in_a_long_case_can_be_played(fault: Fault) -> None:
    scenario, protocol = compiled(spoilt(fault))

    for said in prove(scenario, protocol).findings:
        assert replay(scenario, "a", decided(said.road))
        attempt = replay(scenario, "a", decided(shown_by(said)))
        is_there = scenario.scene(attempt.scene).cell == said.cell
        assert is_there or not said.road or said.slug in OF_AN_ENDING
        assert said.slug not in OF_AN_ENDING or has_ended(scenario, attempt)


# ---- faults at random


@pytest.mark.parametrize("case", SMALL)
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_after_any_slip_all_that_is_found_is_true(case: str, data: st.DataObject) -> None:
    scenario, protocol = data.draw(slipped(case)), good(case)[1]

    assert_true(scenario, protocol, played(scenario, protocol))


@given(stories(can_circle=False), protocols)
def test_what_is_proved_is_what_playing_every_road_shows(scenario: Scenario, protocol: Protocol) -> None:
    oracle = all_roads(scenario, protocol)

    assert_true(scenario, protocol, oracle)
    assert_reached(scenario, protocol, oracle)
    assert prove(scenario, protocol).roads == len(oracle.ended)


@given(stories(can_circle=True), protocols)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_it_is_so_too_where_roads_run_in_circles(scenario: Scenario, protocol: Protocol) -> None:
    oracle = played(scenario, protocol)

    assert_true(scenario, protocol, oracle)
    assert_reached(scenario, protocol, oracle)


def played(scenario: Scenario, protocol: Protocol) -> Oracle:
    """Return the oracle, unless the story has more attempts than a test can wait for."""
    try:
        return all_futures(scenario, protocol)
    except TooMany:
        assume(condition=False)
        raise


# ---- against playing


def assert_true(scenario: Scenario, protocol: Protocol, oracle: Oracle) -> None:
    """Check all that is proved of a scenario against playing it: what is found, each road, and that none is shorter."""
    proof = prove(scenario, protocol)
    wanted = oracle.findings()
    found = {about(remark): remark for remark in proof.findings}

    assert len(found) == len(proof.findings)
    assert set(found) == set(wanted)
    for name, remark in found.items():
        assert_shown(oracle, remark, wanted[name])


def assert_reached(scenario: Scenario, protocol: Protocol, oracle: Oracle) -> None:
    """Check how each rule can stand at an ending, the shortest roads to it, and whether some road keeps all norms."""
    proof = prove(scenario, protocol)

    for reach in proof.rules:
        broken = set(oracle.broken(oracle.ended, reach.rule))
        for is_kept, is_possible, places in (
            (True, reach.is_kept, set(oracle.ended) - broken),
            (False, reach.is_broken, broken),
        ):
            road = road_to(scenario, protocol, reach.rule.id, is_kept=is_kept)
            assert (road is not None) == is_possible == bool(places)
            if road is not None:
                assert oracle.follow(road) in places
                assert len(road) == min(oracle.met[place].depth for place in places)
    assert (proof.best is not None) == bool(oracle.sound)
    assert proof.best is None or oracle.follow(proof.best) in oracle.sound


def assert_shown(oracle: Oracle, remark: Remark, shown: list[int]) -> None:
    """Check that a finding's road leads to an attempt that shows it, in its cell, and that none is nearer."""
    if not shown:
        assert remark.road == ()
        return
    oracle.follow(remark.road)
    place = oracle.follow(shown_by(remark))
    assert place in shown
    assert len(shown_by(remark)) == min(oracle.met[each].depth for each in shown)
    assert remark.slug in OF_AN_ENDING or oracle.cell(place) == remark.cell


def shown_by(remark: Remark) -> Road:
    """Return the road to where a finding can be seen; a choice that says nothing is shown by taking it, one step on."""
    return remark.road[:-1] if remark.slug == "missing-consequence" else remark.road
