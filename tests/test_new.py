"""The case that `casework new` writes: it is sound, whole in both languages, and never in the way of another file."""

import json
import shlex
from pathlib import Path

import pytest

from casework import library, notebook
from casework.cli import main
from casework.cli.new import file_name
from casework.conformance.model import Severity
from casework.library import Case
from casework.play.attempt import Decision, replay
from casework.play.expert import expert
from casework.play.explore import explore
from casework.play.prove import prove
from casework.scenario.editions import check_edition
from casework.scenario.model import AtLeast, Choice, Ending, Scenario, Seen

CLEAN, ERRORS, UNUSABLE = 0, 1, 2
LANGUAGES = ("nl", "en")
OWN = """
id = "ons-protocol"
scope.nl = "Voor ons huis."
scope.en = "For our house."

[[activities]]
id = "talk"
step = 3
names = { nl = "gesprek", en = "talk" }
labels = { nl = "Een gesprek voeren", en = "Have a talk" }
meaning = "Say what you noticed"

[[rules]]
id = "talked"
template = "existence"
any_of = ["talk"]
severity = "norm"
since = 2019-01-01
source = ["S6"]
title = { nl = "Voer een gesprek", en = "Have a talk" }
why = { nl = "Iemand heeft recht om uw zorgen te horen.", en = "People have a right to hear your concerns." }
questions = { nl = ["Hoe ging het gesprek?", "Wat bleef er liggen?"], en = ["How did the talk go?", "What was left?"] }
"""


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """Return the case that the command writes, opened from disk."""
    assert main(["new", "sam", "--lang", request.param, "--folder", str(tmp_path)]) == CLEAN
    return library.open_case(tmp_path / "sam.ipynb", request.param)


def _scenario(case: Case) -> Scenario:
    assert case.scenario is not None
    return case.scenario


def _choices(case: Case) -> list[Choice]:
    return [choice for scene in _scenario(case).scenes for choice in scene.choices]


# ---- what is written


def test_the_written_case_passes_the_check_without_a_remark(written: Case) -> None:
    assert written.diagnostics == ()


def test_it_plays_under_the_name_it_was_given(written: Case) -> None:
    cells = json.loads(written.path.read_text("utf-8"))["cells"]

    assert _scenario(written).name == "sam"
    assert 'casework.play("sam.ipynb", decisions=decisions)' in "".join(cells[-1]["source"])


def test_it_shows_every_habit_of_the_notation(written: Case) -> None:
    scenario, choices = _scenario(written), _choices(written)
    conditions = [condition for choice in choices for condition in choice.conditions]

    assert {scene.ending for scene in scenario.scenes} - {None} == set(Ending)
    assert 7 <= sum(bool(scene.choices) for scene in scenario.scenes) <= 9
    assert 16 <= len(choices) <= 24
    assert any(choice.once for choice in choices)
    assert all(choice.consequence for choice in choices)
    assert all(scene.note for scene in scenario.scenes)
    assert any(isinstance(condition, Seen) for condition in conditions)
    assert any(isinstance(condition, AtLeast) for condition in conditions)


def test_its_conditions_come_in_pairs_of_which_one_holds(written: Case) -> None:
    for scene in _scenario(written).scenes:
        conditions = [condition for choice in scene.choices for condition in choice.conditions]
        opposites = {(repr(each).replace(str(each.wanted), ""), each.wanted) for each in conditions}

        assert len(opposites) == len(conditions)
        assert {(name, not wanted) for name, wanted in opposites} == opposites


def test_every_norm_is_kept_by_some_and_broken_by_others(written: Case) -> None:
    assert written.protocol is not None
    rules = prove(_scenario(written), written.protocol).rules

    norms = [reach for reach in rules if reach.rule.severity is Severity.NORM]
    assert len(norms) == 14
    assert [reach.rule.id for reach in norms if not (reach.is_kept and reach.is_broken)] == []


def test_the_experienced_road_ends_well(written: Case) -> None:
    assert written.protocol is not None
    scenario = _scenario(written)
    road = expert(scenario, written.protocol)

    assert road is not None
    attempt = replay(scenario, "a", [Decision(number, choice) for number, choice in enumerate(road, 1)])
    assert scenario.scene(attempt.scene).ending is Ending.GOOD


def test_two_or_more_choices_are_on_offer_in_every_state(written: Case) -> None:
    graph = explore(_scenario(written))

    assert {len(edges) for edges in graph.edges} == {0, 2, 3}


def test_options_are_alike_in_length(written: Case) -> None:
    for scene in _scenario(written).scenes:
        lengths = [len(choice.text.split()) for choice in scene.choices]

        assert all(10 <= length <= 16 for length in lengths)
        assert not lengths or max(lengths) - min(lengths) <= 3


def test_every_signal_is_acted_on_by_some_choice(written: Case) -> None:
    offered = {signal.id for scene in _scenario(written).scenes for signal in scene.signals}

    assert offered == {signal for choice in _choices(written) for signal in choice.acts_on}


def test_every_source_of_the_first_cell_stands_in_a_note(written: Case) -> None:
    notes = "".join(each.text for scene in _scenario(written).scenes for part in scene.note for each in part)

    assert [
        source for source in _scenario(written).sources if f"{source}," not in notes and f"{source})" not in notes
    ] == []


def test_the_english_edition_is_the_same_story_in_other_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, language in (("sam", "nl"), ("sam.en", "en")):
        main(["new", name, "--lang", language, "--folder", str(tmp_path)])
    capsys.readouterr()
    dutch, english = (library.open_case(tmp_path / file) for file in ("sam.ipynb", "sam.en.ipynb"))

    code = main(["check", str(tmp_path), "--format", "json"])

    assert (code, json.loads(capsys.readouterr().out)) == (CLEAN, [])
    assert tuple(check_edition(_scenario(english), _scenario(dutch), "sam.ipynb")) == ()
    assert _scenario(english).name == _scenario(dutch).name
    assert _scenario(english).language == "en"
    assert not {scene.title for scene in _scenario(english).scenes} & {scene.title for scene in _scenario(dutch).scenes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_it_can_be_taken_through_papermill(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "sam", "--lang", language, "--folder", str(tmp_path)])

    code = main(["test", str(tmp_path / "sam.ipynb"), "--workers", "2"])

    assert code == CLEAN
    assert "12 of 12 scenes, 24 of 24 choices" in capsys.readouterr().out


# ---- its name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("sam", "sam.ipynb"),
        ("sam.ipynb", "sam.ipynb"),
        ("Sam & Émile", "sam-emile.ipynb"),
        ("  de lege   stoel ", "de-lege-stoel.ipynb"),
        ("Sam.EN", "sam.en.ipynb"),
        ("sam.en.ipynb", "sam.en.ipynb"),
        ("casus 2.1", "casus-2-1.ipynb"),
        ("../sam", "sam.ipynb"),
        ("sam\n", "sam.ipynb"),
        ("a" * 300, "a" * 60 + ".ipynb"),
    ],
)
def test_a_name_is_mended_into_one_that_every_computer_takes(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_mended_name_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "Sam & Émile", "--folder", str(tmp_path)])

    assert "Daarom heet het sam-emile.ipynb" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["sam-emile.ipynb"]


def test_a_good_name_is_not_remarked_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "sam", "--folder", str(tmp_path)])

    assert "bestandsnaam" not in capsys.readouterr().out


def test_the_edition_in_a_name_says_the_language(tmp_path: Path) -> None:
    main(["new", "sam.en", "--folder", str(tmp_path)])

    assert _scenario(library.open_case(tmp_path / "sam.en.ipynb")).language == "en"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["!!"], "gebruik letters of cijfers"),
        (["日本"], "gebruik letters of cijfers"),
        (["sam.en", "--lang", "nl"], "--lang en"),
        (["sam.nl", "--lang", "en"], "--lang nl"),
        (["sam", "--folder", "nergens"], "de map nergens is er niet"),
        (["sam", "--folder", "nergens", "--lang", "en"], "there is no folder nergens"),
        (["sam", "--protocol", "meldkode"], "meldcode"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_can(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    code = main(["new", *arguments])

    assert code == UNUSABLE
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "sam.ipynb"
    mine.write_text("mijn casus", encoding="utf-8")

    code = main(["new", "Sam", "--folder", str(tmp_path)])

    assert code == UNUSABLE
    assert "sam.ipynb bestaat al" in capsys.readouterr().err
    assert mine.read_text("utf-8") == "mijn casus"


# ---- what to do next


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_that_are_given_work_as_they_are(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mijn cases").mkdir()
    monkeypatch.chdir(tmp_path)
    main(["new", "sam", "--lang", language, "--folder", "mijn cases"])
    told = [line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("    casework ")]

    assert [shlex.split(line)[1] for line in told] == ["check", "test", "serve"]
    assert main(shlex.split(told[0])[1:]) == CLEAN
    assert shlex.split(told[2])[3] == "mijn cases"


# ---- another protocol


@pytest.mark.parametrize("protocol", ["meldcode-sociaal-werk", "meldcode-jeugd", "meldcode-verpleegkundigen"])
def test_another_protocol_stands_in_the_first_cell(
    protocol: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["new", "sam", "--protocol", protocol, "--folder", str(tmp_path)])

    case = library.open_case(tmp_path / "sam.ipynb")
    assert code == CLEAN
    assert (_scenario(case).protocol, case.diagnostics) == (protocol, ())
    assert "vraagt iets anders" not in capsys.readouterr().out


def test_a_protocol_that_asks_for_more_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["new", "sam", "--protocol", "methode-sociaal-werk", "--folder", str(tmp_path)])

    said = capsys.readouterr().out
    assert code == CLEAN
    assert "Het protocol methode-sociaal-werk vraagt iets anders" in said
    assert "`advies-comensha`" in said


@pytest.mark.parametrize(("language", "known", "unknown"), [("nl", "gesprek", "wegen"), ("en", "talk", "weigh")])
def test_activities_that_a_protocol_lacks_are_named(
    language: str, known: str, unknown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ons-protocol.toml").write_text(OWN, encoding="utf-8")

    code = main(["new", "sam", "--protocol", "ons-protocol", "--lang", language, "--folder", str(tmp_path)])

    named = next(line for line in capsys.readouterr().out.splitlines() if unknown in line).split(": ")[2].split(".")[0]
    assert code == ERRORS
    assert unknown in named.split(", ")
    assert known not in named.split(", ")
    assert notebook.read(tmp_path / "sam.ipynb").diagnostics == ()
