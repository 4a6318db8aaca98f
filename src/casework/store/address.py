"""Where a store is: a path or an address in, an SQLAlchemy address and a name that may be shown out."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from casework.errors import StoreUnusable

MEMORY = ":memory:"
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
FILES = ("sqlite", "sqlite+pysqlite")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that was understood; `shown` is what messages may call it, and never holds a password."""

    url: URL
    shown: str

    @property
    def is_server(self) -> bool:
        """Whether a database server keeps it, which may be away for a while."""
        return self.url.drivername != "sqlite"

    @property
    def file(self) -> Path | None:
        """The file in which the store lives; none for memory, a server, or SQLite's own `file:` notation."""
        database = self.url.database or MEMORY
        is_file = self.url.drivername == "sqlite" and database != MEMORY and not database.startswith("file:")
        return Path(database) if is_file else None


def parse(text: str) -> Address:
    """Return the address that *text* means; raises `StoreUnusable` if it is neither a path nor an address we speak."""
    if "://" not in text:
        return _local(URL.create("sqlite", database=text))
    url = _read(text)
    return _local(url) if url.drivername == "sqlite" else Address(url, _name(url))


def _read(text: str) -> URL:
    scheme = text.partition("://")[0]
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Their messages quote the part that failed, which may be a piece of the password: hence `from None`.
        raise StoreUnusable(f"{scheme}://", "this is not an address; write scheme://user:password@host/name") from None
    if url.drivername not in DRIVERS:
        raise StoreUnusable(f"{scheme}://", "casework speaks a path, sqlite:/// and postgresql:// only")
    # Where a '@' is not quoted, what stands behind it is taken for the host, the database or an option, and shown.
    if url.drivername not in FILES and text.count("@") > 1:
        raise StoreUnusable(f"{scheme}://", "the user or password has an '@' in it; write that as %40")
    return url.set(drivername=DRIVERS[url.drivername])


def _local(url: URL) -> Address:
    database = url.database or MEMORY
    if database == MEMORY or database.startswith("file:"):
        return Address(url, database)
    # A connection that is opened after somebody changed the working directory would make a second, empty store.
    try:
        path = str(Path(database).expanduser().absolute())
    except RuntimeError as error:
        raise StoreUnusable(database, "there is no home folder of that name") from error
    return Address(url.set(database=path), path)


def _name(url: URL) -> str:
    # The query is left out, because libpq also takes a password there.
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or ''}{port}/{url.database or ''}"
