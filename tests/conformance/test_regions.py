"""What a region arranges otherwise, read from its file."""

from datetime import date

import pytest
from tests.conformance.test_routing import REGIONS

from casework.conformance.regions import Reporting, find_region, parse_regions, stale
from casework.errors import ProtocolInvalid, RegionUnknown


def test_a_region_says_who_takes_reports_and_when_that_was_read() -> None:
    coast = parse_regions(REGIONS)["kust"]

    assert coast.reporting is Reporting.CARE_COORDINATOR
    assert coast.route.to.in_("en") == "The care coordinator at the coast."
    assert coast.route.title.in_("nl") == "Uw regio: Aan de kust"
    assert coast.route.read == date(2024, 5, 1)
    assert coast.replaces == ("adult-outside", "adult-circle")


@pytest.mark.parametrize("name", ["kust", "KUST", "aan de kust", "The Coast"])
def test_a_region_is_found_by_its_id_and_both_its_names(name: str) -> None:
    assert find_region(parse_regions(REGIONS), name).id == "kust"


def test_an_unknown_region_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(RegionUnknown) as caught:
        find_region(parse_regions(REGIONS), "bergen")

    assert caught.value.complaint.in_("nl") == "regio 'bergen' is er niet; wel: midden, kust"
    assert str(caught.value) == "there is no region 'bergen'; there is: midden, kust"


def test_without_regions_an_unknown_one_is_refused_all_the_same() -> None:
    with pytest.raises(RegionUnknown) as caught:
        find_region({}, "bergen")

    assert caught.value.complaint.in_("nl") == "regio 'bergen' is er niet; wel: geen enkele"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 5, 1), []), (date(2024, 5, 2), ["kust"]), (date(2026, 6, 1), ["midden", "kust"])],
)
def test_what_was_read_before_a_day_is_stale(day: date, expected: list[str]) -> None:
    assert [region.id for region in stale(parse_regions(REGIONS), day)] == expected


WRONG = [
    ("read = 2026-03-01\n", "", "read", "'read' ontbreekt; schrijf bijvoorbeeld: read = 2019-01-01"),
    ('source = ["S21"]\n', "", "source", "'source' ontbreekt; schrijf bijvoorbeeld: source = [\"S6\"]"),
    (', en = "Veilig Thuis Middle."', "", "to.en", "'to': 'en' ontbreekt; schrijf bijvoorbeeld: en = \"...\""),
    ('"veilig-thuis"', '"veiligthuis"', "reporting", "'reporting' is 'veiligthuis'; bedoelde u 'veilig-thuis'?"),
    ('id = "kust"', 'id = "midden"', "id", "deze id komt twee keer voor; geef een van de twee een andere"),
]


@pytest.mark.parametrize(("old", "new", "key", "nl"), WRONG, ids=[row[2] for row in WRONG])
def test_a_wrong_file_is_told_what_to_mend(old: str, new: str, key: str, nl: str) -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse_regions(REGIONS.replace(old, new, 1), "regions.toml")

    first = caught.value.complaints[0]
    assert (caught.value.file, first.key, first.in_("nl")) == ("regions.toml", key, f"regio 'midden': {nl}")


def test_another_table_is_refused() -> None:
    with pytest.raises(ProtocolInvalid) as caught:
        parse_regions("[[region]]", "regions.toml")

    assert [each.in_("nl") for each in caught.value.complaints] == ["'region' hoort hier niet; bedoelde u 'regions'?"]


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ProtocolInvalid, match=r"protocol 'regions\.toml': line 1 cannot be read"):
        parse_regions("[[", "regions.toml")
