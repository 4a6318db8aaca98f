"""An executed notebook that was tampered with is told from one that was not, and the place is named."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework import library, notebook, rehearsal
from casework.cli import main
from casework.evidence import Difference, Evidence, Unusable, verify
from casework.verdicts import ATTEMPT, rule_version, version
from tests.cases import SCENARIOS, graph, roads, setting
from tests.wording import OTHER, TITLE, WORD

Tamper = Callable[[dict[str, Any]], None]
TRUE, NOT_TRUE, UNUSABLE = 0, 1, 2
RULE = "consulted"
ROAD = max(roads("milan"), key=len)


def result(document: dict[str, Any]) -> dict[str, Any]:
    """Return what an executed notebook states."""
    outputs = [output for cell in document["cells"] for output in cell.get("outputs", ())]
    found = next(output["data"][ATTEMPT] for output in outputs if ATTEMPT in output.get("data", {}))
    assert isinstance(found, dict)
    return found


def cell(document: dict[str, Any], word: str) -> dict[str, Any]:
    """Return the first Markdown cell with a word in it."""
    found = next(
        cell for cell in document["cells"] if cell["cell_type"] == "markdown" and word in "".join(cell["source"])
    )
    assert isinstance(found, dict)
    return found


def other(number: int) -> str:
    """Return another decision than the road's at this number, which may be taken there too and leads elsewhere."""
    walked = graph("milan")
    state = walked.along(ROAD[: number - 1])[-1]
    return next(choice for choice, _ in walked.edges[state] if choice != ROAD[number - 1])


@pytest.fixture(scope="module")
def milan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Milan after a run."""
    target = tmp_path_factory.mktemp("runs") / "run-17.ipynb"
    rehearsal.execute(SCENARIOS / "milan.ipynb", target, ROAD)
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a case whose protocol stands beside it, and a run in which a sentence was kept."""
    folder = tmp_path_factory.mktemp("beside")
    protocol = (SCENARIOS.parent / "src/casework/protocols/meldcode.toml").read_text("utf-8")
    name = setting("milan").scenario.protocol
    (folder / "eigen.toml").write_text(
        f'id = "eigen"\nextends = "{name}"\nscope = {{ nl = "Ons.", en = "Ours." }}\n' + own_rule(protocol), "utf-8"
    )
    kept = setting("milan").scenario.start.story[0][0].id
    text = (SCENARIOS / "milan.ipynb").read_text("utf-8").replace(f"**Protocol:** {name}", "**Protocol:** eigen")
    text = text.replace("decisions=decisions", f"decisions=decisions, kept=['{kept}']")
    (folder / "milan.ipynb").write_text(text, "utf-8")
    rehearsal.execute(folder / "milan.ipynb", folder / "run.ipynb", ROAD)
    return folder


def own_rule(protocol: str) -> str:
    """Return one rule of a protocol file as text."""
    start = protocol.index("[[rules]]", protocol.index(f'id = "{RULE}"') - 30)
    end = protocol.find("[[rules]]", start + 9)
    return protocol[start : end if end > 0 else None]


def tampered(run: Path, target: Path, tamper: Tamper) -> Path:
    """Return a copy of a run after somebody was at it."""
    document = json.loads(run.read_text("utf-8"))
    tamper(document)
    target.write_text(notebook.dump(document), "utf-8")
    return target


def differences(path: Path, against: Path | None = None) -> list[Difference]:
    found = verify(path, against)
    assert isinstance(found, Evidence)
    return list(found.differences)


def test_a_run_that_nobody_touched_is_true(milan: Path) -> None:
    found = verify(milan, SCENARIOS)

    assert isinstance(found, Evidence)
    assert found.differences == ()
    assert found.is_true
    assert found.is_current
    assert found.decisions == ROAD
    assert found.scenario == "milan"
    assert found.version == setting("milan").scenario.version
    assert found.protocol_version == version(setting("milan").protocol)
    assert found.published is not None
    assert found.published.is_same


def test_every_run_of_the_rehearsal_is_true(tmp_path: Path) -> None:
    shortest = min(roads("milan"), key=len)
    rehearsal.execute(SCENARIOS / "milan.ipynb", tmp_path / "milan.ipynb", shortest)
    rehearsal.execute(SCENARIOS / "milan.ipynb", tmp_path / "begun.ipynb", shortest[:1])

    assert differences(tmp_path / "milan.ipynb") == []
    assert differences(tmp_path / "begun.ipynb") == []


def test_another_decision_in_the_result_is_named_by_its_number(milan: Path, tmp_path: Path) -> None:
    number = 2

    def tamper(document: dict[str, Any]) -> None:
        result(document)["decisions"][number - 1] = other(number)

    found = differences(tampered(milan, tmp_path / "t.ipynb", tamper))

    assert Difference("cell-decisions", "2", other(number), ROAD[1]) in found
    assert Difference("metadata-decisions", "2", other(number), ROAD[1]) in found


def test_a_decision_changed_everywhere_no_longer_leads_to_what_is_stated(milan: Path, tmp_path: Path) -> None:
    last, fresh = len(ROAD), other(len(ROAD))

    def tamper(document: dict[str, Any]) -> None:
        result(document)["decisions"][-1] = fresh
        document["metadata"]["papermill"]["parameters"]["decisions"][-1] = fresh
        injected = next(cell for cell in document["cells"] if "injected-parameters" in cell["metadata"].get("tags", ()))
        injected["source"] = "".join(injected["source"]).replace(ROAD[last - 1], fresh)

    parts = {each.part for each in differences(tampered(milan, tmp_path / "t.ipynb", tamper))}

    assert parts & {"scene", "ending", "outcomes", "signals", "verdict"}
    assert not parts & {"cell-decisions", "metadata-decisions", "version", "protocol"}


def test_a_decision_that_was_never_on_offer_is_named_with_what_was(milan: Path, tmp_path: Path) -> None:
    def tamper(document: dict[str, Any]) -> None:
        result(document)["decisions"][0] = "nergens/heen"

    found = differences(tampered(milan, tmp_path / "t.ipynb", tamper))

    on_offer = tuple(choice.id for choice in setting("milan").scenario.start.choices)
    assert Difference("decision", "1", "nergens/heen", on_offer) in found


def test_one_word_in_a_scene_is_noticed_and_beside_the_published_case_it_is_named(milan: Path, tmp_path: Path) -> None:
    def tamper(document: dict[str, Any]) -> None:
        scene = cell(document, WORD)
        scene["source"] = "".join(scene["source"]).replace(WORD, OTHER)

    found = verify(tampered(milan, tmp_path / "t.ipynb", tamper), SCENARIOS)

    assert isinstance(found, Evidence)
    assert [each.part for each in found.differences] == ["version"]
    assert found.published is not None
    assert not found.published.is_same
    assert found.published.version == found.version
    (reworded,) = found.published.reworded
    assert reworded.title == TITLE
    assert reworded.published.replace(WORD, OTHER) == reworded.stated


def test_an_older_case_is_true_and_told_from_the_one_published_now(milan: Path, tmp_path: Path) -> None:
    text = (SCENARIOS / "milan.ipynb").read_text("utf-8")
    (tmp_path / "milan.ipynb").write_text(text.replace("Dit verhaal is verzonnen", "Het verhaal is verzonnen"), "utf-8")

    found = verify(milan, tmp_path / "milan.ipynb")

    assert isinstance(found, Evidence)
    assert found.is_true
    assert found.published is not None
    assert not found.published.is_same
    assert [(each.published, each.stated) for each in found.published.reworded] == [("Het", "Dit")]


def test_a_verdict_is_named_by_its_rule(milan: Path, tmp_path: Path) -> None:
    def tamper(document: dict[str, Any]) -> None:
        row = next(row for row in result(document)["report"]["rules"] if row["id"] == RULE)
        row["verdict"] = "violated" if row["verdict"] == "satisfied" else "satisfied"

    assert [(each.part, each.name) for each in differences(tampered(milan, tmp_path / "t.ipynb", tamper))] == [
        ("verdict", RULE)
    ]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("outcomes", "trust", 5),
        ("outcomes", "days", 999),
        ("signals", "missed", ["een-ander"]),
        ("ending", "", "good!"),
        ("scene", "", "elders"),
        ("version", "", "000000000000"),
        ("language", "", "en"),
        ("scenario", "", "leo"),
        ("kept", "", ["de-kraan:000000"]),
        ("protocol", "version", "000000000000"),
    ],
)
def test_whatever_else_is_stated_is_held_against_what_follows(
    milan: Path, tmp_path: Path, part: str, name: str, value: object
) -> None:
    def tamper(document: dict[str, Any]) -> None:
        stated = result(document)
        group, key = (stated[part], name) if name else (stated, part)
        assert group[key] != value
        group[key] = value

    found = differences(tampered(milan, tmp_path / "t.ipynb", tamper))

    assert [(each.part, each.name, each.stated) for each in found] == [(part, name, value)]


def test_true_is_not_taken_for_one(milan: Path, tmp_path: Path) -> None:
    stated = result(json.loads(milan.read_text("utf-8")))["outcomes"]
    measure = next(measure for measure, value in stated.items() if value in (0, 1))

    def tamper(document: dict[str, Any]) -> None:
        result(document)["outcomes"][measure] = bool(stated[measure])

    found = differences(tampered(milan, tmp_path / "t.ipynb", tamper))

    assert [(each.part, each.name) for each in found] == [("outcomes", measure)]


@pytest.mark.parametrize("key", ["version", "decisions", "kept", "outcomes", "report", "protocol", "signals"])
def test_what_was_taken_out_is_missed(milan: Path, tmp_path: Path, key: str) -> None:
    def tamper(document: dict[str, Any]) -> None:
        del result(document)[key]

    assert differences(tampered(milan, tmp_path / "t.ipynb", tamper))


def test_the_line_beside_the_result_is_part_of_what_is_stated(milan: Path, tmp_path: Path) -> None:
    def tamper(document: dict[str, Any]) -> None:
        output = next(o for c in document["cells"] for o in c.get("outputs", ()) if ATTEMPT in o.get("data", {}))
        output["data"]["text/plain"] = ["Milan: 3 decisions"]

    assert [each.part for each in differences(tampered(milan, tmp_path / "t.ipynb", tamper))] == ["line"]


def test_a_rule_that_was_changed_since_is_named_and_the_run_is_not_confirmed(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "later")
    file = tmp_path / "later" / "eigen.toml"
    file.write_text(file.read_text("utf-8").replace("since = 2", "since = 1", 1), "utf-8")
    old, new = library.protocol("eigen", folder), library.protocol("eigen", tmp_path / "later")

    found = verify(folder / "run.ipynb", tmp_path / "later" / "milan.ipynb")

    assert isinstance(found, Evidence)
    assert not found.is_current
    assert list(found.differences) == [
        Difference("protocol", "version", version(old), version(new)),
        Difference("rule", RULE, rule_version(old.rule(RULE)), rule_version(new.rule(RULE))),
    ]


def test_a_run_whose_protocol_stands_beside_it_is_true_and_so_is_what_was_kept(folder: Path) -> None:
    found = verify(folder / "run.ipynb")

    assert isinstance(found, Evidence)
    assert found.is_true
    assert found.protocol == "eigen"
    assert len(result(json.loads((folder / "run.ipynb").read_text("utf-8")))["kept"]) == 1


def test_a_notebook_that_was_never_run_states_nothing() -> None:
    found = verify(SCENARIOS / "milan.ipynb")

    assert found == Unusable("milan.ipynb", "no-result")


def test_a_run_whose_case_was_broken_afterwards_says_what_is_wrong_in_it(milan: Path, tmp_path: Path) -> None:
    def tamper(document: dict[str, Any]) -> None:
        scene = cell(document, "(#de-kraan)")
        scene["source"] = "".join(scene["source"]).replace("(#de-kraan)", "(#nergens)")

    found = verify(tampered(milan, tmp_path / "t.ipynb", tamper))

    assert isinstance(found, Unusable)
    assert found.reason == "errors"
    assert "broken-link" in {each.slug for each in found.diagnostics}


@pytest.mark.parametrize("outputs", [None, [None], [{"data": {ATTEMPT: 3}}], {"data": {}}])
def test_outputs_that_are_none_of_ours_state_nothing(milan: Path, tmp_path: Path, outputs: object) -> None:
    def tamper(document: dict[str, Any]) -> None:
        for each in document["cells"]:
            if each["cell_type"] == "code":
                each["outputs"] = outputs

    assert verify(tampered(milan, tmp_path / "t.ipynb", tamper)) == Unusable("t.ipynb", "no-result")


def test_the_command_says_of_each_run_whether_it_is_true(
    milan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def tamper(document: dict[str, Any]) -> None:
        result(document)["decisions"][0] = "nergens/heen"

    false = tampered(milan, tmp_path / "false.ipynb", tamper)

    assert main(["verify", str(milan), "--against", str(SCENARIOS)]) == TRUE
    assert "run-17.ipynb: klopt. " in capsys.readouterr().out
    assert main(["verify", str(milan), str(false)]) == NOT_TRUE
    text = capsys.readouterr().out
    assert "false.ipynb: klopt niet:" in text
    assert "keuze 1: 'nergens/heen' was hier niet te kiezen" in text
    assert main(["verify", str(false), "--lang", "en"]) == NOT_TRUE
    assert "decision 1: 'nergens/heen' was not on offer here" in capsys.readouterr().out


def test_the_command_says_it_to_programs_too(milan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(milan), "--against", str(SCENARIOS), "--format", "json"]) == TRUE

    (found,) = json.loads(capsys.readouterr().out)
    assert found["is_true"]
    assert found["is_current"]
    assert found["decisions"] == list(ROAD)
    assert found["published"]["is_same"]


def test_the_command_names_the_words_that_are_not_as_published(
    milan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def tamper(document: dict[str, Any]) -> None:
        scene = cell(document, WORD)
        scene["source"] = "".join(scene["source"]).replace(WORD, OTHER)

    path = tampered(milan, tmp_path / "t.ipynb", tamper)

    assert main(["verify", str(path), "--against", str(SCENARIOS)]) == NOT_TRUE
    assert re.search(rf'"{TITLE}": hier staat ".*{OTHER}.*", in de casus van nu ".*{WORD}.*"', capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([str(SCENARIOS / "milan.ipynb")], "er staat geen uitslag in"),
        (["niets.ipynb"], "does not exist"),
        ([str(SCENARIOS / "milan.ipynb"), "--against", "niets"], "niets is er niet"),
    ],
)
def test_what_cannot_be_checked_is_unusable(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", *arguments]) == UNUSABLE

    told = capsys.readouterr()
    assert said in told.out + told.err
