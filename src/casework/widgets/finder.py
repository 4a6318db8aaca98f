"""What now: the routes that fit a situation, asked of the protocols, as one JSON value."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.conformance.model import Consent, Protocol, Route
from casework.conformance.regions import Region, find_region
from casework.conformance.routing import ALWAYS, READ, SINCE, consent, routes
from casework.conformance.situation import Age, Danger
from casework.errors import ProtocolInvalid, RegionUnknown
from casework.widgets.asked import CITIZEN, GENERAL, Asked
from casework.widgets.dealt import Drawn, cited, speaker, spoken
from casework.widgets.kit import Kit
from casework.widgets.labels import (
    AGES,
    ALSO,
    ASKS_AGE,
    ASKS_RELATION,
    CALL,
    CIRCUMSTANCES,
    CONSENT,
    DANGERS,
    FIELDS,
    FOUND,
    NO_REGION,
    NO_REGIONS,
    NO_ROUTE,
    RELATIONS,
    ROLES,
    UNKNOWN,
)
from casework.widgets.vocabulary import LINES
from casework.words import Words, day


def finder(kit: Kit, asked: Asked, say: Words) -> Drawn:
    """Return the questions that decide a route, and the routes for what was answered so far; never raises."""
    trouble: list[str] = []
    protocol, region = _protocol(kit, asked, say, trouble), _region(kit, asked, say, trouble)
    found = routes(protocol, asked.situation, region) if protocol and _is_told(asked) else ()
    decides = consent(protocol, asked.age) if protocol and asked.age and asked.role != CITIZEN else None
    return {
        "now": {"text": say(CALL, number=LINES[0][1]), "tel": LINES[0][0]},
        "fields": _fields(kit, asked, region, say),
        "checks": _checks(asked, say),
        "trouble": trouble,
        "notes": _notes(kit, asked, found, say),
        "summary": say(FOUND, count=len(found)) if found else "",
        "routes": [_route(kit, each, say) for each in found],
        "decides": _decides(kit, decides, say) if decides else None,
        "scope": _scope(protocol, say) if protocol else None,
    }


def _protocol(kit: Kit, asked: Asked, say: Words, trouble: list[str]) -> Protocol | None:
    try:
        return kit.protocols[asked.protocol]
    except KeyError:
        return kit.protocols.get(GENERAL)
    except ProtocolInvalid as error:
        trouble.append(error.in_(say.own))
        return None


def _region(kit: Kit, asked: Asked, say: Words, trouble: list[str]) -> Region | None:
    if not asked.region:
        return None
    try:
        return find_region(kit.regions, asked.region)
    except RegionUnknown as error:
        trouble.append(error.complaint.in_(say.own))
        return None


def _scope(protocol: Protocol, say: Words) -> Drawn:
    own = speaker(say, protocol.scope)
    return {"text": own.text(protocol.scope), **spoken(own)}


def _is_told(asked: Asked) -> bool:
    # Without what decides a route only what fits everybody is left, which is hardly ever where to begin.
    return bool(not _asks(asked) or asked.also or asked.danger is Danger.NOW)


def _asks(asked: Asked) -> str:
    """Return which answer is wanted first; nothing once the route is decided."""
    if asked.age is None:
        return ASKS_AGE
    return ASKS_RELATION if asked.age is Age.ADULT and asked.relation is None else ""


def _notes(kit: Kit, asked: Asked, found: tuple[Route, ...], say: Words) -> list[str]:
    missing = _asks(asked) or ("" if found else NO_ROUTE)
    return [say(sentence) for sentence in (missing, "" if kit.regions else NO_REGIONS) if sentence]


def _fields(kit: Kit, asked: Asked, region: Region | None, say: Words) -> list[Drawn]:
    roles = {name: say(ROLES.get(name, name)) for name in _roles(kit)}
    fields = [
        _field("role", roles, asked.role if asked.role in roles else GENERAL, say),
        _field("age", {"": say(UNKNOWN), **_said(AGES, say)}, asked.age or "", say),
        _field("relation", {"": say(UNKNOWN), **_said(RELATIONS, say)}, asked.relation or "", say),
        _field("danger", _said(DANGERS, say), asked.danger, say),
    ]
    named = {each.id: say.text(each.names) for each in kit.regions.values()}
    places = _field("region", {"": say(NO_REGION), **named}, region.id if region else "", say)
    return [*fields[:1], places, *fields[1:]] if kit.regions else fields


def _roles(kit: Kit) -> tuple[str, ...]:
    # Ours in the order of the table, behind them those that an organisation keeps itself.
    known = (CITIZEN, *kit.protocols)
    return (*(name for name in ROLES if name in known), *(name for name in known if name not in ROLES))


def _said(table: Mapping[Any, str], say: Words) -> dict[str, str]:
    return {str(value): say(sentence) for value, sentence in table.items()}


def _field(name: str, options: Mapping[str, str], chosen: str, say: Words) -> Drawn:
    rows = [{"value": value, "label": label} for value, label in options.items()]
    return {"name": name, "label": say(FIELDS[name]), "options": rows, "value": str(chosen)}


def _checks(asked: Asked, say: Words) -> Drawn:
    also = [
        {"value": value.value, "label": say(sentence), "on": value in asked.also}
        for value, sentence in CIRCUMSTANCES.items()
    ]
    return {
        "consent": {"label": say(CONSENT), "on": asked.has_consent},
        "also": {"label": say(ALSO), "rows": also},
    }


def _route(kit: Kit, route: Route, say: Words) -> Drawn:
    own = speaker(say, route.title, route.to, route.ground)
    said = {name: own.text(getattr(route, name)) for name in ("title", "to", "ground")}
    return {"id": route.id, **spoken(own), **said, **_dated(kit, route, say)}


def _decides(kit: Kit, row: Consent, say: Words) -> Drawn:
    texts = (row.sharing, row.signature, row.parents)
    own = speaker(say, *texts)
    return {"texts": [own.text(text) for text in (*texts, ALWAYS)], **spoken(own), **_dated(kit, row, say)}


def _dated(kit: Kit, found: Route | Consent, say: Words) -> Drawn:
    name, when = (SINCE, found.since) if found.since else (READ, found.read)
    return {"source": cited(kit, found.source, say), "dated": _day(say.text(name), when, say)}


def _day(sentence: str, when: date | None, say: Words) -> str:
    return sentence.format(day=day(when, say.language)) if when else ""
