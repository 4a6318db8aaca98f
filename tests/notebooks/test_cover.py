"""Every choice of every case, taken through papermill as a trainee's decisions would be."""

import os
from pathlib import Path

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError
from tests.cases import DUTCH, NAMES, SCENARIOS, graph, setting

from casework import rehearsal
from casework.conformance.monitor import judge

EDITIONS = [name for name in NAMES if "." in name]


@pytest.mark.parametrize("name", DUTCH)
def test_a_few_runs_take_every_choice_and_each_ends_as_the_engine_says(name: str) -> None:
    case = setting(name)
    plan = rehearsal.plan(case.scenario)

    runs = list(rehearsal.rehearse(SCENARIOS / f"{name}.ipynb", plan.roads, os.cpu_count() or 1))

    assert [run.failure for run in runs if run.failure] == []
    assert {choice for run in runs for choice in run.road} == {
        c.id for scene in case.scenario.scenes for c in scene.choices
    }
    for run in runs:
        assert run.result is not None
        assert run.result["version"] == case.scenario.version
        assert set(run.result["signals"]) == {"offered", "noted", "acted", "missed"}
        assert {rule["verdict"] for rule in run.result["report"]["rules"]} <= {"satisfied", "violated"}
    assert {run.result["ending"] for run in runs if run.result} == {
        s.ending.value for s in case.scenario.scenes if s.ending
    }


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_plays_to_each_of_its_endings(name: str) -> None:
    # Its graph equals that of its original, which the check holds; so its choices need not all be taken twice.
    found = graph(name)
    nearest = {found.scene(end): found.road(end) for end in reversed(found.ends)}

    runs = list(rehearsal.rehearse(SCENARIOS / f"{name}.ipynb", tuple(nearest.values()), os.cpu_count() or 1))

    assert [run.failure for run in runs if run.failure] == []
    assert [run.result["scene"] for run in runs if run.result] == list(nearest)
    assert {run.result["language"] for run in runs if run.result} == {setting(name).scenario.language}


def test_a_decision_that_is_not_on_offer_fails_and_says_what_is(tmp_path: Path) -> None:
    notebook = SCENARIOS / "milan.ipynb"

    with pytest.raises(PapermillExecutionError) as failure:
        papermill.execute_notebook(
            str(notebook),
            str(tmp_path / "out.ipynb"),
            {"decisions": ["nergens"]},
            cwd=str(SCENARIOS),
            progress_bar=False,
        )

    assert failure.value.ename == "ChoiceNotOffered"
    assert "'nergens' is not on offer in scene 'het-kamertje'" in failure.value.evalue
    assert all(choice.id in failure.value.evalue for choice in setting("milan").scenario.start.choices)


def test_a_notebook_without_decisions_gives_the_first_scene(tmp_path: Path) -> None:
    run = rehearsal.run(SCENARIOS / "milan.ipynb", ())

    assert run.result is not None
    assert run.result["scene"] == setting("milan").scenario.start.id
    assert run.result["ending"] is None
    assert not [v for v in judge(setting("milan").protocol, ()).verdicts if v.at]
