from pathlib import Path

import pytest

from casework import library
from tests.benchmarks import kinds
from tests.benchmarks.kinds import IMPORTS, KINDS, ROOT

LEO = ROOT / "scenarios" / "leo.ipynb"


def test_each_kind_has_a_name_of_its_own_and_is_divided_by_kinds_that_exist() -> None:
    names = [kind.name for kind in KINDS]

    assert len(set(names)) == len(names)
    assert {name for kind in KINDS for name in kind.against} <= set(names)


def test_a_notebook_that_imports_is_the_same_case(tmp_path: Path) -> None:
    notebook = kinds.lay(tmp_path, "leo", imports=True)

    case = library.open_case(notebook)
    plain = library.open_case(LEO)

    assert IMPORTS.splitlines()[0] in notebook.read_text("utf-8")
    assert case.scenario is not None
    assert case.scenario == plain.scenario


def test_a_notebook_with_widgets_of_others_is_the_same_case(tmp_path: Path) -> None:
    case = library.open_case(kinds.lay(tmp_path, "leo", has_guests=True))

    assert case.scenario == library.open_case(LEO).scenario


def test_what_is_served_is_a_copy_with_its_pictures(tmp_path: Path) -> None:
    notebook = kinds.lay(tmp_path, "leo", imports=False)

    assert notebook.read_bytes() == LEO.read_bytes()
    assert (tmp_path / "scenarios" / "leo-munten.svg").is_file()
    assert list((tmp_path / "dashboards").glob("*.ipynb"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_address_is_on_this_machine(kind: kinds.Kind) -> None:
    assert kind.address(1234, "leo").startswith("http://127.0.0.1:1234/")
