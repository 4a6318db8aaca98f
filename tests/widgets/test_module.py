"""The player's modules as one text."""

import re

from casework.widgets.module import STATIC, bundled, joined


def test_the_joined_module_imports_nothing_and_exports_the_player_alone() -> None:
    text = joined("player")

    assert not re.findall(r"^import ", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export default player_js;"]


def test_every_module_that_the_player_needs_is_in_it_once_and_before_it_is_used() -> None:
    text = joined("player")
    names = re.findall(r"^const (\w+)_js = \(\(\) => \{$", text, re.MULTILINE)

    assert names[-1] == "player"
    assert len(names) == len(set(names))
    for found in re.finditer(r"= (\w+)_js;$", text, re.MULTILINE):
        assert text.index(f"const {found[1]}_js = ") < found.start()


def test_no_module_makes_markup_of_text_or_asks_another_host() -> None:
    for path in [*STATIC.glob("*.js"), *(STATIC.parent.parent / "serve" / "static").glob("*.js")]:
        text, name = path.read_text(encoding="utf-8"), path.name
        assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), (
            path.name
        )
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), name


def test_a_page_s_module_brings_what_it_imports_and_says_where_the_rest_is() -> None:
    folders = (STATIC, STATIC.parent.parent / "serve" / "static")

    text = bundled("lean", folders, lambda name: f"at-{name}")

    assert not re.findall(r"^import ", text, re.MULTILINE)
    assert re.findall(r"^const (\w+)_js = ", text, re.MULTILINE) == ["kernel", "page"]
    assert 'import("./at-player.js")' in text
    assert "await read()" in text.split("const { comforts, device, token } = page_js;")[1]
