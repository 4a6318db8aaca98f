"""The author's desk: a message in, the whole desk out; it looks when the notebook was saved, and nothing breaks it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import SCENARIOS, graph, setting

from casework.play.explore import count_roads
from casework.widgets.captions import captions
from casework.widgets.desk import NOTICES, Desk
from casework.widgets.module import joined, sheets
from casework.words import words

ROAD = ["het-kamertje/de-kraan"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with Milan, its picture, and another case."""
    for name in ("milan.ipynb", "leo.ipynb", "kamertje.svg"):
        shutil.copy(SCENARIOS / name, tmp_path)
    return tmp_path


@pytest.fixture
def milan(folder: Path) -> Path:
    return folder / "milan.ipynb"


@pytest.fixture
def desk(milan: Path) -> Desk:
    return Desk(milan, None)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def send(desk: Desk, **message: Any) -> dict[str, Any]:
    """Send a message as the browser does and return the desk that answers it."""
    desk._handle_custom_msg(message, [])
    return dict(desk.view)


def slugs(view: dict[str, Any]) -> list[str]:
    return [row["slug"] for row in view["findings"]["rows"]]


def rows(view: dict[str, Any]) -> dict[str, Any]:
    return {row["title"]: row for row in view["map"]["rows"]}


# ---- it looks when the notebook was saved


def test_a_fault_is_on_the_desk_after_the_notebook_is_saved_and_gone_after_it_is_mended(
    desk: Desk, milan: Path
) -> None:
    sound = slugs(desk.view)
    change(milan, "(#de-kraan)", "(#de-kruin)")
    faulty = send(desk, kind="look")
    change(milan, "(#de-kruin)", "(#de-kraan)")
    mended = send(desk, kind="look")

    assert "broken-link" not in sound
    assert slugs(faulty) == ["broken-link"]
    assert slugs(mended) == sound


def test_a_notebook_that_did_not_change_is_not_read_again(desk: Desk) -> None:
    before = desk.manuscript

    send(desk, kind="look")
    assert desk.manuscript is before
    send(desk, kind="look", fresh=True)
    assert desk.manuscript is not before


def test_every_look_is_answered_so_that_questions_never_pile_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = []
    monkeypatch.setattr(desk, "send", answers.append)

    send(desk, kind="look")

    assert answers == [{"kind": "seen"}]


@pytest.mark.parametrize(
    ("content", "slug"), [(None, "cannot-read"), ('{"cells": [', "half-saved"), ("", "empty-file"), ("dag", "not-a-")]
)
def test_a_file_that_is_gone_or_half_saved_is_a_remark(desk: Desk, milan: Path, content: str | None, slug: str) -> None:
    if content is None:
        milan.unlink()
    else:
        milan.write_text(content, encoding="utf-8")

    view = send(desk, kind="look")

    assert slugs(view)[0].startswith(slug)
    assert view["map"]["svg"] == ""
    assert view["map"]["why"]
    assert view["measures"] is None
    assert view["title"] == "milan.ipynb"


def test_a_desk_for_a_file_that_never_was_says_so(tmp_path: Path) -> None:
    assert slugs(Desk(tmp_path / "nergens.ipynb", None).view) == ["cannot-read"]


# ---- remarks, and mending


def test_a_remark_has_its_place_its_line_and_what_was_meant(desk: Desk, milan: Path) -> None:
    change(milan, "(#de-kraan)", "(#de-kruin)")
    [row] = send(desk, kind="look")["findings"]["rows"]

    lines = desk.manuscript.cells[1].text.split("\n")
    at = next(number for number, line in enumerate(lines, 1) if "(#de-kruin)" in line)
    assert (row["is"], row["word"], row["where"], row["scene"]) == (
        "broken",
        "fout",
        f"cel 2, regel {at}",
        lines[0][3:],
    )
    assert "(#de-kruin)" in row["before"]
    assert row["after"] == row["before"].replace("(#de-kruin)", "(#de-kraan)")
    assert row["is_guess"]
    assert not row["is_mechanical"]


def test_taking_the_line_that_was_meant_mends_the_file(desk: Desk, milan: Path) -> None:
    original = milan.read_text(encoding="utf-8")
    change(milan, "(#de-kraan)", "(#de-kruin)")
    [row] = send(desk, kind="look")["findings"]["rows"]

    view = send(desk, kind="take", slug=row["slug"], cell=row["cell"], line=row["line"])

    assert "broken-link" not in slugs(view)
    assert view["notice"] == words("nl")(NOTICES["repaired"])
    assert json.loads(milan.read_text(encoding="utf-8")) == json.loads(original)


def test_what_needs_no_choice_is_repaired_at_once_and_shown_before(desk: Desk, milan: Path) -> None:
    change(milan, "](#de-kraan)", "] (#de-kraan)")
    change(milan, "**Signaal:**", "**Signal:**")
    change(milan, 'play(\\"milan.ipynb\\"', 'play(\\"kim.ipynb\\"')
    faulty = send(desk, kind="look")
    said = {row["slug"]: row for row in faulty["findings"]["rows"] if row["is_mechanical"]}
    repaired = send(desk, kind="repair")

    assert {"malformed-link", "wrong-play-name"} <= said.keys()
    assert "](#de-kraan)" in said["malformed-link"]["after"]
    assert str(len(said)) in faulty["findings"]["repairs"]
    assert not any(row["is_mechanical"] for row in repaired["findings"]["rows"])
    assert "] (#de-kraan)" not in milan.read_text(encoding="utf-8")
    assert send(desk, kind="repair")["notice"] == words("nl")(NOTICES["nothing"])


@pytest.mark.parametrize("kind", ["repair", "take"])
def test_a_file_that_was_saved_in_the_meantime_is_left_alone(desk: Desk, milan: Path, kind: str) -> None:
    change(milan, "](#de-kraan)", "] (#de-kraan)" if kind == "repair" else "](#de-kruin)")
    row = next(row for row in send(desk, kind="look")["findings"]["rows"] if row["after"])
    change(milan, "Het derde uur.", "Het vierde uur.")
    saved = milan.read_bytes()

    view = send(desk, kind=kind, slug=row["slug"], cell=row["cell"], line=row["line"])

    assert milan.read_bytes() == saved
    assert view["notice"] == words("nl")(NOTICES["moved"])
    assert "Het vierde uur." in desk.manuscript.cells[1].text


def test_a_road_is_told_as_its_author_would_and_can_be_played(desk: Desk) -> None:
    best = desk.view["measures"]["best"]

    assert best["steps"][0]["scene"] == setting("milan").scenario.start.title
    assert best["decisions"] == f"decisions = {json.dumps(best['road'])}"
    send(desk, kind="play", road=best["road"])
    assert desk.stage["view"]["scene"]["title"] == best["end"]
    assert desk.stage["view"]["debrief"] is not None


# ---- the map


def test_a_case_with_errors_is_sketched_with_the_steps_of_its_protocol(desk: Desk, milan: Path) -> None:
    change(milan, "(#de-kraan)", "(#de-kruin)")

    view = send(desk, kind="look")

    assert "1 fout" in view["map"]["svg"]
    assert view["map"]["why"]
    loose = [choice for choice in rows(view)["Het kamertje"]["choices"] if not choice["to"]]
    assert [choice["wanted"] for choice in loose] == ["#de-kruin"]
    assert rows(view)["Het rondje"]["step"].startswith("3 ")
    assert not any(row["can_play"] for row in view["map"]["rows"])
    assert view["title"] == "Milan en de pakjes"


def test_the_table_says_what_the_map_shows(desk: Desk) -> None:
    found = rows(desk.view)

    assert list(found) == [scene.title for scene in setting("milan").scenario.scenes]
    for title in found:
        assert f">{title}</title>" in desk.view["map"]["svg"]


# ---- trying out


def test_every_scene_that_can_be_reached_can_be_played_from(desk: Desk) -> None:
    for row in desk.view["map"]["rows"]:
        send(desk, kind="play", scene=row["scene"])
        assert desk.stage["view"]["scene"]["id"] == row["scene"]


def test_the_player_on_the_desk_answers_and_touches_nothing_of_the_trainee(desk: Desk) -> None:
    send(desk, kind="play", scene="de-kraan")
    number, view = desk.stage["number"], desk.stage["view"]
    choice = view["scene"]["choices"][0]["id"]

    send(desk, kind="stage", message={"kind": "choose", "choice": choice, "number": view["number"] + 1})

    assert desk.stage["view"]["number"] == view["number"] + 1
    assert desk.stage["number"] == number
    assert desk.stage["view"]["case"]["name"] == "desk/milan"
    send(desk, kind="close")
    assert desk.stage == {}


def test_a_rule_that_can_be_broken_is_broken_at_the_end_of_the_road_that_is_played(desk: Desk) -> None:
    rule = next(row for row in desk.view["measures"]["rules"] if row["can_break"])

    send(desk, kind="play", rule=rule["id"])

    verdicts = {each["title"]: each["is"] for each in desk.stage["view"]["debrief"]["rules"]}
    assert verdicts[rule["title"]] != "kept"


def test_a_case_with_errors_cannot_be_played_and_says_so(desk: Desk, milan: Path) -> None:
    change(milan, "(#de-kraan)", "(#de-kruin)")
    send(desk, kind="look")

    view = send(desk, kind="play", scene="het-kamertje")

    assert view["notice"] == words("nl")(NOTICES["unplayable"])
    assert desk.stage == {}


def test_a_scene_that_no_road_leads_to_cannot_be_played_and_says_so(desk: Desk) -> None:
    assert send(desk, kind="play", scene="nergens")["notice"] == words("nl")(NOTICES["unreachable"])


# ---- figures and other versions


def test_figures_count_scenes_choices_roads_and_words(desk: Desk) -> None:
    case, figures = setting("milan").scenario, desk.view["measures"]
    texts = {row["label"]: row["text"] for row in figures["figures"]}

    assert texts["Scènes die te bereiken zijn"] == f"alle {len(case.scenes)}"
    assert int(texts["Verschillende wegen"].replace(".", "")) == count_roads(graph("milan"))
    assert len(figures["rules"]) == len(setting("milan").protocol.rules)
    short, long = (int(part.replace(".", "")) for part in figures["reading"][0]["text"].split(" tot "))
    assert 100 < short < long < int(figures["reading"][3]["text"].replace(".", ""))


def test_what_changed_since_the_last_commit_is_told_with_a_road_to_play(desk: Desk, milan: Path) -> None:
    asked = ["git", "-C", str(milan.parent), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    send(desk, kind="look")
    without = list(desk.beside)
    for words_of in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*asked, *words_of], check=True, capture_output=True)
    send(desk, kind="look", fresh=True)
    same = list(desk.beside)
    change(milan, "(#de-kraan)", "(#maandag)")
    send(desk, kind="look")
    [card] = desk.beside

    assert without == []
    assert same[0]["text"] == "Er is niets veranderd."
    assert {"Wegen die er niet meer zijn", "Wegen die nieuw zijn"} <= {row["label"] for row in card["rows"]}
    fresh = next(road for road in card["roads"] if road["road"])
    send(desk, kind="play", road=fresh["road"])
    assert desk.stage["view"]["scene"]["title"] == fresh["end"]


def test_a_translation_is_measured_along_roads(desk: Desk, milan: Path) -> None:
    document = json.loads(milan.read_text(encoding="utf-8"))
    document["cells"] = [cell for cell in document["cells"] if cell["id"] != "de-la"]
    edition = milan.with_name("milan.en.ipynb")
    edition.write_text(json.dumps(document), encoding="utf-8")

    send(desk, kind="look")
    [card] = desk.beside

    labels = {row["label"]: row["text"] for row in card["rows"]}
    assert card["title"] == "Vertaling: milan.en.ipynb"
    assert labels["Wegen die van begin tot eind te spelen zijn"].endswith(f" van {count_roads(graph('milan'))}")
    assert "De la" in labels["Cellen die ontbreken"]
    assert any("De la" in label for label in labels if label.startswith("Stokt bij"))


# ---- who and what


def test_a_case_is_picked_from_the_folder_and_never_from_elsewhere(folder: Path, milan: Path) -> None:
    desk = Desk(milan, folder)

    assert desk.view["cases"] == ["leo.ipynb", "milan.ipynb"]
    assert send(desk, kind="case", file="leo.ipynb")["file"] == "leo.ipynb"
    assert send(desk, kind="case", file="../../etc/passwd")["file"] == "leo.ipynb"


def test_the_desk_speaks_two_languages(desk: Desk, milan: Path) -> None:
    change(milan, "(#de-kraan)", "(#de-kruin)")

    view = send(desk, kind="language", language="en")

    assert desk.words == captions("en")
    assert view["findings"]["summary"] == "1 error"
    assert "leads to" in view["findings"]["rows"][0]["message"]
    assert send(desk, kind="language", language="xx")["language"] == "en"


def test_the_module_is_one_text_with_the_player_in_it_and_the_sheets_need_nothing_beside_them() -> None:
    module, sheet = joined("desk"), sheets("casework", "desk")

    assert "const player_js = " in module
    assert module.index("const player_js") < module.index("const desk_js")
    assert not any(line.startswith("import ") for line in module.splitlines())
    assert 'url("data:font/woff2;base64,' in sheet
    assert "fonts/literata" not in sheet
    assert "@layer" not in sheet


messages = st.dictionaries(
    st.sampled_from(["kind", "file", "language", "slug", "cell", "line", "scene", "rule", "road", "message", "fresh"]),
    st.sampled_from(["look", "case", "language", "repair", "take", "play", "stage", "close", "de-kraan", "nl"])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.lists(st.text(max_size=3), max_size=2)
    | st.text(max_size=5),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(messages, max_size=3))
def test_no_message_breaks_the_desk_or_writes_to_a_sound_case(
    desk: Desk, milan: Path, sent: list[dict[str, Any]]
) -> None:
    before = milan.read_bytes()
    for message in sent:
        desk._handle_custom_msg(message, [])

    assert milan.read_bytes() == before
    assert desk.view["map"]["svg"]
