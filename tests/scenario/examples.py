"""The broken examples, one file for each remark: what is expected in front, the notebook's cells below it.

Cells are separated by lines such as `---cell id=de-gang---`, with `kind=code`, `tags=parameters` or `repeat=6000` where
needed. `file:` names a notebook beside it, kept under another ending so that no editor or linter trips over it; or it
says `shelf` for a case that must lie in a folder, `edition` for one with an original, `study` for one whose roads are
walked, or `made` where a test makes it. `also:` names what the same fault brings along.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from casework.library import Case
from casework.scenario.cells import Cell, Source
from casework.scenario.diagnostics import Diagnostic

BROKEN = Path(__file__).parent / "broken"
STUDIED = ("CW7", "CW8")
_CELL = re.compile(r"^---cell (.*)---\n", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One broken example and the remark that it must get."""

    slug: str
    code: str
    cell: int
    line: int
    message: str
    file: str
    source: Source
    also: tuple[str, ...] = ()


def examples() -> dict[str, Example]:
    """Return all examples by slug."""
    return {path.stem: read_example(path) for path in sorted(BROKEN.glob("*.md"))}


def read_example(path: Path) -> Example:
    """Return the example in a file."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    said = dict(line.split(": ", 1) for line in front.strip().split("\n"))
    return Example(
        slug=path.stem,
        code=said["code"],
        cell=int(said["cell"]),
        line=int(said["line"]),
        message=said["message"],
        file=said.get("file", ""),
        source=Source(f"{path.stem}.ipynb", read_cells(body)),
        also=tuple(said.get("also", "").split()),
    )


def compiled_remarks(case: Case) -> tuple[Diagnostic, ...]:
    """Return what was said of a case before its roads were walked: an example of three cells has little to walk."""
    return tuple(each for each in case.diagnostics if not each.code.startswith(STUDIED))


def read_cells(body: str) -> tuple[Cell, ...]:
    """Return the cells that stand in an example."""
    parts = _CELL.split(body)[1:]
    return tuple(_cell(head, text.removesuffix("\n")) for head, text in zip(parts[::2], parts[1::2], strict=True))


def _cell(head: str, text: str) -> Cell:
    said = dict(pair.split("=") for pair in head.split())
    tags = tuple(said["tags"].split(",")) if "tags" in said else ()
    kind = said.get("kind", "markdown")
    assert kind in ("markdown", "code", "raw")
    return Cell(said["id"], kind, text * int(said.get("repeat", "1")), tags)


def a_case(scene: str, **facts: str) -> Source:
    """Return a sound case of three Markdown cells, the second of which is *scene*."""
    front = {"Taal": "nl", "Protocol": "meldcode", "Rol": "verpleegkundige", "Duur": "10 minuten", "Inhoud": "een wond"}
    bullets = "\n".join(f"- **{word}:** {said}" for word, said in (front | facts).items())
    return Source(
        "sam.ipynb",
        (
            Cell("voorblad", "markdown", f"# De pleister\n\n{bullets}\n\nDit verhaal is verzonnen."),
            Cell("het-kamertje", "markdown", scene),
            Cell("de-gang", "markdown", "## De gang\n\n- **Einde:** goed\n\nSam loopt de gang op."),
            Cell("parameters", "code", "decisions = []", ("parameters",)),
            Cell("spelen", "code", 'import casework\n\ncasework.play("sam.ipynb", decisions=decisions)'),
        ),
    )


SCENE = """\
## Het kamertje

- **Signaal:** een wond van dagen oud `oude-wond`
- **Plaats:** het kamertje
- **Beeld:** kruk.svg "Een lege kruk"

Sam vraagt om een pleister. De wond is *oud*. `oude-wond`

1. [U plakt de pleister](#de-gang) `zorg-geven` `signaal oude-wond` `vertrouwen +1` `dagen 2`
   > Sam is zo weer weg.
1. [U wacht even](#de-gang) `als vertrouwen >= 1` `eenmalig`
   > Sam wacht ook.

> **Begeleider:** Lees de scène voor.
"""
