"""Every choice of every case, taken through papermill as a trainee's decisions would be."""

import os
from pathlib import Path

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError
from tests.browser.waiting import HAS_TIME
from tests.cases import DUTCH, NAMES, SCENARIOS, graph, setting

from casework import rehearsal
from casework.conformance.monitor import judge
from casework.play.explore import Road
from casework.rehearsal import Run

EDITIONS = [name for name in NAMES if "." in name]
# A few hundred runs take minutes: every choice of two cases each time, and of all where there is time.
WHOLE = DUTCH if HAS_TIME else ("leo", "milan")


@pytest.mark.parametrize("name", WHOLE)
def test_a_few_runs_take_every_choice_and_each_ends_as_the_engine_says(name: str) -> None:
    case = setting(name)
    plan = rehearsal.plan(case.scenario)

    runs = played(name, plan.roads)

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


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WHOLE])
def test_a_case_plays_to_each_of_its_endings(name: str) -> None:
    found = graph(name)
    nearest = {found.scene(end): found.road(end) for end in reversed(found.ends)}
    # The graph of an edition equals that of its original, which the check holds: it goes to its last ending alone.
    wanted = dict(list(nearest.items())[-1:]) if name in EDITIONS and not HAS_TIME else nearest

    runs = played(name, tuple(wanted.values()))

    assert [run.result["scene"] for run in runs if run.result] == list(wanted)
    assert {run.result["language"] for run in runs if run.result} == {setting(name).scenario.language}


def played(name: str, roads: tuple[Road, ...]) -> list[Run]:
    """Return what came of these roads through papermill, each of which led to an ending."""
    runs = list(rehearsal.rehearse(SCENARIOS / f"{name}.ipynb", roads, os.cpu_count() or 1))
    assert [run.failure for run in runs if run.failure] == []
    return runs


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
