"""The wiring: the only floor that knows the whole house."""

import os
from pathlib import Path
from typing import Any

from IPython.display import display

from casework import library, remarks, session
from casework.errors import ScenarioInvalid
from casework.library import Case
from casework.play.attempt import Attempt
from casework.scenario.model import Scenario
from casework.store import Store, ready_store
from casework.verdicts import ATTEMPT, headline, summarise
from casework.widgets.mime import MODULE, SHEET, WIDGET
from casework.widgets.player import LeanPlayer, Player
from casework.widgets.view import Setting
from casework.words import LANGUAGES


def play(name: str, decisions: tuple[str, ...], kept: frozenset[str]) -> None:
    """Display the player of the scenario in the notebook `name`, after these decisions; see `casework.play`."""
    case = library.open_case(find(name), is_checked=True)
    setting = prepare(case)
    store = _store()
    attempt = _take(store, setting.scenario, decisions, kept)
    player = (LeanPlayer if _is_served() else Player)(setting, store, attempt, os.environ.get("CASEWORK_EXIT", ""))
    display(_bundle(setting, attempt, player.model_id), raw=True)  # type: ignore[no-untyped-call]


def desk(name: str, scenarios: str, language: str) -> None:
    """Display the desk for the notebook `name`, or for the first case in the folder; see `casework.desk`."""
    # A trainee's kernel imports this module too, and must not pay for proofs and drawings that it never shows.
    from casework.widgets.desk import Desk, LeanDesk  # noqa: PLC0415

    folder = Path(os.environ.get("CASEWORK_SCENARIOS", scenarios))
    path = find(name) if name else next(iter(library.notebooks(folder)), folder / "leo.ipynb")
    exit_address = os.environ.get("CASEWORK_EXIT", "")
    shown = (LeanDesk if _is_served() else Desk)(path.resolve(), None if name else folder, language, exit_address)
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    said = remarks.as_text(shown.manuscript.case.diagnostics, language, 1)
    display({WIDGET: view, MODULE: {"module": "desk"}, "text/plain": f"{path.name}\n{said}"}, raw=True)  # type: ignore[no-untyped-call]


def toolkit(scenarios: str, languages: str, language: str, region: str) -> None:
    """Display the toolkit; see `casework.toolkit`."""
    # A trainee's kernel imports this module too, and must not pay for cards and routes that it never shows.
    from casework.widgets.kit import open_kit  # noqa: PLC0415
    from casework.widgets.toolkit import LeanToolkit, Toolkit  # noqa: PLC0415

    kit = open_kit(Path(os.environ.get("CASEWORK_SCENARIOS", scenarios)), Path(languages))
    shown = (LeanToolkit if _is_served() else Toolkit)(kit, language, region)
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    said = f"{len(kit.signals)} signals, {len(kit.talks)} conversations; {', '.join(kit.languages)}"
    display({WIDGET: view, MODULE: {"module": "toolkit"}, "text/plain": said}, raw=True)  # type: ignore[no-untyped-call]


def facilitate(scenarios: str, language: str) -> None:
    """Display the facilitator's page; see `casework.facilitate`."""
    # A trainee's kernel imports this module too, and must not pay for run sheets that it never shows.
    from casework.widgets.facilitator import Facilitator, LeanFacilitator, Shelf  # noqa: PLC0415

    shelf = Shelf(Path(os.environ.get("CASEWORK_SCENARIOS", scenarios)))
    shown = (LeanFacilitator if _is_served() else Facilitator)(shelf, language)
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    said = ", ".join(f"{name} ({language})" for name, language in shelf.editions)
    display({WIDGET: view, MODULE: {"module": "facilitator"}, "text/plain": said}, raw=True)  # type: ignore[no-untyped-call]


def network(scenarios: str, language: str) -> None:
    """Display the board of bottlenecks; see `casework.network`."""
    # A trainee's kernel imports this module too, and must not pay for a board that it never shows.
    from casework.widgets.board import open_ground  # noqa: PLC0415
    from casework.widgets.network import LeanNetwork, Network  # noqa: PLC0415

    store = _store()
    ground = open_ground(Path(os.environ.get("CASEWORK_SCENARIOS", scenarios)))
    shown = (LeanNetwork if _is_served() else Network)(store, ground, _asked(language))
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    said = f"{len(shown.board.notes)} bottlenecks, {len(shown.board.bundles)} clusters"
    display({WIDGET: view, MODULE: {"module": "network"}, "text/plain": said}, raw=True)  # type: ignore[no-untyped-call]


def insight(scenarios: str, store: str, language: str) -> None:
    """Display what a cohort did; see `casework.insight`."""
    # Frames and drawings take a second to load, which no other page must pay for.
    from casework.analytics.asking import Asking  # noqa: PLC0415
    from casework.analytics.charts import PHONE, WIDE  # noqa: PLC0415
    from casework.analytics.insight import Insight  # noqa: PLC0415
    from casework.analytics.shelf import Shelf  # noqa: PLC0415
    from casework.widgets.insight import InsightScreen, LeanInsight  # noqa: PLC0415

    opened = _store(store)
    folder = Path(os.environ.get("CASEWORK_SCENARIOS", scenarios))
    # Only our own page has the sheet that shows one of the two; elsewhere a reader would see every chart twice.
    sizes = (PHONE, WIDE) if _is_served() else (WIDE,)
    asking = Asking(Insight(opened, Shelf(folder), session.month()), _asked(language), sizes)
    shown = (LeanInsight if _is_served() else InsightScreen)(asking)
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    bundle = {WIDGET: view, MODULE: {"module": "insight"}, SHEET: {"name": "charts"}, "text/plain": asking.told}
    display(bundle, raw=True)  # type: ignore[no-untyped-call]


def trends(language: str, figures: str) -> None:
    """Display what the official figures say, one output for each question; see `casework.trends`."""
    # Drawing takes a second to load, which no other page must pay for.
    from casework.analytics import charts, sections  # noqa: PLC0415

    # Only our own page has the sheet that shows one of the two; elsewhere a reader would see every chart twice.
    sizes = (charts.PHONE, charts.WIDE) if _is_served() else (charts.WIDE,)
    for section in sections.sections(_asked(language), sizes, Path(figures) if figures else None):
        bundle = {SHEET: {"name": "charts"}, "text/html": section.html, "text/plain": section.title}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]


def find(name: str) -> Path:
    """Return where a scenario's notebook is: here, or in a folder `scenarios` here or beside this folder.

    A kernel does not know which notebook it runs, and each host starts it in a folder of its own.
    """
    places = [Path(os.environ.get("CASEWORK_SCENARIOS", ".")), Path(), Path("scenarios"), Path("..") / "scenarios"]
    return next((place / name for place in places if (place / name).is_file()), Path(name))


def prepare(case: Case) -> Setting:
    """Return what it takes to play a case; raises `ScenarioInvalid` where it has errors."""
    if case.scenario is None or case.protocol is None:
        raise ScenarioInvalid(case.path.name, [remarks.one(remark, "nl") for remark in case.diagnostics])
    return Setting(case.scenario, case.protocol, library.source_titles(case.scenario.language), library.pictures(case))


def _take(store: Store, scenario: Scenario, decisions: tuple[str, ...], kept: frozenset[str]) -> Attempt:
    attempt = session.begin(store, scenario)
    for number, choice in enumerate(decisions, start=1):
        attempt = session.choose(store, scenario, attempt.id, choice, number).attempt
    return session.keep(store, scenario, attempt.id, kept).attempt if kept else attempt


def _store(address: str = "") -> Store:
    # A server has opened the store before its first kernel.
    is_checked = os.environ.get("CASEWORK_STORE_IS_CHECKED") == "yes"
    return ready_store(os.environ.get("CASEWORK_STORE", address or ":memory:"), is_checked=is_checked)


def _asked(language: str) -> str:
    # The address of a served page ends in its language, or the house speaks; a notebook's parameter counts elsewhere.
    said = os.environ.get("SCRIPT_NAME", "").rsplit("/", 1)[-1]
    return said if said in LANGUAGES else os.environ.get("CASEWORK_LANGUAGE", language)


def _is_served() -> bool:
    # The full page draws widgets as JupyterLab does: it knows nothing of the modules that our own page brings.
    return os.environ.get("CASEWORK_PAGE") == "lean" and "/full/" not in os.environ.get("SCRIPT_NAME", "")


def _bundle(setting: Setting, attempt: Attempt, model_id: str) -> dict[str, Any]:
    # One output for every host: a browser takes the widget, papermill keeps the JSON, a terminal prints the text. On a
    # trainee's page the JSON stays out: its place there is the page's source, where it would tell what lies ahead.
    bundle: dict[str, Any] = {WIDGET: {"version_major": 2, "version_minor": 0, "model_id": model_id}}
    if not _is_served():
        bundle[ATTEMPT] = summarise(setting.scenario, setting.protocol, attempt)
    return bundle | {"text/plain": headline(setting.scenario, attempt)}
