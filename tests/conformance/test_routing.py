"""Where to go: the table of routes, in situations, per protocol and per region."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conformance.conftest import NAMES, read_shipped
from tests.conformance.house import PARENT, ROUTE, WHOLE

from casework.conformance import Age, Circumstance, Danger, Protocol, Relation, Situation, parse, routes
from casework.conformance.regions import parse_regions
from casework.conformance.routing import consent

SHIPPED = read_shipped()
TABLE = (
    *("danger-now", "minor", "minor-guardian", "adult-circle", "adult-live-in", "adult-acquaintance", "adult-outside"),
    *("adult-outside-danger", "place-only", "children-of-client", "sexual-violence", "no-residence", "eu-citizen"),
    *("reception", "suspect", "many-problems", "counting", "citizen"),
)
NOW, NEAR = Danger.NOW, Danger.NEAR
KIM, CHILD, ADULT = Age.FROM_16, Age.FROM_12, Age.ADULT
situations = st.builds(
    Situation,
    age=st.none() | st.sampled_from(Age),
    relation=st.none() | st.sampled_from(Relation),
    danger=st.sampled_from(Danger),
    has_consent=st.booleans(),
    also=st.frozensets(st.sampled_from(Circumstance)),
)


def also(*circumstances: Circumstance) -> frozenset[Circumstance]:
    """Return these circumstances together."""
    return frozenset(circumstances)


def test_every_row_of_the_table_is_a_route_in_the_tables_order() -> None:
    assert tuple(route.id for route in SHIPPED["meldcode"].routes) == TABLE


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (Situation(CHILD), "minor counting"),
        (Situation(CHILD, Relation.EMPLOYER), "minor counting"),
        (Situation(CHILD, Relation.FAMILY, NOW), "danger-now minor counting"),
        (Situation(KIM, also=also(Circumstance.SEXUAL_VIOLENCE)), "minor sexual-violence counting"),
        (Situation(KIM, also=also(Circumstance.UNACCOMPANIED)), "minor minor-guardian counting"),
        (Situation(KIM, None, NOW, also=also(Circumstance.GUARDIANSHIP)), "danger-now minor minor-guardian counting"),
        (Situation(KIM, also=also(Circumstance.RECEPTION)), "minor minor-guardian reception counting"),
        (Situation(KIM, also=also(Circumstance.CITIZEN)), "citizen"),
        (Situation(ADULT, Relation.FAMILY), "adult-circle counting"),
        (Situation(ADULT, Relation.HOUSEMATE, NEAR), "adult-circle counting"),
        (Situation(ADULT, Relation.PARTNER, NOW), "danger-now adult-circle counting"),
        (Situation(ADULT, Relation.CARER), "adult-circle counting"),
        (Situation(ADULT, Relation.LIVE_IN), "adult-live-in adult-outside counting"),
        (Situation(ADULT, Relation.ACQUAINTANCE), "adult-acquaintance counting"),
        (Situation(ADULT, Relation.EMPLOYER), "adult-outside counting"),
        (Situation(ADULT, Relation.AGENCY, NEAR), "adult-outside adult-outside-danger counting"),
        (Situation(ADULT, Relation.AGENCY, NEAR, has_consent=True), "adult-outside counting"),
        (Situation(ADULT, Relation.NETWORK, NOW), "danger-now adult-outside adult-outside-danger counting"),
        (Situation(ADULT, Relation.STRANGER, NOW, has_consent=True), "danger-now adult-outside counting"),
        (Situation(ADULT, Relation.EMPLOYER, also=also(Circumstance.PLACE_ONLY)), "adult-outside place-only counting"),
        (
            Situation(ADULT, Relation.FAMILY, also=also(Circumstance.CHILDREN)),
            "adult-circle children-of-client counting",
        ),
        (
            Situation(ADULT, Relation.EMPLOYER, also=also(Circumstance.NO_RESIDENCE, Circumstance.SUSPECT)),
            "adult-outside no-residence suspect counting",
        ),
        (
            Situation(ADULT, Relation.EMPLOYER, also=also(Circumstance.EU_CITIZEN, Circumstance.MANY_PROBLEMS)),
            "adult-outside eu-citizen many-problems counting",
        ),
        (Situation(), "counting"),
    ],
)
def test_a_situation_has_these_routes_in_this_order(situation: Situation, expected: str) -> None:
    assert [route.id for route in routes(SHIPPED["meldcode"], situation)] == expected.split()


@given(st.sampled_from(NAMES), situations)
def test_routes_keep_the_order_of_the_table(name: str, situation: Situation) -> None:
    found = [route.id for route in routes(SHIPPED[name], situation)]

    assert found == [route.id for route in SHIPPED[name].routes if route.id in found]


@given(st.sampled_from(NAMES), situations)
def test_danger_of_this_minute_is_answered_first_whatever_else_is_the_case(name: str, situation: Situation) -> None:
    found = [route.id for route in routes(SHIPPED[name], situation)]

    assert (found[:1] == ["danger-now"]) is (situation.danger is NOW)


@given(st.sampled_from(NAMES), situations)
def test_someone_under_18_always_has_a_way_to_veilig_thuis(name: str, situation: Situation) -> None:
    found = " ".join(route.to.en for route in routes(SHIPPED[name], situation))

    assert situation.age in (None, ADULT) or "Veilig Thuis" in found


@given(situations)
def test_police_without_consent_is_a_route_only_near_danger(situation: Situation) -> None:
    found = [route.id for route in routes(SHIPPED["meldcode"], situation)]

    if "adult-outside-danger" in found:
        assert situation.danger in (NOW, NEAR)
        assert not situation.has_consent
        assert situation.age is ADULT


def test_a_doctor_goes_to_the_police_unasked_only_in_acute_danger() -> None:
    found = {route.id: route for route in SHIPPED["meldcode-artsen"].routes}

    assert "acute danger" in found["adult-outside-danger"].to.en
    assert found["adult-outside-danger"].source[0] == "S97"
    assert tuple(found) == TABLE


def test_at_the_coa_everyone_lives_in_reception() -> None:
    found = [route.id for route in routes(SHIPPED["meldcode-coa"], Situation(KIM))]

    assert found == ["minor", "minor-guardian", "reception", "counting"]


@pytest.mark.parametrize("name", NAMES)
def test_no_profession_loses_a_route(name: str) -> None:
    # An age or a relation may turn out to be another than it seemed, also where a scope does not expect it.
    assert tuple(route.id for route in SHIPPED[name].routes) == TABLE


@pytest.mark.parametrize("name", NAMES)
def test_every_route_and_age_speaks_both_languages_and_is_dated(name: str) -> None:
    for route in SHIPPED[name].routes:
        for text in (route.title, route.to, route.ground):
            assert text.nl != text.en
        assert (route.since is None) is not (route.read is None)
        assert date(2003, 1, 1) <= (route.since or route.read or date.min) <= date(2026, 12, 31)
    for row in SHIPPED[name].consent:
        for text in (row.sharing, row.signature, row.parents):
            assert text.nl != text.en


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_row_for_every_age(name: str) -> None:
    assert [row.age for row in SHIPPED[name].consent] == list(Age)
    for age in Age:
        found = consent(SHIPPED[name], age)
        assert found is not None
        assert found.age is age


def test_a_protocol_without_ages_says_nothing_of_them() -> None:
    assert consent(parse(PARENT, {}), ADULT) is None


@pytest.mark.parametrize(
    ("years", "age"),
    [(0, "under-12"), (11, "under-12"), (12, "12-15"), (15, "12-15"), (16, "16-17"), (17, "16-17"), (18, "18+")],
)
def test_an_age_in_years_has_a_band(years: int, age: str) -> None:
    assert Age.of(years) == age


def test_a_child_replaces_a_route_leaves_one_out_and_adds_one() -> None:
    house = parse(WHOLE.replace(ROUTE, ROUTE + ROUTE.replace("stay", "go")), {})
    other = ROUTE.replace("Blijf.", "Blijf nog.")
    text = 'id = "flat"\nextends = "house"\nscope = { nl = "Flat.", en = "The flat." }\nwithout_routes = ["go"]\n'

    child = parse(text + other + ROUTE.replace("stay", "wait"), {"house": house})

    assert [(route.id, route.to.nl) for route in child.routes] == [("stay", "Blijf nog."), ("wait", "Blijf.")]
    assert child.consent == house.consent


REGIONS = """
[[regions]]
id = "midden"
names = { nl = "Midden", en = "The Middle" }
reporting = "veilig-thuis"
to = { nl = "Veilig Thuis Midden.", en = "Veilig Thuis Middle." }
source = ["S21"]
read = 2026-03-01

[[regions]]
id = "kust"
names = { nl = "Aan de kust", en = "The coast" }
reporting = "care-coordinator"
replaces = ["adult-outside", "adult-circle"]
when = { ages = ["18+"] }
to = { nl = "De zorgcoördinator aan de kust.", en = "The care coordinator at the coast." }
source = ["S61"]
read = 2024-05-01
"""


@pytest.mark.parametrize(
    ("region", "situation", "expected"),
    [
        ("midden", Situation(CHILD), "minor region-midden counting"),
        ("midden", Situation(CHILD, None, NOW), "danger-now region-midden minor counting"),
        ("kust", Situation(CHILD), "minor counting"),
        ("kust", Situation(ADULT, Relation.EMPLOYER), "region-kust counting"),
        (
            "kust",
            Situation(ADULT, Relation.EMPLOYER, NOW),
            "danger-now region-kust adult-outside-danger counting",
        ),
        ("kust", Situation(ADULT, Relation.ACQUAINTANCE), "adult-acquaintance region-kust counting"),
    ],
)
def test_a_region_adds_its_own_route_or_puts_it_in_the_place_of_others(
    region: str, situation: Situation, expected: str
) -> None:
    found = routes(SHIPPED["meldcode"], situation, parse_regions(REGIONS)[region])

    assert [route.id for route in found] == expected.split()


def test_no_region_is_shipped(shipped: Mapping[str, Protocol]) -> None:
    for protocol in shipped.values():
        assert not [route for route in protocol.routes if route.id.startswith("region-")]
