"""A cmi5 package follows its schema, and names what the server has and where."""

import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from tests.cases import NAMES, SCENARIOS, setting

from casework import library
from casework.cli import main
from casework.export.course import FILE, NAMESPACE, package, structure

HOME = "https://training.example.org/"
SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "cmi5" / "CourseStructure.xsd"))
IN = {"c": NAMESPACE}


@cache
def cases() -> tuple[library.Case, ...]:
    return tuple(library.open_case(path, is_checked=True) for path in library.notebooks(SCENARIOS))


def test_the_structure_of_all_cases_follows_the_schema() -> None:
    SCHEMA.validate(structure(cases(), HOME).decode())


@pytest.mark.parametrize("name", NAMES)
def test_a_case_alone_follows_the_schema_and_says_all_that_is_needed_to_launch_it(name: str) -> None:
    scenario = setting(name).scenario
    found = structure([case for case in cases() if case.scenario == scenario], HOME)
    SCHEMA.validate(found.decode())

    (unit,) = ElementTree.fromstring(found).findall("c:au", IN)
    assert unit.attrib == {
        "id": f"{HOME}cmi5/au/{name}",
        "moveOn": "Completed",
        "launchMethod": "OwnWindow",
        "activityType": "http://adlnet.gov/expapi/activities/simulation",
    }
    assert unit.findtext("c:url", namespaces=IN) == f"{HOME}cmi5/{name}"
    assert unit.findtext("c:title/c:langstring", namespaces=IN) == scenario.title
    assert {one.get("lang") for one in unit.iter(f"{{{NAMESPACE}}}langstring")} == {scenario.language}


def test_the_schema_notices_what_is_wrong() -> None:
    found = structure(cases()[:1], HOME).decode()

    for wrong in (("Completed", "Finished"), ("<url>", "<link>"), (NAMESPACE, "https://example.org/")):
        assert not SCHEMA.is_valid(
            found.replace(*wrong).replace("</url>", "</link>" if "<link>" in wrong else "</url>")
        )


def test_no_two_units_have_one_id() -> None:
    ids = [each.get("id") for each in ElementTree.fromstring(structure(cases(), HOME)).iter() if each.get("id")]

    assert len(set(ids)) == len(ids) == len(NAMES) + 1


def test_the_zip_holds_the_structure_at_its_root_and_is_the_same_each_time(tmp_path: Path) -> None:
    target = tmp_path / "course.zip"

    assert main(["export", "cmi5", str(SCENARIOS), "--home", HOME[:-1], "-o", str(target)]) == 0

    with zipfile.ZipFile(target) as zipped:
        assert zipped.namelist() == [FILE]
        SCHEMA.validate(zipped.read(FILE).decode())
    assert target.read_bytes() == package(structure(cases(), HOME))


def test_a_bare_structure_has_whole_addresses(tmp_path: Path) -> None:
    target = tmp_path / "cmi5.xml"

    assert main(["export", "cmi5", str(SCENARIOS / "leo.ipynb"), "--home", HOME, "-o", str(target)]) == 0

    urls = [each.text or "" for each in ElementTree.parse(target).iter(f"{{{NAMESPACE}}}url")]
    assert urls == [f"{HOME}cmi5/leo"]


def test_words_of_an_author_stay_words() -> None:
    from dataclasses import replace

    case = replace(cases()[0], scenario=replace(setting(NAMES[0]).scenario, title='</title><au id="x"/> & "wie"?'))

    found = structure([case], HOME)

    SCHEMA.validate(found.decode())
    assert len(ElementTree.fromstring(found).findall("c:au", IN)) == 1


def test_a_case_that_cannot_be_played_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.ipynb").write_text("{}", "utf-8")

    assert main(["export", "cmi5", str(tmp_path), "--home", HOME, "-o", str(tmp_path / "c.zip"), "--lang", "en"]) == 2
    assert "casework check says why" in capsys.readouterr().err
    assert main(["export", "cmi5", str(tmp_path / "none"), "--home", HOME, "-o", str(tmp_path / "c.zip")]) == 2
    assert not (tmp_path / "c.zip").exists()
