"""The words on a drawing, in both languages: this floor stands beside the interface's catalogue and cannot read it."""

from collections.abc import Iterable

from casework.drawing.chart import Node
from casework.drawing.layout import NO_STEP, UNREACHED
from casework.scenario.diagnostics import Both, Severity
from casework.scenario.model import Ending

STEPS = {
    NO_STEP: Both("Zonder stap", "Without a step"),
    1: Both("Stap 1 · Signalen", "Step 1 · Signals"),
    2: Both("Stap 2 · Overleg", "Step 2 · Consult"),
    3: Both("Stap 3 · Gesprek", "Step 3 · Talk"),
    4: Both("Stap 4 · Wegen", "Step 4 · Weigh"),
    5: Both("Stap 5 · Beslissen", "Step 5 · Decide"),
    UNREACHED: Both("Hier komt niemand", "Nobody comes here"),
}
NO_SCENE = Both("nog geen scène", "no scene yet")
ENDS = Both("Eindes", "Endings")
ENDINGS = {
    Ending.GOOD: Both("Einde: goed", "Ending: good"),
    Ending.DEFENSIBLE: Both("Einde: verdedigbaar", "Ending: defensible"),
    Ending.REPAIRED: Both("Einde: hersteld", "Ending: repaired"),
    Ending.HARM: Both("Einde: schade", "Ending: harm"),
}
SEVERITIES = {
    Severity.ERROR: (Both("fout", "error"), Both("fouten", "errors")),
    Severity.WARNING: (Both("let op", "warning"), Both("keer let op", "warnings")),
    Severity.ADVICE: (Both("tip", "tip"), Both("tips", "tips")),
}
START = Both("begin", "start")
CELL = Both("cel", "cell")
CHOICES = (Both("keuze", "choice"), Both("keuzes", "choices"))
REMARKS = (Both("opmerking", "remark"), Both("opmerkingen", "remarks"))
SCENES = (Both("scène", "scene"), Both("scènes", "scenes"))
GRAPH = Both("De kaart van {title}", "The map of {title}")
ABOUT = Both(
    "{scenes} in kolommen, van het begin links naar de eindes rechts; de banden zijn de stappen van de Meldcode. "
    "{choices} zijn lijnen. {remarks}.",
    "{scenes} in columns, from the start on the left to the endings on the right; the bands are the steps of the "
    "Meldcode. {choices} are lines. {remarks}.",
)
NOWHERE = Both("{text} leidt nergens heen", "{text} leads nowhere")


def counted(count: int, pair: tuple[Both, Both], language: str) -> str:
    """Return a number with its noun."""
    return f"{count} {pair[count != 1].in_(language)}"


def place(node: Node, language: str) -> str:
    """Return where a scene stands in the notebook, and how many choices it has or how the story ends there."""
    cell = f"{START.in_(language)} · " * node.is_start + f"{CELL.in_(language)} {node.cell}"
    return f"{cell} · {ENDINGS[node.ending].in_(language) if node.ending else counted(node.choices, CHOICES, language)}"


def worst(node: Node, language: str) -> str:
    """Return the remarks on a scene in a few words, the gravest kind first."""
    kinds = dict.fromkeys(node.remarks)
    return ", ".join(counted(node.remarks.count(kind), SEVERITIES[kind], language) for kind in kinds)


def name(node: Node, language: str) -> str:
    """Return how a scene is called by a screen reader: "De kraan, cel 5, 3 keuzes, 1 opmerking"."""
    parts = [node.title, *place(node, language).split(" · ")]
    return ", ".join([*parts, *([counted(len(node.remarks), REMARKS, language)] if node.remarks else [])])


def about(nodes: Iterable[Node], edges: int, language: str) -> str:
    """Return a sentence that says what the whole drawing shows."""
    rows = tuple(nodes)
    return ABOUT.in_(language).format(
        scenes=counted(len(rows), SCENES, language).capitalize(),
        choices=counted(edges, CHOICES, language).capitalize(),
        remarks=counted(sum(len(node.remarks) for node in rows), REMARKS, language).capitalize(),
    )
