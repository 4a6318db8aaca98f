"""What the columns of an export mean, and what was done so that nobody can be found in it: a page of Markdown."""

from collections.abc import Sequence

from casework.export.cells import FEWEST
from casework.export.decisions import Column
from casework.scenario.diagnostics import Both

TYPES = {str: Both("tekst", "text"), int: Both("getal", "number")}
TITLE = Both("Keuzes: wat er in dit bestand staat", "Decisions: what is in this file")
ROWS = Both(
    "Elke rij is één keuze in één poging. Die van één poging staan bij elkaar; de volgorde van pogingen zegt niets.",
    "Each row is one choice in one attempt. The rows of an attempt stand together; the order of attempts says nothing.",
)
HEAD = Both("| kolom | soort | betekenis |", "| column | type | meaning |")
PRIVACY = Both("Waarom niemand hierin te vinden is", "Why nobody can be found in it")
NOTES = (
    Both(
        "Casework kent geen namen, accounts of apparaten. Het nummer waarmee iemand op een eigen toestel verder "
        "speelt, staat er niet in, en is uit `attempt` niet af te leiden.",
        "Casework knows no names, accounts or devices. The number with which somebody plays on from their own device "
        "is not in it, and cannot be derived from `attempt`.",
    ),
    Both(
        "Een versie van een casus die minder dan {fewest} keer is gespeeld, staat er niet in.",
        "A version of a case that was played fewer than {fewest} times is not in it.",
    ),
    Both(
        "`period` is voor alle rijen van een versie even precies: de maand, als in elke maand die voorkomt {fewest} "
        "keer of vaker is gespeeld; anders het jaar, met dezelfde voorwaarde; anders leeg.",
        "`period` is equally exact for all rows of a version: the month, where each month that occurs has "
        "{fewest} playings or more; else the year, on the same condition; else empty.",
    ),
    Both(
        "Geteld is het aantal keren dat iemand begon, niet het aantal mensen: dat weet casework niet. Speelde een "
        "kleine groep vaak, geef het bestand dan niet door.",
        "What was counted are beginnings, not people: casework does not know those. Where a small group played often, "
        "do not hand this file on.",
    ),
    Both(
        "Geef van twee bestanden over dezelfde tijd er één door: het verschil kan één persoon zijn. Met `--until` en "
        "een maand die voorbij is, blijft een bestand hetzelfde.",
        "Of two files about the same time, hand on one: the difference may be one person. With `--until` and a month "
        "that is over, a file stays the same.",
    ),
    Both(
        "Een weg door een verhaal kan zeldzaam zijn. Wie naast iemand zat, kan een weg herkennen. Toon daarom geen "
        "losse pogingen, en geen uitkomst van minder dan {fewest}.",
        "A road through a story may be rare. Whoever sat beside somebody may know a road again. So show no single "
        "attempts, and no result of fewer than {fewest}.",
    ),
)


def dictionary(columns: Sequence[Column], language: str) -> str:
    """Return the page in one language."""
    lines = [f"# {TITLE.in_(language)}", "", ROWS.in_(language), "", f"## {PRIVACY.in_(language)}", ""]
    lines += [f"* {note.in_(language).format(fewest=FEWEST)}" for note in NOTES]
    lines += ["", HEAD.in_(language), "|---|---|---|"]
    lines += [_row(column, language) for column in columns]
    return "\n".join([*lines, ""])


def _row(column: Column, language: str) -> str:
    return f"| `{column.name}` | {TYPES[column.type].in_(language)} | {column.meaning.in_(language)} |"
