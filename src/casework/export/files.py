"""Rows into files, a few thousand at a time; a file is there when it is whole, or not at all."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from casework.errors import PackageMissing
from casework.export.decisions import Column, Value
from casework.spreadsheet import safe

BATCH = 8192


def write_csv(rows: Iterable[Sequence[Value]], columns: Sequence[Column], file: TextIO) -> int:
    """Write rows below their head, as RFC 4180 has it, and return how many there were."""
    writer = csv.writer(file)
    writer.writerow([column.name for column in columns])
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 -- the last number is the count
        writer.writerow([safe(value) for value in row])
    return count


def write_parquet(rows: Iterable[Sequence[Value]], columns: Sequence[Column], path: Path, language: str) -> int:
    """Write rows as Parquet, each column with its meaning, and return how many there were; raises `PackageMissing`."""
    try:
        import pyarrow as arrow  # noqa: PLC0415 -- 150 MB that nobody else needs
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise PackageMissing("pyarrow", "parquet") from error
    types = {str: arrow.string(), int: arrow.int32()}
    schema = arrow.schema(
        arrow.field(column.name, types[column.type], metadata={"description": column.meaning.in_(language)})
        for column in columns
    )
    rest, count = iter(rows), 0
    with parquet.ParquetWriter(path, schema) as writer:
        while some := list(islice(rest, BATCH)):
            values = zip(*some, strict=True)
            arrays = [arrow.array(each, field.type) for each, field in zip(values, schema, strict=True)]
            writer.write_batch(arrow.record_batch(arrays, schema=schema))
            count += len(some)
    return count


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a file to write that takes the place of *path* once all is in it; a half-written one is thrown away."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
