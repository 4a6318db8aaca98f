"""`casework protocol`: comparing, topics and routes, and the exit code that another program would read."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.cli import main
from tests.conformance.conftest import NAMES
from tests.conformance.test_routing import REGIONS
from tests.protocols import CLEAN, UNUSABLE, Captured, as_json, put_protocols, run


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return a folder with protocols of its own."""
    return put_protocols(tmp_path)


# ---- compare ----


def test_a_comparison_is_a_table_with_a_protocol_on_each_side(capsys: Captured) -> None:
    code, shown, _ = run(capsys, "compare", "meldcode-sociaal-werk", "methode-sociaal-werk", "--lang", "en")

    lines = [line.split() for line in shown.splitlines()]
    assert code == CLEAN
    assert lines[0] == ["what", "field", "meldcode-sociaal-werk", "methode-sociaal-werk"]
    assert ["rule", "facts-recorded", "severity", "norm", "advice"] in lines


@pytest.mark.parametrize(("language", "words"), [("nl", ("niet", "advies:")), ("en", ("not there", "advice:"))])
def test_what_only_one_has_is_not_on_the_other_side(language: str, words: tuple[str, str], capsys: Captured) -> None:
    _, shown, _ = run(capsys, "compare", "meldcode", "meldcode-coa", "--lang", language)

    line = next(line for line in shown.splitlines() if "coa-guardian" in line)
    assert words[0] in line
    assert words[1] in line


def test_of_a_list_only_the_difference_is_shown(capsys: Captured) -> None:
    _, shown, _ = run(capsys, "compare", "meldcode", "meldcode-jeugd")

    cells = [re.split(r"\s{2,}", line) for line in shown.splitlines()]
    assert ["regel report-unsafety", "first", "de rest gelijk", "disclosure"] in cells
    assert ["regel report-unsafety", "unless", "outside-circle", "de rest gelijk"] in cells


def test_a_comparison_as_json_holds_whole_values(capsys: Captured) -> None:
    rows = as_json(capsys, "compare", "meldcode", "meldcode-artsen")

    found = {(row["kind"], row["id"], row["field"]): (row["one"], row["other"]) for row in rows}
    assert found["rule", "weighed", "since"] == ("2013-07-31", "2023-11-20")
    assert found["rule", "knmg-answer-weighed", ""][0] is None
    assert found["route", "danger-now", "source"] == (["S59"], ["S97", "S59"])


def test_a_protocol_beside_the_cases_is_compared_by_id_and_by_file(beside: Path, capsys: Captured) -> None:
    by_id = run(capsys, "compare", "house", "flat", "--scenarios", str(beside))
    by_file = run(capsys, "compare", str(beside / "house.toml"), str(beside / "flat.toml"))

    assert by_id == by_file
    assert "reikwijdte" in by_id[1]


def test_equal_protocols_do_not_differ(capsys: Captured) -> None:
    assert run(capsys, "compare", "meldcode", "meldcode")[1].strip() == "Er is geen verschil."


# ---- coverage ----


def test_coverage_shows_topics_as_rows_and_protocols_as_columns(capsys: Captured) -> None:
    code, shown, _ = run(capsys, "coverage", "meldcode", "meldcode-coa", "methode-sociaal-werk")

    rows = {line[:36].strip(): line[36:].split() for line in shown.splitlines()}
    assert code == CLEAN
    assert rows["Bedenktijd"] == ["genoemd", "advies", "advies"]
    assert rows["Toestemming"] == ["norm", "norm", "norm"]


def test_without_names_all_protocols_are_shown_with_those_beside(beside: Path, capsys: Captured) -> None:
    rows = as_json(capsys, "coverage", "--scenarios", str(beside))

    assert [row["protocol"] for row in rows] == sorted([*NAMES, "house", "flat"])
    own = next(row for row in rows if row["protocol"] == "house")
    assert own["topics"]["talk"] == {"grade": "advice", "rules": ["talked"]}
    assert own["topics"]["consent"] == {"grade": "lacking", "rules": []}


def test_a_broken_protocol_beside_is_named_and_the_others_are_shown(beside: Path, capsys: Captured) -> None:
    (beside / "bad.toml").write_text('id = "bad"\n', "utf-8")

    code, shown, complaint = run(capsys, "coverage", "house", "bad", "--scenarios", str(beside))

    assert code == UNUSABLE
    assert "ontbreekt" in shown
    assert complaint.startswith("casework protocol: bad.toml: 'scope' ontbreekt")


@pytest.mark.parametrize("words", [("compare", "meldcode", "x"), ("coverage", "x"), ("routes", "x")])
def test_an_unknown_protocol_is_refused_with_the_nearest_or_all(words: tuple[str, ...], capsys: Captured) -> None:
    code, _, complaint = run(capsys, *words)

    assert code == UNUSABLE
    assert "x.toml: dit protocol is er niet; wel: " in complaint
    assert "meldcode-jeugd" in complaint


# ---- routes ----


def test_routes_come_in_order_with_ground_source_and_date(capsys: Captured) -> None:
    code, shown, _ = run(
        capsys, "routes", "meldcode-jeugd", "--age", "15", "--relation", "family", "--danger", "now", "--lang", "en"
    )

    titles = [line for line in shown.splitlines() if line[:1].isdigit()]
    assert code == CLEAN
    assert titles[:3] == [
        "1. Danger now (danger-now)",
        "2. Under 18 (minor)",
        "3. Registration with CoMensha (counting)",
    ]
    assert "S64; holds since 2015-01-01]" in shown
    assert titles[3] == "12-15:"


def test_who_decides_is_said_with_what_never_depends_on_it(capsys: Captured) -> None:
    _, shown, _ = run(capsys, "routes", "meldcode", "--age", "17")

    said = " ".join(shown.split("16-17:")[1].split())
    assert said.startswith("De jongere beslist zelf over delen.")
    assert "Melden bij Veilig Thuis hangt hier niet van af." in said


def test_circumstances_add_routes(capsys: Captured) -> None:
    words = ("--age", "30", "--relation", "employer", "--also", "no-residence", "suspect")

    found = as_json(capsys, "routes", "methode-sociaal-werk", *words)

    assert [route["id"] for route in found["routes"]] == ["adult-outside", "no-residence", "suspect", "counting"]
    assert found["consent"]["age"] == "18+"


def test_a_region_has_its_say_and_an_old_one_is_named(beside: Path, capsys: Captured) -> None:
    old = date.today() - timedelta(days=366)
    (beside / "regions.toml").write_text(REGIONS.replace("2024-05-01", str(old)), "utf-8")

    words = ("routes", "meldcode", "--age", "30", "--relation", "employer", "--region", "Aan de kust")
    code, shown, complaint = run(capsys, *words, "--scenarios", str(beside))

    assert code == CLEAN
    assert shown.startswith("1. Uw regio: Aan de kust (region-kust)\n   De zorgcoördinator aan de kust.\n")
    assert complaint == f"casework protocol: regio 'kust': gelezen op {old}; ga na of het nog klopt\n"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "regio 'bergen' is er niet; wel: midden, kust"),
        ("en", "there is no region 'bergen'; there is: midden, kust"),
    ],
)
def test_an_unknown_region_is_refused_with_the_ones_there_are(
    language: str, said: str, beside: Path, capsys: Captured
) -> None:
    words = ("routes", "meldcode", "--region", "bergen", "--regions", str(beside / "regions.toml"))

    code, _, complaint = run(capsys, *words, "--lang", language)

    assert code == UNUSABLE
    assert complaint == f"casework protocol: {said}\n"


def test_where_no_route_fits_the_questions_are_named(beside: Path, capsys: Captured) -> None:
    code, shown, _ = run(capsys, "routes", "house", "--scenarios", str(beside))

    assert code == CLEAN
    assert "--age" in shown


@pytest.mark.parametrize("years", ["-1", "121", "old", "15.5"])
def test_an_age_is_a_whole_number(years: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["protocol", "routes", "meldcode", f"--age={years}"])

    assert stopped.value.code == UNUSABLE
    assert "from 0 to 120" in capsys.readouterr().err
