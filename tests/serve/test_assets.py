"""The files that our pages load: few, small, kept for ever by the browser, and never stale."""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serve.asking import Server, asked, serving

from casework.serve.application import STATIC
from casework.serve.assets import AssetHandler, Assets, gather

BUDGET = 70_000  # bytes: all that a case loads beside its own page


@pytest.fixture(scope="module")
def assets() -> Assets:
    return gather(STATIC)


@pytest.fixture(scope="module")
def server(assets: Assets) -> Iterator[Server]:
    with serving([("/casework/static/(.*)", AssetHandler, {"assets": assets})]) as one:
        yield one


def size(assets: Assets, *names: str) -> int:
    return sum(len(assets.files[name].packed or assets.files[name].plain) for name in names)


def test_a_file_is_named_after_its_content_and_another_content_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p { color: red }")
    before = gather([tmp_path])
    (tmp_path / "a.css").write_text("p { color: blue }")
    after = gather([tmp_path])

    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", before.address("a.css"))
    assert before.address("a.css", "/x/").startswith("/x/a.")
    assert before.address("a.css") != after.address("a.css")
    assert gather([tmp_path]) == after


def test_a_change_in_what_a_module_imports_or_in_a_font_changes_the_name_of_what_needs_it(tmp_path: Path) -> None:
    folders = [Path(shutil.copytree(folder, tmp_path / str(number))) for number, folder in enumerate(STATIC)]
    before = gather(folders)

    (folders[0] / "parts.js").write_text((folders[0] / "parts.js").read_text() + "\n// changed\n")
    (folders[0] / "fonts" / "literata.woff2").write_bytes(b"another")
    after = gather(folders)

    changed = {name for name in before.files if before.address(name) != after.address(name)}
    assert {"player.js", "desk.js", "lean.js", "casework.css", "fonts/literata.woff2"} <= changed
    assert not changed & {"catalogue.js", "launch.js", "first.js", "charts.css"}


def test_no_module_asks_for_another_but_for_what_is_fetched_where_it_is_shown(assets: Assets) -> None:
    for name, asset in assets.files.items():
        if name.endswith(".js"):
            text = asset.plain.decode()
            assert not re.search(r"^import ", text, re.MULTILINE), name
            assert set(re.findall(r'import\("\./([^"]+)"\)', text)) <= set(assets.lasting), name

    later = re.findall(r'import\("\./([^"]+)"\)', assets.files["lean.js"].plain.decode())
    assert later == [
        assets.address(name) for name in ("player.js", "desk.js", "toolkit.js", "facilitator.js", "network.js")
    ]


def test_a_sheet_names_the_font_by_the_name_that_it_has(assets: Assets) -> None:
    sheet = assets.files["casework.css"].plain.decode()

    assert f'url("{assets.address("fonts/literata.woff2")}")' in sheet
    assert "fonts/" not in sheet


def test_what_a_case_loads_fits_in_its_budget(assets: Assets) -> None:
    assert size(assets, "casework.css", "first.js", "lean.js", "player.js", "fonts/literata.woff2") < BUDGET


def test_a_file_is_sent_packed_to_who_takes_it_so_and_may_be_kept_for_ever(server: Server, assets: Assets) -> None:
    asset = assets.files["player.js"]

    packed = asked(server, f"/casework/static/{asset.address}", {"Accept-Encoding": "br, gzip"})
    plain = asked(server, f"/casework/static/{asset.address}", {})

    assert gzip.decompress(packed.body) == plain.body == asset.plain
    assert len(packed.body) * 3 < len(plain.body)
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] == "identity"
    assert packed.headers["Content-Type"].startswith("text/javascript")
    assert packed.headers["Etag"] != plain.headers["Etag"]


def test_what_a_browser_has_is_not_sent_again(server: Server, assets: Assets) -> None:
    address = f"/casework/static/{assets.address('casework.css')}"
    first = asked(server, address, {"Accept-Encoding": "gzip"})

    again = asked(server, address, {"Accept-Encoding": "gzip", "If-None-Match": first.headers["Etag"]})

    assert (again.status, again.body) == (304, b"")


def test_what_is_packed_already_is_sent_as_it_is(server: Server, assets: Assets) -> None:
    font = asked(server, f"/casework/static/{assets.address('fonts/literata.woff2')}", {"Accept-Encoding": "gzip"})

    assert font.headers["Content-Type"] == "font/woff2"
    assert font.body == (STATIC[0] / "fonts" / "literata.woff2").read_bytes()


def test_by_its_own_name_a_file_is_asked_for_each_time(server: Server) -> None:
    answer = asked(server, "/casework/static/casework.css", {})

    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "name", ["nothing.js", "../application.py", "..%2fapplication.py", "player.000000000000.js", ""]
)
def test_nothing_else_can_be_asked_for(server: Server, name: str) -> None:
    assert asked(server, f"/casework/static/{name}", {}).status == 404
