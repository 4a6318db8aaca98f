"""`casework protocol check`: every way in which a protocol can be wrong, said with its file and its key."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework import library
from tests.conformance.conftest import NAMES
from tests.conformance.house import CHILD, PARENT, RULE
from tests.conformance.test_routing import REGIONS
from tests.protocols import CLEAN, ERRORS, UNUSABLE, Captured, as_json, put_protocols, run


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return a folder with protocols of its own."""
    return put_protocols(tmp_path)


BAD = {
    "unknown template": (
        {"house": PARENT.replace('"existence"', '"existance"')},
        ("house.toml", "template"),
        "regel 'talked': 'template' is 'existance'; bedoelde u 'existence'?",
        "rule 'talked': 'template' is 'existance'; did you mean 'existence'?",
    ),
    "activity without step": (
        {"house": PARENT.replace("step = 3\n", "")},
        ("house.toml", "step"),
        "activiteit 'talk': 'step' ontbreekt; schrijf bij welke stap dit hoort",
        "activity 'talk': 'step' is missing; write to which step this belongs",
    ),
    "cycle in extends": (
        {"house": CHILD.replace("flat", "house").replace('extends = "house"', 'extends = "flat"'), "flat": CHILD},
        ("house.toml", "extends"),
        "het breidt zichzelf uit: house > flat > house",
        "it extends itself: house > flat > house",
    ),
    "rule without source": (
        {"house": PARENT.replace('source = ["S6"]\n', "", 1)},
        ("house.toml", "source"),
        "regel 'talk-first': 'source' ontbreekt",
        "rule 'talk-first': 'source' is missing",
    ),
    "rule without date": (
        {"house": PARENT.replace("since = 2019-01-01\n", "", 1)},
        ("house.toml", "since"),
        "regel 'talk-first': 'since' ontbreekt",
        "rule 'talk-first': 'since' is missing",
    ),
    "missing language": (
        {"house": PARENT.replace(', en = "Because it must."', "")},
        ("house.toml", "why.en"),
        "regel 'talked': 'why': 'en' ontbreekt",
        "rule 'talked': 'why': 'en' is missing",
    ),
    "list naming an unknown activity": (
        {"house": PARENT.replace('then = ["decide"]', 'then = ["decide"]\nunless = ["listen"]')},
        ("house.toml", "unless"),
        "regel 'talk-first': 'listen' in 'unless' is geen activiteit",
        "rule 'talk-first': 'listen' in 'unless' is no activity",
    ),
    "exception that is also asked": (
        {"house": PARENT.replace('then = ["decide"]', 'then = ["decide"]\nunless = ["talk"]')},
        ("house.toml", "unless"),
        "regel 'talk-first': 'talk' staat er twee keer in",
        "rule 'talk-first': 'talk' stands in it twice",
    ),
    "norm of what is advice": (
        {"house": CHILD.replace("flat", "house").replace('extends = "house"', 'extends = "home"')
         + RULE.replace('"advice"', '"norm"'), "home": PARENT.replace('"house"', '"home"')},
        ("house.toml", "source"),
        "regel 'talked': deze regel maakt een norm van een advies uit 'home'",
        "rule 'talked': this rule makes a norm of what is advice in 'home'",
    ),
    "parent that does not exist": (
        {"house": CHILD.replace("flat", "house").replace('extends = "house"', 'extends = "meldcod"')},
        ("house.toml", "extends"),
        "het breidt 'meldcod' uit, maar dat bestaat niet; bedoelde u 'meldcode'?",
        "it extends 'meldcod', which does not exist; did you mean 'meldcode'?",
    ),
    "mistake in the parent": (
        {"house": CHILD.replace("flat", "house").replace('extends = "house"', 'extends = "home"'),
         "home": PARENT.replace('"house"', '"home"').replace('"existence"', '"x"')},
        ("home.toml", "template"),
        "regel 'talked': 'template' is 'x'",
        "rule 'talked': 'template' is 'x'",
    ),
    "file called otherwise": (
        {"house": PARENT.replace('id = "house"', 'id = "home"')},
        ("house.toml", "id"),
        "het bestand heet 'house.toml', maar de id is 'home'",
        "its file is called 'house.toml', but its id is 'home'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("files", "where", "nl", "en"), BAD.values(), ids=BAD)
def test_a_bad_protocol_is_told_its_file_its_key_and_what_to_mend(
    files: Mapping[str, str], where: tuple[str, str], nl: str, en: str, language: str, tmp_path: Path, capsys: Captured
) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    file = str(tmp_path / "house.toml")

    code, shown, _ = run(capsys, "check", file, "--lang", language)
    (row,) = as_json(capsys, "check", file, "--lang", language)

    expected, word = (nl, "fout") if language == "nl" else (en, "error")
    assert code == ERRORS
    assert shown.startswith(f"{where[0]}: {word}: {expected}")
    assert (row["file"], row["key"], row["severity"]) == (*where, "error")
    assert row["message"].startswith(expected)


def test_all_mistakes_of_a_file_are_said_at_once(tmp_path: Path, capsys: Captured) -> None:
    text = PARENT.replace("step = 3\n", "").replace('source = ["S6"]\n', "").replace('"existence"', '"x"')
    (tmp_path / "house.toml").write_text(text, "utf-8")

    rows = as_json(capsys, "check", str(tmp_path / "house.toml"))

    assert [row["key"] for row in rows] == ["step", "source", "template", "source"]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "house.toml").write_bytes(b"id = \xff")

    code, shown, _ = run(capsys, "check", str(tmp_path / "house.toml"))

    assert code == ERRORS
    assert "bewaar het als UTF-8" in shown


@pytest.mark.parametrize("name", NAMES)
def test_the_protocols_that_come_with_casework_are_sound(name: str, capsys: Captured) -> None:
    file = Path(library.__file__).parent / "protocols" / f"{name}.toml"

    code, shown, _ = run(capsys, "check", str(file))

    assert code == CLEAN
    assert shown.startswith(f"{name}.toml: in orde, ")
    assert as_json(capsys, "check", str(file)) == []


def test_what_is_worth_a_look_is_no_mistake(beside: Path, capsys: Captured) -> None:
    own = CHILD + RULE.replace('"S6"', '"OWN-1"').replace('"talked"', '"heard"')
    (beside / "flat.toml").write_text(own, "utf-8")

    code, shown, _ = run(capsys, "check", str(beside / "flat.toml"))

    assert code == CLEAN
    assert "let op: regel 'heard': 'title' ontbreekt" in shown
    assert "let op: regel 'heard': bron 'OWN-1' staat niet in de lijst" in shown
    assert "talked" not in shown


@pytest.mark.parametrize(
    ("language", "line", "weight"),
    [("nl", "    gebroken door: beslissen", "advies"), ("en", "    broken by: decide", "advice")],
)
def test_traces_show_what_keeps_and_what_breaks_each_rule(
    language: str, line: str, weight: str, beside: Path, capsys: Captured
) -> None:
    _, shown, _ = run(capsys, "check", str(beside / "house.toml"), "--traces", "--lang", language)

    assert "talk-first (norm)" in shown
    assert f"talked ({weight})" in shown
    assert line in shown.splitlines()
    assert shown.count("\n    ") == 4


@pytest.mark.parametrize("name", ["nowhere.toml", "notes.txt", "."])
def test_what_is_no_protocol_file_is_unusable(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "notes.txt").write_text("x", "utf-8")

    code, _, complaint = run(capsys, "check", str(tmp_path / name))

    assert code == UNUSABLE
    assert name.removeprefix(".") in complaint


def test_regions_are_checked_too_and_old_ones_are_named(beside: Path, capsys: Captured) -> None:
    today, old = date.today(), date.today() - timedelta(days=400)
    text = REGIONS.replace("2026-03-01", str(today)).replace("2024-05-01", str(old))
    (beside / "regions.toml").write_text(text, "utf-8")

    code, shown, _ = run(capsys, "check", str(beside / "regions.toml"))

    assert code == CLEAN
    assert shown.splitlines() == [
        f"regions.toml: let op: regio 'kust': gelezen op {old}; ga na of het nog klopt",
        "regions.toml: in orde, 2 regio's.",
    ]


def test_broken_regions_are_an_error(beside: Path, capsys: Captured) -> None:
    (beside / "regions.toml").write_text(REGIONS.replace("read = 2026-03-01\n", ""), "utf-8")

    code, shown, _ = run(capsys, "check", str(beside / "regions.toml"), "--lang", "en")

    assert code == ERRORS
    assert shown.startswith("regions.toml: error: region 'midden': 'read' is missing")
