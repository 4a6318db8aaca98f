"""The catalogue of remarks: one row for each, in Dutch and English. Each has its broken example in the tests."""

from casework.scenario.catalogue import cells, choices, codes, facts, files, proofs, quality, roads
from casework.scenario.diagnostics import Row

ROWS: tuple[Row, ...] = (
    *(*files.ROWS, *cells.ROWS, *choices.ROWS, *facts.ROWS, *codes.ROWS, *roads.ROWS),
    *(*quality.ROWS, *proofs.ROWS),
)
CATALOGUE: dict[str, Row] = {row.slug: row for row in ROWS}
