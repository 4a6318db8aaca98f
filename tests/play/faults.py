"""Faults that an author could make in a good case, each a change in the text of its notebook."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.cases import SCENARIOS

import casework
from casework import library, notebook
from casework.conformance.model import Protocol
from casework.scenario.cells import Cell, Source
from casework.scenario.compiler import compile_scenario
from casework.scenario.model import Scenario

TEMPLATES = Path(casework.__file__).parent / "templates"
FILES = {
    "milan": SCENARIOS / "milan.ipynb",
    "leo": SCENARIOS / "leo.ipynb",
    "new": TEMPLATES / "new.nl.ipynb",
    "new.en": TEMPLATES / "new.en.ipynb",
}
NEVER = "als dagen >= 9000"
"""A condition that no story meets."""


@dataclass(frozen=True)
class Edit:
    """One change in a cell, or in all cells where none is named."""

    old: str
    new: str
    cell: str = ""


@dataclass(frozen=True)
class Fault:
    """A spoilt case: the changes, and what must be found in which cell; `at` is on the line that is spoken of."""

    slug: str
    case: str
    cell: str
    edits: tuple[Edit, ...]
    at: str = ""

    def __str__(self) -> str:
        return f"{self.case}: {self.slug}"


def behind(link: str, code: str, cell: str = "") -> Edit:
    """Put one more code behind a link."""
    return Edit(f"]({link})", f"]({link}) `{code}`", cell)


def gone(text: str, cell: str = "") -> Edit:
    """Take a piece of text out."""
    return Edit(text, "", cell)


FAULTS = (
    # A scene to which every way is shut.
    Fault("scene-out-of-reach", "new", "de-kast", (behind("#de-kast", NEVER),)),
    Fault("scene-out-of-reach", "milan", "de-gang", (behind("#de-gang", NEVER),)),
    Fault("scene-out-of-reach", "leo", "de-soep", (behind("#de-soep", NEVER),)),
    # A choice with two conditions that each hold for some, and together for nobody.
    Fault(
        "choice-out-of-reach",
        "new",
        "het-kantoortje",
        (Edit("`als gedaan geheimhouding-beloven`", "`als gedaan geheimhouding-beloven` `als niet vertrouwen >= 0`"),),
        at="U neemt uw belofte terug",
    ),
    Fault(
        "choice-out-of-reach",
        "milan",
        "het-vel",
        (
            Edit(
                "`als gedaan naam-zonder-toestemming`",
                "`als gezien oude-wond` `als gedaan naam-zonder-toestemming` `als vertrouwen >= 3`",
            ),
        ),
        at="#de-derde-klas",
    ),
    Fault(
        "choice-out-of-reach",
        "leo",
        "plek-14",
        (Edit("`als gezien tom`", "`als gezien tom` `als niet gezien zaak-belt`"),),
        at="`als gezien tom`",
    ),
    # A pair of conditions of which one half is gone.
    Fault(
        "stuck",
        "new",
        "vijf-vragen",
        (
            behind("#nog-een-donderdag", "als vertrouwen >= 2", "vijf-vragen"),
            Edit("`als niet vertrouwen >= 2`", "`als vertrouwen >= 3`"),
        ),
    ),
    Fault(
        "stuck",
        "milan",
        "de-kraan",
        (
            behind("#in-de-pauze", "als vertrouwen >= 1", "de-kraan"),
            behind("#de-belofte", "als vertrouwen >= 1", "de-kraan"),
        ),
    ),
    Fault(
        "stuck",
        "leo",
        "de-lege-stoel",
        (
            behind("#plek-14", "als gezien cabine", "de-lege-stoel"),
            behind("#de-parkeerplaats", "als gezien cabine", "de-lege-stoel"),
        ),
    ),
    # A circle that shuts behind whoever saw something in it.
    Fault(
        "no-end-ahead",
        "new",
        "de-reparatietafel",
        (
            gone("`eenmalig` ", "de-reparatietafel"),
            behind("#half-negen", "als niet gezien caravan", "de-reparatietafel"),
        ),
    ),
    Fault(
        "no-end-ahead",
        "milan",
        "de-lege-kruk",
        (
            Edit("(#maandag)", "(#de-lege-kruk)", "de-lege-kruk"),
            behind("#de-kraan", "als niet gedaan details-uitvragen", "de-lege-kruk"),
        ),
    ),
    Fault(
        "no-end-ahead",
        "leo",
        "de-belofte",
        (
            Edit("(#plek-14)", "(#de-belofte)", "de-belofte"),
            behind("#de-brug-gaat-open", "als gezien boetes", "de-belofte"),
        ),
    ),
    # A quote that was lost.
    Fault(
        "missing-consequence",
        "new",
        "de-lege-stoel",
        (gone('\n   > "Een half uur dan." Hij hangt zijn jas over de verwarming, en die begint te dampen.'),),
        at="dat spijt me, kom zitten",
    ),
    Fault(
        "missing-consequence",
        "milan",
        "de-belofte",
        (gone("\n   > Hij zegt ja. Vrijdag ligt u wakker tot drie uur. Het scherm blijft donker."),),
        at="U houdt uw woord",
    ),
    Fault(
        "missing-consequence",
        "leo",
        "de-belofte",
        (
            gone(
                '\n   > "Ik wist het," zegt hij. "Het was een te mooie zin." Maar hij loopt niet weg. '
                "Boven hem springt de lamp op rood."
            ),
        ),
        at="die belofte klopt niet",
    ),
    # A number that is out of reach, or one that nobody misses.
    Fault(
        "condition-never-holds",
        "new",
        "vijf-vragen",
        (Edit("`als vertrouwen >= 2`", "`als vertrouwen >= 5`"),),
        at="#vijf-minuten-voor",
    ),
    Fault(
        "condition-never-holds",
        "milan",
        "het-rondje",
        (Edit("`als vertrouwen >= 2`", "`als gedaan alleen-spreken`"),),
        at="naar de bakkerij",
    ),
    Fault(
        "condition-never-holds",
        "leo",
        "het-kantoortje",
        (Edit("`als vertrouwen >= 2`", "`als veiligheid >= 4`"),),
        at="`onthulling`",
    ),
    Fault(
        "condition-never-fails",
        "new",
        "vijf-vragen",
        (Edit("`als vertrouwen >= 2`", "`als vertrouwen >= -5`"),),
        at="#vijf-minuten-voor",
    ),
    Fault(
        "condition-never-fails",
        "milan",
        "het-rondje",
        (Edit("`als vertrouwen >= 2`", "`als gezien oude-wond`"),),
        at="naar de bakkerij",
    ),
    Fault(
        "condition-never-fails",
        "leo",
        "het-nummer",
        (Edit("`als niet gezien boetes`", "`als gezien munten`"),),
        at="U legt uit wat kan en wat niet",
    ),
    # A condition turned round: nobody comes there otherwise.
    Fault(
        "condition-never-holds",
        "new",
        "de-soldeerles",
        (behind("#de-reparatietafel", "als niet gezien caravan", "de-soldeerles"),),
    ),
    # A signal where no road leads.
    Fault("signal-out-of-reach", "new", "de-soldeerles", (behind("#de-soldeerles", NEVER),)),
    Fault("signal-out-of-reach", "milan", "de-belofte", (behind("#de-belofte", NEVER),)),
    Fault("signal-out-of-reach", "leo", "het-papier", (behind("#het-papier", NEVER),)),
    # The only activity that keeps a norm is gone, everywhere.
    Fault("norm-never-kept", "new", "", (gone("`kindcheck` "),)),
    Fault("norm-never-kept", "milan", "", (gone("`kindcheck` "),)),
    Fault(
        "norm-never-kept",
        "milan",
        "het-kamertje",
        (
            behind("#de-lege-kruk", "delen-in-groep", "het-kamertje"),
            behind("#de-kraan", "delen-in-groep", "het-kamertje"),
        ),
        at="U plakt er een pleister op",
    ),
    Fault("advice-never-kept", "leo", "", (gone("`kindcheck` "),)),
    # An advice that the first scene makes everybody leave.
    Fault(
        "advice-never-kept",
        "new",
        "de-balie",
        (
            behind("#de-lege-stoel", "signaal-wegredeneren", "de-balie"),
            behind("#de-reparatietafel", "signaal-wegredeneren", "de-balie"),
        ),
        at="U zet de wekker in de kast en helpt",
    ),
    Fault(
        "advice-never-kept",
        "milan",
        "",
        (Edit("`aandachtsfunctionaris-raadplegen`", "`collega-raadplegen`"),),
    ),
    # The wrong road made right.
    Fault(
        "rule-never-broken",
        "new",
        "vijf-vragen",
        (Edit("`registreren-zonder-toestemming`", "`toestemming-vragen` `registreren-zonder-toestemming`"),),
        at="ook naar CoMensha",
    ),
    Fault(
        "rule-never-broken",
        "milan",
        "de-kraan",
        (Edit("`geheimhouding-beloven`", "`geheimhouding-beloven` `belofte-rechtzetten`"),),
        at="nee hoor, tegen niemand",
    ),
    Fault(
        "rule-never-broken",
        "leo",
        "het-kantoortje",
        (Edit("`geheimhouding-beloven`", "`geheimhouding-beloven` `belofte-rechtzetten`", "het-kantoortje"),),
        at="dit gaat deze kamer niet uit",
    ),
    # No ending is called good.
    Fault(
        "no-good-ending",
        "new",
        "",
        (Edit("**Einde:** goed", "**Einde:** hersteld"), Edit("**Einde:** verdedigbaar", "**Einde:** schade")),
    ),
    Fault("no-good-ending", "milan", "", (Edit("**Einde:** goed", "**Einde:** hersteld"),)),
    Fault(
        "no-good-ending",
        "leo",
        "",
        (Edit("**Einde:** goed", "**Einde:** hersteld"), Edit("**Einde:** verdedigbaar", "**Einde:** hersteld")),
    ),
    # On every good road the same norms are left out.
    Fault("no-sound-road", "new", "de-derde-donderdag", (gone("`kindcheck` `anderen-nagaan` "),)),
    Fault("no-sound-road", "milan", "van-vandaag", (gone("`melding-aankondigen` ", "het-vel"),)),
    # One step too many on the only good road, or a harmful ending that is called good.
    Fault("good-breaks-norm", "new", "vijf-minuten-voor", (behind("#vijf-minuten-voor", "delen-in-groep"),)),
    Fault("good-breaks-norm", "milan", "van-vandaag", (behind("#van-vandaag", "registreren-zonder-toestemming"),)),
    Fault("good-breaks-norm", "new", "de-kast", (Edit("**Einde:** schade", "**Einde:** goed"),)),
    Fault("good-breaks-norm", "milan", "de-la", (Edit("**Einde:** schade", "**Einde:** goed"),)),
    Fault("good-breaks-norm", "leo", "de-rechte-weg", (Edit("**Einde:** schade", "**Einde:** goed"),)),
)


@cache
def source(case: str) -> Source:
    """Return a case as its author wrote it."""
    found = notebook.read(FILES[case]).source
    assert found is not None
    return found


def compiled(text: Source) -> tuple[Scenario, Protocol]:
    """Return a notebook as a scenario, and its protocol."""
    protocols = library.Protocols()
    found = compile_scenario(text, protocols).scenario
    assert found is not None
    return found, protocols[found.protocol]


def spoilt(fault: Fault) -> Source:
    """Return a case with a fault in it."""
    text = source(fault.case)
    for edit in fault.edits:
        cells = tuple(_edited(cell, edit) for cell in text.cells)
        assert cells != text.cells, edit
        text = replace(text, cells=cells)
    return text


def _edited(cell: Cell, edit: Edit) -> Cell:
    is_meant = edit.cell in ("", cell.id) and cell.kind == "markdown"
    return replace(cell, text=cell.text.replace(edit.old, edit.new)) if is_meant else cell


@cache
def good(case: str) -> tuple[Scenario, Protocol]:
    """Return a case that comes with casework, compiled."""
    return compiled(source(case))
