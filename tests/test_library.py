"""What is on the shelf: cases, protocols beside them, pictures and sources."""

import base64
import json
from pathlib import Path

import pytest

from casework import library, notebook
from casework.conformance.monitor import judge
from casework.conformance.rules import Truth
from casework.errors import ProtocolInvalid
from casework.play.attempt import Attempt, decide, has_ended, offered, start
from casework.scenario.cells import Source
from casework.scenario.diagnostics import Severity
from casework.scenario.model import Ending, Picture, Scenario
from tests.scenario.examples import SCENE, a_case, compiled_remarks

SCENARIOS = Path(__file__).parents[1] / "scenarios"
CHILD = """\
id = "{id}"
extends = "{parent}"
scope = {{ nl = "Voor ons.", en = "For us." }}
"""


def put(folder: Path, name: str, source: Source) -> Path:
    path = folder / name
    path.write_text(notebook.dump(notebook.document(source)), "utf-8")
    return path


def case_of(folder: Path, scene: str = SCENE, **facts: str) -> library.Case:
    return library.open_case(put(folder, "sam.ipynb", a_case(scene, **facts)))


def test_a_bundled_protocol_is_found_with_its_parents() -> None:
    found = library.protocol("meldcode-verpleegkundigen")

    assert found.extends == "meldcode"
    assert found.has_activity("gesprek")


def test_a_protocol_beside_the_case_comes_first(tmp_path: Path) -> None:
    (tmp_path / "ons.toml").write_text(CHILD.format(id="ons", parent="meldcode"), "utf-8")

    case = case_of(tmp_path, Protocol="ons")

    assert case.protocol is not None
    assert case.protocol.scope.nl == "Voor ons."


def test_a_protocol_may_extend_another_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ons.toml").write_text(CHILD.format(id="ons", parent="hun"), "utf-8")
    (tmp_path / "hun.toml").write_text(CHILD.format(id="hun", parent="meldcode"), "utf-8")

    assert library.protocol("ons", tmp_path).has_activity("gesprek")


BAD = [
    ({"ons": "hun", "hun": "ons"}, "extends itself"),
    ({"ons": "niets"}, "does not exist"),
    ({}, "there is no such protocol"),
]


@pytest.mark.parametrize(("files", "reason"), BAD)
def test_a_bad_protocol_says_what_is_wrong(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    for name, parent in files.items():
        (tmp_path / f"{name}.toml").write_text(CHILD.format(id=name, parent=parent), "utf-8")

    with pytest.raises(ProtocolInvalid, match=reason):
        library.protocol("ons", tmp_path)


def test_a_protocol_must_be_called_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "ons.toml").write_text(CHILD.format(id="hun", parent="meldcode"), "utf-8")

    assert case_of(tmp_path, Protocol="ons").diagnostics[0].slug == "protocol-invalid"


@pytest.mark.parametrize("name", ["../meldcode", "/etc/passwd", "", ".", "meldcode.toml"])
def test_a_protocol_is_never_fetched_from_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProtocolInvalid):
        library.protocol(name, tmp_path)


def test_cases_are_sorted_and_checkpoints_stay_out(tmp_path: Path) -> None:
    for name in ("kim.ipynb", "ana.ipynb", "kim.en.ipynb", ".verborgen.ipynb"):
        put(tmp_path, name, a_case(SCENE))
    (tmp_path / ".ipynb_checkpoints").mkdir()
    put(tmp_path / ".ipynb_checkpoints", "kim-checkpoint.ipynb", a_case(SCENE))
    (tmp_path / "leeg.ipynb").write_text("")

    found = library.cases(tmp_path)

    assert [case.path.name for case in found] == ["ana.ipynb", "kim.en.ipynb", "kim.ipynb", "leeg.ipynb"]
    assert found[-1].scenario is None


def test_a_picture_becomes_an_address_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "kruk.svg").write_text("<svg/>")

    case = case_of(tmp_path)

    address = library.pictures(case)["kruk.svg"]
    assert address == "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode()
    assert compiled_remarks(case) == ()


OUTSIDE = ["../kruk.svg", "/etc/kruk.svg", "weg.svg", "map/../../kruk.svg", "kruk.exe"]


@pytest.mark.parametrize("file", OUTSIDE)
def test_no_picture_from_outside_the_folder(tmp_path: Path, file: str) -> None:
    (tmp_path / "kruk.svg").write_text("<svg/>")
    folder = tmp_path / "cases"
    folder.mkdir()

    assert library.picture(case_of(folder), Picture(file, "een kruk")) == ""


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kruk.svg").write_text("<svg/>")
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "kruk.svg").symlink_to(tmp_path / "kruk.svg")

    assert library.picture(case_of(folder), Picture("kruk.svg", "een kruk")) == ""


def test_a_picture_may_be_too_large(tmp_path: Path) -> None:
    with (tmp_path / "kruk.svg").open("wb") as file:
        file.truncate(library.LARGEST_PICTURE + 1)

    case = case_of(tmp_path)

    assert [each.slug for each in compiled_remarks(case)] == ["missing-picture"]
    assert library.pictures(case) == {}


def test_sources_have_titles_in_both_languages() -> None:
    assert library.sources()["S6"].id == "S6"
    assert set(library.source_titles("nl")) == set(library.source_titles("en"))
    assert all(library.source_titles("nl").values())


@pytest.fixture(scope="module")
def milan() -> library.Case:
    return library.open_case(SCENARIOS / "milan.ipynb")


def roads(scenario: Scenario, attempt: Attempt) -> list[Attempt]:
    if has_ended(scenario, attempt):
        return [attempt]
    return [road for each in offered(scenario, attempt) for road in roads(scenario, decide(scenario, attempt, each.id))]


def test_milan_has_no_errors(milan: library.Case) -> None:
    assert not [each for each in milan.diagnostics if each.severity is Severity.ERROR]
    assert milan.scenario is not None
    assert (milan.scenario.name, milan.scenario.person, milan.scenario.minutes) == ("milan", "Milan", 15)


def test_every_choice_in_milan_can_be_taken(milan: library.Case) -> None:
    assert milan.scenario is not None
    taken = {choice for road in roads(milan.scenario, start(milan.scenario, "a")) for choice in road.taken}

    assert taken == {choice.id for scene in milan.scenario.scenes for choice in scene.choices}


def test_no_road_to_a_good_ending_in_milan_breaks_a_norm(milan: library.Case) -> None:
    assert milan.scenario is not None
    assert milan.protocol is not None
    good = [
        road
        for road in roads(milan.scenario, start(milan.scenario, "a"))
        if milan.scenario.scene(road.scene).ending is Ending.GOOD
    ]
    broken = [
        {
            each.rule.severity.value
            for each in judge(milan.protocol, road.trace).verdicts
            if each.truth is Truth.VIOLATED
        }
        for road in good
    ]

    assert len(good) == 22
    assert set() in broken
    assert all("norm" not in each for each in broken)


def test_every_signal_in_milan_is_offered_carried_and_acted_on(milan: library.Case) -> None:
    assert milan.scenario is not None
    scenes = milan.scenario.scenes
    signals = {signal.id for scene in scenes for signal in scene.signals}

    assert len(signals) == 8
    assert {each for scene in scenes for part in scene.story for one in part for each in one.signals} == signals
    assert {each for scene in scenes for choice in scene.choices for each in choice.acts_on} == signals


def test_milan_is_laid_out_as_jupyterlab_does() -> None:
    path = SCENARIOS / "milan.ipynb"

    assert path.read_text("utf-8") == notebook.dump(json.loads(path.read_text("utf-8")))
