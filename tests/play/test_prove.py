"""What is proved of all roads, each property by an example in which it fails, and of the cases by nothing to say."""

import shutil
from pathlib import Path

import pytest
from tests.cases import DUTCH, decided, setting
from tests.scenario.examples import BROKEN, Example, examples

from casework import library, notebook
from casework.conformance.monitor import judge
from casework.library import Case
from casework.play.attempt import has_ended, replay
from casework.play.explore import explore
from casework.play.prove import prove, road_to
from casework.scenario.catalogue.proofs import ROWS
from casework.scenario.diagnostics import Diagnostic
from casework.scenario.model import Ending

EXAMPLES = [examples()[row.slug] for row in ROWS]
# Of these there is no road to show: that there is none is what is said.
WITHOUT_ROAD = {"scene-out-of-reach", "signal-out-of-reach", "rule-never-broken", "no-good-ending"}


def opened(example: Example, folder: Path, language: str = "nl") -> Case:
    """Return an example as a case in a folder, beside its small protocol."""
    shutil.copy(BROKEN / "klein.toml", folder)
    path = folder / f"{example.slug}.ipynb"
    path.write_text(notebook.dump(notebook.document(example.source)), "utf-8")
    return library.open_case(path, language)


def proved(case: Case) -> dict[str, Diagnostic]:
    """Return the findings of a case by slug."""
    return {each.slug: each for each in case.diagnostics if each.code.startswith("CW8")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_a_property_that_fails_is_found_at_its_place(example: Example, tmp_path: Path) -> None:
    found = proved(opened(example, tmp_path))

    said = found[example.slug]
    assert set(found) == {example.slug, *example.also}
    assert (said.code, said.cell, said.line, said.message) == (
        example.code,
        example.cell,
        example.line,
        example.message,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_a_finding_in_english_stands_at_the_same_place_and_has_the_same_road(example: Example, tmp_path: Path) -> None:
    dutch = proved(opened(example, tmp_path))[example.slug]
    english = proved(opened(example, tmp_path, "en"))[example.slug]

    assert (dutch.cell, dutch.line, dutch.road) == (english.cell, english.line, english.road)
    assert dutch.message != english.message
    assert dutch.hint != english.hint


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_the_road_of_a_finding_can_be_played_to_the_scene_it_speaks_of(example: Example, tmp_path: Path) -> None:
    case = opened(example, tmp_path)
    said = proved(case)[example.slug]
    assert case.scenario is not None

    attempt = replay(case.scenario, "a", decided(said.road))

    is_about_an_ending = example.slug in {"norm-never-kept", "advice-never-kept"}
    if example.slug in WITHOUT_ROAD:
        assert said.road == ()
    elif is_about_an_ending:
        assert has_ended(case.scenario, attempt)
    else:
        assert case.scenario.scene(attempt.scene).cell == said.cell


def test_a_choice_without_a_consequence_is_said_once_and_with_the_road_that_takes_it(tmp_path: Path) -> None:
    example = examples()["missing-consequence"]

    case = opened(example, tmp_path)

    said = [each for each in case.diagnostics if each.slug == example.slug]
    assert [(each.cell, each.line) for each in said] == [(example.cell, example.line)]
    assert case.scenario is not None
    assert replay(case.scenario, "a", decided(said[0].road)).decisions


@pytest.mark.parametrize("name", DUTCH)
def test_of_the_cases_that_come_with_casework_nothing_is_to_be_said(name: str) -> None:
    found = setting(name)

    proof = prove(found.scenario, found.protocol)

    assert [remark.slug for remark in proof.findings] == []


@pytest.mark.parametrize("name", DUTCH)
def test_the_best_road_keeps_all_norms_and_ends_well(name: str) -> None:
    found = setting(name)
    proof = prove(found.scenario, found.protocol)
    assert proof.best is not None

    attempt = replay(found.scenario, "a", decided(proof.best))

    ending = found.scenario.scene(attempt.scene).ending
    assert ending in {Ending.GOOD, Ending.DEFENSIBLE}
    assert not [one for one in judge(found.protocol, attempt.trace).broken if one.rule.severity == "norm"]


@pytest.mark.parametrize("name", DUTCH)
def test_for_each_rule_a_road_shows_how_it_is_kept_and_one_how_it_is_broken(name: str) -> None:
    found = setting(name)

    for reach in prove(found.scenario, found.protocol).rules:
        for is_kept, is_possible in ((True, reach.is_kept), (False, reach.is_broken)):
            road = road_to(found.scenario, found.protocol, reach.rule.id, is_kept=is_kept)
            assert (road is not None) == is_possible
            if road is not None:
                attempt = replay(found.scenario, "a", decided(road))
                verdict = judge(found.protocol, attempt.trace).verdict(reach.rule.id)
                assert has_ended(found.scenario, attempt)
                assert verdict.truth.is_kept == is_kept


# Milan is the short practice case.
NOT_AT_STAKE = {
    "milan": {
        "advice-in-doubt",
        "comensha-with-consent",
        "conflict-weighed",
        "report-when-help-falls-short",
        "vvn-consult-with-consent",
    },
}


@pytest.mark.parametrize("name", DUTCH)
def test_each_norm_of_a_case_is_kept_on_some_road_and_broken_on_another(name: str) -> None:
    found = setting(name)
    norms = [reach for reach in prove(found.scenario, found.protocol).rules if reach.rule.severity == "norm"]

    beyond = {reach.rule.id for reach in norms if not (reach.is_kept and reach.is_broken)}

    assert beyond == NOT_AT_STAKE.get(name.partition(".")[0], set())


def test_walking_leo_takes_hundreds_of_states_for_millions_of_roads() -> None:
    found = setting("leo")

    proof = prove(found.scenario, found.protocol)

    assert proof.states == len(explore(found.scenario)) < 1000
    assert proof.roads is not None
    assert proof.roads > 1_000_000
