"""What a database says when it fails, in the words of casework's own errors."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from casework.errors import StoreReadOnly, StoreUnusable

# PostgreSQL's SQLSTATE for a read-only transaction, as every one on a standby is, and for a role without the right.
READ_ONLY_STATES = ("25006", "42501")


@contextmanager
def translated(shown: str) -> Iterator[None]:
    """Raise whatever the database raises as `StoreReadOnly` or `StoreUnusable` of the store *shown*."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _translate(shown, error) from error


def _translate(shown: str, error: SQLAlchemyError) -> StoreUnusable:
    cause = (error.orig if isinstance(error, DBAPIError) else None) or error
    if _is_read_only(cause):
        return StoreReadOnly(shown)
    return StoreUnusable(shown, _first_line(cause))


def _is_read_only(cause: BaseException) -> bool:
    sqlite_name = getattr(cause, "sqlite_errorname", None) or ""
    return sqlite_name.startswith("SQLITE_READONLY") or getattr(cause, "sqlstate", None) in READ_ONLY_STATES


def _first_line(cause: BaseException) -> str:
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
