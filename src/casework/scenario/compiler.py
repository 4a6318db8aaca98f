"""From a notebook's cells to a `Scenario`, in passes: each cell alone, all together, and build if it is sound."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from casework.conformance.protocol import Protocol
from casework.errors import ProtocolInvalid
from casework.scenario.build import build
from casework.scenario.catalogue import CATALOGUE
from casework.scenario.cells import Cell, Source
from casework.scenario.cover import check_cover, cover
from casework.scenario.diagnostics import Both, Diagnostic, Nearest, Remark, has_errors, in_order, remark, worded
from casework.scenario.drafts import Draft, draft
from casework.scenario.ends import check_ends
from casework.scenario.graph import check_graph
from casework.scenario.model import Scenario
from casework.scenario.outputs import check_outputs
from casework.scenario.scenes import check_scene
from casework.scenario.sources import check_sources

__all__ = ["Cell", "Compiled", "Protocols", "Source", "compile_scenario", "diagnose"]

Protocols = Mapping[str, Protocol] | Callable[[str], Protocol]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The scenario, if it can be played, and every remark there is to make, from top to bottom."""

    scenario: Scenario | None
    diagnostics: tuple[Diagnostic, ...]


def compile_scenario(
    source: Source, protocols: Protocols, language: str = "nl", sources: Container[str] | None = None
) -> Compiled:
    """Return the scenario and all remarks, in *language*; never raises for what an author wrote.

    A function among *protocols* raises `LookupError` for an id it does not know. With *sources*, the ids that exist,
    others are remarked on.
    """
    drafts = draft(source)
    protocol, said = _protocol(drafts.case, protocols)
    found = [*drafts.remarks, *said, *check_ends(source), *check_outputs(source)]
    if drafts.case is not None:
        found.extend(check_cover(drafts.case))
        found.extend(check_sources(drafts.case, drafts.scenes, sources))
    if not drafts.scenes:
        found.append(remark("no-scenes", 0))
    for scene in drafts.scenes:
        found.extend(check_scene(scene, protocol))
    found.extend(check_graph(drafts.scenes, protocol))
    diagnostics = in_order(diagnose(each, source.file, language) for each in found)
    if has_errors(diagnostics) or drafts.case is None or protocol is None:
        return Compiled(None, diagnostics)
    return Compiled(build(source.name, drafts.case, drafts.scenes, protocol), diagnostics)


def diagnose(found: Remark, file: str, language: str) -> Diagnostic:
    """Return a remark as the catalogue words it."""
    return worded(found, CATALOGUE[found.slug], file, language)


def _protocol(case: Draft | None, protocols: Protocols) -> tuple[Protocol | None, tuple[Remark, ...]]:
    fact = case.fact("protocol") if case else None
    if case is None or fact is None:
        return None, ()
    wanted = cover(case).protocol
    if not wanted:
        return None, ()
    try:
        return (protocols[wanted] if isinstance(protocols, Mapping) else protocols(wanted)), ()
    except LookupError:
        known = tuple(protocols) if isinstance(protocols, Mapping) else ()
        return None, (remark("unknown-protocol", case.cell, fact.line, protocol=wanted, near=Nearest(wanted, known)),)
    except ProtocolInvalid as error:
        reason = Both(error.in_("nl"), error.in_("en"))
        return None, (remark("protocol-invalid", case.cell, fact.line, protocol=wanted, reason=reason),)
