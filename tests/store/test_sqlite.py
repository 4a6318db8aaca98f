"""A store in a file keeps the contract; any name will do, and whatever is in the way is told in our own words."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.contract import Lasting

from casework.errors import StoreReadOnly, StoreUnusable
from casework.store import Record, open_store

RECORD = Record("monday", "leo", "1", "nl", "")


class TestSqlite(Lasting):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "new folder" / "store.db")


@pytest.mark.parametrize("name", ["with space.db", "100%.db", "a@b@c.db", "winkel's ?#.db", "رخصة🙂.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with closing(open_store(str(tmp_path / name))) as store:
        store.begin(RECORD)

    with closing(open_store(str(tmp_path / name))) as store:
        assert store.record("monday") == RECORD
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("name", ["x" * 300, f"{'x' * 300}/store.db", "a\0b"])
def test_a_name_that_no_file_can_have_is_unusable(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreUnusable):
        open_store(str(tmp_path / name))


def test_a_home_of_nobody_is_unusable() -> None:
    with pytest.raises(StoreUnusable, match="no home folder"):
        open_store("~nobody-of-this-name/store.db")


def test_a_store_in_a_folder_that_may_not_be_entered_is_refused(open_folder: Path, nobody: Callable[[], None]) -> None:
    open_store(str(open_folder / "store.db")).close()
    open_folder.chmod(0o000)
    nobody()

    with pytest.raises(StoreReadOnly):
        open_store(str(open_folder / "store.db"))


def test_a_database_of_another_program_is_not_changed_by_a_single_byte(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE history (page TEXT)")
    before = file.read_bytes()

    with pytest.raises(StoreUnusable, match="another program"):
        open_store(str(file))

    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_password_with_signs_that_are_not_quoted_is_refused_before_any_of_it_is_shown() -> None:
    for password in ("sec@r/et", "sec@r?et", "sec@r@et", "sec@r:et", "sec/r@et"):
        with pytest.raises(StoreUnusable) as refusal:
            open_store(f"postgresql://me:{password}@127.0.0.1:1/x")

        assert refusal.value.address == "postgresql://"
        assert str(refusal.value).count("@") - str(refusal.value.reason).count("@") == 0
