"""A certificate says that somebody played to an end, can be checked by playing again, and says nothing else."""

import json
import random
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NAMES, SCENARIOS, setting
from tests.export.stores import played, put

from casework.cli import main
from casework.errors import AttemptUnfinished
from casework.export.certificate import CODE, Certificate, certify, is_code, page, read
from casework.export.retold import Cases
from casework.play.attempt import Attempt
from casework.store import Played, Record, open_store

AT = "2026-01-05T09:00:00+00:00"
CASES = Cases.within(SCENARIOS)


def an_end(name: str = "milan", seed: int = 1) -> Attempt:
    return played(setting(name).scenario, random.Random(seed), AT)


def certified(name: str, attempt: str = "an-id", seed: int = 1) -> Certificate:
    scenario = setting(name).scenario
    record = Record(attempt, scenario.name, scenario.version, scenario.language, AT)
    return certify(CASES.one(Played(record, an_end(name, seed).decisions, frozenset())))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite"


@pytest.fixture
def attempt(store: Path) -> str:
    """An attempt among others that were played to an end."""
    with closing(open_store(str(store))) as opened:
        for seed in range(5):
            put(opened, "milan", an_end(seed=seed + 10))
        return put(opened, "milan", an_end())


@pytest.fixture
def sheet(store: Path, attempt: str, tmp_path: Path) -> Path:
    """The certificate of that attempt."""
    path = tmp_path / "bewijs.html"
    assert main(["export", "certificate", attempt, *where(store), "-o", str(path)]) == 0
    return path


def where(store: Path) -> list[str]:
    return ["--store", str(store), "--scenarios", str(SCENARIOS)]


def test_a_certificate_is_found_true_by_its_page_and_by_its_code(
    sheet: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stated = read(sheet.read_text("utf-8"))
    assert stated is not None

    assert main(["verify", str(sheet), stated.code, stated.code.lower(), *where(store)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(f"klopt. 'milan' (versie {stated.version}, nl) is op 2026-01-05" in line for line in lines)


def test_what_was_changed_on_a_page_is_noticed(
    sheet: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = sheet.read_text("utf-8")
    stated = read(text)
    assert stated is not None
    for field, value in {**asdict(stated), "code": "AAAA-AAAA-AAAA-AAAA-AAAA"}.items():
        forged = tmp_path / "forged.html"
        other = value if field == "code" else f"{value}0"
        forged.write_text(
            text.replace(f"{field}&#34;: &#34;{getattr(stated, field)}", f"{field}&#34;: &#34;{other}"), "utf-8"
        )
        assert read(forged.read_text("utf-8")) == replace(stated, **{field: other})

        assert main(["verify", str(forged), *where(store)]) == 1
        assert "klopt niet" in capsys.readouterr().out


def test_a_decision_that_was_changed_in_the_store_is_noticed(sheet: Path, store: Path, attempt: str) -> None:
    other = an_end(seed=99)
    with closing(sqlite3.connect(store)) as opened, opened:
        opened.execute("DELETE FROM decisions WHERE attempt = ?", (attempt,))
        opened.executemany(
            "INSERT INTO decisions (attempt, number, choice, at) VALUES (?, ?, ?, ?)",
            [(attempt, one.number, one.choice, one.at) for one in other.decisions],
        )

    assert main(["verify", str(sheet), *where(store)]) == 1


def test_a_case_that_has_changed_or_gone_makes_it_impossible_to_say(
    sheet: Path, store: Path, attempt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = ["--store", str(store), "--scenarios", str(tmp_path)]

    assert main(["verify", str(sheet), *elsewhere, "--lang", "en"]) == 2
    assert "cannot be checked: 6 attempts" in capsys.readouterr().out
    assert main(["export", "certificate", attempt, *elsewhere]) == 2
    assert "changed since" in capsys.readouterr().err


def test_only_a_story_that_came_to_its_end_has_a_certificate(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store(str(store))) as opened:
        attempt = put(opened, "milan", played(setting("milan").scenario, random.Random(1), AT, most=1))

    assert main(["export", "certificate", attempt, *where(store)]) == 2
    assert "has not come to an end" in capsys.readouterr().err
    assert main(["export", "certificate", "nobody", *where(store)]) == 2
    said = capsys.readouterr().err
    assert "no such attempt" in said
    assert "nobody" not in said
    with pytest.raises(AttemptUnfinished):
        certify(CASES.one(Played(Record("a", "gone", "1", "nl", AT), an_end().decisions, frozenset())))


def test_the_same_choices_of_two_people_have_different_codes() -> None:
    assert certified("milan", "one").code != certified("milan", "other").code
    assert certified("milan", "one", 1).code != certified("milan", "one", 2).code
    assert certified("milan", "one") == certified("milan", "one")


class Elements(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_runs_nothing_sends_nothing_loads_nothing_and_tells_no_choice(name: str) -> None:
    scenario, stated = setting(name).scenario, certified(name)
    text = page(stated, scenario)
    elements = Elements()
    elements.feed(text)

    tags = [tag for tag, _ in elements.found]
    assert not {"script", "form", "img", "a", "iframe"} & set(tags)
    (field,) = (given for tag, given in elements.found if tag == "input")
    assert set(field) == {"id", "type", "autocomplete", "spellcheck", "maxlength", "aria-describedby"}
    assert field["autocomplete"] == "off"
    assert not re.search(r"https?://|url\(|@import", text)
    assert "an-id" not in text
    assert not any(decision.choice in text for decision in an_end(name).decisions)
    assert f'lang="{scenario.language}"' in text
    assert read(text) == stated


def test_a_page_speaks_the_language_of_its_case() -> None:
    assert "Bewijs van deelname" in page(certified("milan"), setting("milan").scenario)
    assert "5 januari 2026" in page(certified("milan"), setting("milan").scenario)
    assert "Certificate of participation" in page(certified("milan.en"), setting("milan.en").scenario)


@given(st.text(max_size=200))
def test_what_is_no_certificate_is_read_as_none(text: str) -> None:
    assert read(text) is None
    assert read(f'<meta name="casework-certificate" content="{text}">') is None


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=20, max_size=20))
def test_a_code_can_be_typed_and_is_known_for_one(letters: str) -> None:
    code = "-".join(letters[at : at + 4] for at in range(0, 20, 4))

    assert CODE.fullmatch(code)
    assert is_code(code.lower())


@pytest.mark.parametrize("name", ["leo.html", "AAAA-AAAA-AAAA-AAAA", "leo.ipynb"])
def test_other_arguments_are_not_taken_for_codes(name: str) -> None:
    assert not is_code(name)


def test_what_is_no_certificate_or_not_there_is_said(
    store: Path, attempt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.html").write_text("<p>Beste collega</p>", "utf-8")

    for name in ("letter.html", "missing.html"):
        assert main(["verify", str(tmp_path / name), *where(store), "--lang", "en"]) == 2
        assert "this is no certificate" in capsys.readouterr().out
    assert main(["verify", "AAAA-AAAA-AAAA-AAAA-AAAA", "--store", str(tmp_path / "none")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_other_programs_get_json(sheet: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(sheet), *where(store), "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["is_true"] is True
    assert told["case"] == "milan"
