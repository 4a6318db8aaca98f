"""Remarks to authors as text for a terminal."""

from collections.abc import Sequence

from casework.scenario.diagnostics import Both, Diagnostic, Severity

NAMES = {
    Severity.ERROR: Both("fout", "error"),
    Severity.WARNING: Both("let op", "warning"),
    Severity.ADVICE: Both("tip", "advice"),
}
OTHERS = Both("andere opmerkingen", "other remarks")
CELL, LINE = Both("cel", "cell"), Both("regel", "line")


def as_text(said: Sequence[Diagnostic], language: str, count: int) -> str:
    """Return the remarks as lines, each with its hint below it, and a last line that counts them."""
    return "\n".join([*(one(each, language) for each in said), _total(said, language, count)])


def one(said: Diagnostic, language: str) -> str:
    """Return one remark as two lines."""
    where = [said.file]
    if said.cell:
        where.append(f"{CELL.in_(language)} {said.cell}" + _line(said, language))
    name = NAMES[said.severity].in_(language)
    return f"{': '.join(where)}: {name} {said.code} {said.slug}: {said.message}\n    {said.hint}"


def _line(said: Diagnostic, language: str) -> str:
    return f", {LINE.in_(language)} {said.line}" if said.line else ""


def _total(said: Sequence[Diagnostic], language: str, count: int) -> str:
    errors = sum(each.severity is Severity.ERROR for each in said)
    counts = (
        _counted(count, Both("notebook", "notebook"), Both("notebooks", "notebooks"), language),
        _counted(errors, Both("fout", "error"), Both("fouten", "errors"), language),
        _counted(len(said) - errors, Both("andere opmerking", "other remark"), OTHERS, language),
    )
    return Both("{} bekeken: {}, {}.", "{} checked: {}, {}.").in_(language).format(*counts)


def _counted(count: int, one: Both, many: Both, language: str) -> str:
    return f"{count} {(one if count == 1 else many).in_(language)}"
